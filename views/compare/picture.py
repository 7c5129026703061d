"""The picture of a race: all that the stage draws, a function of the experiment and nothing else. It has no words."""

from collections.abc import Iterator
from typing import Any, TypedDict, cast

import numpy as np

from curves.base import Run
from curves.runs import runs_on
from engine.arrays import Floats
from engine.curvature.points import CriticalPoint, inspect_all
from engine.shelf import Shelf
from engine.surfaces.arrival import at_minimum, rounding
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import AUTOMATIC, Experiment, run, running
from engine.surfaces.outcome import Outcome, outcome
from engine.surfaces.relief import lowest, plane_of, plane_window
from records import settings
from views.kit.curves import Charted, Table, charted, run_columns
from views.kit.labels import LaneName, lane_name
from views.kit.lanes import (
    PRINTED,
    LaneBlock,
    kept_of,
    lane_block,
    lane_columns,
    path_table,
    printed_columns,
)
from views.kit.scene import Scene, scene
from views.kit.wire import Block, block, finite, packed, short
from views.session import prepared

REMEMBERED = 41  # gradients whose share in a step is shown: this one, and 40 before it
PICTURES: Shelf[bytes] = Shelf(most=1000, room=40_000_000)  # by their links, for all visitors


class Examples(TypedDict):
    """The data behind a surface of regression."""

    x: list[float]
    y: list[float]
    answer: str  # what θ = (w, b) answers at x: see data.js


class Came(TypedDict):
    """What came out of a run, see ``Outcome``."""

    final_loss: float | None
    best_loss: float | None
    best_step: int
    distance: float | None
    measured: bool  # whether there is a minimum to be distant from
    reached: int
    gradients: int
    length: float | None
    diverged_at: int
    stuck_from: int
    bursts: list[int]
    left_window_at: int
    arrived: bool
    elsewhere: bool
    below_at: int
    at_rest: bool


class End(TypedDict):
    """What the last point of a path is; valley: where H cannot tell, whether the surface's equation for its minima
    does."""

    point: list[float]
    kind: str
    valley: bool
    eigenvalues: list[float | None]


class Named(TypedDict):
    """A lane's name, how its arrows are drawn, and what happened to it."""

    number: int
    name: LaneName
    family: str  # adaptive, memory or plain
    memory: float | None
    remembers: str
    weights: list[float] | None
    symbol: str
    diverged: int
    outcome: Came


class Racer(Named, LaneBlock):
    end: End | None
    crossings: dict[str, list[int]]
    away: bool  # on another surface than the one that is shown


class RacePicture(TypedDict):
    link: str
    surface: str
    coordinates: list[str]  # what they are called
    steps: int  # of the clock
    examples: Examples | None
    ground: int  # the number of the first lane on the surface that is shown, -1 if there is none
    grounds: list[int]  # of one lane on each surface, where there are several
    curves: list[Charted]
    seconds: float | None  # that a run takes which waits for a click
    slope: bool  # whether each rule could take a step
    scene: Scene
    lanes: list[Racer]


class Moment(Block):
    crossings: dict[str, list[int]]


class Moments(TypedDict):
    link: str
    lanes: list[Moment]


def pictured(experiment: Experiment) -> bytes:
    """What the stage is sent: at once, or that a long run waits for a click; once that has been given, as any other."""
    link = experiment.to_link()
    if (known := PICTURES.kept(link)) is not None:
        return known
    if prepared.asks_first(experiment):
        return picture(experiment, None)
    return PICTURES.made(link, lambda: picture(experiment, race(experiment)))


def drawn(experiment: Experiment) -> Iterator[tuple[float, bytes | None]]:
    """The picture as it is worked out: the share that is done, and in the end the picture."""
    return PICTURES.working(experiment.to_link(), lambda: _chunks(experiment))


def _chunks(experiment: Experiment) -> Iterator[tuple[float, bytes | None]]:
    prepared.prepare(experiment)
    trajectories: dict[int, Trajectory] = {}
    for share, number, trajectory in running(experiment):
        if trajectory is not None:
            trajectories[number] = trajectory
        yield share, None
    yield 1.0, picture(experiment, trajectories)


def race(experiment: Experiment) -> dict[int, Trajectory]:
    """The trajectories of the shown lanes."""
    prepared.prepare(experiment)
    return dict(run(experiment))


def picture(experiment: Experiment, trajectories: dict[int, Trajectory] | None) -> bytes:
    """Everything the stage draws but the relief, which it fetches by its address; of a run that waits nothing runs."""
    surface, paths = experiment.surface, trajectories or {}
    plane = plane_of(surface, experiment.start, [trajectory.lived for trajectory in paths.values()])
    shown = experiment.mapped
    known = lowest(shown.landscape)
    owns = {number: experiment.of_lane(number) for number in paths}
    floors = {number: _floor(own, _beside(own, owns, paths)) for number, own in owns.items()}
    ends = ends_of(experiment, paths)
    window = plane_window(surface, plane)
    waits = experiment.work > AUTOMATIC  # then nothing is asked for afterwards, and all is sent along
    curves = {name: curve for name, curve in runs_on(surface.dimension).items() if curve.chart}
    sent = {name: curve for name, curve in curves.items() if waits or not curve.late}
    lanes: list[Racer] = []
    columns: list[Any] = []
    tables: list[Table] = []
    for number, trajectory in paths.items():
        own, floor = owns[number], floors[number]
        zero = finite(floor) or 0.0  # of the log axis
        zero = zero if np.isfinite(lowest(own.landscape)) else min(zero, 0.0)
        result = outcome(trajectory, surface, _minima(own), floor, experiment.tolerance)
        kept = kept_of(trajectory, result=result)
        run = Run(own, number, trajectory)
        table, crossed = lane_columns(run, kept, sent, zero)
        tables.append(table)
        printed = printed_columns(run, kept) if waits else {}  # else asked for: moments
        lanes.append({
            **lane_header(experiment, number, result, trajectory),
            "end": ends.get(number), "crossings": crossed, "away": own.landscape != shown.landscape,
            **lane_block(columns, table | printed, path_table(trajectory, kept, plane, window)),
        })  # fmt: skip
    header: RacePicture = {
        "link": experiment.to_link(),
        "surface": experiment.landscape.name,
        "coordinates": list(surface.coordinates),
        "steps": experiment.steps,
        "examples": examples_of(shown),
        "curves": charted(
            curves,
            tables,
            float(rounding(known)) if np.isfinite(known) else None,
            bool(np.isfinite(known) or all(floor >= 0 for floor in floors.values())),
        ),
        "seconds": prepared.seconds_of(experiment) if trajectories is None else None,
        "slope": all(np.isfinite(trajectory.gradient_norm[0]) for trajectory in paths.values()),
        "scene": scene(shown, plane, _minima(shown), titled=str),
        "ground": _first_on(shown, owns),
        "grounds": _grounds(owns),
        "lanes": lanes,
    }
    return packed(header, columns)


def moments(experiment: Experiment) -> bytes:
    """What the table at the clock prints of each frame of the picture, and curves that come late: both are asked for
    when they are opened."""
    paths = race(experiment)
    owns = {number: experiment.of_lane(number) for number in paths}
    late = {name: curve for name, curve in runs_on(experiment.surface.dimension).items() if curve.late}
    columns: list[Any] = []
    lanes: list[Moment] = []
    for number, trajectory in paths.items():
        own = owns[number]
        floor = _floor(own, _beside(own, owns, paths))
        result = outcome(trajectory, experiment.surface, _minima(own), floor, experiment.tolerance)
        kept, run = kept_of(trajectory, result=result), Run(own, number, trajectory)
        table, crossed = run_columns(run, kept, late)
        lanes.append({**block(columns, printed_columns(run, kept) | table, PRINTED), "crossings": crossed})
    header: Moments = {"link": experiment.to_link(), "lanes": lanes}
    return packed(header, columns)


def _beside(own: Experiment, owns: dict[int, Experiment], paths: dict[int, Trajectory]) -> dict[int, Trajectory]:
    """The paths that are on the same surface."""
    return {number: path for number, path in paths.items() if owns[number].landscape == own.landscape}


def _first_on(shown: Experiment, owns: dict[int, Experiment]) -> int:
    """The first lane on the surface that is shown; -1 if there is none."""
    return next((number for number, own in owns.items() if own.landscape == shown.landscape), -1)


def _grounds(owns: dict[int, Experiment]) -> list[int]:
    """The first lane on each surface, if there are several."""
    firsts = {own.landscape: number for number, own in reversed(owns.items())}
    return sorted(firsts.values()) if len(firsts) > 1 else []


def _minima(experiment: Experiment) -> Floats:
    """Known ones, (n, d)."""
    surface = experiment.surface
    return np.array(surface.minima_at(**experiment.landscape.numbers), dtype=float).reshape(-1, surface.dimension)


def _floor(experiment: Experiment, paths: dict[int, Trajectory]) -> float:
    """The lowest known loss, or the lowest that a path has come to."""
    known = lowest(experiment.landscape)
    lowest_seen = (float(np.nanmin(t.loss[np.isfinite(t.loss)], initial=np.inf)) for t in paths.values())
    return known if np.isfinite(known) else min(lowest_seen, default=0.0)


def examples_of(experiment: Experiment) -> Examples | None:
    """The data behind the surface, if there is any."""
    data = experiment.surface.examples
    if data is None:
        return None
    x, y = data.points(**experiment.landscape.numbers)
    return {"x": short(x), "y": short(y), "answer": data.answer}


def lane_header(experiment: Experiment, number: int, result: Outcome, trajectory: Trajectory) -> Named:
    racer = experiment.lanes[number]
    memory = racer.optimizer.numbers.get(racer.rule.memory)
    scales = trajectory.scale
    adaptive = scales is not None and bool(np.any(scales != 1.0))
    numbers = {name: finite(value) if isinstance(value, float) else value for name, value in result._asdict().items()}
    return {
        "number": number,
        "name": lane_name(experiment, number),
        "family": "adaptive" if adaptive else "memory" if memory is not None else "plain",
        "memory": memory,
        "remembers": racer.rule.remembers,
        "weights": None if memory is None else racer.rule.weights(memory, REMEMBERED),
        "symbol": settings(racer.rule.make)[racer.rule.memory].knob.symbol if racer.rule.memory else "",
        "diverged": result.diverged_at,
        "outcome": cast(Came, numbers | {"measured": not np.isnan(result.distance)}),
    }


def ends_of(experiment: Experiment, paths: dict[int, Trajectory]) -> dict[int, End]:
    """What the last point of each lane is; nothing of a lane that has diverged."""
    last = {number: trajectory.params[-1] for number, trajectory in paths.items() if trajectory.diverged_at < 0}
    owns = {number: experiment.of_lane(number) for number in last}
    ends: dict[int, End] = {}
    for landscape in dict.fromkeys(own.landscape for own in owns.values()):
        here = [number for number, own in owns.items() if own.landscape == landscape]
        judged = inspect_all(experiment.surface, [last[number] for number in here], **landscape.numbers)
        ends |= {number: end_header(point, owns[number]) for number, point in zip(here, judged, strict=True)}
    return ends


def end_header(end: CriticalPoint, experiment: Experiment) -> End:
    """What a point is; where H cannot tell and the surface has an equation for its minima, that tells."""
    surface, knobs = experiment.surface, experiment.landscape.numbers
    known = np.array(surface.minima_at(**knobs), dtype=float)
    valley = end.kind == "degenerate" and surface.valley and at_minimum(surface, end.point[None], known, knobs)[0]
    return {
        "point": end.point.tolist(),
        "kind": end.kind,
        "valley": bool(valley),
        "eigenvalues": [finite(value) for value in end.eigenvalues.tolist()],
    }
