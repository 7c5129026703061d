"""The loss on the training examples and, dotted, on the test examples: whether it learns what it was not shown."""

from curves.base import Curve, Learner, Line
from engine.arrays import Floats
from records import Words


def train(learner: Learner) -> Floats:
    return learner.training.train_loss[learner.lane]


def test(learner: Learner) -> Floats:
    return learner.training.test_loss[learner.lane]


CURVE = Curve(
    name=Words("training loss", "训练损失"),
    of=train,
    chart="train",
    hint=Words(
        "Mean loss of the finished network on the training examples (no dropout, without the penalty) and, dotted, on "
        "the test examples; with several seeds the median and the middle half",
        "完成的网络在训练样本上的平均损失（不用 dropout，不含惩罚项）；点线为测试样本。多个种子时为中位数与中间一半",
    ),
    heading="train_loss",
    cell=Words("training loss", "训练损失"),
    cell_hint=Words(
        "mean loss of the finished network on the training examples at the clock, without the penalty",
        "当前时刻完成的网络在训练样本上的平均损失，不含惩罚项",
    ),
    log=True,
    beside=Line(
        key="test",
        name=Words("test", "测试"),
        of=test,
        heading="test_loss",
        cell=Words("test loss", "测试损失"),
        cell_hint=Words("mean loss on the test examples", "测试样本上的平均损失"),
    ),
    place=1,
)
