"""Trainings from the same weights with batches of several sizes: their paths on one plane, and their losses."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np

from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.plane import NetworkPlane, plane_for, share_shown, surface_on
from engine.networks.training import Training, train
from engine.surfaces.relief import Relief
from views.kit.charts import Axis, Chart, Series, heat, in_order, line, marks, running
from views.kit.sheet import Sheet
from views.kit.text import text
from views.session.linked import piece
from views.session.trained import compiled
from views.session.work import shelf

ROWS = 400  # points of a path
START: dict[str, Any] = {"symbol": "circle", "open": True, "size": 6, "colour": "ink", "width": 2.5}
HERE: dict[str, Any] = {"symbol": "tall", "size": 6, "colour": "ink", "rim": True, "width": 1.5}


class Ground(NamedTuple):
    """The plane of all paths, and the loss on it."""

    surface: NetworkPlane
    relief: Relief
    share: float  # of the paths that the plane shows


def trainings_of(nets: list[NetworkExperiment]) -> Generator[tuple[float, Sheet | None], None, tuple[Training, ...]]:
    """One of each, finished; meanwhile the curves so far."""
    found = yield from piece(
        "paths",
        tuple(nets),
        lambda: _trained(nets),
        lambda so_far: Sheet(curves(so_far, nets, grows=True), {}),
        0.0,
        0.9,
    )
    return found


def trainings_seconds(nets: list[NetworkExperiment]) -> float:
    """How long that takes; 0 if they are known."""
    return 0.0 if shelf("paths").kept(tuple(nets)) else sum(net.seconds for net in nets)


def _trained(nets: list[NetworkExperiment]) -> Iterator[tuple[float, tuple[Training, ...] | None]]:
    """Compile all side by side, then train one batch size after the other."""
    for _ in zip_longest(*map(compiled, nets)):
        yield 0.0, None
    done: tuple[Training, ...] = ()
    for net in nets:
        parts = net.examples
        for training in train(replace(net.plan, rows=ROWS), *parts.train[:2], *parts.test[:2]):
            yield (len(done) + training.done) / len(nets), (*done, training)
        done += (training,)


def ground_of(
    nets: list[NetworkExperiment], trainings: tuple[Training, ...]
) -> Generator[tuple[float, Sheet | None], None, Ground]:
    """Kept, so that nothing is computed when the place that is looked at moves."""

    def found() -> Iterator[tuple[float, Ground]]:
        surface = plane_for(replace(nets[0], plane="pca"), *trainings)
        paths = [training.path[0] for training in trainings if training.diverged_at[0, 0] < 0]
        share = share_shown(surface, paths or [trainings[0].path[0, :1]])
        yield 1.0, Ground(surface, surface_on(surface, surface.window), share)

    ground = yield from piece("ground", tuple(nets), found, None, 0.9, 0.95)
    return ground


def map_of(ground: Ground, trainings: tuple[Training, ...], nets: list[NetworkExperiment], place: int) -> Chart:
    """The paths on the ground, and the place on the first one that the gradients are taken at."""
    relief, window = ground.relief, ground.surface.window
    # Means are not losses: of a veiled relief nothing is read.
    series = [heat(window, relief.colour.share(relief.heights), relief.heights, relief.lines, mute=relief.veiled)]
    for net, training in zip(nets, trainings, strict=True):
        alive = lived(training)
        x, y = ground.surface.plane.shadow(training.path[0, :alive]).T
        times = training.steps[training.path_rows[:alive]] * _stride(nets, net)
        look = {**_line(nets, net), "halo": 2.4, "mute": True}
        head = dot(nets, net) | {"open": "paper", "size": 5.5, "name": size_name(net)}
        series += running(x, y, times, look, **head)
    start, spot = ground.surface.plane.shadow(trainings[0].path[0, [0, place]])
    series += [
        marks(start[:1], start[1:], hover=[text("batches.start")], **START),
        marks(spot[:1], spot[1:], hover=[text("batches.here")], **HERE),
    ]
    axes = (
        Axis(text("batches.along"), low=window[0], high=window[1]),
        Axis(text("batches.across"), low=window[2], high=window[3]),
    )
    return Chart(*axes, series, height=300, title=text("batches.paths_title"))


def _line(nets: list[NetworkExperiment], net: NetworkExperiment) -> dict[str, Any]:
    """Without dashes, which would hide the noise: markers at the ends tell the paths apart as well."""
    return {"colour": dot(nets, net)["colour"], "width": 1.8}


def dot(nets: list[NetworkExperiment], net: NetworkExperiment) -> dict[str, Any]:
    """The marker of a batch size, on all pictures: the more examples, the darker."""
    sizes = sorted(each.batch or each.points for each in nets)
    return in_order(sizes.index(net.batch or net.points), len(sizes))


def lived(training: Training) -> int:
    """How many points of a path there are before it diverged."""
    lost = int(training.diverged_at[0, 0])
    steps = training.steps[training.path_rows]
    return len(steps) if lost < 0 else max(int(np.searchsorted(steps, lost, "right")), 1)


def curves(trainings: tuple[Training, ...], nets: list[NetworkExperiment], grows: bool = False) -> dict[str, Chart]:
    """The loss against updates, and against epochs; so far, while the last of the trainings ``grows``."""
    counts: dict[str, Callable[[NetworkExperiment], int]] = {
        "updates": lambda net: 1,
        "epochs": lambda net: updates_per_epoch(net.points, net.batch),
    }
    charts = {}
    for count, per in counts.items():
        series = [
            each
            for net, training in zip(nets, trainings, strict=False)
            for each in _curve(nets, net, training, per(net), grows)
        ]
        strides = {_stride(nets, net) * per(net) for net in nets}  # of one unit of the axis
        axis = Axis(text(f"batches.clock_{count}"), log=True, clock=strides.pop() if len(strides) == 1 else None)
        loss = Axis(text("batches.loss"), log=True)
        charts[f"batch_loss_{count}"] = Chart(axis, loss, series, height=180, legend=False)
    return charts


def _curve(
    nets: list[NetworkExperiment], net: NetworkExperiment, training: Training, per: int, grows: bool
) -> list[Series]:
    look = {**_line(nets, net), "name": size_name(net)}
    if grows:
        return [line(training.steps / per, training.objective[0, 0], **look)]
    times = training.steps * _stride(nets, net)
    return running(training.steps / per, training.objective[0, 0], times, look, symbol=dot(nets, net)["symbol"])


def clock(nets: list[NetworkExperiment]) -> tuple[int, int]:
    """Its steps, the updates of the smallest batch, and how many of them are an epoch if all trainings share those."""
    most = max(nets, key=lambda net: net.steps)
    shared = len({net.steps for net in nets}) > 1
    return most.steps, updates_per_epoch(most.points, most.batch) if shared else 0


def _stride(nets: list[NetworkExperiment], net: NetworkExperiment) -> float:
    """Steps of the clock in one update: all trainings end together."""
    return clock(nets)[0] / net.steps


def size_name(net: NetworkExperiment) -> str:
    """What a training is called: by its batch."""
    return text("batches.size", size=net.batch) if net.batch else text("batches.size_all", size=net.points)
