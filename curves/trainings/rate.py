"""The learning rate of each update."""

from curves.base import Curve, Learner
from engine.arrays import Floats
from records import Words


def rate(learner: Learner) -> Floats:
    return learner.training.learning_rate[learner.lane]


CURVE = Curve(
    name=Words("learning rate", "学习率"),
    of=rate,
    chart="second",
    hint=Words("the learning rate of each step, as the schedule sets it", "每一步的学习率，由学习率计划给出"),
    short=Words("η", "η"),
    heading="learning_rate",
    log=False,
    place=4,
)
