"""Two losses over the same logits, side by side: one start, one clock, the same optimizers."""

from collections.abc import Generator
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np

from curves.runs import RUNS
from engine import pace
from engine.arrays import Floats
from engine.curvature.points import CriticalPoint, inspect_all
from engine.link import choice
from engine.shelf import Shelf
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import STEPS, Experiment, running
from engine.surfaces.relief import plane_of, plane_window
from engine.surfaces.thinning import Steps
from landscapes import LANDSCAPES
from records import Knob
from settings.classification import PAIR
from views.controls.fields import add_group, field, lane_groups, send_panel
from views.kit.component import component
from views.kit.curves import Charted, Table, charted, reaches
from views.kit.labels import LaneName, axis_names, lane_name
from views.kit.lanes import LaneBlock, kept_of, lane_block, path_table
from views.kit.scene import Scene, scene
from views.kit.text import text
from views.kit.wire import finite, followed, packed
from views.session import prepared, visit
from views.session.asked import Visited, unpainted, visited
from views.session.work import AUTOMATIC, PATIENCE

FRAMES = 500  # steps of a path that are sent

CURVES = {"loss": replace(RUNS["loss"], log=False, above=None, events=False), "norm": RUNS["norm"]}

LOSSES = dict(zip(PAIR, ("squared_error", "cross_entropy"), strict=True))  # by the surfaces that they make
PICTURES: Shelf[bytes] = Shelf(most=200, room=20_000_000)  # for all visitors

pair = component("classification")


class Descent(NamedTuple):
    """What is drawn of one optimizer on one of the two surfaces."""

    side: int  # which surface of PAIR
    number: int  # of the lane
    diverged: int  # step, or -1
    table: Table  # columns at the kept steps
    path: Table  # of a long run


class Side(TypedDict):
    """One of the two surfaces, and what it says of the start."""

    name: str
    scene: Scene
    loss: float | None
    norm: float | None


class Runner(LaneBlock):
    side: int
    number: int
    name: LaneName
    family: str
    diverged: int


class PairPicture(TypedDict):
    """It has no words."""

    link: str
    seconds: float | None  # that runs take which wait for a click, or are under way: then some lanes are there, or none
    steps: int  # of the clock
    raced: bool  # whether there is anybody to run
    right: float | None  # what softmax says of the right class at the start
    ratio: float | None  # how much steeper cross-entropy is there; None: by as much as one likes
    curves: list[Charted]
    sides: list[Side]
    lanes: list[Runner]


class ClassificationPicture(PairPicture, Visited):
    """What the page draws."""


def both(experiment: Experiment) -> tuple[Experiment, ...]:
    """The same racers from the same start on each surface."""
    return tuple(replace(experiment, landscape=choice(LANDSCAPES, name)) for name in PAIR)


# ---- the two maps ----------------------------------------------------------------------------------------------------


def show(experiment: Experiment) -> None:
    """Draw both surfaces and all paths. A picture that the page has asked for by itself is not sent again."""
    link = experiment.to_link()
    header = visited(link, ("experiment",), ("start",), at=lambda said, _: said.experiment.to_link())
    pair(
        key="classification",
        data=followed(packed(header), pictured(experiment) if unpainted(link) else b""),
        on_edit_change=lambda: visit.heard("classification"),
    )


def waits(experiment: Experiment) -> bool:
    """Whether nobody runs before it is asked for with a click."""
    running = pace.running(sum(race.seconds for race in both(experiment)))
    return PICTURES.kept(experiment) is None and (running > AUTOMATIC or seconds_of(experiment) > PATIENCE)


def seconds_of(experiment: Experiment) -> float:
    return sum(map(prepared.seconds_of, both(experiment)))


def pictured(experiment: Experiment) -> bytes:
    """The picture: at once, or that long runs wait for a click; once that has been given, as any other."""
    if waits(experiment):
        return payload(experiment, [], seconds_of(experiment))

    def work() -> bytes:
        *_, (_, descents) = descending(experiment)
        return payload(experiment, descents)

    return PICTURES.made(experiment, work)


def descending(experiment: Experiment) -> Generator[tuple[float, list[Descent]]]:
    """All runs, a bit at a time: the share that is done, and those that have ended."""
    descents: list[Descent] = []
    yield 0.0, descents
    races = both(experiment)
    for side, race in enumerate(races):
        prepared.prepare(race)
        for share, lane, trajectory in running(race):
            if trajectory is not None:
                descents.append(_descent(race, side, lane, trajectory))
            yield (side + share) / len(races), descents


def _descent(race: Experiment, side: int, lane: int, trajectory: Trajectory) -> Descent:
    kept = kept_of(trajectory, FRAMES)
    plane = plane_of(race.surface, race.start, [])
    path = path_table(trajectory, kept, plane, plane_window(race.surface, plane))
    return Descent(side, lane, trajectory.diverged_at, columns_of(trajectory, kept), path)


def columns_of(trajectory: Trajectory, kept: Steps) -> Table:
    """The columns of a path at the kept steps; told: what the table prints."""
    curves = {"loss": trajectory.loss, "norm": trajectory.gradient_norm}
    points = trajectory.params[kept]
    return {
        "steps": [kept.astype(float)],
        "theta": list(points.T),
        **{name: [values[kept]] for name, values in curves.items()},
        "told": [trajectory.loss[kept], right(points), trajectory.gradient_norm[kept]],
        **reaches({name: [values] for name, values in curves.items()}, kept),
    }


def right(points: Floats) -> Floats:
    """What softmax says of the right class at logits (n, 2), beside a third one of −1000."""
    return np.asarray(1 / (1 + np.exp(points[:, 1] - points[:, 0])))


def payload(experiment: Experiment, descents: list[Descent], seconds: float | None = None) -> bytes:
    """Everything the pair draws but the reliefs, which it fetches by their addresses; ``seconds``: of runs of which
    only some are there."""
    races = both(experiment)
    squared, entropy = starts = [inspect_all(race.surface, [race.start])[0] for race in races]
    columns: list[Floats] = []
    header: PairPicture = {
        "link": experiment.to_link(),
        "seconds": seconds,
        "steps": experiment.steps,
        "raced": any(racer.shown for racer in experiment.lanes),
        "right": finite(float(np.exp(-entropy.loss))),
        "ratio": finite(entropy.gradient_norm / squared.gradient_norm) if squared.gradient_norm else None,
        "curves": charted(CURVES),
        "sides": [_side(race, start) for race, start in zip(races, starts, strict=True)],
        "lanes": [
            {
                "side": descent.side,
                "number": descent.number,
                "name": lane_name(experiment, descent.number),
                "family": "plain",
                "diverged": descent.diverged,
                **lane_block(columns, descent.table, descent.path),
            }
            for descent in descents
        ],
    }
    return packed(header, columns)


def _side(race: Experiment, start: CriticalPoint) -> Side:
    return {
        "name": LOSSES[race.landscape.name],
        "scene": scene(race, plane_of(race.surface, race.start, []), np.empty((0, 2)), titled=str),
        "loss": finite(start.loss),
        "norm": finite(start.gradient_norm),
    }


# ---- controls --------------------------------------------------------------------------------------------------------


def settings_panel(experiment: Experiment) -> None:
    """Start, steps and the optimizers."""
    send_panel(settings_groups(experiment))


def settings_groups(experiment: Experiment) -> list[dict[str, Any]]:
    return [_run_group(experiment), *lane_groups(experiment), add_group(experiment)]


def _run_group(experiment: Experiment) -> dict[str, Any]:
    start = [
        field(
            f"start.{axis}",
            Knob(*experiment.surface.window[axis]),
            experiment.start[axis],
            f"{text('panel.start')} {name}",
            "",
            "number",
        )
        for axis, name in enumerate(axis_names(experiment))
    ]
    steps = field("steps", STEPS, experiment.steps, text("panel.steps"), text("panel.steps_hint"))
    return {"kind": "run", "id": "run", "fields": [steps, *start]}
