"""The stage: what the browser needs to draw a race, and the race itself while it runs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TypedDict, cast

import numpy as np
import streamlit as st

from engine.curvature.points import CriticalPoint, inspect_all
from engine.surfaces.arrival import at_minimum, rounding
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import AUTOMATIC, Experiment, run, running
from engine.surfaces.outcome import Outcome, outcome
from engine.surfaces.relief import lowest, plane_of, plane_window
from records import settings
from settings.compare import Compare
from views.kit.component import component
from views.kit.labels import happened, lane_label, sentence
from views.kit.lanes import (
    LaneBlock,
    curvature_columns,
    kept_of,
    lane_block,
    lane_columns,
    path_table,
    printed_columns,
)
from views.kit.scene import Scene, scene
from views.kit.text import language, say, section, text
from views.kit.wire import Mapped, finite, packed, short
from views.session import prepared, visit
from views.session.work import worked

REMEMBERED = 41  # gradients whose share in a step is shown: this one, and 40 before it

stage = component("compare")


class Examples(TypedDict):
    """The data behind a surface of regression."""

    x: list[float]
    y: list[float]
    answer: str  # what θ = (w, b) answers at x: see data.js


class Came(TypedDict):
    """What came out of a run, see ``Outcome``, and in words."""

    final_loss: float | None
    best_loss: float | None
    best_step: int
    distance: float | None
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
    happened: str


class End(TypedDict):
    """What the last point of a path is."""

    point: list[float]
    kind: str
    said: str
    eigenvalues: list[float | None]


class Named(TypedDict):
    """A lane's name, how its arrows are drawn, and what happened to it."""

    number: int
    label: str
    family: str  # adaptive, memory or plain
    memory: float | None
    remembers: str
    weights: list[float] | None
    symbol: str
    diverged: int
    outcome: Came


class Racer(Named, LaneBlock):
    end: End | None
    crossings: list[int]


class ComparePicture(Mapped):
    lesson: str
    note: str
    looks: dict[str, str]
    opened: int
    examples: Examples | None
    problem: str
    slack: float | None
    bounded: bool  # else "loss - minimum" would have no meaning
    waiting: str
    runnable: bool
    link: str
    scene: Scene
    lanes: list[Racer]


def race(experiment: Experiment) -> dict[int, Trajectory] | None:
    """The trajectories of the shown lanes; None while a long run waits for its click, which the stage asks for."""
    if experiment.work <= AUTOMATIC:
        prepared.prepare(experiment)
        return dict(run(experiment))
    return worked("race", experiment, experiment.seconds, lambda: _chunks(experiment), most=0.0, asks=False)


def _chunks(experiment: Experiment) -> Iterator[tuple[float, dict[int, Trajectory]]]:
    found: dict[int, Trajectory] = {}
    for share, number, trajectory in running(experiment):
        if trajectory is not None:
            found[number] = trajectory
        yield share, found


def show(experiment: Experiment, trajectories: dict[int, Trajectory] | None) -> None:
    """Draw the stage; say so when no rule could take a step."""
    if any(not np.isfinite(trajectory.gradient_norm[0]) for trajectory in (trajectories or {}).values()):
        st.warning(text("problem.slope"))
    stage(
        key="compare",
        data=payload(experiment, trajectories),
        on_edit_change=lambda: visit.heard("compare"),
    )


def payload(experiment: Experiment, trajectories: dict[int, Trajectory] | None) -> bytes:
    """Everything the stage draws but the relief, which it fetches by its address."""
    surface, found = experiment.surface, trajectories or {}
    plane = plane_of(surface, experiment.start, [trajectory.lived for trajectory in found.values()])
    minima = np.array(surface.minima_at(**experiment.landscape.numbers), dtype=float).reshape(-1, surface.dimension)
    floor = known = lowest(experiment.landscape)
    if not np.isfinite(known):
        floor = min(
            (float(np.nanmin(t.loss[np.isfinite(t.loss)], initial=np.inf)) for t in found.values()), default=0.0
        )
    zero = (finite(floor) or 0.0) if np.isfinite(known) else min(finite(floor) or 0.0, 0.0)  # of the log axis
    ends = ends_of(experiment, found)
    window = plane_window(surface, plane)
    lanes: list[Racer] = []
    columns: list[Any] = []
    for number, trajectory in found.items():
        result = outcome(trajectory, surface, minima, floor, experiment.tolerance)
        kept = kept_of(trajectory, result=result)
        above, curvature = curvature_columns(experiment, number, trajectory, kept)
        table = lane_columns(trajectory, kept, zero) | curvature | printed_columns(trajectory, kept)
        lanes.append({
            **lane_header(experiment, number, result, trajectory),
            "end": ends.get(number), "crossings": above,
            **lane_block(columns, table, path_table(trajectory, kept, plane, window)),
        })  # fmt: skip
    header: ComparePicture = {
        "sequence": visit.visit().sequence,
        "heights": visit.setting("heights"),
        "moved": visit.visit().moved,
        "lesson": visit.lesson(),
        "language": language(),
        "words": section("stage"),
        "title": f"{text('page.title')} · {say(surface.name)}",
        "note": say(surface.about),
        "looks": asdict(visit.settings(Compare)),
        "opened": visit.visit().opened,
        "examples": examples_of(experiment),
        "problem": sentence(refused) if (refused := visit.problem("start")) else "",
        "steps": experiment.steps,
        "slack": float(rounding(known)) if np.isfinite(known) else None,
        "bounded": bool(np.isfinite(known) or floor >= 0),
        "waiting": _waiting(experiment) if trajectories is None else "" if found else text("stage.empty"),
        "runnable": trajectories is None,
        "link": experiment.to_link(),
        "scene": scene(experiment, plane, minima),
        "lanes": lanes,
    }
    return packed(header, columns)


def examples_of(experiment: Experiment) -> Examples | None:
    """The data behind the surface, if there is any."""
    data = experiment.surface.examples
    if data is None:
        return None
    x, y = data.points(**experiment.landscape.numbers)
    return {"x": short(x), "y": short(y), "answer": data.answer}


def _waiting(experiment: Experiment) -> str:
    return text("stage.waiting", seconds=f"{max(experiment.seconds, 0.1):.1g}")


def lane_header(experiment: Experiment, number: int, result: Outcome, trajectory: Trajectory) -> Named:
    racer = experiment.lanes[number]
    memory = racer.optimizer.numbers.get(racer.rule.memory)
    scales = trajectory.scale
    adaptive = scales is not None and bool(np.any(scales != 1.0))
    numbers = {name: finite(value) if isinstance(value, float) else value for name, value in result._asdict().items()}
    return {
        "number": number,
        "label": lane_label(experiment, number),
        "family": "adaptive" if adaptive else "memory" if memory is not None else "plain",
        "memory": memory,
        "remembers": racer.rule.remembers,
        "weights": None if memory is None else racer.rule.weights(memory, REMEMBERED),
        "symbol": settings(racer.rule.make)[racer.rule.memory].knob.symbol if racer.rule.memory else "",
        "diverged": result.diverged_at,
        "outcome": cast(Came, numbers | {"happened": happened(result)}),
    }


def ends_of(experiment: Experiment, found: dict[int, Trajectory]) -> dict[int, End]:
    """What the last point of each lane is; nothing of a lane that has diverged."""
    last = {number: trajectory.params[-1] for number, trajectory in found.items() if trajectory.diverged_at < 0}
    judged = inspect_all(experiment.surface, [*last.values()], **experiment.landscape.numbers)
    return {number: end_header(point, experiment) for number, point in zip(last, judged, strict=True)}


def end_header(end: CriticalPoint, experiment: Experiment) -> End:
    """What a point is; where H cannot tell and the surface has an equation for its minima, that tells."""
    surface, knobs = experiment.surface, experiment.landscape.numbers
    known = np.array(surface.minima_at(**knobs), dtype=float)
    valley = end.kind == "degenerate" and surface.valley and at_minimum(surface, end.point[None], known, knobs)[0]
    return {
        "point": end.point.tolist(),
        "kind": end.kind,
        "said": text("atlas.in_valley_minimum" if valley else f"verdict.{end.kind.replace(' ', '_')}"),
        "eigenvalues": [finite(value) for value in end.eigenvalues.tolist()],
    }
