"""The table of the notes, small against large batch, in the lab's own numbers."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import streamlit as st

from engine.measures.batch_noise import noise_seconds
from engine.measures.small_or_large import Versus, compared, medians
from engine.measures.sweep import longest, variants
from engine.networks.experiment import NetworkExperiment
from normalisations import NORMALISATIONS
from settings.batches import smaller
from views.batches.sweeps import WORST, sweep_seconds, timing_seconds
from views.controls.widgets import linked_choice, linked_slider
from views.kit.glossary import marked
from views.kit.labels import trouble
from views.kit.tables import table
from views.kit.text import number, text
from views.session import visit
from views.session.work import worked

USUAL = "8"


class Measured(NamedTuple):
    """One row: what is measured, of the small batch and of all examples, and whether less is better."""

    name: str
    small: float
    large: float
    less: bool = True
    unit: float = 1.0


def small_against_large(net: NetworkExperiment) -> None:
    """B7: one table, each number measured now."""
    able = smaller(visit.about("small"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = int(linked_choice(text("batches.small"), "small", str, USUAL if USUAL in able else able[-1]))
        epochs = linked_slider(text("batches.epochs"), "span", width=220)
        trials = linked_slider(text("batches.trials"), "trials", help=text("batches.trials_help"), width=220)
    several = replace(net, batch=0, seeds=trials)
    epochs = min(epochs, longest(net, size), longest(net, 0))
    both = variants(several, "batch", (size, 0), epochs)
    if problem := next(filter(None, map(trouble, both)), ""):
        st.warning(problem)
        return
    seconds = timing_seconds(net, (1, size, net.points)) + sweep_seconds(both)
    seconds += noise_seconds(net.points, net.size, (size,), not NORMALISATIONS[net.norm].over_batch)
    found = worked(
        "versus", (*both, size), seconds, lambda: compared(several, size, epochs),
        draw=lambda so_far: _draw(so_far, several, size),
    )  # fmt: skip
    if found is not None:
        _draw(found, several, size)
    st.caption(marked(text("batches.versus_note", epochs=epochs, seeds=trials, all=net.points)))


def _draw(found: Versus, net: NetworkExperiment, size: int) -> None:
    st.markdown(_table(found, net, size))


def _table(found: Versus, net: NetworkExperiment, size: int) -> str:
    """The better of two is bold."""
    heads = [
        text("batches.versus_what"), text("batches.size", size=size), text("batches.size_all", size=net.points),
        text("batches.versus_notes"),
    ]  # fmt: skip
    rows = []
    for name, small, large, less, unit in _rows(found, net, size):
        cells = [number(unit * value) for value in (small, large)]
        better = int((large < small) == less)
        if cells[0] != cells[1] and not np.isnan([small, large]).any():
            cells[better] = f"**{cells[better]}**"
        rows.append([text(f"batches.versus_{name}"), *cells, text(f"batches.notes_{name}")])
    return table(heads, rows)


def _rows(found: Versus, net: NetworkExperiment, size: int) -> list[Measured]:
    """Those that are measured."""
    rows = []
    if found.timing:
        update = dict(zip(found.timing.batches, found.timing.update.tolist(), strict=True))
        epoch = dict(zip(found.timing.batches, found.timing.epoch.tolist(), strict=True))
        if 1 in update:
            rows.append(Measured("serial", size * update[1], net.points * update[1], unit=1e6))
        for name, part in (("update", update), ("epoch", epoch)):
            rows.append(Measured(name, part[size], part[net.points], unit=1e6))
    if found.noise:
        norm = found.noise.norm
        rows.append(Measured("noise", found.noise.clouds[0].spread / norm if norm else np.nan, 0.0 if norm else np.nan))
    if found.swept and found.swept.finished == 2:
        kinds = (("loss", True), ("accuracy", False)) if net.classes else (("loss", True),)
        parts = ("train", "test") if len(net.examples.test.targets) else ("train",)
        rows += [
            Measured(f"{part}_{kind}", *medians(found.swept, f"{part}_{kind}", WORST[kind]), less)
            for part in parts
            for kind, less in kinds
        ]
        rows.append(Measured("sharpness", *medians(found.swept, "sharpness", WORST["sharpness"])))
    return rows
