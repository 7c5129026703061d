"""F1: a raw feature makes a narrow valley; normalised, the same examples make a round bowl."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

RAW = Experiment.on(
    "linear_regression_squared_error",
    lane("gradient_descent", learning_rate=0.5),
    lane("gradient_descent", learning_rate=0.009),
    knobs={"scale": 10.0, "offset": 2.0},
    start=(-3.0, -6.0),
    steps=500,
)

LESSON = Lesson(
    name=Words("A raw feature and a normalised one", "原始特征与归一化特征"),
    about=Words(
        "The feature has mean 2 and standard deviation 10: the condition number is 108. η = 0.5 diverges; η = 0.009, "
        "about the largest that does not, needs 313 steps to come within 0.001 of the lowest loss.",
        "特征的均值是 2，标准差是 10：条件数为 108。η = 0.5 发散；η = 0.009 几乎是不发散的最大值，要 313 步损失才到最"
        "小值的 0.001 以内。",
    ),
    rows="F1",
    experiment=RAW,
    asks=Compare(aspect="equal"),
    begin=Words("Raw", "原始"),
    steps=(
        Step(
            name=Words("Centre", "减去均值"),
            about=Words(
                "Without its mean the feature no longer ties w to b: the valley stands straight. It is as narrow as "
                "before, κ = 100, and η = 0.5 still diverges.",
                "减去均值后，w 与 b 不再互相牵连：山谷摆正了。但它仍然那么窄，κ = 100，η = 0.5 照样发散。",
            ),
            experiment=replace(RAW, landscape=RAW.landscape.with_values(offset=0.0)),
        ),
        Step(
            name=Words("Normalise", "归一化"),
            about=Words(
                "Divided by its standard deviation as well, the feature makes a round bowl, κ = 1: with one scale on "
                "both axes the level lines are circles. η = 0.5 arrives in one step.",
                "再除以标准差，碗就圆了，κ = 1：两轴比例相同时，等高线就是圆。η = 0.5 一步到位。",
            ),
            experiment=replace(RAW, landscape=RAW.landscape.with_values(scale=1.0, offset=0.0)),
        ),
    ),
)
