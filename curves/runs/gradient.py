"""The gradient that a rule saw, with its noise: a column of the file of numbers."""

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def gradient(run: Run) -> Floats:
    assert run.trajectory.grads is not None
    return run.trajectory.grads


CURVE = Curve(name=Words("gradient g", "梯度 g"), of=gradient, chart="", heading="gradient", each=True, place=8)
