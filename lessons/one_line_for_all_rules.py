"""E9: every rule is a choice of η, σ and m."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

FOUR = Experiment.on(
    "narrow_valley",
    lane("gradient_descent", learning_rate=0.1),
    lane("momentum", learning_rate=0.1, momentum=0.9),
    lane("rmsprop_lecture", learning_rate=0.1),
    lane("adam", learning_rate=0.1),
    start=(-9.0, 4.0),
    steps=150,
)

LESSON = Lesson(
    name=Words("One line for all rules", "一行写尽所有规则"),
    about=Words(
        "θ ← θ − (η/σ)·m, at the clock, for four rules. Gradient descent: σ = 1, m = g. Momentum: σ = 1, m a sum of "
        "gradients. RMSProp: m = g, a σ for each coordinate. Adam has both.",
        "时钟处四个规则的 θ ← θ − (η/σ)·m。梯度下降：σ = 1，m = g。动量：σ = 1，m 是梯度之和。RMSProp：m = g，每个坐标"
        "一个 σ。Adam 两者都有。",
    ),
    rows="E9",
    experiment=FOUR,
    asks=Compare(tab="moment"),
    steps=(
        Step(
            name=Words("η_t as well", "η_t 也变"),
            about=Words(
                "A schedule changes the third part: with decay, η is no longer the same at every step. Rule, "
                "schedule, momentum: three choices, one line.",
                "学习率计划改变第三个部分：有了衰减，每一步的 η 不再相同。规则、计划、动量：三种选择，一行公式。",
            ),
            experiment=replace(
                FOUR,
                lanes=(
                    lane("gradient_descent", "inverse_sqrt", learning_rate=0.1),
                    lane("momentum", "inverse_sqrt", learning_rate=0.1, momentum=0.9),
                    lane("rmsprop_lecture", "inverse_sqrt", learning_rate=0.1),
                    lane("adam", "inverse_sqrt", learning_rate=0.1),
                ),
            ),
        ),
    ),
)
