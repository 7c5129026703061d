"""How many of the examples get their class."""

from curves.base import Curve, Learner, Line
from engine.arrays import Floats
from records import Words


def accuracy(learner: Learner) -> Floats:
    return learner.training.train_accuracy[learner.lane]


def test_accuracy(learner: Learner) -> Floats:
    return learner.training.test_accuracy[learner.lane]


CURVE = Curve(
    name=Words("accuracy", "准确率"),
    of=accuracy,
    chart="second",
    hint=Words("Share of the examples that get their class", "判对的样本比例"),
    heading="train_accuracy",
    cell=Words("training accuracy", "训练准确率"),
    cell_hint=Words("share of the training examples that get their class", "训练样本中判对的比例"),
    log=False,
    beside=Line(
        key="test_accuracy",
        name=Words("test", "测试"),
        of=test_accuracy,
        heading="test_accuracy",
        cell=Words("test accuracy", "测试准确率"),
        cell_hint=Words("share of the test examples that get their class", "测试样本中判对的比例"),
    ),
    share=True,
    place=2,
)
