"""The page: what every rule gets, the race, its verdict, and what it shares."""

import csv
import io
from functools import partial

import streamlit as st

from engine import xla
from engine.races import networks
from engine.races.networks import MOST_UPDATES, NetRace, racing_networks
from engine.races.run import Raced, Suite, racing, racing_suite, table
from engine.races.value import MOST_EVALUATIONS, FairRace
from engine.surfaces.cost import side_by_side
from landscapes import LANDSCAPES
from settings.fair import Fair
from views.controls.network import data_menu, network_panel
from views.controls.surface import fair_panel, surface_menu
from views.controls.widgets import linked_choice, linked_choices, linked_slider, linked_switch
from views.export.share import share
from views.fair import pictures, several
from views.kit.glossary import marked
from views.kit.labels import trouble
from views.kit.text import say, text
from views.session import visit
from views.session.work import worked


def race() -> FairRace | NetRace:
    """What the link asks for."""
    asked = visit.settings(Fair)
    if asked.fair_over == "networks":
        return NetRace(networks.with_always(visit.network()), asked.fair_rates, asked.fair_seeds, asked.fair_tuned)
    return asked.race(visit.experiment())


def panel() -> None:
    over = visit.settings(Fair).fair_over
    if over == "networks":
        data_menu(visit.network())
        return network_panel(visit.network(), without=("seeds",))
    if over == "surface":
        surface_menu(visit.experiment())
    return fair_panel(visit.experiment(), over == "surface")


def show() -> Raced | Suite | None:
    """Draw the race; None while it waits for a click or cannot be had."""
    linked_choice(text("fair.over"), "fair_over", lambda name: text(f"fair.over_{name}"), label_visibility="collapsed")
    over = visit.settings(Fair).fair_over
    with st.container(horizontal=True, vertical_alignment="bottom", key="fair_settings"):
        if over == "suite":
            with st.popover(text("fair.suite")):
                linked_choices(text("fair.suite_help"), "fair_suite", lambda name: say(LANDSCAPES[name].name))
        if over == "networks":
            linked_slider(text("fair.seeds"), "fair_seeds", help=text("fair.seeds_help"), width=220)
        else:
            linked_slider(text("fair.starts"), "fair_starts", help=text("fair.starts_help"), width=220)
        untuned = not visit.setting("fair_tuned")
        linked_slider(text("fair.rates"), "fair_rates", help=text("fair.rates_help"), width=220, disabled=untuned)
        linked_switch(text("fair.tuned"), "fair_tuned", help=text("fair.tuned_help"))
    now = race()
    if problem := _trouble(now):
        st.warning(problem)
        return None
    st.caption(pictures.budget(now))
    found = _raced(now)
    if found is None:
        st.caption(marked(text("fair.about")))
    elif isinstance(found, Suite) and isinstance(now, FairRace):
        several.show(now, found)
    elif isinstance(found, Raced):
        pictures.show(now, found)
    return found


def _trouble(now: FairRace | NetRace) -> str:
    if isinstance(now, NetRace) and (problem := trouble(now.net)):
        return problem
    return text(f"fair.trouble_{now.trouble}", most=MOST_EVALUATIONS, updates=MOST_UPDATES) if now.trouble else ""


def _raced(now: FairRace | NetRace) -> Raced | Suite | None:
    """The race, once somebody has run it."""
    coming = partial(pictures.rates, now, key="coming")
    preparing = side_by_side(xla.missing(now.compiles))
    if isinstance(now, NetRace):
        return worked("fair", now, now.seconds, lambda: racing_networks(now), draw=coming, preparing=preparing)
    if now.surfaces:
        return worked("fair", now, now.seconds, lambda: racing_suite(now), preparing=preparing)
    return worked("fair", now, now.seconds, lambda: racing(now), draw=coming, preparing=preparing)


def folded(found: Raced | Suite | None) -> None:
    """How it is decided; and the link, a script and the numbers."""
    now = race()
    with st.expander(text("fair.rules")):
        st.markdown(marked(text("fair.note")))
    if not _trouble(now):
        share(
            "fair", now.labelled.to_link(), now.to_python, f"{text('share.python')}. {text('fair.python_note')}",
            lambda: csv_of(now, found), found is not None,
        )  # fmt: skip


def csv_of(now: FairRace | NetRace, found: Raced | Suite | None) -> str:
    """Two tables: the rules, and every run that was judged."""
    file = io.StringIO()
    if found is None:
        return ""
    writer = csv.writer(file)
    writer.writerows(table(now, found))
    writer.writerow([])
    writer.writerow(["surface", "rule", "run", "evaluations", "loss_above_lowest"])
    for name, raced in _parts(now, found):
        for lane, scored in zip(now.lanes, raced.scored, strict=True):
            first = [name, lane.optimizer.name]
            for run, curve in enumerate(scored.curves):
                writer.writerows([*first, run, at, height] for at, height in zip(raced.at, curve, strict=True))
    return file.getvalue()


def _parts(now: FairRace | NetRace, found: Raced | Suite) -> list[tuple[str, Raced]]:
    """Each race by what it was on."""
    if isinstance(now, NetRace):
        return [(now.net.data.name, found)] if isinstance(found, Raced) else []
    if isinstance(found, Suite):
        return list(zip(now.surfaces, found.raced, strict=True))
    return [(now.experiment.landscape.name, found)]
