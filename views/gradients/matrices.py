"""Backpropagation in matrices: the shapes of Xᵀ(S − I_y), and that it is what automatic differentiation says."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from datasets import DATASETS
from engine.arrays import Floats
from engine.measures.matrix_form import DATA, MatrixForm, matrix_form
from settings.gradients import Gradients
from views.controls.fields import group, number_field, send_panel
from views.kit.charts import Axis, Chart, Series, heat, note
from views.kit.sheet import Said, Sheet, tell
from views.kit.text import number, say, text
from views.session.linked import put

FINE = 8  # pixels of a cell's side, so that it is drawn as a square
GAP = 1.6  # between two matrices, in cells
NAME = 5.0  # cells that a name takes at least
NOWHERE = {-99.0: ""}  # what stands at an axis that means nothing


def fields(own: Gradients) -> list[dict[str, Any]]:
    """What is chosen beside the picture."""
    chosen = [number_field(name, getattr(own, name), text(f"gradients.{name}")) for name in ("rows", "theta_seed")]
    return [group("matrices", chosen, at="matrices")]


def sheet(own: Gradients) -> Sheet:
    """I4: shapes and values of each factor."""
    rows, form = own.rows, matrix_form(own.rows, own.theta_seed)
    features, classes = form.gradient.shape
    factors = [
        ("Xᵀ", form.x.T, f"{features} × {rows}", "·"),
        ("S − I", form.shares - form.target, f"{rows} × {classes}", ""),
    ]
    gradients = [
        ("Xᵀ(S − I)/n", form.gradient, f"{features} × {classes}", "="),
        (text("gradients.autodiff"), form.automatic, f"{features} × {classes}", ""),
    ]
    note = text(
        "gradients.matrix_note", data=say(DATASETS[DATA].name), rows=rows, difference=number(form.difference, 2),
        scale=number(float(np.abs(form.automatic).max()), 2),
    )  # fmt: skip
    head, entries = _table(form)
    charts = {"factors": _picture(factors), "product": _picture(gradients)}
    return Sheet(charts, {"matrices_told": Said(head=head, rows=entries, note=note)})


def lay(own: Gradients) -> Sheet:
    """The part of the page."""
    st.markdown(f"**{text('gradients.matrix_title')}**")
    with st.container(width=620):
        send_panel(fields(own), "matrices")
    drawn = sheet(own)
    for column, key in zip(st.columns(2, gap="medium"), drawn.charts, strict=True):
        with column:
            put(drawn, key)
    tell(drawn, "matrices_told")
    return drawn


def _picture(blocks: Sequence[tuple[str, Floats, str, str]]) -> Chart:
    """Matrices beside each other, as wide and as high as they have columns and rows: name, values, shape, and what
    stands between it and the next."""
    high = max(values.shape[0] for _, values, _, _ in blocks)
    series, at = [], 0.0
    for name, values, shape, after in blocks:
        rows, columns = values.shape
        wide = max(columns, NAME)
        bottom = (high - rows) / 2
        series += [
            _cells(values, at + (wide - columns) / 2, bottom),
            note(at + wide / 2, bottom + rows + 0.16 * high + 0.4, name),
            note(at + wide / 2, bottom + rows + 0.06 * high + 0.2, shape, colour="soft"),
            note(at + wide + GAP / 2, high / 2, after),
        ]
        at += wide + GAP
    top = 1.25 * high + 1
    axes = Axis("", low=-0.3, high=at - GAP + 0.3, ticks=NOWHERE), Axis("", low=-0.3, high=top, ticks=NOWHERE)
    return Chart(*axes, series, height=260, equal=True, legend=False, title=text("gradients.matrix_title"))


def _cells(values: Floats, left: float, bottom: float) -> Series:
    """The tones of the ground, 0 in their middle; the first row on top."""
    largest = float(np.abs(values).max()) or 1.0
    shares = np.kron((0.5 + values / largest / 2)[::-1], np.ones((FINE, FINE)))
    rows, columns = values.shape
    return heat((left, left + columns, bottom, bottom + rows), shares, np.zeros_like(shares), [], mute=True)


def _table(form: MatrixForm) -> tuple[list[str], list[list[str]]]:
    """Both gradients, entry by entry."""
    classes = [text("gradients.of_class", number=place + 1) for place in range(form.gradient.shape[1])]
    names = [*(say(feature) for feature in DATASETS[DATA].features), "1"]
    heads = [
        text("gradients.feature"), *(f"Xᵀ(S − I)/n, {name}" for name in classes),
        *(f"{text('gradients.autodiff')}, {name}" for name in classes),
    ]  # fmt: skip
    rows = [
        [name, *(number(float(value)) for value in (*ours, *theirs))]
        for name, ours, theirs in zip(names, form.gradient, form.automatic, strict=True)
    ]
    return heads, rows
