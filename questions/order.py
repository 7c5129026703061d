"""In which order the losses stand at a step, the lowest first: ``order~100``, at the end without a number."""

import numpy as np

from lessons.base import Stage
from questions.base import Answer, Asked, Kind, filled, lane, short
from questions.guesses import ordered
from questions.runs import alike, falls, lane_choices, lanes_of, loss_of, seeds_of, step_in
from records import Words

SAYS = Words("Order by the {loss} at step {step}, the lowest first.", "按第 {step} 步的{loss}从低到高排序。")
SAYS_OF_SEEDS = Words(
    "Order by the {loss} at step {step}, the lowest first (medians of the seeds).",
    "按第 {step} 步的{loss}从低到高排序（取各种子的中位数）。",
)


def offered(stage: Stage) -> tuple[tuple[str, ...], ...]:
    return ((),) if len(lanes_of(stage)) > 2 else ()


def asked(stage: Stage, parts: tuple[str, ...]) -> Asked:
    step = step_in(stage, "".join(parts[:1]))
    says = SAYS_OF_SEEDS if seeds_of(stage) > 1 else SAYS
    return Asked("order", filled(says, step=step, loss=loss_of(stage)), lane_choices(stage))


def answered(stage: Stage, parts: tuple[str, ...]) -> Answer:
    step = step_in(stage, "".join(parts[:1]))
    losses = sorted(((fall.at(step), fall.lane) for fall in falls(stage)), key=lambda each: each[0])
    finite = [loss for loss, _ in losses if np.isfinite(loss)]
    near = alike(stage)
    ranks, rank, before = {}, 0, np.nan
    for place, (loss, number) in enumerate(losses):
        level = loss == before or loss - before <= near
        rank = rank if place and level else place
        ranks[str(number)], before = rank, loss
    told = [f"{lane(number)} {short(loss) if np.isfinite(loss) else '∞'}" for loss, number in losses]
    says = Words("At step {step}: {list} (∞: diverged).", "第 {step} 步：{list}（∞ 表示已发散）。")
    plain = Words("At step {step}: {list}.", "第 {step} 步：{list}。")
    listed = Words(", ".join(told), "、".join(told))
    return Answer(ranks, filled(plain if len(finite) == len(losses) else says, step=step, list=listed))


KIND = Kind(
    name=Words("Order the curves", "给曲线排序"), offered=offered, asked=asked, answered=answered, worth=ordered
)
