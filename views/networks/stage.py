"""The page of networks: what the browser needs to show a training."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np

from curves.base import Learner
from curves.trainings import TRAININGS
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.growing import so_far
from engine.networks.plane import NetworkPlane, grounded, plane_of, shadows, share_shown
from engine.networks.planes import PLANES
from engine.networks.together import Learned, Trained, learned
from engine.networks.training import Training
from engine.shelf import Shelf
from views.kit.addresses import slice_url
from views.kit.component import component
from views.kit.curves import Cell, Charted, Table, at_rows, cells, charted, plain_columns
from views.kit.fits import Fit, fit_told, has_hidden
from views.kit.labels import lane_label
from views.kit.lanes import Marks
from views.kit.learning import CHARTED, PRINTED, Learning, apart, happened, lane_curves, named, sizes
from views.kit.scene import Ground
from views.kit.text import language, names, number, say, spoken, text
from views.kit.wire import Block, block, followed, packed, short
from views.session import visit
from views.session.asked import Visited, unpainted, visited
from views.session.slices import address_of
from views.session.trained import awaited, seconds_of, trained

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
    link: str
    seconds: float | None  # that a training takes which waits for a click, or is under way: then only a part is shown
    part: str  # which one: "", "shorter", or "so_far"
    steps: int  # of the clock
    scene: Ground | None  # there is none while it goes on: the plane lies by the ends of the paths
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
    fit: Fit | None  # with the lanes


class NetworksPicture(LearningPicture, Visited):
    """What the page draws."""


class Part(NamedTuple):
    """A picture of not the whole training: of which part, and how many seconds the whole takes."""

    name: str
    seconds: float


def show(net: NetworkExperiment) -> Trained | None:
    """Draw the page's picture, or say why there is none: of the training, which is returned, or that it waits. What the
    page has asked for by itself is not sent again."""
    training = None if (waits := awaited(net)) else trained(net)
    if training is None and not waits:
        return None
    asked = Learning(net, language())
    there = not unpainted(asked.link)
    networks(
        key="networks",
        data=followed(
            packed(visited(asked.link, ("network",), at=lambda said, _: said.network.to_link())),
            b"" if there else waiting(asked) if training is None else pictured(asked, lambda: training),
        ),
        on_edit_change=lambda: visit.heard("networks"),
    )
    return training


def pictured(asked: Learning, trained: Callable[[], Trained]) -> bytes:
    """The picture, worked out once for all who ask."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(asked.net, trained())

    return PICTURES.made(asked, work)


def waiting(asked: Learning) -> bytes:
    """That a training waits for a click; the page asks for its beginning by itself."""
    return _packed(asked.net, asked.net.steps, [], Part("", seconds_of(asked.net)))


def beginning(asked: Learning, shorter: NetworkExperiment, training: Trained) -> bytes:
    """Of a training that waits for a click as much as may run unasked."""

    def work() -> bytes:
        with spoken(asked.language):
            return payload(shorter, training, Part("shorter", seconds_of(asked.net)), of=asked.net)

    return PICTURES.made((asked, shorter), work)


def so_far_pictured(asked: Learning, training: Trained) -> bytes | None:
    """As far as a training has come that goes on; None before there is anything to see of each of its parts."""
    there = [each for each in map(so_far, training) if each]
    if len(there) < len(training):
        return None
    with spoken(asked.language):
        return payload(asked.net, tuple(there), Part("so_far", seconds_of(asked.net)))


def payload(
    net: NetworkExperiment, trained: Trained, part: Part | None = None, of: NetworkExperiment | None = None
) -> bytes:
    """Everything but the surface, which the page fetches for the window that it shows.

    Args:
        part: which part of the training of another network, ``of``, or of this one, if it is not the whole.
    """
    columns: list[Any] = []
    ended = part is None or of is not None
    surface, problem = _plane(net, trained) if ended else (None, "")
    shown, on_it = grounded(net, trained)
    lanes = learned(net, trained)
    drawn: list[TrainedLane] = [
        {
            "number": each.number,
            "label": lane_label(net, each.number),
            "diverged": int(each.training.diverged_at[each.lane, 0]),
            "outcome": {"bursts": [], "stuck_from": -1},
            "happened": happened(each, ended),
            "curves": block(columns, lane_curves(each.training, each.lane), PRINTED),
            "path": block(columns, _path(each, surface), PRINTED)
            if surface and each.net.terrain == shown.terrain
            else None,
        }
        for each in lanes
    ]
    return _packed(
        of or net, max(int(each.training.steps[-1]) for each in lanes), columns, part, lanes=drawn,
        scene=surface and _scene(replace(net, plane="pca") if problem else net, on_it, surface),
        told=problem or told_of(net, lanes, surface, on_it), fit=fit_told(net, lanes, columns),
    )  # fmt: skip


def _packed(net: NetworkExperiment, steps: int, columns: list[Any], part: Part | None, **more: Any) -> bytes:
    """The picture of a network's training, whose clock goes so far; ``more``: what there is of the training itself."""
    lanes = dict(sorted((number, each.net) for each in net.parts for number in each.numbers))
    shown = lanes.get(net.ground, net.parts[0].net).terrain
    missing = {
        *(() if net.classes else ("accuracy", "test_accuracy")),
        *(() if any(len(each.held.validation.targets) for each in lanes.values()) else ("validation",)),
        *(() if any(len(each.examples.test.targets) for each in lanes.values()) else ("test", "test_accuracy")),
    }
    nothing: dict[str, Any] = {"lanes": [], "fit": None, "scene": None, "told": ""}
    there = nothing | more
    header: LearningPicture = {
        "link": net.to_link(),
        "seconds": part and part.seconds,
        "part": part.name if part else "",
        "steps": steps,
        "per_epoch": [updates_per_epoch(each.points, each.batch) for each in lanes.values()],
        "plane": net.plane,
        "planes": list(names(PLANES).items()),
        "ground": next(number for number, each in lanes.items() if each.terrain == shown),
        "grounds": _grounds(lanes),
        "view": net.view,
        "views": ["data", "hidden"] if has_hidden(net) else ["data"],
        "curves": charted(TRAININGS, missing=missing if there["scene"] else {*missing, "gap", "shadow"}),
        "cells": cells(TRAININGS, missing),
        **there,  # type: ignore[typeddict-item]
    }
    return packed(header, columns)


def _grounds(lanes: dict[int, NetworkExperiment]) -> list[int]:
    """The first lane on each surface, if there are several."""
    firsts = {each.terrain: number for number, each in reversed(lanes.items())}
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


def told_of(
    net: NetworkExperiment, lanes: Sequence[Learned], surface: NetworkPlane | None, on_it: Sequence[Training]
) -> str:
    """How large everything is, how much of the paths the plane shows, and what the lanes do not share."""
    lived = [path for run in on_it for path, lost in zip(run.path, run.diverged_at[:, 0], strict=True) if lost < 0]
    parts = [sizes(lanes)]
    if lived and surface and not surface.flat:
        parts.append(text("networks.share", share=number(100 * share_shown(surface, lived), 3)))
        if surface.values:
            most, least = map(number, surface.values)
            parts.append(text("networks.values", most=most, least=least))
    return " ".join([*parts, *_beyond(net, lanes, on_it), *apart(net, lanes)])


def _beyond(net: NetworkExperiment, lanes: Sequence[Learned], on_it: Sequence[Training]) -> list[str]:
    """Who is on another surface than the one that is shown."""
    others = [each for each in lanes if not any(each.training is run for run in on_it)]
    return [text("networks.surface_apart", lanes=named(net, others))] if others else []
