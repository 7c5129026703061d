"""The length of the gradient, without the noise."""

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def norm(run: Run) -> Floats:
    return run.trajectory.gradient_norm


CURVE = Curve(
    name=Words("gradient norm ‖∇L‖", "梯度范数 ‖∇L‖"), of=norm, chart="norm", heading="gradient_norm", log=True, place=2
)
