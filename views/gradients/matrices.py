"""Backpropagation in matrices: the shapes of Xᵀ(S − I_y), and that it is what automatic differentiation says."""

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
NOWHERE = {-99.0: ""}  # what stands at an axis that means nothing


def matrices() -> None:
    """I4: shapes and values of each factor."""
    st.markdown(f"**{text('gradients.matrix_title')}**")
    with st.container(horizontal=True):
        rows = linked_slider(text("gradients.rows"), "rows", width=260)
        seed = linked_slider(text("gradients.theta_seed"), "theta_seed", width=260)
    form = matrix_form(rows, seed)
    draw(_picture(form), "matrices")
    st.markdown(_table(form))
    scale = float(np.abs(form.automatic).max())
    st.caption(
        marked(text("gradients.matrix_note", data=say(DATASETS[DATA].name), rows=rows,
                    difference=number(form.difference, 2), scale=number(scale, 2)))
    )  # fmt: skip


def _picture(form: MatrixForm) -> Chart:
    """The factors and their product beside each other, as wide and as high as they have columns and rows."""
    features, (rows, classes) = form.x.shape[1], form.shares.shape
    blocks = [
        ("Xᵀ", form.x.T, f"{features} × {rows}"),
        ("S − I", form.shares - form.target, f"{rows} × {classes}"),
        ("Xᵀ(S − I)/n", form.gradient, f"{features} × {classes}"),
        (text("gradients.autodiff"), form.automatic, f"{features} × {classes}"),
    ]
    high = max(values.shape[0] for _, values, _ in blocks)
    series, at = [], 0.0
    for place, (name, values, shape) in enumerate(blocks):
        wide = max(values.shape[1], 3.0)  # room for the name
        left = at + (wide - values.shape[1]) / 2
        bottom = (high - values.shape[0]) / 2
        series.append(_cells(values, left, bottom))
        series += [
            note(at + wide / 2, bottom + values.shape[0] + 1.3, name),
            note(at + wide / 2, bottom + values.shape[0] + 0.5, shape, colour="soft"),
        ]
        if place < len(blocks) - 1:
            series.append(note(at + wide + GAP / 2, high / 2, "·==="[place]))
        at += wide + GAP
    axes = Axis("", low=-0.5, high=at - GAP + 0.5, ticks=NOWHERE), Axis("", low=-0.5, high=high + 2.2, ticks=NOWHERE)
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
