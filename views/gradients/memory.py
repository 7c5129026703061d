"""What backpropagation must remember, against the depth, and what computing it again saves and costs."""

from time import time_ns

import numpy as np
import streamlit as st

from engine.measures.remembered import (
    DEPTHS,
    EXAMPLES,
    PASSES,
    REPEATS,
    WAYS,
    WIDTH,
    Measured,
    Remembered,
    measured,
    remembered,
)
from views.controls.widgets import linked_choice
from views.kit.charts import SYMBOLS, Axis, Chart, draw, line, marks, variant_line
from views.kit.glossary import marked
from views.kit.tables import table
from views.kit.text import number, text
from views.session.visit import visit
from views.session.work import worked

BYTES = 8  # of a number
SECONDS = 0.9  # that the three ways take, about: who has asked need not be asked again


def memory() -> None:
    """I5: counted for every depth, measured for one."""
    st.markdown(f"**{text('gradients.memory_title')}**")
    counted = {depth: remembered(depth) for depth in DEPTHS}
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _draw(counted)
    with right:
        depth = int(linked_choice(text("gradients.memory_depth"), "memory_depth", str))
        moment = visit().moments.get("memory")
        found = worked("memory", (depth, moment), SECONDS, lambda: measured(depth)) if moment else None
        st.markdown(_table(depth, counted[depth], found or ()))
        st.button(
            text("gradients.measure"), key="memory_measure",
            on_click=lambda: visit().moments.update(memory=time_ns()),
        )  # fmt: skip
    st.caption(marked(text("gradients.memory_note", width=WIDTH, examples=EXAMPLES, repeats=REPEATS)))


def _draw(counted: dict[int, Remembered]) -> None:
    depths, series = np.array([*counted]), []
    for place, way in enumerate(WAYS):
        look = variant_line(place)
        peaks = np.array([each.peak[place] for each in counted.values()]) * BYTES / 1e6
        series += [
            line(depths, peaks, text(f"gradients.way_{way}"), **look),
            marks(depths, peaks, colour=look["colour"], symbol=SYMBOLS[place], open="paper", mute=True),
        ]
    axes = Axis(text("gradients.layers"), whole=True), Axis(text("gradients.megabytes"), log=True)
    draw(Chart(*axes, series, height=300, title=text("gradients.memory_title")), "memory")


def _table(depth: int, counted: Remembered, found: tuple[Measured, ...]) -> str:
    """Of one depth."""
    heads = [text(f"gradients.{name}") for name in ("way", "kept", "peak", "aside", "products", "time")]
    known = {each.way: each for each in found}
    rows = []
    for way, kept, peak in zip(WAYS, counted.kept, counted.peak, strict=True):
        here = known.get(way)
        told = [number(kept * BYTES / 1e6), number(peak * BYTES / 1e6)]
        own = [number(here.megabytes), str(PASSES[way] * depth), number(here.milliseconds, 2)] if here else []
        rows.append([text(f"gradients.way_{way}"), *told, *(own or ["–", str(PASSES[way] * depth), "–"])])
    return table(heads, rows)
