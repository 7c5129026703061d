"""The page: what every rule gets, the race, its verdict, and what it shares."""

import csv
import io

import streamlit as st

from engine.races.run import HEAD, Raced, racing, table
from engine.races.value import MOST_EVALUATIONS, FairRace, with_always
from settings.fair import Fair
from views.controls.surface import fair_panel, surface_menu
from views.controls.widgets import linked_slider, linked_switch
from views.export.share import share
from views.fair import pictures
from views.kit.glossary import marked
from views.kit.text import text
from views.session import visit
from views.session.work import worked

COMPILE = 0.5  # seconds for the programs of a rule
_compiled: set[tuple[str, str, int]] = set()


def race() -> FairRace:
    """What the link asks for."""
    asked = visit.settings(Fair)
    experiment = with_always(visit.experiment())
    return FairRace(experiment, asked.fair_rates, asked.fair_starts, asked.fair_tuned)


def panel() -> None:
    experiment = visit.experiment()
    surface_menu(experiment)
    fair_panel(experiment)


def show() -> Raced | None:
    """Draw the race; None while it waits for a click or cannot be had."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="fair_settings"):
        linked_slider(text("fair.starts"), "fair_starts", help=text("fair.starts_help"), width=220)
        linked_slider(text("fair.rates"), "fair_rates", help=text("fair.rates_help"), width=220)
        linked_switch(text("fair.tuned"), "fair_tuned", help=text("fair.tuned_help"))
    now = race()
    if now.trouble:
        st.warning(text(f"fair.trouble_{now.trouble}", most=MOST_EVALUATIONS))
        return None
    programs = {(now.experiment.landscape.name, lane.optimizer.name, now.starts) for lane in now.lanes}
    found = worked(
        "fair", now, now.seconds, lambda: racing(now), draw=lambda some: pictures.rates(now, some, "coming"),
        preparing=COMPILE * len(programs - _compiled),
    )  # fmt: skip
    if found is None:
        st.caption(marked(text("fair.about")))
        return None
    _compiled.update(programs)
    pictures.show(now, found)
    return found


def folded(found: Raced | None) -> None:
    """How it is decided; and the link, a script and the numbers."""
    now = race()
    with st.expander(text("fair.rules")):
        st.markdown(marked(text("fair.note")))
    if not now.trouble:
        share(
            "fair", now.experiment.to_link(), now.to_python, f"{text('share.python')}. {text('fair.python_note')}",
            lambda: csv_of(now, found), found is not None,
        )  # fmt: skip


def csv_of(now: FairRace, found: Raced | None) -> str:
    """Two tables: the rules, and every run that was judged."""
    file = io.StringIO()
    if found is None:
        return ""
    writer = csv.writer(file)
    writer.writerow(HEAD)
    writer.writerows(table(now, found))
    writer.writerow([])
    writer.writerow(["rule", "run", "evaluations", "loss_above_lowest"])
    for lane, scored in zip(now.lanes, found.scored, strict=True):
        for run, curve in enumerate(scored.curves):
            writer.writerows([lane.optimizer.name, run, at, height] for at, height in zip(found.at, curve, strict=True))
    return file.getvalue()
