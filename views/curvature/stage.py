"""The page of curvature: the spectrum of the Hessian and the sharpness along each training, for one clock."""

from collections.abc import Iterator
from typing import Any, TypedDict

import numpy as np
import streamlit as st

from engine.arrays import Floats
from engine.curvature.lanczos import EXACT
from engine.measures.spectra import (
    PROBES,
    PRODUCTS,
    RESOLVED,
    Counts,
    Spectra,
    blank,
    count,
    counted,
    seconds,
    spectra,
    tolerances,
)
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import Training
from engine.surfaces.stability import crossings
from settings.curvature import Curvature
from views.controls.widgets import linked_power
from views.kit.component import component
from views.kit.glossary import marked
from views.kit.labels import lane_label
from views.kit.lanes import Marks
from views.kit.text import language, number, power_of_ten, section, text
from views.kit.wire import Block, Played, block, coarse, packed
from views.session import visit
from views.session.trained import key_of
from views.session.work import worked

USUAL: int = Curvature().zero  # log₁₀ of the share of max|λ| that counts as zero

PRINTED = {  # how many digits the table prints of what
    "loss_told": 4, "low_told": 3, "high_told": 3, "sharpness_told": 3, "limit_told": 3, "ratio_told": 2,
}  # fmt: skip

picture = component("curvature")


class Watched(TypedDict):
    """A lane: its loss at every update, its spectrum at some."""

    number: int
    label: str
    diverged: int
    outcome: Marks
    crossings: list[int]
    curve: Block
    spectrum: Block


class CurvaturePicture(Played):
    main: str  # which picture is the large one
    per_epoch: int
    size: int  # eigenvalues
    exact: bool
    told: str
    lanes: list[Watched]


def show(net: NetworkExperiment, training: Training) -> None:
    """Draw the page's picture: what was computed, or without spectra while they wait for a click."""
    drawn, (left, right) = st.container(), st.columns([1, 2], gap="large", vertical_alignment="center")
    with left:
        share = linked_power(text("spectra.tau"), "zero", help=text("spectra.tau_hint", usual=power_of_ten(USUAL)))
    with drawn:
        _draw(net, training, share)
    with right:
        st.caption(
            text("spectra.note", size=net.size)
            if net.size <= EXACT
            else marked(
                text("spectra.note_large", size=net.size, share=number(RESOLVED), probes=PROBES, products=PRODUCTS)
            )
        )


def _draw(net: NetworkExperiment, training: Training, share: float) -> None:
    found = worked("spectra", key_of(net), seconds(net), lambda: _chunks(net, training))
    data = payload(net, training, found or blank(net, training), share)
    picture(key="curvature", data=data, on_edit_change=lambda: visit.heard("curvature"))


def _chunks(net: NetworkExperiment, training: Training) -> Iterator[tuple[float, Spectra]]:
    for found in spectra(net, training):
        yield found.done, found


def payload(net: NetworkExperiment, training: Training, found: Spectra, share: float = 10.0**USUAL) -> bytes:
    """Everything that the picture draws."""
    columns: list[Any] = []
    numbers = [place for place, racer in enumerate(net.lanes) if racer.shown]
    taus = tolerances(found.eigenvalues, share, found.exact)
    header: CurvaturePicture = {
        "sequence": visit.visit().sequence,
        "moved": visit.visit().moved,
        "main": visit.settings(Curvature).main,
        "language": language(),
        "words": section("stage") | section("spectra"),
        "title": f"{text('page.title')} · {text('pages.curvature')}",
        "steps": net.steps,
        "per_epoch": updates_per_epoch(net.points, net.batch),
        "size": found.size,
        "exact": found.exact,
        "told": told(net, found),
        "lanes": [
            {
                "number": place,
                "label": lane_label(net, place),
                "diverged": int(training.diverged_at[lane, 0]),
                "outcome": {"bursts": [], "stuck_from": -1},
                "crossings": found.steps[crossings(found.sharpness[lane], found.limits[lane])].tolist(),
                "curve": block(columns, _curve(training, lane), PRINTED),
                "spectrum": block(columns, _spectrum(found, taus, lane), PRINTED),
            }
            for lane, place in enumerate(numbers)
        ],
    }
    return packed(header, columns)


def _curve(training: Training, lane: int) -> dict[str, list[Any]]:
    losses = training.objective[lane, 0]
    return {"steps": [training.steps], "loss": [losses], "loss_told": [losses]}


def _spectrum(found: Spectra, taus: Floats, lane: int) -> dict[str, list[Any]]:
    values, weights = found.eigenvalues[lane], found.weights[lane]
    if found.exact:
        signs, margins = count(values, weights, found.size, taus[lane]), Counts(*np.zeros((3, len(values))))
    else:
        signs, margins = counted(values, weights, found.probe[lane], found.size, taus[lane])
    return {
        "steps": [found.steps],
        "sharpness": [found.sharpness[lane]],
        "limit": [found.limits[lane]],
        "tau": [taus[lane]],
        "positive": [signs.positive],
        "zero": [signs.zero],
        "negative": [signs.negative],
        "margins": [*margins],
        "values": [coarse(column) for column in values.T],
        "weights": [] if found.exact else [coarse(column) for column in weights.T],
        "low_told": [values[:, 0]],
        "high_told": [values[:, -1]],
        "sharpness_told": [found.sharpness[lane]],
        "limit_told": [found.limits[lane]],
        "ratio_told": [found.sharpness[lane] / found.limits[lane]],
    }


def told(net: NetworkExperiment, found: Spectra) -> str:
    """What the sharpness says of each rule that has a limit: where it ends, in parts of the limit."""
    last = found.sharpness[:, -max(len(found.steps) // 3, 1) :] / found.limits[:, -max(len(found.steps) // 3, 1) :]
    shown = [place for place, racer in enumerate(net.lanes) if racer.shown]
    parts = [
        text("spectra.ends", name=lane_label(net, place), ratio=number(float(np.median(ratios)), 2))
        for place, ratios in zip(shown, last, strict=True)
        if np.isfinite(ratios).all()
    ]
    return text("spectra.told", ends="; ".join(parts)) if parts else ""
