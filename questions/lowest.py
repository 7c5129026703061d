"""Which lane is lowest at a step: ``lowest~100``, at the end without a number."""

import numpy as np

from lessons.base import Stage
from questions.base import Answer, Asked, Kind, filled, lane, short
from questions.guesses import chosen
from questions.runs import alike, falls, lane_choices, lanes_of, loss_of, seeds_of, step_in
from records import Words

SAYS = Words("After step {step}: whose {loss} is lowest?", "第 {step} 步之后，谁的{loss}最低？")
SAYS_OF_SEEDS = Words(
    "After step {step}: whose {loss} is lowest, by the median of its seeds?",
    "第 {step} 步之后，谁的{loss}最低（取各种子的中位数）？",
)
ALL_LOST = Words(
    "By step {step} all have diverged: there is no lowest loss, and every answer counts.",
    "到第 {step} 步全部发散：没有最低的损失，选哪个都算对。",
)
LEVEL = Words("{who} are level at step {step}, at a loss of {best}.", "第 {step} 步，{who} 不分高下，损失都是 {best}。")
CLEAR = Words(
    "At step {step} {who} is at {best}, the next one at {others}.",
    "第 {step} 步，{who} 的损失是 {best}，其次是 {others}。",
)
ALONE = Words(
    "At step {step} {who} is at {best}; the others have diverged.",
    "第 {step} 步，{who} 的损失是 {best}；其余都发散了。",
)


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return ((),) if len(lanes_of(stage)) > 1 else ()


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    step = step_in(stage, "".join(parts[:1]))
    says = SAYS_OF_SEEDS if seeds_of(stage) > 1 else SAYS
    return Asked("choice", filled(says, step=step, loss=loss_of(stage)), lane_choices(stage))


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    step = step_in(stage, "".join(parts[:1]))
    losses = {fall.lane: fall.at(step) for fall in falls(stage)}
    finite = [loss for loss in losses.values() if np.isfinite(loss)]
    if not finite:
        return Answer([*map(str, losses)], filled(ALL_LOST, step=step))
    best, near = min(finite), alike(stage)
    right = [number for number, loss in losses.items() if loss <= best + near]
    others = min((loss for number, loss in losses.items() if number not in right), default=np.inf)
    sentence = LEVEL if len(right) > 1 else CLEAR if np.isfinite(others) else ALONE
    who = Words(", ".join(map(lane, right)), "、".join(map(lane, right)))
    why = filled(sentence, step=step, who=who, best=short(best), others=short(others))
    return Answer([*map(str, right)], why)


KIND = Kind(name=Words("Who is lowest", "谁最低"), offered=offered, asked=asked, answered=answered, worth=chosen)
