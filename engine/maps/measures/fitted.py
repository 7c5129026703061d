"""Fitted: how many updates a network takes to learn its examples nearly without a fault."""

from engine.maps.measures.base import NETWORK, Measure, reached
from records import Words

MEASURE = Measure(
    name=Words("Updates to 1 % of the loss", "损失降到 1 % 的更新数"),
    about=Words(
        "The first update after which the loss L, with its penalty, is at most a hundredth of what the best constant "
        "answer would have.",
        "损失 L（含惩罚项）首次不超过最佳常数预测损失百分之一时的更新数。",
    ),
    of=reached,
    place=1.5,
    kind="steps",
    log=True,
    empty=Words("not within these updates", "这些次更新之内没有达到"),
    over=(NETWORK,),
)
