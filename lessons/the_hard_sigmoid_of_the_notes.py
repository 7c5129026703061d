"""A11: the hard sigmoid as the notes write it, 0.2 z + 0.5, makes the same curves as the steeper one."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

FIFTH = NetworkExperiment.on(
    "piecewise_linear",
    lane("adam", learning_rate=0.02),
    depth=1,
    width=3,
    activation="hard_sigmoid_fifth",
    scheme="spread",
    steps=3000,
    test=0.0,
)

LESSON = Lesson(
    name=Words("The notes’ hard sigmoid", "讲义里的 hard sigmoid"),
    about=Words(
        "0.2 z + 0.5 between −2.5 and 2.5, flat outside: three of these slopes and a constant make the curve, and L "
        "ends below 0.0001.",
        "在 −2.5 与 2.5 之间是 0.2 z + 0.5，以外是平的：三段这样的斜坡加一个常数就是这条曲线，L 最终低于 0.0001。",
    ),
    rows="A11",
    net=FIFTH,
    page="networks",
    begin=Words("Slope 1/5", "斜率 1/5"),
    steps=(
        Step(
            name=Words("Slope 1/4", "斜率 1/4"),
            about=Words(
                "As steep as the sigmoid at 0: the same curves with weights and biases of 4/5 the size, so L ends "
                "below 0.0001 again. Another surface, the same functions.",
                "与 sigmoid 在 0 处一样陡：把权重和偏置缩到 4/5，就是同一批曲线，L 同样最终低于 0.0001。曲面不同，函数"
                "相同。",
            ),
            net=replace(FIFTH, activation="hard_sigmoid"),
        ),
        Step(
            name=Words("Sigmoid", "Sigmoid"),
            about=Words(
                "Without corners: three sigmoids bend everywhere a little and come close, L = 0.006.",
                "没有折角：三个 sigmoid 处处略弯，只能接近，L = 0.006。",
            ),
            net=replace(FIFTH, activation="sigmoid"),
        ),
    ),
)
