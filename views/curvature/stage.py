"""The page of curvature: the spectrum of the Hessian and the sharpness along each training, for one clock."""

from collections.abc import Iterator
from typing import Any, TypedDict

import numpy as np
import streamlit as st

from curves.base import Learner
from curves.spectra import SPECTRA
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
from settings.curvature import Curvature
from views.controls.widgets import linked_power
from views.kit.component import component
from views.kit.curves import Charted, Table, at_rows, charted, crossed, plain_columns
from views.kit.glossary import marked
from views.kit.labels import lane_label
from views.kit.lanes import Marks
from views.kit.text import curve_words, language, number, power_of_ten, section, text
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
    crossings: dict[str, list[int]]
    curve: Block
    spectrum: Block


class CurvaturePicture(Played):
    main: str  # which picture is the large one
    per_epoch: int
    size: int  # eigenvalues
    exact: bool
    told: str
    curves: list[Charted]
    lanes: list[Watched]


def show(net: NetworkExperiment, training: Training) -> None:
    """Draw the page's picture: what was computed, or without spectra while they wait for a click."""
    drawn, (left, right) = st.container(key="drawn"), st.columns([1, 2], gap="large", vertical_alignment="center")
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
    spectrum = worked("spectra", key_of(net), seconds(net), lambda: _chunks(net, training))
    data = payload(net, training, spectrum or blank(net, training), share)
    picture(key="curvature", data=data, on_edit_change=lambda: visit.heard("curvature"))


def _chunks(net: NetworkExperiment, training: Training) -> Iterator[tuple[float, Spectra]]:
    for spectrum in spectra(net, training):
        yield spectrum.done, spectrum


def payload(net: NetworkExperiment, training: Training, spectrum: Spectra, share: float = 10.0**USUAL) -> bytes:
    """Everything that the picture draws."""
    columns: list[Any] = []
    numbers = [place for place, racer in enumerate(net.lanes) if racer.shown]
    taus = tolerances(spectrum.eigenvalues, share, spectrum.exact)
    header: CurvaturePicture = {
        "sequence": visit.visit().sequence,
        "moved": visit.visit().moved,
        "main": visit.settings(Curvature).main,
        "language": language(),
        "words": section("stage") | section("spectra") | curve_words(SPECTRA),
        "title": f"{text('page.title')} · {text('pages.curvature')}",
        "steps": net.steps,
        "per_epoch": updates_per_epoch(net.points, net.batch),
        "size": spectrum.size,
        "exact": spectrum.exact,
        "told": told(net, spectrum),
        "curves": charted(SPECTRA),
        "lanes": [
            {
                "number": place,
                "label": lane_label(net, place),
                "diverged": int(training.diverged_at[lane, 0]),
                "outcome": {"bursts": [], "stuck_from": -1},
                "crossings": crossed(Learner(training, lane, spectra=spectrum), SPECTRA, spectrum.steps),
                "curve": block(columns, _curve(training, spectrum, lane), PRINTED),
                "spectrum": block(columns, _spectrum(training, spectrum, taus, lane), PRINTED),
            }
            for lane, place in enumerate(numbers)
        ],
    }
    return packed(header, columns)


def _curve(training: Training, spectrum: Spectra, lane: int) -> Table:
    return {"steps": [training.steps], **_columns(training, lane, spectrum, "all")}


def _columns(training: Training, lane: int, spectrum: Spectra, rows: str) -> Table:
    return plain_columns(Learner(training, lane, spectra=spectrum), at_rows(SPECTRA, rows))


def _spectrum(training: Training, spectrum: Spectra, taus: Floats, lane: int) -> Table:
    values, weights = spectrum.eigenvalues[lane], spectrum.weights[lane]
    if spectrum.exact:
        signs, margins = count(values, weights, spectrum.size, taus[lane]), Counts(*np.zeros((3, len(values))))
    else:
        signs, margins = counted(values, weights, spectrum.probe[lane], spectrum.size, taus[lane])
    return {
        "steps": [spectrum.steps],
        **_columns(training, lane, spectrum, "spectra"),
        "tau": [taus[lane]],
        "positive": [signs.positive],
        "zero": [signs.zero],
        "negative": [signs.negative],
        "margins": [*margins],
        "values": [coarse(column) for column in values.T],
        "weights": [] if spectrum.exact else [coarse(column) for column in weights.T],
        "low_told": [values[:, 0]],
        "high_told": [values[:, -1]],
        "ratio_told": [spectrum.sharpness[lane] / spectrum.limits[lane]],
    }


def told(net: NetworkExperiment, spectrum: Spectra) -> str:
    """What the sharpness says of each rule that has a limit: where it ends, in parts of the limit."""
    third = max(len(spectrum.steps) // 3, 1)
    last = spectrum.sharpness[:, -third:] / spectrum.limits[:, -third:]
    places = [place for place, racer in enumerate(net.lanes) if racer.shown]
    parts = [
        text("spectra.ends", name=lane_label(net, place), ratio=number(float(np.median(ratios)), 2))
        for place, ratios in zip(places, last, strict=True)
        if np.isfinite(ratios).all()
    ]
    return text("spectra.told", ends="; ".join(parts)) if parts else ""
