"""G2: squared error is flat where the answer is most wrong."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Classification with squared error", "分类用平方误差"),
    about=Words(
        "Top left the answer is completely wrong: the loss is almost the largest possible, yet the surface is "
        "flat, ‖∇L‖ is 0.00001, and gradient descent does not move. Adam divides the small gradient by a small σ "
        "and gets away. Then open the same race with cross-entropy.",
        "左上角的答案完全错误，损失几乎最大，曲面却是平的：‖∇L‖ 只有 0.00001，梯度下降一动不动。Adam 用很小的 σ 去"
        "除很小的梯度，走得出来。再打开交叉熵的同一场比较。",
    ),
    rows="G2",
    experiment=Experiment.on(
        "three_logits_squared_error",
        lane("gradient_descent", learning_rate=0.5),
        lane("adam", learning_rate=0.1),
        start=(-7.0, 6.0),
        steps=300,
    ),
)
