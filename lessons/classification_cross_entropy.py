"""G2: cross-entropy is steep where the answer is wrong."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Classification with cross-entropy", "分类用交叉熵"),
    about=Words(
        "The same start, rules and rates as with squared error. Here the surface is steep wherever the answer is "
        "wrong: ‖∇L‖ is 1.4 at the start, and plain gradient descent leaves at once and reaches a loss near 0.",
        "起点、规则和学习率都与平方误差那一场相同。这里只要答案错误，坡就陡：起点处 ‖∇L‖ 是 1.4，普通的梯度下降立刻"
        "出发，损失降到接近 0。",
    ),
    rows="G2",
    experiment=Experiment.on(
        "three_logits_cross_entropy",
        lane("gradient_descent", learning_rate=0.5),
        lane("adam", learning_rate=0.1),
        start=(-7.0, 6.0),
        steps=300,
    ),
)
