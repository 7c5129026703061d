"""Fitted: how many updates a network takes to learn its examples nearly without a fault."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import NETWORK, Measure
from records import Words


def fitted(seen: Seen) -> Floats:
    """The first update after which the loss is a hundredth of that of the best constant; nan where there is none."""
    return np.array([np.where(ends.reached >= 0, ends.reached, np.nan) for ends in seen.ends])


MEASURE = Measure(
    name=Words("Updates to 1 % of the loss", "损失降到 1 % 的更新数"),
    about=Words(
        "The first update after which the loss L, with its penalty, is at most a hundredth of what the best constant "
        "answer would have.",
        "损失 L（含惩罚项）首次不超过最佳常数预测损失百分之一时的更新数。",
    ),
    of=fitted,
    place=1.5,
    kind="steps",
    log=True,
    empty=Words("not within these updates", "这些次更新之内没有达到"),
    over=(NETWORK,),
)
