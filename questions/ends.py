"""Where a path ends: ``ends~1`` of lane 1. Where it ends at a minimum, a click in its hollow is right; elsewhere one
close by nearly."""

from functools import partial

import numpy as np

from engine.surfaces.arrival import at_minimum, downhill
from engine.surfaces.experiment import Experiment
from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Guess, Kind, Unclear, filled, lane, short
from questions.guesses import placed
from questions.runs import came_of, lane_in, lanes_of, minima_of, on_surface, seen_path, thinned, trajectories, where
from records import Words

AWAY = Choice("away", Words("It leaves the picture", "它会离开画面"))
CLOSE = 0.3  # of the window's diagonal: a click so far away is worth nothing
SAME = 0.02  # of the window: ends of two ways downhill that are closer are one


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    plane = stage.experiment and stage.experiment.surface.dimension == 2
    return tuple((str(number),) for number in lanes_of(stage)) if plane else ()


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    experiment, number = _asked_of(stage, parts)
    says = Words(
        "Where is {who} after {steps} steps? Click on the surface.", "{steps} 步之后，{who} 在哪里？请在曲面上点一下。"
    )
    told = filled(says, who=lane(number), steps=experiment.steps)
    return Asked("place", told, (AWAY,), where=where(experiment, number))


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    experiment, number = _asked_of(stage, parts)
    path = trajectories(experiment)[number]
    low, high = np.array(experiment.surface.window).T
    end = path.lived[-1]
    drawn = thinned(seen_path(experiment, number))
    diagonal = float(np.linalg.norm(high - low))
    if path.diverged_at >= 0 or not ((end >= low) & (end <= high)).all():
        away = Words("{who} diverges at step {step}.", "{who} 在第 {step} 步发散。")
        out = Words("{who} ends outside the picture, at ({x}, {y}).", "{who} 停在画面之外的 ({x}, {y})。")
        why = filled(
            away if path.diverged_at >= 0 else out,
            who=lane(number), step=path.diverged_at, x=short(float(end[0])), y=short(float(end[1])),
        )  # fmt: skip
        return Answer(AWAY.key, why, {"path": drawn})
    came = came_of(experiment, number)
    there = Words(
        "{who} ends at a minimum with the lowest loss, ({x}, {y}).", "{who} 停在损失最低的极小值 ({x}, {y})。"
    )
    short_of = Words(
        "{who} is at ({x}, {y}) after {steps} steps, not at a minimum with the lowest loss.",
        "{steps} 步之后 {who} 在 ({x}, {y})，不在损失最低的极小值处。",
    )
    why = filled(
        there if came.arrived else short_of,
        who=lane(number), steps=experiment.steps, x=short(float(end[0])), y=short(float(end[1])),
    )  # fmt: skip
    truth = [round(value, 6) for value in end.tolist()]
    alike = partial(_same_hollow, experiment.of_lane(number), truth)
    return Answer(truth, why, {"path": drawn, "end": truth}, CLOSE * diagonal, alike if came.arrived else _nowhere)


def _nowhere(guess: Guess) -> bool:
    del guess
    return False


def _same_hollow(own: Experiment, end: list[float], guess: Guess) -> bool:
    """Whether the surface leads down from both places to one known minimum."""
    places = np.array([end, guess], dtype=float)
    size = np.ptp(np.array(own.surface.window), axis=1)
    knobs = own.landscape.numbers
    ends = downhill(own.surface, places, knobs)
    near = np.isfinite(ends).all() and (np.abs(ends[0] - ends[1]) <= SAME * size).all()
    return bool(near and at_minimum(own.surface, places, minima_of(own), knobs).all())


def _asked_of(stage: Stage, parts: tuple[str, ...]) -> tuple[Experiment, int]:
    experiment = on_surface(stage)
    if experiment.surface.dimension != 2:
        raise Unclear("only a surface of two parameters can be clicked on", "只有两个参数的曲面才能点选")
    return experiment, lane_in(stage, "".join(parts[:1]))


KIND = Kind(name=Words("Where does it end", "停在哪里"), offered=offered, asked=asked, answered=answered, worth=placed)
