"""A1: an outlier pulls with the slope of its error: without limit if squared, at most 1 if Huber or absolute."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words


def with_error(error: str) -> Experiment:
    """The same examples, rules and start."""
    return Experiment.on(
        f"linear_regression_{error}",
        lane("gradient_descent", learning_rate=0.2),
        lane("adam", learning_rate=0.1),
        knobs={"outliers": 8.0, "scale": 1.0, "offset": 0.0},
        start=(-3.0, -6.0),
        steps=300,
    )


HUBER = with_error("huber")

LESSON = Lesson(
    name=Words("Outliers pull only so hard", "离群点的拉力有上限"),
    about=Words(
        "Five of 41 examples around y = 2 + 2x are thrown 8 below it. So far out Huber's error is linear, and each "
        "pulls with slope 1 at most: both rules end at w = 1.8, b = 1.8.",
        "41 个样本落在 y = 2 + 2x 附近，其中五个被抛到下方 8 处。Huber 误差在那么远的地方是线性的，每个样本的拉力至多"
        "为 1：两个规则都停在 w = 1.8、b = 1.8。",
    ),
    rows="A1",
    experiment=HUBER,
    begin=Words("Huber", "Huber"),
    steps=(
        Step(
            name=Words("Thrown farther", "抛得更远"),
            about=Words(
                "Thrown 10 below instead of 8, and neither end moves: on the linear part the pull does not grow with "
                "the distance.",
                "从 8 改抛到 10，两个终点都不动：在线性部分，拉力不随距离增长。",
            ),
            experiment=replace(HUBER, landscape=HUBER.landscape.with_values(outliers=10.0)),
        ),
        Step(
            name=Words("Squared error", "平方误差"),
            about=Words(
                "The squared error pulls in proportion to the distance: the same five examples drag the line down to "
                "w = 0.8, b = 1.0.",
                "平方误差的拉力与距离成正比：同样的五个样本把直线拖到 w = 0.8、b = 1.0。",
            ),
            experiment=with_error("squared_error"),
        ),
        Step(
            name=Words("Absolute error", "绝对误差"),
            about=Words(
                "Every example pulls equally hard, however far away it is: both rules rattle around w = 1.9, b = "
                "2.0, close to the line without outliers.",
                "无论多远，每个样本的拉力都一样大：两个规则在 w = 1.9、b = 2.0 附近晃动，接近没有离群点时的直线。",
            ),
            experiment=with_error("absolute_error"),
        ),
    ),
)
