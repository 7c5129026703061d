"""Two losses over the same logits, side by side: one start, one clock, the same optimizers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple, TypedDict

import numpy as np
import streamlit as st

from curves.runs import RUNS
from engine.arrays import Floats
from engine.curvature.points import CriticalPoint, inspect_all
from engine.link import choice
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import STEPS, Experiment, run
from engine.surfaces.relief import plane_of, plane_window
from engine.surfaces.thinning import Steps
from landscapes import LANDSCAPES
from records import Knob
from settings.classification import PAIR
from views.controls.fields import add_group, field, lane_groups, send_panel
from views.kit.component import component
from views.kit.curves import Charted, Table, charted, reaches
from views.kit.labels import axis_names, lane_label, sentence
from views.kit.lanes import LaneBlock, kept_of, lane_block, path_table
from views.kit.scene import Scene, scene
from views.kit.text import language, number, section, text
from views.kit.wire import Mapped, finite, packed
from views.session import prepared, visit
from views.session.work import worked

FRAMES = 500  # steps of a path that are sent

CURVES = {"loss": replace(RUNS["loss"], log=False, above=None, events=False), "norm": RUNS["norm"]}

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

    title: str
    scene: Scene
    loss: float | None
    norm: float | None


class Runner(LaneBlock):
    side: int
    number: int
    label: str
    family: str
    diverged: int


class ClassificationPicture(Mapped):
    problem: str
    empty: str
    told: str
    curves: list[Charted]
    sides: list[Side]
    lanes: list[Runner]


def both(experiment: Experiment) -> tuple[Experiment, ...]:
    """The same racers from the same start on each surface."""
    return tuple(replace(experiment, landscape=choice(LANDSCAPES, name)) for name in PAIR)


# ---- the two maps ----------------------------------------------------------------------------------------------------


def show(experiment: Experiment) -> None:
    """Run on both surfaces and draw them."""
    races = both(experiment)
    seconds = sum(race.seconds for race in races)
    with st.container():  # so that the picture keeps its place while a bar comes and goes
        descents = worked("pair", races[0], seconds, lambda: _descents(races))
    data = payload(races, descents or [])
    pair(key="classification", data=data, on_edit_change=lambda: visit.heard("classification"))


def _descents(races: tuple[Experiment, ...]) -> Iterator[tuple[float, list[Descent]]]:
    descents: list[Descent] = []
    yield 0.0, descents
    total = sum(racer.shown for racer in races[0].lanes) * len(races)
    for side, race in enumerate(races):
        prepared.prepare(race)
        for lane, trajectory in run(race):
            kept = kept_of(trajectory, FRAMES)
            plane = plane_of(race.surface, race.start, [])
            path = path_table(trajectory, kept, plane, plane_window(race.surface, plane))
            descents.append(Descent(side, lane, trajectory.diverged_at, columns_of(trajectory, kept), path))
            yield len(descents) / total, descents


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


def payload(races: tuple[Experiment, ...], descents: list[Descent]) -> bytes:
    """Everything the pair draws but the reliefs, which it fetches by their addresses."""
    experiment = races[0]
    starts = [inspect_all(race.surface, [race.start])[0] for race in races]
    columns: list[Floats] = []
    refused = visit.problem("start")
    header: ClassificationPicture = {
        "sequence": visit.visit().sequence,
        "heights": visit.setting("heights"),
        "moved": visit.visit().moved,
        "language": language(),
        "words": section("stage") | section("pair"),
        "title": f"{text('page.title')} · {text('pages.classification')}",
        "problem": sentence(refused) if refused else "",
        "empty": "" if any(racer.shown for racer in experiment.lanes) else text("stage.empty"),
        "told": told(*starts),
        "steps": experiment.steps,
        "curves": charted(CURVES),
        "sides": [_side(race, start) for race, start in zip(races, starts, strict=True)],
        "lanes": [
            {
                "side": descent.side,
                "number": descent.number,
                "label": lane_label(experiment, descent.number),
                "family": "plain",
                "diverged": descent.diverged,
                **lane_block(columns, descent.table, descent.path),
            }
            for descent in descents
        ],
    }
    return packed(header, columns)


def _side(race: Experiment, start: CriticalPoint) -> Side:
    name = race.landscape.name.removeprefix("three_logits_")
    return {
        "title": text(f"classification.{name}"),
        "scene": scene(race, plane_of(race.surface, race.start, []), np.empty((0, 2))),
        "loss": finite(start.loss),
        "norm": finite(start.gradient_norm),
    }


def told(squared: CriticalPoint, entropy: CriticalPoint) -> str:
    """How much steeper cross-entropy is at the start, as a sentence."""
    return text(
        "classification.told",
        right=number(float(np.exp(-entropy.loss))),
        ratio=number(entropy.gradient_norm / squared.gradient_norm) if squared.gradient_norm else "∞",
    )


# ---- controls --------------------------------------------------------------------------------------------------------


def settings_panel(experiment: Experiment) -> None:
    """Start, steps and the optimizers."""
    send_panel([_run_group(experiment), *lane_groups(experiment), add_group(experiment)])


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
