"""Whether something happens to a lane: ``happens~diverges~1``, ``happens~bursts~0``; and from which learning rate on it
diverges: ``happens~rate~0``."""

import numpy as np

from engine.surfaces.experiment import Experiment
from engine.surfaces.many import Many, ends
from lessons.base import Stage
from questions.base import NO, YES, Answer, Asked, Choice, Guess, Kind, Unclear, filled, lane, short
from questions.guesses import chosen, numbered
from questions.runs import came_of, falls, lane_in, lanes_of, minima_of, raced
from records import Words, settings

NEVER = Choice("never", Words("At none of its learning rates", "哪个学习率都不会"))
RATES = 33  # that are tried, and again between the last that stays and the first that diverges
LONGEST = 2000  # steps that each of them takes

SURFACE = ("diverges", "bursts", "sticks", "arrives")
NETWORK = ("diverges", "halves")
WILL = {
    "diverges": Words("Will {who} diverge within {steps} steps?", "{steps} 步之内，{who} 会发散吗？"),
    "bursts": Words("Will {who} burst within {steps} steps?", "{steps} 步之内，{who} 会爆冲吗？"),
    "sticks": Words(
        "Will {who} get stuck, its loss flat although the gradient is not small?",
        "{who} 会停滞（损失不再变化，但梯度不小）吗？",
    ),
    "arrives": Words(
        "Will {who} be at a minimum with the lowest loss after {steps} steps?",
        "{steps} 步之后，{who} 会在损失最低的极小值处吗？",
    ),
    "halves": Words(
        "Will the training loss of {who} be below half of its first value after {steps} updates?",
        "更新 {steps} 次之后，{who} 的训练损失会低于开始时的一半吗？",
    ),
}
DOES = {
    "diverges": Words("{who} diverges at step {step}.", "{who} 在第 {step} 步发散。"),
    "bursts": Words("{who} bursts, first at step {step}.", "{who} 会爆冲，第一次在第 {step} 步。"),
    "sticks": Words(
        "From step {step} on {who} bounces between walls: the loss stays flat, the gradient does not get small.",
        "从第 {step} 步起，{who} 在谷壁之间来回弹：损失不再变化，梯度也不变小。",
    ),
    "arrives": Words(
        "{who} ends at a minimum with the lowest known loss, where it was at step {step} first.",
        "{who} 停在已知损失最低的极小值处，首次到达是在第 {step} 步。",
    ),
    "halves": Words("{who} ends at {loss}, having begun at {first}.", "{who} 从 {first} 降到 {loss}。"),
}
DOES_NOT = {
    "diverges": Words("{who} stays finite through all {steps} steps.", "{steps} 步里，{who} 始终没有发散。"),
    "bursts": Words("In {steps} steps {who} does not burst once.", "{steps} 步里，{who} 一次也没有爆冲。"),
    "sticks": Words("{who} does not get stuck in that sense.", "{who} 没有这样停滞。"),
    "arrives": Words(
        "After {steps} steps {who} is at no minimum with the lowest known loss.",
        "{steps} 步之后，{who} 不在已知损失最低的极小值处。",
    ),
    "halves": Words("{who} ends at {loss}, having begun at {first}.", "{who} 开始时是 {first}，最后是 {loss}。"),
}


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    lanes = list(map(str, lanes_of(stage)))
    if stage.experiment is None:
        return tuple((what, number) for what in NETWORK for number in lanes)
    known = [number for number in lanes if len(minima_of(stage.experiment.of_lane(int(number))))]
    return (
        *(("arrives", number) for number in known),
        *((what, number) for what in SURFACE if what != "arrives" for number in lanes),
        *(("rate", number) for number in lanes),
    )


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    what, number = _asked_of(stage, parts)
    steps = raced(stage).steps
    if what != "rate":
        return Asked("choice", filled(WILL[what], who=lane(number), steps=steps), (YES, NO))
    says = Words(
        "From which learning rate on does {who} diverge within {steps} steps?",
        "学习率从多大起，{who} 会在 {steps} 步之内发散？",
    )
    knob = _rate(stage, number)
    scale = {"low": knob.low, "high": knob.high, "log": True, "whole": False, "unit": "η"}
    told = filled(says, who=lane(number), steps=min(steps, LONGEST))
    return Asked("number", told, (NEVER,), scale)  # type: ignore[arg-type]


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    what, number = _asked_of(stage, parts)
    if what == "rate":
        return _limit(stage, number)
    step, said = _happened(stage, what, number)
    sentence = (DOES if step >= 0 else DOES_NOT)[what]
    why = filled(sentence, who=lane(number), step=step, steps=raced(stage).steps, **said)
    return Answer([(YES if step >= 0 else NO).key], why)


def _happened(stage: Stage, what: str, number: int) -> tuple[int, dict[str, str]]:
    """The step of it, −1 if it does not happen; and what the sentence needs."""
    race = raced(stage)
    if not isinstance(race, Experiment):
        fall = next(each for each in falls(stage) if each.lane == number)
        told = {"loss": _loss(fall.loss[-1]), "first": _loss(fall.loss[0])}
        halved = len(fall.loss) - 1 if fall.loss[-1] < 0.5 * fall.loss[0] else -1
        return (fall.diverged_at if what == "diverges" else halved), told
    came = came_of(race, number)
    return {
        "diverges": came.diverged_at,
        "bursts": came.bursts[0] if came.bursts else -1,
        "sticks": came.stuck_from,
        "arrives": came.reached if came.arrived else -1,
    }[what], {}


def _loss(value: float) -> str:
    return short(float(value)) if np.isfinite(value) else "∞"


def _limit(stage: Stage, number: int) -> Answer:
    """The least of some learning rates at which the lane diverges: of RATES even on a log scale, then of as many
    between that and the one before it."""
    knob = _rate(stage, number)
    first = _first_lost(stage, number, np.geomspace(knob.low, knob.high, RATES))
    if first is None:
        why = Words(
            "None of {many} learning rates from {low} to {high} makes {who} diverge.",
            "从 {low} 到 {high} 试了 {many} 个学习率，{who} 都没有发散。",
        )
        told = filled(why, many=RATES, low=short(knob.low), high=short(knob.high), who=lane(number))
        return Answer(NEVER.key, told)
    before, rate = first
    finer = _first_lost(stage, number, np.geomspace(before, rate, RATES)) if before < rate else first
    rate = finer[1] if finer else rate
    why = Words(
        "Of the learning rates that were tried, {rate} is the least at which {who} diverges; here it has {own}.",
        "在试过的学习率里，{rate} 是让 {who} 发散的最小一个；这里用的是 {own}。",
    )
    assert stage.experiment is not None
    own = stage.experiment.lanes[number].optimizer.numbers["learning_rate"]
    return Answer(rate, filled(why, rate=short(rate), who=lane(number), own=short(own)))


def _first_lost(stage: Stage, number: int, rates: np.ndarray) -> tuple[float, float] | None:
    """The last learning rate before, and the first at which it diverges."""
    assert stage.experiment is not None
    own, racer = stage.experiment.of_lane(number), stage.experiment.lanes[number]
    came = ends(Many(
        own.surface, racer.rule, own.start, min(own.steps, LONGEST),
        {**racer.optimizer.numbers, "learning_rate": rates}, own.landscape.numbers,
        racer.timetable, racer.schedule.numbers, own.noise, own.seed,
    ))  # fmt: skip
    lost = np.flatnonzero(came.diverged_at >= 0)
    return (float(rates[max(lost[0] - 1, 0)]), float(rates[lost[0]])) if len(lost) else None


def _rate(stage: Stage, number: int):  # type: ignore[no-untyped-def]
    assert stage.experiment is not None
    return settings(stage.experiment.lanes[number].rule.make)["learning_rate"].knob


def _asked_of(stage: Stage, parts: tuple[str, ...]) -> tuple[str, int]:
    race, (what, *rest) = raced(stage), parts or ("diverges",)
    able = (*SURFACE, "rate") if isinstance(race, Experiment) else NETWORK
    if what not in able:
        raise Unclear(f"what happens must be one of {', '.join(able)}", f"只能问这些：{'、'.join(able)}")
    number = lane_in(stage, "".join(rest[:1]))
    if what == "arrives" and isinstance(race, Experiment) and not len(minima_of(race.of_lane(number))):
        raise Unclear("no minimum of this surface is known", "这个曲面没有已知的最小值")
    return what, number


def worth(asked: Asked, answer: Answer, guess: Guess) -> float:
    """Of a choice, or of a learning rate."""
    return (numbered if asked.form == "number" else chosen)(asked, answer, guess)


KIND = Kind(name=Words("Does it happen", "会不会发生"), offered=offered, asked=asked, answered=answered, worth=worth)
