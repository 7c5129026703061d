"""A1: an outlier pulls with the slope of its error: without limit if squared, at most 1 if Huber or absolute."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Outliers pull only so hard", "离群点的拉力有上限"),
    about=Words(
        "Five of 41 examples around y = 2 + 2x are thrown 8 below it. Huber's error is linear out there: both rules "
        "end at w = 1.8, b = 1.8, and throwing farther moves nothing. On the same examples the squared error's minimum "
        "is w = 0.8, b = 1.0, and the absolute error's is w = 1.9, b = 2.0: choose those surfaces and set D = 8, "
        "ρ = 1, m = 0.",
        "41 个样本落在 y = 2 + 2x 附近，其中五个被抛到下方 8 处。Huber 误差在远处是线性的：两个规则都停在 w = 1.8、"
        "b = 1.8，抛得再远也不动。同样的样本，平方误差的最小值却在 w = 0.8、b = 1.0，绝对误差的在 w = 1.9、b = 2.0："
        "换到那两个曲面，设 D = 8、ρ = 1、m = 0 看看。",
    ),
    rows="A1",
    experiment=Experiment.on(
        "linear_regression_huber",
        lane("gradient_descent", learning_rate=0.2),
        lane("adam", learning_rate=0.1),
        knobs={"outliers": 8.0, "scale": 1.0, "offset": 0.0},
        start=(-3.0, -6.0),
        steps=300,
    ),
)
