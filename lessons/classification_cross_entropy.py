"""G2: cross-entropy is steep where the answer is wrong."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

RULES = (lane("gradient_descent", learning_rate=0.5), lane("adam", learning_rate=0.1))

LESSON = Lesson(
    name=Words("Classification with cross-entropy", "分类用交叉熵"),
    about=Words(
        "The surface is steep wherever the answer is wrong: ‖∇L‖ is 1.4 at the start, and plain gradient descent "
        "leaves at once and reaches a loss near 0.",
        "只要答案错误，坡就陡：起点处 ‖∇L‖ 是 1.4，普通的梯度下降立刻出发，损失降到接近 0。",
    ),
    rows="G2",
    experiment=Experiment.on("three_logits_cross_entropy", *RULES, start=(-7.0, 6.0), steps=300),
    asks=Compare(heights="linear"),
    begin=Words("Cross-entropy", "交叉熵"),
    steps=(
        Step(
            name=Words("Squared error", "平方误差"),
            about=Words(
                "The same start, rules and rates with squared error: the answer is as wrong as before, but ‖∇L‖ is "
                "only 0.00001, and gradient descent does not move.",
                "起点、规则和学习率都相同，换成平方误差：答案同样错，‖∇L‖ 却只有 0.00001，梯度下降一动不动。",
            ),
            experiment=Experiment.on("three_logits_squared_error", *RULES, start=(-7.0, 6.0), steps=300),
        ),
    ),
)
