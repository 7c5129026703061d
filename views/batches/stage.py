"""The page of batches: its topics, one at a time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from engine.networks.experiment import NetworkExperiment
from settings.batches import Batches
from views.batches import sweeps as batch_sweeps
from views.batches.sizes import PATHS
from views.batches.surfaces import SURFACES
from views.batches.topic import ROW, Topic, own, stopped, subject
from views.batches.versus import small_against_large
from views.controls.fields import send_panel
from views.controls.network import network_groups
from views.controls.racer import racer_menu
from views.controls.widgets import linked_choice
from views.kit.labels import trouble
from views.kit.sheet import box
from views.kit.text import language, text
from views.session import visit
from views.session.linked import Asked, Linked, Parts, follow_sheet, sheet_of

SHEETS: dict[str, Topic] = {"paths": PATHS, "surfaces": SURFACES, "sweep": batch_sweeps.SWEEP}


def asked_for(net: NetworkExperiment) -> Asked:
    return Asked(visit.settings(Batches), language(), net)


def show(net: NetworkExperiment) -> None:
    """What was asked for: paths and clouds, times, or a sweep."""
    now = asked_for(net)
    with st.container(horizontal=True, vertical_alignment="center"):
        topic = linked_choice(
            text("batches.topic"), "topic", lambda name: text(f"batches.topic_{name}"), label_visibility="collapsed"
        )
        racer_menu(net) if topic not in ("time", *SHEETS) else 0
    if topic not in SHEETS:
        if problem := trouble(replace(net.alike, batch=0)):
            st.warning(problem)
            return
        TOPICS[topic](subject(now))
        return
    send_panel(SHEETS[topic].fields(now), ROW)
    sheet = sheet_of(PAGE, now)
    if sheet and sheet.charts:
        SHEETS[topic].lay(sheet, now)
    if sheet is None:
        SHEETS[topic].waiting(now)
    for told in sheet.boxes if sheet and not sheet.charts else ():
        box(told)
    follow_sheet(PAGE, now, sheet.places if sheet else ())


def work(asked: Asked) -> Parts:
    """The sheet of the topic."""
    topic = SHEETS.get(own(asked).topic)
    return topic.work(asked) if topic else iter([(1.0, stopped(""))])


def seconds(asked: Asked) -> float:
    topic = SHEETS.get(own(asked).topic)
    return topic.seconds(asked) if topic else 0.0


def groups(asked: Asked) -> list[dict[str, Any]]:
    """Of the panel, and what the topic asks for beside its pictures."""
    topic = SHEETS.get(own(asked).topic)
    return [*network_groups(asked.net, ("batch", "seeds")), *(topic.fields(asked) if topic else [])]


PAGE = Linked(
    "batches", Batches, tuple(name for name in Batches.fields() if name != "heights"), work, seconds, networks=True
)
SPREAD = r"\frac{s}{\sqrt{b}}\sqrt{\frac{N-b}{N-1}}"


def formulas() -> None:
    """What is computed, typeset."""
    with st.expander(text("share.formulas")):
        st.latex(
            r"g_B = \frac1{|B|}\sum_{n\in B}\nabla\ell_n,\qquad \mathbb E[g_B] = g = \frac1N\sum_n\nabla\ell_n,\qquad"
            rf"\sqrt{{\mathbb E\lVert g_B-g\rVert^2}} = {SPREAD}"
        )
        st.markdown(text("batches.formula_words"))


TOPICS: dict[str, Callable[[NetworkExperiment], None]] = {
    "time": batch_sweeps.times,
    "table": small_against_large,
}
