"""The learning rate of each step."""

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def rate(run: Run) -> Floats:
    return run.trajectory.learning_rate


CURVE = Curve(
    name=Words("learning rate η", "学习率 η"),
    of=rate,
    chart="rate",
    hint=Words(
        "the learning rate of each step, as the schedule sets it",
        "每一步的学习率，由学习率计划给出",
    ),
    short=Words("η", "η"),
    heading="learning_rate",
    place=3,
)
