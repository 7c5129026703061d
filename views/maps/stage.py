"""The stage: maps beside the run behind one of their points. Python says what is asked for; the page fetches it."""

import io
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, TypedDict
from urllib.parse import urlencode

import streamlit as st

from engine.maps.axes import NONE, Axis
from engine.maps.grid import Map, Mapped
from engine.maps.measures import MEASURES
from engine.maps.measures.base import SURFACE
from engine.maps.trained import TrainingMap
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment
from settings.maps import Maps
from views.controls import network, surface
from views.controls.fields import group, number_field, send_panel
from views.controls.widgets import linked_choice, linked_menu
from views.export.share import share
from views.kit.component import component
from views.kit.text import curve_words, language, say, section, text
from views.kit.wire import Played, followed, packed
from views.maps import trial
from views.maps.picture import csv_of
from views.maps.trial import TrialPicture
from views.session import visit
from views.session.asked import Visited, visited
from views.session.said import Said

stage = component("maps")
trainings = component("trainings")
AXES = (  # edits after which the menus have other axes
    "compare", "schedule_all",
    *(f"lanes{each}" for each in (".add", ".copy", ".remove", ".shown", ".keep", ".schedule")),
)  # fmt: skip
SET_ASIDE = ("batch", "dropout", "seeds", "validation")  # settings of networks that mean nothing on a map


class MeasureSaid(TypedDict):
    """A measure in words."""

    name: str
    label: str
    about: str
    kind: str
    log: bool
    empty: str


class Told(TypedDict):
    """What all maps are told with."""

    lesson: str
    looks: dict[str, Any]
    measures: list[MeasureSaid]
    told: dict[str, str]


class MapsPicture(Visited, Told):
    """What the page draws of maps on a surface; the pictures come by their links."""


class TrainingsPicture(Played, TrialPicture, Told):
    """What it draws of maps of networks. networks: the link of the same training on the page Networks, or ""."""

    networks: str


def _told(own: Maps) -> Told:
    return {
        "lesson": visit.lesson(),
        "looks": {**asdict(own), "zoom": [*own.zoom], "measure": own.measured},
        "measures": [
            {
                "name": name, "label": say(each.name), "about": say(each.about), "kind": each.kind, "log": each.log,
                "empty": say(each.empty),
            }
            for name, each in own.measures.items()
        ],
        "told": section("maps"),
    }  # fmt: skip


def show(experiment: Experiment, net: NetworkExperiment) -> None:
    """Draw the stage."""
    own = visit.settings(Maps)
    if own.over == SURFACE:
        _show_descents(experiment, own)
    else:
        _show_trainings(net, own)


def _show_descents(experiment: Experiment, own: Maps) -> None:
    header: MapsPicture = {
        **visited(
            experiment.to_link(), ("experiment",), ("start",), at=lambda said, _: said.experiment.to_link(), hears=AXES
        ),
        **_told(own),
    }
    stage(key="maps", data=followed(packed(header), b""), on_edit_change=lambda: visit.heard("maps"))


def _show_trainings(net: NetworkExperiment, own: Maps) -> None:
    here = visit.visit()
    asked = trial.asked(Said(here.said.experiment, here.said.study, net), own, language())
    tried, columns = trial.trial(asked)
    header: TrainingsPicture = {
        **tried,
        **_told(own),
        "sequence": here.sequence,
        "moved": here.moved,
        "language": language(),
        "words": section("stage") | curve_words(trial.CURVES),
        "title": f"{text('page.title')} · {text('pages.maps')}",
        "networks": _networks_link(net, own.output),
    }
    trainings(key="trainings", data=packed(header, columns), on_edit_change=lambda: visit.heard("trainings"))


def _networks_link(net: NetworkExperiment, output: float) -> str:
    """Of the same training on the page Networks; "" where the last layer has a learning rate of its own, which that
    page does not know."""
    rates = {racer.optimizer.numbers["learning_rate"] for racer in net.lanes if racer.shown}
    return replace(net, batch=0, dropout=0.0).to_link() if output == 0 or rates == {output} else ""


def menus(experiment: Experiment, net: NetworkExperiment) -> None:
    """What the runs are, which numbers are the axes, and all that the runs share."""
    own = visit.settings(Maps)
    linked_choice(text("maps.over"), "over", lambda over: text(f"maps.over_{over}"), label_visibility="collapsed")
    _axes_menus(own.map_of(experiment, net).able)
    if own.over == SURFACE:
        surface.surface_menu(experiment)
        surface.settings_panel(experiment)
    else:
        network.data_menu(net)
        send_panel(_trainings_groups(net, own))


def _trainings_groups(net: NetworkExperiment, own: Maps) -> list[dict[str, Any]]:
    """Data, network, training, its optimizers; and the last layer's learning rate."""
    last = {"zero": text("maps.output_same"), "hint": text("maps.output_hint")}
    rate = number_field("output", own.output, f"{text('maps.output')} η")
    return [*network.network_groups(net, without=SET_ASIDE), group("output", [{**rate, **last}])]


def _axes_menus(able: Mapping[str, Axis]) -> None:
    """Which two numbers, which measure, and how many cells."""
    named = {name: f"{say(axis.label)} {axis.symbol}".strip() for name, axis in able.items()}
    named = {"": text("maps.usual"), **named, NONE.name: text("maps.none")}

    def called(name: str) -> str:
        return named.get(name, name)

    left, right = st.columns(2)
    with left:
        linked_menu(text("maps.across"), "across", called, able=tuple(name for name in named if name != NONE.name))
        own = visit.settings(Maps)
        there = tuple(own.measures)
        linked_menu(text("maps.measure"), "measure", lambda name: say(MEASURES[name].name), own.measured, there)
    with right:
        linked_menu(text("maps.up"), "up", called, able=tuple(named))
        linked_menu(text("maps.fine"), "fine", lambda name: f"{name} × {name}")


def shared(experiment: Experiment, net: NetworkExperiment) -> None:
    """The link, a script and the numbers of the map."""
    own = visit.settings(Maps)
    here = own.map_of(experiment, net)
    said = experiment if isinstance(here, Map) else net
    link = "&".join(filter(None, [said.to_link(), urlencode(own.written())]))
    note = f"{text('share.python')}. {text('maps.python_note')}"
    share("maps", link, lambda: script(here, own), note, lambda: _csv(here), here.seconds < 20)


def _csv(map: Mapped) -> str:
    file = io.StringIO()
    file.writelines(csv_of(map))
    return file.getvalue()


def script(map: Map | TrainingMap, own: Maps) -> str:
    """A script that computes the same cells and keeps them as .npz."""
    on_surface = isinstance(map, Map)
    value = "Experiment" if on_surface else "NetworkExperiment"
    link = map.experiment.to_link() if isinstance(map, Map) else map.net.to_link()
    made = "Map" if on_surface else "TrainingMap"
    last = "" if on_surface else f", output={own.output!r}"
    return (
        '"""A map of Descent Lab; run it in the folder of the repository."""\n\n'
        "import numpy as np\n\n"
        f"from engine import {value}\n"
        f"from engine.maps.grid import {'Map, seen' if on_surface else 'seen'}\n"
        "from engine.maps.measures import measures_of\n"
        f"{'' if on_surface else 'from engine.maps.trained import TrainingMap' + chr(10)}\n"
        f"experiment, _ = {value}.from_link({link!r})\n"
        f"axes = ({map.axes[0].name!r}, {map.axes[1].name!r})\n"
        f"here = {made}(experiment, *axes, {map.lattice.shown!r}, side={int(own.fine)}{last})\n"
        "cells = seen(here)\n"
        f"numbers = {{name: measure.of(cells) for name, measure in measures_of({own.over!r}).items()}}\n"
        "across, up = here.lattice.centres\n"
        'np.savez_compressed("map.npz", across=across, up=up, **numbers)\n'
        "for name, rows in numbers.items():\n"
        "    print(name, rows.shape)\n"
    )
