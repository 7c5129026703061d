"""The loss of the examples that are kept to choose by."""

from curves.base import Curve, Learner
from engine.arrays import Floats
from records import Words


def validation(learner: Learner) -> Floats:
    return learner.training.held_loss[learner.lane]


CURVE = Curve(
    name=Words("validation loss", "验证损失"),
    of=validation,
    chart="second",
    hint=Words(
        "Mean loss of the validation examples, which are neither learned from nor tested on",
        "验证样本的平均损失；验证样本既不用来学习，也不用来测试",
    ),
    short=Words("validation", "验证"),
    heading="validation_loss",
    cell=Words("validation loss", "验证损失"),
    cell_hint=Words("mean over the validation examples", "验证样本上的平均"),
    log=True,
    place=2.5,
)
