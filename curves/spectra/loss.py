"""What is descended on, at every update."""

from curves.base import Curve, Learner
from engine.arrays import Floats
from records import Words


def loss(learner: Learner) -> Floats:
    return learner.training.objective[learner.lane, 0]


CURVE = Curve(
    name=Words("objective L (with the penalty)", "目标函数 L（含惩罚项）"),
    of=loss,
    chart="loss",
    log=True,
    events=True,
    place=1,
)
