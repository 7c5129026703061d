"""What each coordinate of the gradient, or of what a rule makes of it, is multiplied by in a step."""

import numpy as np

from curves.base import Curve, Run
from engine.arrays import Floats
from records import Words


def pace(run: Run) -> Floats:
    trajectory = run.trajectory
    assert trajectory.scale is not None
    with np.errstate(divide="ignore", over="ignore"):
        return trajectory.learning_rate[:, None] / trajectory.scale


CURVE = Curve(
    name=Words("step size η/σ", "步幅 η/σ"),
    of=pace,
    chart="rate",
    hint=Words(
        "The step size of each coordinate: the learning rate divided by the σ of that coordinate, which adaptive rules "
        "make of past gradients. It falls where gradients are large: the rule brakes. It rises where they have become "
        "small, if the rule forgets. Rules without σ have η itself.",
        "每个坐标的步幅：学习率除以该坐标的 σ；自适应规则用过去的梯度算出 σ。梯度大时它下降：规则在刹车；梯度变小之后，"
        "会遗忘的规则又让它上升。没有 σ 的规则，步幅就是 η。",
    ),
    short=Words("η/σ", "η/σ"),
    heading="step_size",
    log=True,
    each=True,
    late=True,
    place=5,
)
