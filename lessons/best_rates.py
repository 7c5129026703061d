"""D1, E2: on a quadratic the best rates are known: momentum needs far fewer steps than gradient descent."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

LESSON = Lesson(
    name=Words("The best rates, and one step too far", "最佳学习率，以及过了头的"),
    about=Words(
        "A bowl with curvatures 1 and 1/25. Above η = 2 every bounce is higher than the one before: it diverges. At "
        "its best rate 2/(1 + 1/25) gradient descent needs 48 steps to come within 0.001; momentum at its best, η = "
        "4/(1 + 1/5)² and λ = (4/6)², needs 17.",
        "曲率为 1 和 1/25 的碗。η 大于 2，每弹一次都比上一次更高：发散。用最佳学习率 2/(1 + 1/25)，梯度下降要 48 步才"
        "到 0.001 以内；动量法用最佳的 η = 4/(1 + 1/5)² 和 λ = (4/6)²，只要 17 步。",
    ),
    rows="D1 E2",
    experiment=Experiment.on(
        "narrow_valley",
        lane("gradient_descent", learning_rate=2.2),
        lane("gradient_descent", learning_rate=1.923),
        lane("momentum", learning_rate=2.778, momentum=0.4444),
        knobs={"condition": 25.0},
        start=(-9.0, 1.0),
        steps=100,
    ),
    begin=Words("κ = 25", "κ = 25"),
    steps=(
        Step(
            name=Words("κ = 100", "κ = 100"),
            about=Words(
                "Four times the condition number, each rule at its best again: gradient descent needs 171 steps, "
                "momentum 37. The first number grows about with κ, the second with √κ.",
                "条件数变为四倍，两种规则各用新的最佳值：梯度下降要 171 步，动量法 37 步。前者大约随 κ 增长，后者随 "
                "√κ。",
            ),
            experiment=Experiment.on(
                "narrow_valley",
                lane("gradient_descent", learning_rate=2.2),
                lane("gradient_descent", learning_rate=1.9802),
                lane("momentum", learning_rate=3.3058, momentum=0.6694),
                knobs={"condition": 100.0},
                start=(-9.0, 1.0),
                steps=300,
            ),
        ),
    ),
)
