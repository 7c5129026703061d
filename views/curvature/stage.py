"""The page of curvature: the spectrum of the Hessian and the sharpness along each training, for one clock."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypedDict

import numpy as np
import streamlit as st

from curves.base import Learner
from curves.spectra import SPECTRA
from engine import pace
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
    so_far,
    spectra,
    tolerances,
)
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import Trained, by_part
from engine.networks.training import Training
from engine.shelf import Shelf
from settings.base import Settings
from settings.curvature import Curvature
from views.controls.network import network_groups
from views.controls.widgets import linked_power
from views.kit.component import component
from views.kit.curves import Charted, Table, at_rows, charted, crossed, plain_columns
from views.kit.labels import lane_label
from views.kit.lanes import Marks
from views.kit.sheet import Said, SaidPicture, lay, told
from views.kit.text import language, number, power_of_ten, spoken, text
from views.kit.wire import Block, block, coarse, followed, packed
from views.session import visit
from views.session.asked import Visited, unpainted, visited
from views.session.linked import link_of
from views.session.trained import awaited, key_of, looked, seconds_of, trained, unlooked
from views.session.work import AUTOMATIC, PATIENCE, shelf, worked

USUAL: int = Curvature().zero  # log₁₀ of the share of max|λ| that counts as zero

SET_ASIDE = ("seeds", "dropout")  # settings that mean nothing here
ABOUT = "spectra_about"  # where the sentences below the picture stand
PRINTED = {  # how many digits the table prints of what
    "loss_told": 4, "low_told": 3, "high_told": 3, "sharpness_told": 3, "limit_told": 3, "ratio_told": 2,
}  # fmt: skip

AllSpectra = tuple[Spectra, ...]  # of each part of an experiment

picture = component("curvature")
PICTURES: Shelf[bytes] = Shelf(most=100, room=20_000_000)  # for all visitors


class Watched(TypedDict):
    """A lane: its loss at every update, its spectrum at some; size: eigenvalues."""

    size: int
    exact: bool
    number: int
    label: str
    diverged: int
    outcome: Marks
    crossings: dict[str, list[int]]
    curve: Block
    spectrum: Block


class SpectraPicture(TypedDict):
    link: str
    about: SaidPicture  # how many eigenvalues there are, below the picture
    seconds: float | None  # that they take which wait for a click, or are under way: then a part is shown, or none
    steps: int  # of the clock
    per_epoch: list[int]  # updates, of each lane
    told: str
    curves: list[Charted]
    lanes: list[Watched]


class CurvatureVisit(Visited):
    main: str  # which picture is the large one


class CurvaturePicture(SpectraPicture, CurvatureVisit):
    """What the page draws."""


class Looked(NamedTuple):
    """What decides the picture; its sentences are in one language."""

    net: NetworkExperiment
    zero: int
    language: str

    @property
    def link(self) -> str:
        return _link(self.net, Curvature(zero=self.zero))


def _link(net: NetworkExperiment, own: Settings) -> str:
    return "&".join(filter(None, [net.to_link(), link_of(own, ("zero",))]))


def show(net: NetworkExperiment) -> Trained | None:
    """Draw the page's picture, or say why there is none: of the training, which is returned, and its spectra; of what
    is known while they wait for a click. What the page has asked for by itself is not sent again."""
    waits = awaited(net)
    training = None if waits else trained(net)
    if training is None and not waits:
        return None
    drawn, (left, right) = st.container(key="drawn"), st.columns([1, 2], gap="large", vertical_alignment="center")
    with left:
        linked_power(text("spectra.tau"), "zero", help=text("spectra.tau_hint", usual=power_of_ten(USUAL)))
    asked = Looked(net, visit.setting("zero"), language())
    with drawn:
        header: CurvatureVisit = {
            **visited(
                asked.link, ("network",), own=("zero",),
                at=lambda said, own: _link(said.network, own),
            ),
            "main": visit.settings(Curvature).main,
        }  # fmt: skip
        body = _body(asked, training) if unpainted(asked.link) else b""
        picture(key="curvature", data=followed(packed(header), body), on_edit_change=lambda: visit.heard("curvature"))
    with right:
        lay(ABOUT, _about(net))
    return training


def groups(net: NetworkExperiment) -> list[dict[str, Any]]:
    """Of the panel."""
    return network_groups(net, SET_ASIDE, compares=True)


def _about(net: NetworkExperiment) -> Said:
    """How many eigenvalues each lane's Hessian has, and how they are found."""
    sizes = dict.fromkeys(part.net.size for part in net.parts)
    return Said(note="\n".join(text("spectra.note", size=size) if size <= EXACT else _large(size) for size in sizes))


def _large(size: int) -> str:
    return text("spectra.note_large", size=size, share=number(RESOLVED), probes=PROBES, products=PRODUCTS)


def _body(asked: Looked, training: Trained | None) -> bytes:
    net = asked.net
    if training is None:
        return waiting(asked)
    spectrum = (
        None
        if long(net)
        else worked("spectra", key_of(net), seconds(net), lambda: chunks(net, training), preparing=unlooked(net))
    )
    return so_far_pictured(asked, training, None) if spectrum is None else pictured(asked, training, spectrum)


def long(net: NetworkExperiment, before: float = 0.0) -> bool:
    """Whether the spectra wait for a click; ``before``: seconds of what has to be done first."""
    if shelf("spectra").kept(key_of(net)) is not None:
        return False
    return pace.running(seconds(net)) > AUTOMATIC or before + looking_seconds(net) > PATIENCE


def looking_seconds(net: NetworkExperiment) -> float:
    """How long they take here, about, with what has to be compiled before."""
    return pace.running(seconds(net)) + pace.compiling(unlooked(net))


def chunks(net: NetworkExperiment, training: Trained) -> Iterator[tuple[float, AllSpectra]]:
    """The spectra of all parts, one after the other."""
    yield from by_part(net, training, lambda part, run, _: spectra(part, run), _blanks(net, training))
    looked(net)


def _blanks(net: NetworkExperiment, training: Trained) -> AllSpectra:
    return tuple(blank(part.net, run) for part, run in zip(net.parts, training, strict=True))


def pictured(asked: Looked, training: Trained, spectrum: AllSpectra) -> bytes:
    """The picture, worked out once for all who ask."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(asked, training, spectrum)

    return PICTURES.made(asked, work)


def so_far_pictured(asked: Looked, training: Trained, spectrum: AllSpectra | None) -> bytes:
    """The losses, and as many spectra as there are."""
    left = looking_seconds(asked.net)
    blanks = _blanks(asked.net, training)
    there = [so_far(each) if each.done else none for each, none in zip(spectrum or blanks, blanks, strict=True)]
    with spoken(asked.language):
        return payload(asked, training, there, left)


def waiting(asked: Looked) -> bytes:
    """That the training waits for a click, and the spectra with it."""
    return _packed(asked, asked.net.steps, [], seconds_of(asked.net) + looking_seconds(asked.net))


def payload(asked: Looked, trained: Trained, found: Sequence[Spectra], left: float | None = None) -> bytes:
    """Everything that the picture draws; ``left``: seconds, where that is not the whole."""
    columns: list[Any] = []
    net = asked.net
    lanes: dict[int, Watched] = {}
    ends: dict[int, str] = {}
    for part, training, spectrum in zip(net.parts, trained, found, strict=True):
        taus = tolerances(spectrum.eigenvalues, 10.0**asked.zero, spectrum.exact)
        for lane, place in enumerate(part.numbers):
            lanes[place] = {
                "number": place,
                "label": lane_label(net, place),
                "size": spectrum.size,
                "exact": spectrum.exact,
                "diverged": int(training.diverged_at[lane, 0]),
                "outcome": {"bursts": [], "stuck_from": -1},
                "crossings": crossed(Learner(training, lane, spectra=spectrum), SPECTRA, spectrum.steps),
                "curve": block(columns, _curve(training, spectrum, lane), PRINTED),
                "spectrum": block(columns, _spectrum(training, spectrum, taus, lane), PRINTED),
            }
            ends[place] = _end(net, place, spectrum, lane)
    came = "; ".join(filter(None, (ends[place] for place in sorted(ends))))
    return _packed(
        asked, max(int(training.steps[-1]) for training in trained), columns, left,
        lanes=[lanes[place] for place in sorted(lanes)],
        told=text("spectra.told", ends=came) if came and not left else "",
    )  # fmt: skip


def _packed(asked: Looked, steps: int, columns: list[Any], left: float | None, **more: Any) -> bytes:
    net = asked.net
    header: SpectraPicture = {
        "link": asked.link,
        "about": told(ABOUT, _about(net)),
        "seconds": left,
        "steps": steps,
        "per_epoch": [
            updates_per_epoch(each.points, each.batch)
            for each in dict(sorted((at, part.net) for part in net.parts for at in part.numbers)).values()
        ],
        "curves": charted(SPECTRA),
        **({"lanes": [], "told": ""} | more),  # type: ignore[typeddict-item]
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


def _end(net: NetworkExperiment, place: int, spectrum: Spectra, lane: int) -> str:
    """Where the sharpness of a lane ends, in parts of its rule's limit; "" where that is not known."""
    third = max(len(spectrum.steps) // 3, 1)
    ratios = spectrum.sharpness[lane, -third:] / spectrum.limits[lane, -third:]
    if not np.isfinite(ratios).all():
        return ""
    return text("spectra.ends", name=lane_label(net, place), ratio=number(float(np.median(ratios)), 2))
