"""Leaving a point: the pushes that lead away from it, the paths that follow, and the steps that this takes."""

from dataclasses import replace
from typing import TypedDict

import numpy as np

from curves.base import Run
from curves.runs import RUNS
from engine.arrays import Floats
from engine.curvature.points import CriticalPoint, inspect_all
from engine.surfaces.descent import Trajectory
from engine.surfaces.escape import leaving, random_direction, step_out, way_out
from engine.surfaces.experiment import AUTOMATIC, Experiment, run, sensible_rate
from engine.surfaces.outcome import outcome
from engine.surfaces.relief import Plane, lowest, plane_window
from engine.surfaces.study import Study, usual_push
from landscapes.base import Landscape
from optimizers import OPTIMIZERS
from views.critical_points.verdicts import ended_on
from views.kit.labels import happened, lane_label
from views.kit.lanes import LaneBlock, kept_of, lane_block, lane_columns, path_table
from views.kit.wire import finite, short

CURVES = {"loss": replace(RUNS["loss"], chart="third", events=False)}  # of the departing paths
BUDGET = AUTOMATIC / 5  # of all paths together: they are run anew whenever something moves
LEFT_AT = 0.1  # of the window: a descent that is so far from a saddle has left it


class Way(TypedDict):
    """A way to leave a point: where it begins, and what the push does to the loss."""

    side: str  # here, random, minus or plus
    start: list[float]
    change: float | None
    predicted: float | None  # by the parabola
    chosen: bool


class Left(TypedDict):
    """What came of it."""

    final_loss: float | None
    happened: str


class Departed(LaneBlock):
    number: int
    side: str
    label: str
    diverged: int
    outcome: Left
    end: list[float]
    kind: str
    ended_on: str
    lowered: float | None


class Leaving(TypedDict):
    """Steps to leave, predicted and counted, for several distances from the point."""

    rate: float
    far: float
    near: list[float]
    predicted: list[float | None]
    measured: list[int]


def departures(experiment: Experiment, study: Study, point: CriticalPoint) -> list[Way]:
    """The ways to leave a point: where each begins, what the push does to the loss, and whether it is chosen."""
    surface, knobs = experiment.surface, experiment.landscape.numbers
    reach = pushed(experiment, study, point)
    made: list[Way] = []
    for side, direction in ways(point, surface, study.draw).items():
        step = step_out(surface, point, direction, reach, **knobs)
        made.append({
            "side": side, "start": step.point.tolist(), "change": finite(step.change),
            "predicted": finite(step.predicted), "chosen": side in study.leave,
        })  # fmt: skip
    return made


def pushed(experiment: Experiment, study: Study, point: CriticalPoint) -> float:
    """The length of the push."""
    return study.reach or usual_push(experiment.surface, point, **experiment.landscape.numbers)


def ways(point: CriticalPoint, surface: Landscape, draw: int) -> dict[str, Floats]:
    """Directions by name, (d,): none on a slope, which needs no push; ±u where an eigenvalue is negative; else a random
    one."""
    out = way_out(point)
    if point.kind == "sloped":
        return {"here": np.zeros(surface.dimension)}
    return {"random": random_direction(surface.dimension, draw)} if out is None else {"minus": -out, "plus": out}


def affordable(experiment: Experiment, sides: int) -> int:
    """Steps that run without being asked for, from that many places."""
    work = experiment.work * max(sides, 1)
    return experiment.steps if work <= BUDGET else max(int(experiment.steps * BUDGET / work), 1)


def departed(
    experiment: Experiment, side: str, start: list[float], plane: Plane, columns: list[Floats]
) -> list[Departed]:
    """The paths of all shown lanes from one place, as the stage has them, and what they end on."""
    surface, chosen = experiment.surface, experiment.landscape
    floor = lowest(chosen)
    minima = np.array(surface.minima_at(**chosen.numbers), dtype=float).reshape(-1, surface.dimension)
    paths = dict(run(replace(experiment, start=tuple(start))))
    ends = inspect_all(surface, [end_of(path) for path in paths.values()], **chosen.numbers)
    lanes: list[Departed] = []
    for (number, path), ended in zip(paths.items(), ends, strict=True):
        result = outcome(path, surface, minima, floor, experiment.tolerance)
        sign, words = ended_on(chosen, ended)
        left: Left = {"final_loss": finite(result.final_loss), "happened": happened(result)}
        kept = kept_of(path)
        table, _ = lane_columns(Run(experiment, number, path), kept, CURVES, finite(floor) or 0.0)
        lanes.append({
            **lane_block(columns, table, path_table(path, kept, plane, plane_window(surface, plane))),
            "number": number, "side": side, "label": lane_label(experiment, number),
            "diverged": path.diverged_at, "outcome": left,
            "end": ended.point.tolist(), "kind": sign, "ended_on": words,
            "lowered": short(result.final_loss - path.loss[0]),
        })  # fmt: skip
    return lanes


def end_of(path: Trajectory) -> Floats:
    """The last finite point, (d,)."""
    lived = path.lived
    return np.asarray(lived[np.isfinite(lived).all(axis=1)][-1])


def leaving_told(experiment: Experiment, point: CriticalPoint) -> Leaving | None:
    """Steps that gradient descent needs to leave a saddle or a maximum, predicted and counted; with the learning rate
    of the first lane that descends so, else a sensible one."""
    if way_out(point) is None or point.kind == "sloped":
        return None
    descents = [
        lane.optimizer.numbers for lane in experiment.lanes if lane.shown and lane.optimizer.name == "gradient_descent"
    ]
    usual = {"learning_rate": sensible_rate(experiment.surface, OPTIMIZERS["gradient_descent"])}
    rate = [*descents, usual][0]["learning_rate"]
    far = LEFT_AT * min(high - low for low, high in experiment.surface.window)
    counted = leaving(experiment.surface, point, rate, far, **experiment.landscape.numbers)
    return {
        "rate": rate, "far": short(far), "near": short(counted.near),
        "predicted": short(counted.predicted), "measured": counted.measured.tolist(),
    }  # fmt: skip
