"""G1, G2: squared error and cross-entropy side by side from one start."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Same start, two losses", "同一起点，两种损失"),
    about=Words(
        "Same start, same optimizers, same η. With squared error gradient descent stays where it is: the loss is "
        "almost the largest possible, but ‖∇L‖ is 0.000013. With cross-entropy ‖∇L‖ is 1.4 there, and it arrives. "
        "Click nearer to the diagonal and squared error learns, too.",
        "起点、优化器和 η 都相同。用平方误差时，梯度下降一动不动：损失几乎最大，‖∇L‖ 却只有 0.000013。用交叉熵时，"
        "同一处的 ‖∇L‖ 是 1.4，一路降到底。把起点点到对角线附近，平方误差也学得动。",
    ),
    rows="G1 G2",
    experiment=Experiment.on(
        "three_logits_squared_error",
        lane("gradient_descent", learning_rate=0.5),
        lane("adam", learning_rate=0.1),
        start=(-7.0, 6.0),
        steps=300,
    ),
    page="classification",
)
