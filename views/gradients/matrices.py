"""Backpropagation in matrices: the shapes of Xᵀ(S − I_y), and that it is what automatic differentiation says."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from datasets import DATASETS
from engine.arrays import Floats
from engine.measures.matrix_form import DATA, MatrixForm, matrix_form
from views.controls.widgets import linked_slider
from views.kit.charts import Axis, Chart, Series, draw, heat, note
from views.kit.glossary import marked
from views.kit.tables import table
from views.kit.text import number, say, text

FINE = 8  # pixels of a cell's side, so that it is drawn as a square
GAP = 1.6  # between two matrices, in cells
NAME = 5.0  # cells that a name takes at least
NOWHERE = {-99.0: ""}  # what stands at an axis that means nothing


def matrices() -> None:
    """I4: shapes and values of each factor."""
    st.markdown(f"**{text('gradients.matrix_title')}**")
    with st.container(horizontal=True):
        rows = linked_slider(text("gradients.rows"), "rows", width=260)
        seed = linked_slider(text("gradients.theta_seed"), "theta_seed", width=260)
    form = matrix_form(rows, seed)
    features, classes = form.gradient.shape
    left, right = st.columns(2, gap="medium")
    with left:
        factors = [
            ("Xᵀ", form.x.T, f"{features} × {rows}", "·"),
            ("S − I", form.shares - form.target, f"{rows} × {classes}", ""),
        ]
        draw(_picture(factors), "factors")
    with right:
        gradients = [
            ("Xᵀ(S − I)/n", form.gradient, f"{features} × {classes}", "="),
            (text("gradients.autodiff"), form.automatic, f"{features} × {classes}", ""),
        ]
        draw(_picture(gradients), "product")
    st.markdown(_table(form))
    scale = float(np.abs(form.automatic).max())
    st.caption(
        marked(text("gradients.matrix_note", data=say(DATASETS[DATA].name), rows=rows,
                    difference=number(form.difference, 2), scale=number(scale, 2)))
    )  # fmt: skip


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


def _table(form: MatrixForm) -> str:
    """Both gradients, entry by entry."""
    classes = [text("gradients.of_class", number=place + 1) for place in range(form.gradient.shape[1])]
    names = [*(say(feature) for feature in DATASETS[DATA].features), "1"]
    heads = [
        text("gradients.feature"), *(f"Xᵀ(S − I)/n, {name}" for name in classes),
        *(f"{text('gradients.autodiff')}, {name}" for name in classes),
    ]  # fmt: skip
    rows = (
        [name, *(number(float(value)) for value in (*ours, *theirs))]
        for name, ours, theirs in zip(names, form.gradient, form.automatic, strict=True)
    )
    return table(heads, rows)
