"""The page of networks: what the browser needs to show a training."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np
import streamlit as st

from curves.base import Learner
from curves.trainings import TRAININGS
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.objective import constant_loss
from engine.networks.plane import NetworkPlane, grounded, plane_of, shadows, share_shown
from engine.networks.planes import PLANES
from engine.networks.together import Learned, Trained, learned
from engine.networks.training import Training
from engine.networks.verdict import commonest
from engine.shelf import Shelf
from views.kit.addresses import slice_url
from views.kit.component import component
from views.kit.curves import Cell, Charted, Table, at_rows, cells, charted, plain_columns, trained_columns
from views.kit.labels import lane_label
from views.kit.lanes import Marks
from views.kit.scene import Ground
from views.kit.text import language, names, number, say, spoken, text
from views.kit.wire import Block, block, followed, packed, short
from views.networks.fits import Fit, fit_told, has_hidden
from views.session import visit
from views.session.asked import Visited, unpainted, visited
from views.session.slices import address_of

PRINTED = {  # how many digits the table prints of what
    f"{key}_told": 3 for name, curve in TRAININGS.items() for key in curve.lines(name)
}

CHARTED = {name: curve for name, curve in TRAININGS.items() if curve.chart}

PICTURES: Shelf[bytes] = Shelf(most=100, room=20_000_000)  # for all visitors

networks = component("networks")


class TrainedLane(TypedDict):
    """A lane: its curves over the updates, and its path on the plane."""

    number: int
    label: str
    diverged: int
    outcome: Marks
    happened: str
    curves: Block
    path: Block | None  # on the surface that is shown; none where the lane's is another


class LearningPicture(TypedDict):
    link: str  # of a longer training of which only a part is shown the part's
    seconds: float | None  # that a training takes which Python has to ask about first; then there is nothing else
    steps: int  # of the clock
    scene: Ground
    told: str
    per_epoch: list[int]  # updates, of each lane
    plane: str
    planes: list[tuple[str, str]]
    ground: int  # the number of the lane whose surface is shown
    grounds: list[int]  # of one lane on each surface, where there are several
    view: str
    views: list[str]
    curves: list[Charted]
    cells: list[Cell]
    lanes: list[TrainedLane]
    fit: Fit


class NetworksPicture(LearningPicture, Visited):
    """What the page draws."""


class Learning(NamedTuple):
    """What decides the picture; its sentences are in one language."""

    net: NetworkExperiment
    language: str

    @property
    def link(self) -> str:
        return self.net.to_link()


def show(net: NetworkExperiment, shown: NetworkExperiment, trained: Trained) -> None:
    """Draw the page's picture: of the network, or of as much of its training as is ``shown``. One that the page has
    asked for by itself is not sent again."""
    asked = Learning(shown, language())
    there = shown is net and not unpainted(net.to_link())
    networks(
        key="networks",
        data=followed(
            packed(visited(net.to_link(), ("network",), ())), b"" if there else pictured(asked, lambda: trained)
        ),
        on_edit_change=lambda: visit.heard("networks"),
    )


def pictured(asked: Learning, trained: Callable[[], Trained]) -> bytes:
    """The picture, worked out once for all who ask."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(asked.net, trained())

    return PICTURES.made(asked, work)


def say_shorter(net: NetworkExperiment) -> None:
    """That only a part of what was asked for is shown."""
    st.caption(text("networks.shorter", steps=net.steps))


def payload(net: NetworkExperiment, trained: Trained) -> bytes:
    """Everything but the surface, which the page fetches for the window that it shows."""
    columns: list[Any] = []
    surface, problem = _plane(net, trained)
    shown, on_it = grounded(net, trained)
    lanes = learned(net, trained)
    missing = {
        *(() if net.classes else ("accuracy", "test_accuracy")),
        *(() if any(len(each.net.examples.test.targets) for each in lanes) else ("test", "test_accuracy")),
    }
    header: LearningPicture = {
        "link": net.to_link(),
        "seconds": None,
        "scene": _scene(replace(net, plane="pca") if problem else net, on_it, surface),
        "told": problem or told_of(net, lanes, surface, on_it),
        "steps": net.steps,
        "per_epoch": [updates_per_epoch(each.net.points, each.net.batch) for each in lanes],
        "plane": net.plane,
        "planes": list(names(PLANES).items()),
        "ground": next(each.number for each in lanes if each.net.terrain == shown.terrain),
        "grounds": _grounds(lanes),
        "view": net.view,
        "views": ["data", "hidden"] if has_hidden(net) else ["data"],
        "curves": charted(TRAININGS, missing=missing),
        "cells": cells(TRAININGS, missing),
        "lanes": [
            {
                "number": each.number,
                "label": lane_label(net, each.number),
                "diverged": int(each.training.diverged_at[each.lane, 0]),
                "outcome": {"bursts": [], "stuck_from": -1},
                "happened": happened(each),
                "curves": block(columns, _curves(each.training, each.lane), PRINTED),
                "path": block(columns, _path(each, surface), PRINTED) if each.net.terrain == shown.terrain else None,
            }
            for each in lanes
        ],
        "fit": fit_told(net, lanes, columns),
    }
    return packed(header, columns)


def _grounds(lanes: Sequence[Learned]) -> list[int]:
    """The first lane on each surface, if there are several."""
    firsts = {each.net.terrain: each.number for each in reversed(lanes)}
    return sorted(firsts.values()) if len(firsts) > 1 else []


def _plane(net: NetworkExperiment, trained: Trained) -> tuple[NetworkPlane, str]:
    """The plane that was asked for; that of the principal components, with a sentence, where there is none."""
    try:
        return plane_of(net, trained), ""
    except ValueError:
        missing = PLANES[net.plane].missing
        if missing is None:  # a fault of ours
            raise
        return plane_of(replace(net, plane="pca"), trained), say(missing)


def _scene(net: NetworkExperiment, on_it: Sequence[Training], surface: NetworkPlane) -> Ground:
    address = address_of(net, surface)
    training = on_it[0]
    start = surface.plane.shadow(training.path[0, :1])[0]
    height = float(training.objective[0, 0, 0])
    record = PLANES[net.plane]
    return {
        "key": address,
        "url": slice_url(address),
        "flat": surface.flat,
        "window": surface.window,
        "names": [say(record.along), say(record.across or text("share.height"))],
        "start": short([start[0], height if surface.flat else start[1]]),
        "minima": [],
        "valley": [],
    }


def _curves(training: Training, lane: int) -> Table:
    """What is drawn against the updates."""
    steps = {"steps": [training.steps.astype(float)]}
    return steps | trained_columns(Learner(training, lane), at_rows(CHARTED, "all"))


def _path(each: Learned, surface: NetworkPlane) -> Table:
    """Where a lane is on the plane, and what is drawn along it."""
    training, lane = each.training, each.lane
    path, lost = training.path[lane], int(training.diverged_at[lane, 0])
    steps = training.steps[training.path_rows].astype(float)
    lived = len(path) if lost < 0 else max(int(np.searchsorted(steps, lost, "right")), 1)
    beside = shadows(surface, path[:lived])
    places = surface.plane.shadow(path[:lived])
    up = beside.losses if surface.flat else places[:, 1]
    columns = plain_columns(Learner(training, lane, beside), at_rows(CHARTED, "path"))
    return {"steps": [steps[:lived]], "across": [places[:, 0]], "up": [up], **columns}


def happened(each: Learned) -> str:
    """What is to be said of a lane's training; of several seeds what is true of most, and of how many."""
    net = each.net
    constant = constant_loss(net.criterion, net.classes, net.architecture.outputs, net.examples.train.targets)
    common = commonest(each.training, each.lane, constant, net.surface())
    kind, step, low, end = common.verdict
    if kind == "diverged" and common.seeds > 1:
        return text("networks.diverged_some", count=common.alike, seeds=common.seeds, step=int(step))
    said = text(
        f"networks.{kind}", step=round(step), low=number(low), end=number(end), share=number(100 * end)
    )  # fmt: skip
    if common.seeds == 1:
        return said
    return text("networks.of_seeds", told=said, count=common.alike, seeds=common.seeds)


def told_of(net: NetworkExperiment, lanes: Sequence[Learned], surface: NetworkPlane, on_it: Sequence[Training]) -> str:
    """How large everything is, how much of the paths the plane shows, and what the lanes do not share."""
    nets = [each.net for each in lanes]
    sizes = text(
        "networks.sizes", parameters=_range(each.size for each in nets), train=_range(each.points for each in nets),
        test=_range(len(each.examples.test.targets) for each in nets),
        epoch=_range(updates_per_epoch(each.points, each.batch) for each in nets),
    )  # fmt: skip
    lived = [path for run in on_it for path, lost in zip(run.path, run.diverged_at[:, 0], strict=True) if lost < 0]
    parts = [sizes]
    if lived and not surface.flat:
        parts.append(text("networks.share", share=number(100 * share_shown(surface, lived), 3)))
        if surface.values:
            most, least = map(number, surface.values)
            parts.append(text("networks.values", most=most, least=least))
    return " ".join([*parts, *_apart(net, lanes, on_it)])


def _range(numbers: Iterable[int]) -> str:
    """One number, or from the least to the most."""
    low, *_, high = sorted([*numbers] * 2)
    return str(low) if low == high else f"{low}–{high}"


SHARED: dict[str, Callable[[NetworkExperiment], Hashable]] = {  # what lanes have alike, unless these differ
    "weights": lambda net: (replace(net.architecture, dropout=0.0, residual=False), net.scheme, net.seed),
    "batches": lambda net: (net.points, net.batch, net.seed) if net.batch else (),
    "tests": lambda net: (net.data, net.test, net.standardise),
}


def _apart(net: NetworkExperiment, lanes: Sequence[Learned], on_it: Sequence[Training]) -> Iterator[str]:
    """What is not the same for all lanes: whose surface this is, and who has other weights, batches or tests."""
    beyond = [each for each in lanes if not any(each.training is run for run in on_it)]
    if beyond:
        yield text("networks.surface_apart", lanes=_named(net, beyond))
    for name, of in SHARED.items():
        others = [each for each in lanes if of(each.net) != of(lanes[0].net)]
        if others:
            yield text(f"networks.{name}_apart", lanes=_named(net, others), first=lane_label(net, lanes[0].number))


def _named(net: NetworkExperiment, lanes: Sequence[Learned]) -> str:
    return "; ".join(lane_label(net, each.number) for each in lanes)
