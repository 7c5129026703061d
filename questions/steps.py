"""How many steps to a goal: ``steps~1`` of lane 1. On a surface whose minima are known, until the path is at one of
them; else until the loss has fallen to half of what it was."""

import numpy as np

from engine.surfaces.experiment import Experiment
from lessons.base import Stage
from questions.base import Answer, Asked, Choice, Kind, filled, lane, short
from questions.guesses import numbered
from questions.runs import came_of, falls, lane_in, lanes_of, loss_of, minima_of, raced, seeds_of
from records import Words

ARRIVED = Words("{who} is there at step {step} for the first time.", "{who} 在第 {step} 步首次到达。")
HALVED = Words("The loss of {who} is down to half at step {step}.", "{who} 的损失在第 {step} 步降到一半。")
NEVER = Choice("never", Words("Not within this time", "这段时间内达不到"))


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number),) for number in lanes_of(stage))


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    number, race = lane_in(stage, "".join(parts[:1])), raced(stage)
    if _arrives(race, number):
        assert isinstance(race, Experiment)
        sentence = Words(
            "How many steps does {who} need to a minimum with the lowest loss, within {tolerance} of it?",
            "{who} 要多少步才到达损失最低的极小值（相差不超过 {tolerance}）？",
        )
        says = filled(sentence, who=lane(number), tolerance=short(race.tolerance))
    else:
        half = Words(
            "How many steps until the {loss} of {who} is half of what it was?",
            "{who} 的{loss}要多少步才降到开始时的一半？",
        )
        several = Words(
            "How many steps until the {loss} of {who}, the median of its seeds, is half of what it was?",
            "{who} 的{loss}（各种子的中位数）要多少步才降到开始时的一半？",
        )
        says = filled(several if seeds_of(stage) > 1 else half, who=lane(number), loss=loss_of(stage))
    scale = {"low": 1.0, "high": float(race.steps), "log": True, "whole": True, "unit": ""}
    return Asked("number", says, (NEVER,), scale)  # type: ignore[arg-type]


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    number, race = lane_in(stage, "".join(parts[:1])), raced(stage)
    if _arrives(race, number):
        assert isinstance(race, Experiment)
        step, sentence = came_of(race, number).reached, ARRIVED
    else:
        fall = next(each for each in falls(stage) if each.lane == number)
        below = fall.loss <= 0.5 * fall.loss[0] if fall.loss[0] > 0 else np.zeros(len(fall.loss), bool)
        step = int(fall.steps[below.argmax()]) if below.any() else -1
        sentence = HALVED
    if step < 0:
        why = Words("{who} is not there within {steps} steps.", "{steps} 步之内，{who} 还没有达到。")
        return Answer(NEVER.key, filled(why, who=lane(number), steps=race.steps))
    return Answer(float(max(step, 1)), filled(sentence, who=lane(number), step=step))


def _arrives(race: object, number: int) -> bool:
    return isinstance(race, Experiment) and len(minima_of(race.of_lane(number))) > 0


KIND = Kind(name=Words("How many steps", "多少步"), offered=offered, asked=asked, answered=answered, worth=numbered)
