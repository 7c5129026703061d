"""At which update the test loss of a lane is lowest: ``turns~0``. From there on it learns by heart."""

import numpy as np

from lessons.base import Stage
from questions.base import Answer, Asked, Kind, Scale, Unclear, filled, lane, short
from questions.guesses import numbered
from questions.runs import falls, lane_in, lanes_of, raced, seeds_of
from records import Words
from settings.base import Settings
from settings.diagnosis import Diagnosis

SAYS = Words(
    "After how many updates is the test loss of {who} lowest? There are {steps}.",
    "更新多少次时，{who} 的测试损失最低？总共 {steps} 次。",
)
SAYS_OF_SEEDS = Words(
    "After how many updates is the test loss of {who}, the median of its seeds, lowest? There are {steps}.",
    "更新多少次时，{who} 的测试损失（各种子的中位数）最低？总共 {steps} 次。",
)
WHY = Words(
    "It is lowest after {step} updates, {best}; at the end it is {last}.",
    "更新 {step} 次时最低，{best}；最后是 {last}。",
)


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number),) for number in lanes_of(stage)) if _tested(stage) else ()


def _tested(stage: Stage) -> bool:
    shown = type(stage.settings) in (Settings, Diagnosis) and stage.settings.races
    return shown and stage.experiment is None and stage.net is not None and stage.net.test > 0


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    number, steps = _lane(stage, parts), raced(stage).steps
    scale: Scale = {"low": 1.0, "high": float(steps), "log": True, "whole": True, "unit": ""}
    told = filled(SAYS_OF_SEEDS if seeds_of(stage) > 1 else SAYS, who=lane(number), steps=steps)
    return Asked("number", told, scale=scale)


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    number = _lane(stage, parts)
    fall = next(each for each in falls(stage, "test_loss") if each.lane == number)
    losses = np.where(np.isnan(fall.loss), np.inf, fall.loss)
    best = int(np.argmin(losses))
    step = int(fall.steps[best])
    why = filled(WHY, step=step, best=short(float(losses[best])), last=short(float(losses[-1])))
    return Answer(float(max(step, 1)), why)


def _lane(stage: Stage, parts: tuple[str, ...]) -> int:
    if not _tested(stage):
        raise Unclear("there are no test examples here", "这里没有测试样本")
    return lane_in(stage, "".join(parts[:1]))


KIND = Kind(
    name=Words("Where the test turns", "测试损失何时回头"), offered=offered, asked=asked, answered=answered,
    worth=numbered,
)  # fmt: skip
