"""G1, G2: squared error and cross-entropy side by side from one start."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.classification import Classification

WRONG = Experiment.on(
    "three_logits_squared_error",
    lane("gradient_descent", learning_rate=0.5),
    lane("adam", learning_rate=0.1),
    start=(-7.0, 6.0),
    steps=300,
)

LESSON = Lesson(
    name=Words("Same start, two losses", "同一起点，两种损失"),
    about=Words(
        "Same start, same optimizers, same η. With squared error gradient descent stays where it is: the loss is "
        "almost the largest possible, but ‖∇L‖ is 0.000013. With cross-entropy ‖∇L‖ is 1.4 there, and the loss falls "
        "to nearly 0.",
        "起点、优化器和 η 都相同。用平方误差时，梯度下降一动不动：损失几乎最大，‖∇L‖ 却只有 0.000013。用交叉熵时，同"
        "一处的 ‖∇L‖ 是 1.4，损失降到接近 0。",
    ),
    rows="G1 G2",
    experiment=WRONG,
    page="classification",
    asks=Classification(heights="linear"),
    steps=(
        Step(
            name=Words("Less wrong", "错得轻一些"),
            about=Words(
                "Nearer to the diagonal the answer is less surely wrong: ‖∇L‖ of the squared error is 0.52, and it "
                "learns, too.",
                "离对角线近一些，答案错得不那么笃定：平方误差的 ‖∇L‖ 是 0.52，它也学得动。",
            ),
            experiment=replace(WRONG, start=(-2.0, 0.0)),
        ),
    ),
)
