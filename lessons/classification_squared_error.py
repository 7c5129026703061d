"""G2: squared error is flat where the answer is most wrong."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

RULES = (lane("gradient_descent", learning_rate=0.5), lane("adam", learning_rate=0.1))
WRONG = Experiment.on("three_logits_squared_error", *RULES, start=(-7.0, 6.0), steps=300)

LESSON = Lesson(
    name=Words("Classification with squared error", "分类用平方误差"),
    about=Words(
        "Top left the answer is completely wrong: the loss is almost the largest possible, yet the surface is flat, "
        "‖∇L‖ is 0.00001, and gradient descent does not move. Adam divides the small gradient by a small σ and gets "
        "away.",
        "左上角的答案完全错误，损失几乎最大，曲面却是平的：‖∇L‖ 只有 0.00001，梯度下降一动不动。Adam 用很小的 σ 去除"
        "很小的梯度，走得出来。",
    ),
    rows="G2",
    experiment=WRONG,
    asks=Compare(heights="linear"),
    begin=Words("Squared error", "平方误差"),
    steps=(
        Step(
            name=Words("Less wrong", "错得轻一些"),
            about=Words(
                "From a start that is less surely wrong ‖∇L‖ is 0.24, and gradient descent learns with squared "
                "error, too.",
                "从错得不那么笃定的地方出发，‖∇L‖ 是 0.24，用平方误差的梯度下降也学得动。",
            ),
            experiment=replace(WRONG, start=(-2.0, 1.0)),
        ),
        Step(
            name=Words("Cross-entropy", "交叉熵"),
            about=Words(
                "The same start, rules and rates with cross-entropy: ‖∇L‖ is 1.4 where the answer is completely "
                "wrong, and gradient descent leaves at once.",
                "起点、规则和学习率都相同，换成交叉熵：在答案完全错误的地方 ‖∇L‖ 是 1.4，梯度下降立刻出发。",
            ),
            experiment=Experiment.on("three_logits_cross_entropy", *RULES, start=(-7.0, 6.0), steps=300),
        ),
    ),
)
