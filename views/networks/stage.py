"""The page of networks: what the browser needs to show a training."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np
import streamlit as st

from curves.base import Learner
from curves.trainings import TRAININGS
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.objective import constant_loss
from engine.networks.plane import NetworkPlane, plane_for, shadows, share_shown
from engine.networks.planes import PLANES
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
from views.networks.fits import Fit, fit_told
from views.session import visit
from views.session.asked import Visited, unpainted, visited
from views.session.slices import address_of

PRINTED = {  # how many digits the table prints of what
    f"{key}_told": 3 for name, curve in TRAININGS.items() for key in curve.lines(name)
}

CHARTED = {name: curve for name, curve in TRAININGS.items() if curve.chart}

PICTURES: Shelf[bytes] = Shelf(most=100, room=20_000_000)  # for all visitors

networks = component("networks")


class Trained(TypedDict):
    """A lane: its curves over the updates, and its path on the plane."""

    number: int
    label: str
    diverged: int
    outcome: Marks
    happened: str
    curves: Block
    path: Block


class LearningPicture(TypedDict):
    link: str  # of a longer training of which only a part is shown the part's
    seconds: float | None  # that a training takes which Python has to ask about first; then there is nothing else
    steps: int  # of the clock
    scene: Ground
    told: str
    per_epoch: int
    plane: str
    planes: list[tuple[str, str]]
    view: str
    views: list[str]
    curves: list[Charted]
    cells: list[Cell]
    lanes: list[Trained]
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


def show(net: NetworkExperiment, shown: NetworkExperiment, training: Training) -> None:
    """Draw the page's picture: of the network, or of as much of its training as is ``shown``. One that the page has
    asked for by itself is not sent again."""
    asked = Learning(shown, language())
    there = shown is net and not unpainted(net.to_link())
    networks(
        key="networks",
        data=followed(
            packed(visited(net.to_link(), ("network",), ())), b"" if there else pictured(asked, lambda: training)
        ),
        on_edit_change=lambda: visit.heard("networks"),
    )


def pictured(asked: Learning, trained: Callable[[], Training]) -> bytes:
    """The picture, worked out once for all who ask."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(asked.net, trained())

    return PICTURES.made(asked, work)


def say_shorter(net: NetworkExperiment) -> None:
    """That only a part of what was asked for is shown."""
    st.caption(text("networks.shorter", steps=net.steps))


def payload(net: NetworkExperiment, training: Training) -> bytes:
    """Everything but the surface, which the page fetches for the window that it shows."""
    columns: list[Any] = []
    surface, problem = _plane(net, training)
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    lanes: list[Trained] = [
        {
            "number": number,
            "label": lane_label(net, number),
            "diverged": int(training.diverged_at[lane, 0]),
            "outcome": {"bursts": [], "stuck_from": -1},
            "happened": happened(net, training, lane),
            "curves": block(columns, _curves(training, lane), PRINTED),
            "path": block(columns, _path(training, lane, surface), PRINTED),
        }
        for lane, number in enumerate(numbers)
    ]
    missing = {
        *(() if net.classes else ("accuracy", "test_accuracy")),
        *(() if len(net.examples.test.targets) else ("test", "test_accuracy")),
    }
    header: LearningPicture = {
        "link": net.to_link(),
        "seconds": None,
        "scene": _scene(replace(net, plane="pca") if problem else net, training, surface),
        "told": problem or told_of(net, training, surface),
        "steps": net.steps,
        "per_epoch": updates_per_epoch(net.points, net.batch),
        "plane": net.plane,
        "planes": list(names(PLANES).items()),
        "view": net.view,
        "views": ["data", "hidden"] if net.depth and net.classes else ["data"],
        "curves": charted(TRAININGS, missing=missing),
        "cells": cells(TRAININGS, missing),
        "lanes": lanes,
        "fit": fit_told(net, training, columns),
    }
    return packed(header, columns)


def _plane(net: NetworkExperiment, training: Training) -> tuple[NetworkPlane, str]:
    """The plane that was asked for; that of the principal components, with a sentence, where there is none."""
    try:
        return plane_for(net, training), ""
    except ValueError:
        missing = PLANES[net.plane].missing
        if missing is None:  # a fault of ours
            raise
        return plane_for(replace(net, plane="pca"), training), say(missing)


def _scene(net: NetworkExperiment, training: Training, surface: NetworkPlane) -> Ground:
    address = address_of(net, surface)
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


def _path(training: Training, lane: int, surface: NetworkPlane) -> Table:
    """Where a lane is on the plane, and what is drawn along it."""
    path, lost = training.path[lane], int(training.diverged_at[lane, 0])
    steps = training.steps[training.path_rows].astype(float)
    lived = len(path) if lost < 0 else max(int(np.searchsorted(steps, lost, "right")), 1)
    beside = shadows(surface, path[:lived])
    places = surface.plane.shadow(path[:lived])
    up = beside.losses if surface.flat else places[:, 1]
    columns = plain_columns(Learner(training, lane, beside), at_rows(CHARTED, "path"))
    return {"steps": [steps[:lived]], "across": [places[:, 0]], "up": [up], **columns}


def happened(net: NetworkExperiment, training: Training, lane: int) -> str:
    """What is to be said of a lane's training; of several seeds what is true of most, and of how many."""
    constant = constant_loss(net.criterion, net.classes, net.architecture.outputs, net.examples.train.targets)
    common = commonest(training, lane, constant, net.surface())
    kind, step, low, end = common.verdict
    if kind == "diverged" and common.seeds > 1:
        return text("networks.diverged_some", count=common.alike, seeds=common.seeds, step=int(step))
    said = text(
        f"networks.{kind}", step=round(step), low=number(low), end=number(end), share=number(100 * end)
    )  # fmt: skip
    if common.seeds == 1:
        return said
    return text("networks.of_seeds", told=said, count=common.alike, seeds=common.seeds)


def told_of(net: NetworkExperiment, training: Training, surface: NetworkPlane) -> str:
    """One line: how large everything is, and how much of the paths the plane shows."""
    sizes = text(
        "networks.sizes", parameters=net.size, train=net.points, test=len(net.examples.test.targets),
        epoch=updates_per_epoch(net.points, net.batch),
    )  # fmt: skip
    lived = training.diverged_at[:, 0] < 0
    if surface.flat or not lived.any():
        return sizes
    share = share_shown(surface, training.path[lived])
    plane = text("networks.share", share=number(100 * share, 3))
    if not surface.values:
        return f"{sizes} {plane}"
    most, least = map(number, surface.values)
    return " ".join([sizes, plane, text("networks.values", most=most, least=least)])
