"""The loss, from its lowest known value up where the axis is logarithmic."""

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def loss(run: Run) -> Floats:
    return run.trajectory.loss


CURVE = Curve(
    name=Words("loss", "损失"),
    of=loss,
    chart="loss",
    heading="loss",
    log=True,
    above=(Words("loss − minimum", "损失 − 最小值"), Words("loss − lowest seen", "损失 − 所见最低值")),
    events=True,
    place=1,
)
