"""The length of the gradient of what is descended on."""

from curves.base import Curve, Learner
from engine.arrays import Floats
from records import Words


def norm(learner: Learner) -> Floats:
    return learner.training.gradient_norm[learner.lane]


CURVE = Curve(
    name=Words("gradient norm", "梯度范数"),
    of=norm,
    chart="second",
    hint=Words(
        "Length of the gradient of the objective L (with the penalty), on all training examples",
        "目标函数 L（含惩罚项）的梯度长度（全部训练样本）",
    ),
    short=Words("‖∇L‖", "‖∇L‖"),
    heading="gradient_norm",
    cell=Words("‖∇L‖", "‖∇L‖"),
    cell_hint=Words(
        "length of the gradient of the objective L (with the penalty) on all training examples",
        "全部训练样本上目标函数 L（含惩罚项）的梯度长度",
    ),
    log=True,
    quartiles=False,
    place=3,
)
