"""What is descended on, of every seed: for the file of numbers, since ``gap`` draws it along the path."""

from curves.base import Curve, Learner
from engine.arrays import Floats
from records import Words


def objective(learner: Learner) -> Floats:
    return learner.training.objective[learner.lane]


CURVE = Curve(name=Words("objective L", "目标函数 L"), of=objective, chart="", heading="objective", place=0)
