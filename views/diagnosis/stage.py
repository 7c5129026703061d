"""The page of diagnosis: the training guide as a flowchart, lit by what was measured of the lanes."""

from typing import Any, TypedDict

import numpy as np

from curves.trainings import TRAININGS
from engine.arrays import Floats
from engine.measures.diagnosis import BOXES, Ends, Finding, diagnose, ends, is_large
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.remedies import REMEDIES
from engine.networks.together import Learned, Trained, learned
from engine.networks.verdict import commonest
from engine.shelf import Shelf
from views.kit.component import component
from views.kit.curves import Charted, charted
from views.kit.fits import Fit, fit_told
from views.kit.labels import lane_label
from views.kit.lanes import Marks
from views.kit.learning import PRINTED, Learning, apart, constant_of, happened, lane_curves, sizes
from views.kit.text import language, number, spoken, text
from views.kit.wire import Block, block, followed, packed
from views.session import visit
from views.session.asked import Visited, unpainted, visited
from views.session.trained import awaited, seconds_of, trained

SHARE = 100.0  # in percent
PICTURES: Shelf[bytes] = Shelf(most=60, room=12_000_000)  # for all visitors

diagnosis = component("diagnosis")


class Told(TypedDict):
    """Something that is the matter: in which box, why, and what can be tried, each as [name, what it is called]."""

    box: str
    why: str
    remedies: list[tuple[str, str]]


class Diagnosed(TypedDict):
    """A lane: its curves, its losses at the end, and what is the matter with it.

    losses: as they are printed, training first; asked: of each question on the way what was measured; large: whether
    the training loss is; stops: where it stops early, -1 if it does not.
    """

    number: int
    label: str
    diverged: int
    outcome: Marks
    happened: str
    curves: Block
    losses: list[str]
    asked: list[str]
    large: bool
    stops: int
    told: list[Told]


class BoxTold(TypedDict):
    """One end of the flowchart."""

    name: str
    title: str
    hint: str


class DiagnosisLearned(TypedDict):
    link: str
    seconds: float | None  # that a training takes which waits for a click
    part: str
    steps: int  # of the clock
    per_epoch: list[int]
    told: str
    large: float  # the thresholds, in percent
    gap: float
    columns: list[str]  # of the losses in the table
    boxes: list[BoxTold]
    curves: list[Charted]
    lanes: list[Diagnosed]
    fit: Fit | None


class DiagnosisPicture(DiagnosisLearned, Visited):
    """What the page draws."""


def show(net: NetworkExperiment) -> Trained | None:
    """Draw the page's picture, or say why there is none: of the training, which is returned, or of one that waits."""
    training = None if (waits := awaited(net)) else trained(net)
    if training is None and not waits:
        return None
    asked = Learning(net, language())
    there = not unpainted(asked.link)
    diagnosis(
        key="diagnosis",
        data=followed(
            packed(visited(asked.link, ("network",), at=lambda said, _: said.network.to_link())),
            b"" if there else waiting(asked) if training is None else pictured(asked, training),
        ),
        on_edit_change=lambda: visit.heard("diagnosis"),
    )
    return training


def pictured(asked: Learning, training: Trained) -> bytes:
    """The picture, worked out once for all who ask."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(asked.net, training)

    return PICTURES.made(asked, work)


def waiting(asked: Learning) -> bytes:
    """That a training waits for a click, and how long it takes."""
    with spoken(asked.language):
        return _packed(asked.net, [], 0.0 if asked.net.trouble else seconds_of(asked.net))


def payload(net: NetworkExperiment, training: Trained) -> bytes:
    """Everything that the page draws."""
    columns: list[Any] = []
    lanes = learned(net, training)
    found = [ends(each) for each in lanes]
    verdicts = diagnose(lanes, found, _falls, net.large, net.gap)
    drawn: list[Diagnosed] = [
        {
            "number": each.number,
            "label": lane_label(net, each.number),
            "diverged": int(each.training.diverged_at[each.lane, 0]),
            "outcome": {"bursts": [], "stuck_from": -1},
            "happened": happened(each),
            "curves": block(columns, lane_curves(each.training, each.lane), PRINTED),
            "losses": [_loss(getattr(end, name), each.net.seeds) for name in columns_of(net)],
            "asked": _asked(end, net),
            "large": is_large(end, net.large),
            "stops": end.stops,
            "told": [_told(net, each.number, finding) for finding in verdict],
        }
        for each, end, verdict in zip(lanes, found, verdicts, strict=True)
    ]
    return _packed(
        net, columns, None, lanes=drawn, fit=fit_told(net, lanes, columns),
        told=" ".join([sizes(lanes), *apart(net, lanes)]),
        steps=max(int(each.training.steps[-1]) for each in lanes),
    )  # fmt: skip


def _packed(net: NetworkExperiment, columns: list[Any], seconds: float | None, **more: Any) -> bytes:
    nets = [each.net for each in net.parts for _ in each.numbers]
    missing = {
        *(() if any(len(each.held.validation.targets) for each in nets) else ("validation",)),
        *(() if any(len(each.examples.test.targets) for each in nets) else ("test", "test_accuracy")),
    }
    nothing: dict[str, Any] = {"lanes": [], "fit": None, "told": "", "steps": net.steps}
    header: DiagnosisLearned = {
        "link": net.to_link(),
        "seconds": seconds,
        "part": "",
        "per_epoch": [updates_per_epoch(each.points, each.batch) for each in nets],
        "large": SHARE * net.large,
        "gap": SHARE * net.gap,
        "columns": columns_of(net),
        "boxes": [_box(name) for name in BOXES],
        "curves": charted({"train": TRAININGS["train"], "validation": TRAININGS["validation"]}, missing=missing),
        **(nothing | more),  # type: ignore[typeddict-item]
    }
    return packed(header, columns)


def columns_of(net: NetworkExperiment) -> list[str]:
    """Which losses the table shows: that of the tests unmoved only where they are moved."""
    nets = [part.net for part in net.parts]
    moved = any(each.held.unmoved is not each.held.test and _moves(each) for each in nets)
    validates = any(len(each.held.validation.targets) for each in nets)
    return ["train", *(["validation"] if validates else []), *(["unmoved"] if moved else []), "test"]


def _moves(net: NetworkExperiment) -> bool:
    return bool(net.shift or net.turn or net.stretch != 1)


def _box(name: str) -> BoxTold:
    return {"name": name, "title": text(f"diagnosis.{name}"), "hint": text(f"diagnosis.{name}_hint")}


def _loss(quarters: Floats, seeds: int) -> str:
    """The middle of the seeds, and where the middle half of them is."""
    low, middle, high = map(number, quarters)
    if np.isnan(quarters[1]):
        return "–"
    return middle if seeds == 1 else f"{middle} ({low}–{high})"


def _asked(end: Ends, net: NetworkExperiment) -> list[str]:
    """What was measured for each question."""
    most, apart_by = net.large * end.constant, net.gap * end.constant
    sign = ">" if is_large(end, net.large) else "≤"
    trained_loss = text("diagnosis.train_told", loss=number(end.train[1]), sign=sign, bound=number(most))
    if np.isnan(end.test[1]) or is_large(end, net.large):
        return [trained_loss]
    values = {"overfits": end.unmoved[1] - end.train[1], "moved": end.test[1] - end.unmoved[1]}
    parts = [
        text(
            f"diagnosis.{name}_told", loss=number(value), sign=">" if value > apart_by else "≤", bound=number(apart_by)
        )
        for name, value in values.items()
        if name == "overfits" or value
    ]
    return [trained_loss, " ".join(parts)]


def _told(net: NetworkExperiment, lane: int, finding: Finding) -> Told:
    other = lane_label(net, finding.other) if finding.other >= 0 else ""
    alone = net.alone(lane)
    remedies = [
        (name, text(f"diagnosis.try_{name}"))
        for name, remedy in REMEDIES.items()
        if finding.box in remedy.boxes and remedy.able(alone)
    ]
    return {"box": finding.box, "why": text(f"diagnosis.why_{finding.why}", other=other), "remedies": remedies}


def _falls(each: Learned) -> bool:
    """Whether that is what is to be said of a training."""
    return commonest(each.training, each.lane, constant_of(each.net), each.net.surface()).verdict.kind == "falls"
