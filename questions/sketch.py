"""Sketch a path: ``sketch~1`` of lane 1."""

import numpy as np

from lessons.base import Stage
from questions.base import Answer, Asked, Kind, Unclear, filled, lane, short
from questions.ends import offered
from questions.guesses import sketched
from questions.runs import lane_in, on_surface, seen_path, thinned, trajectories, where
from records import Words

LOST = 0.25  # of the window's diagonal: a mean distance as large is worth nothing


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    number = _lane(stage, parts)
    experiment = on_surface(stage)
    says = Words(
        "Sketch the way of {who} from the start, {steps} steps.", "从起点出发，画出 {who} 走 {steps} 步的路径。"
    )
    told = filled(says, who=lane(number), steps=experiment.steps)
    return Asked("sketch", told, where=where(experiment, number))


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    number, experiment = _lane(stage, parts), on_surface(stage)
    path = seen_path(experiment, number)
    low, high = np.array(experiment.surface.window).T
    length = short(float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum()))
    whole = len(path) == len(trajectories(experiment)[number].loss)
    says = Words("{who} walks {length} from its start.", "{who} 从起点走了 {length} 的路程。")
    cut = Words(
        "{who} walks {length} until step {step}, where it diverges or goes far out of the picture.",
        "{who} 走了 {length}，在第 {step} 步发散或远离画面。",
    )
    why = filled(says if whole else cut, who=lane(number), length=length, step=len(path))
    drawn = thinned(path)
    return Answer(drawn, why, {"path": drawn}, LOST * float(np.linalg.norm(high - low)))


def _lane(stage: Stage, parts: tuple[str, ...]) -> int:
    if on_surface(stage).surface.dimension != 2:
        raise Unclear("only on a surface of two parameters can a path be sketched", "只有两个参数的曲面才能画路径")
    return lane_in(stage, "".join(parts[:1]))


KIND = Kind(name=Words("Sketch the path", "画出路径"), offered=offered, asked=asked, answered=answered, worth=sketched)
