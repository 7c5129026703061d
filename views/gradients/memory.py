"""What backpropagation must remember, against the depth, and what computing it again saves and costs."""

from functools import cache
from time import time_ns
from typing import Any

import numpy as np
import streamlit as st

from engine.measures.remembered import (
    DEPTHS,
    EXAMPLES,
    PASSES,
    REPEATS,
    WAYS,
    WIDTH,
    Remembered,
    measured,
    remembered,
)
from settings.gradients import Gradients
from views.controls.fields import choice_field, group, send_panel
from views.kit.charts import SYMBOLS, Axis, Chart, line, marks, variant_line
from views.kit.glossary import marked
from views.kit.sheet import Said, Sheet, tell
from views.kit.tables import table
from views.kit.text import number, text
from views.session.linked import put
from views.session.visit import visit
from views.session.work import worked

BYTES = 8  # of a number
SECONDS = 0.9  # that the three ways take, about: who has asked need not be asked again


def fields(own: Gradients) -> list[dict[str, Any]]:
    """What is chosen beside the table."""
    depths = {str(depth): str(depth) for depth in DEPTHS[1:]}
    chosen = choice_field("memory_depth", own.memory_depth, text("gradients.memory_depth"), depths)
    return [group("memory", [chosen], at="memory")]


def sheet(own: Gradients) -> Sheet:
    """I5: counted for every depth, and in a table for one."""
    depth = int(own.memory_depth)
    head = [text(f"gradients.{name}") for name in ("way", "kept", "peak", "products")]
    ways = zip(WAYS, _counted()[depth].kept, _counted()[depth].peak, strict=True)
    rows = [[text(f"gradients.way_{way}"), _mb(kept), _mb(peak), str(PASSES[way] * depth)] for way, kept, peak in ways]
    return Sheet({"memory": _chart()}, {"memory_told": Said(head=head, rows=rows)})


def lay(own: Gradients) -> Sheet:
    """The part of the page, and what was measured here, on a click."""
    st.markdown(f"**{text('gradients.memory_title')}**")
    left, right = st.columns([3, 2], gap="medium")
    drawn = sheet(own)
    with left:
        put(drawn, "memory")
    with right:
        send_panel(fields(own), "memory")
        tell(drawn, "memory_told")
        _measured(int(own.memory_depth))
        st.button(
            text("gradients.measure"), key="memory_measure",
            on_click=lambda: visit().moments.update(memory=time_ns()),
        )  # fmt: skip
    st.caption(marked(text("gradients.memory_note", width=WIDTH, examples=EXAMPLES, repeats=REPEATS)))
    return drawn


def hears() -> tuple[str, ...]:
    """Edits of which Python hears at once: what was measured is of one depth."""
    return ("memory_depth",) if visit().moments.get("memory") else ()


def _measured(depth: int) -> None:
    moment = visit().moments.get("memory")
    found = worked("memory", (depth, moment), SECONDS, lambda: measured(depth)) if moment else None
    if found:
        head = [text(f"gradients.{name}") for name in ("way", "aside", "time")]
        rows = [
            [text(f"gradients.way_{each.way}"), number(each.megabytes), number(each.milliseconds, 2)] for each in found
        ]
        st.markdown(table(head, rows))


@cache
def _counted() -> dict[int, Remembered]:
    return {depth: remembered(depth) for depth in DEPTHS}


def _mb(numbers: float) -> str:
    return number(numbers * BYTES / 1e6)


def _chart() -> Chart:
    depths, series = np.array([*DEPTHS]), []
    for place, way in enumerate(WAYS):
        look = variant_line(place)
        peaks = np.array([each.peak[place] for each in _counted().values()]) * BYTES / 1e6
        series += [
            line(depths, peaks, text(f"gradients.way_{way}"), **look),
            marks(depths, peaks, colour=look["colour"], symbol=SYMBOLS[place], open="paper", mute=True),
        ]
    axes = Axis(text("gradients.layers"), whole=True), Axis(text("gradients.megabytes"), log=True)
    return Chart(*axes, series, height=300, title=text("gradients.memory_title"))
