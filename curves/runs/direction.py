"""m of θ ← θ − (η/σ)·m, as the table at the clock has it: a column of the file of numbers."""

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def direction(run: Run) -> Floats:
    return run.trajectory.direction


CURVE = Curve(name=Words("direction m", "方向 m"), of=direction, chart="", heading="m", each=True, place=10)
