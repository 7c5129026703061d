"""What a step is divided by, for each coordinate: a column of the file of numbers."""

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def sigma(run: Run) -> Floats:
    assert run.trajectory.scale is not None
    return run.trajectory.scale


CURVE = Curve(name=Words("divisor σ", "除数 σ"), of=sigma, chart="", heading="sigma", each=True, place=9)
