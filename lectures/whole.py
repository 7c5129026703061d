"""The whole lecture: from what a loss is to normalising a batch."""

from lectures.base import Deck, Stop
from records import Words

DECK = Deck(
    name=Words("The whole lecture", "完整的一讲"),
    about=Words("From what a loss is to normalising a batch.", "从什么是损失，讲到批归一化。"),
    place=0.0,
    stops=(
        Stop(
            lesson="two_learning_rates",
            says=Words("No single learning rate suits all directions", "没有一个学习率适合所有方向"),
            notes=Words(
                "Ask first: which of the two is lower in the end? Then play. One bounces for ever, one crawls.",
                "先问：最后谁更低？再播放。一个永远弹跳，一个慢慢爬。",
            ),
        ),
        Stop(
            lesson="burst",
            says=Words("On the floor σ shrinks, until one step explodes", "谷底上 σ 一步步变小，直到一步突然爆开"),
            notes=Words(
                "Nothing happens for long; that is the point. Pause before the burst and ask what σ does.",
                "很久什么都不发生，这正是要点。在爆冲之前停下，问 σ 怎样变化。",
            ),
        ),
    ),
)
