"""The stage: maps beside the run behind one of their points. Python says what is asked for; the page fetches it."""

import io
from dataclasses import asdict
from typing import Any, TypedDict
from urllib.parse import urlencode

import streamlit as st

from engine.maps.axes import axes_of
from engine.maps.grid import Map
from engine.maps.measures import MEASURES
from engine.surfaces.experiment import Experiment
from settings.maps import Maps
from views.controls.widgets import linked_menu
from views.export.share import share
from views.kit.component import component
from views.kit.text import say, section, text
from views.kit.wire import followed, packed
from views.maps.picture import csv_of
from views.session import visit
from views.session.asked import Visited, visited

stage = component("maps")


class MeasureSaid(TypedDict):
    """A measure in words."""

    name: str
    label: str
    about: str
    kind: str
    log: bool
    empty: str


class MapsPicture(Visited):
    """What the page draws; the pictures come by their links."""

    lesson: str
    looks: dict[str, Any]
    measures: list[MeasureSaid]
    told: dict[str, str]


def show(experiment: Experiment) -> None:
    """Draw the stage."""
    own = visit.settings(Maps)
    header: MapsPicture = {
        **visited(experiment.to_link(), ("experiment",), ("start",)),
        "lesson": visit.lesson(),
        "looks": {**asdict(own), "zoom": [*own.zoom]},
        "measures": [
            {
                "name": name, "label": say(each.name), "about": say(each.about), "kind": each.kind, "log": each.log,
                "empty": say(each.empty),
            }
            for name, each in MEASURES.items()
        ],
        "told": section("maps"),
    }  # fmt: skip
    stage(key="maps", data=followed(packed(header), b""), on_edit_change=lambda: visit.heard("maps"))


def axes_menus(experiment: Experiment) -> None:
    """Which two numbers, which measure, and how many cells."""
    named = {name: f"{say(axis.label)} {axis.symbol}".strip() for name, axis in axes_of(experiment).items()}
    named = {"": text("maps.usual"), **named}

    def called(name: str) -> str:
        return named.get(name, name)

    left, right = st.columns(2)
    with left:
        linked_menu(text("maps.across"), "across", called, able=tuple(named))
        linked_menu(text("maps.measure"), "measure", lambda name: say(MEASURES[name].name))
    with right:
        linked_menu(text("maps.up"), "up", called, able=tuple(named))
        linked_menu(text("maps.fine"), "fine", lambda name: f"{name} × {name}")


def shared(experiment: Experiment) -> None:
    """The link, a script and the numbers of the map."""
    own = visit.settings(Maps)
    here = Map(experiment, own.across, own.up, own.zoom)
    link = "&".join(filter(None, [experiment.to_link(), urlencode(own.written())]))
    note = f"{text('share.python')}. {text('maps.python_note')}"
    share("maps", link, lambda: script(here, own), note, lambda: _csv(here), here.seconds < 20)


def _csv(map: Map) -> str:
    file = io.StringIO()
    file.writelines(csv_of(map))
    return file.getvalue()


def script(map: Map, own: Maps) -> str:
    """A script that computes the same cells and keeps them as .npz."""
    return (
        '"""A map of Descent Lab; run it in the folder of the repository."""\n\n'
        "import numpy as np\n\n"
        "from engine import Experiment\n"
        "from engine.maps.grid import Map, seen\n"
        "from engine.maps.measures import MEASURES\n\n"
        f"experiment, _ = Experiment.from_link({map.experiment.to_link()!r})\n"
        f"here = Map(experiment, {map.axes[0].name!r}, {map.axes[1].name!r}, {map.shown!r}, side={int(own.fine)})\n"
        "cells = seen(here)\n"
        "numbers = {name: measure.of(cells) for name, measure in MEASURES.items()}\n"
        "across, up = here.centres\n"
        'np.savez_compressed("map.npz", across=across, up=up, **numbers)\n'
        "for name, rows in numbers.items():\n"
        "    print(name, rows.shape)\n"
    )
