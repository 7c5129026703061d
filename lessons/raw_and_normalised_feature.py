"""F1: a raw feature makes a narrow valley; normalised, the same examples make a round bowl."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("A raw feature and a normalised one", "原始特征与归一化特征"),
    about=Words(
        "The feature has mean 2 and standard deviation 10: the condition number is 108. η = 0.5 diverges; η = 0.009, "
        "about the largest that does not, needs 313 steps to come within 0.001 of the minimum. Now normalise: set "
        "ρ = 1 and m = 0. The bowl is round, and η = 0.5 arrives in one step.",
        "特征的均值是 2，标准差是 10：条件数为 108。η = 0.5 发散；η = 0.009 几乎是不发散的最大值，要 313 步才到最小值"
        "的 0.001 以内。现在归一化：设 ρ = 1、m = 0，碗就圆了，η = 0.5 一步到位。",
    ),
    rows="F1",
    experiment=Experiment.on(
        "linear_regression_squared_error",
        lane("gradient_descent", learning_rate=0.5),
        lane("gradient_descent", learning_rate=0.009),
        knobs={"scale": 10.0, "offset": 2.0},
        start=(-3.0, -6.0),
        steps=500,
    ),
)
