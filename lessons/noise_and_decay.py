"""B5, E8: with noise on the gradient a constant rate rattles around the minimum; decay settles."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

NOISY = Experiment.on(
    "booth",
    lane("gradient_descent", learning_rate=0.05),
    lane("gradient_descent", "exponential", {"half_life": 100.0}, learning_rate=0.05),
    start=(-8.0, 8.0),
    steps=600,
    noise=20.0,
)

LESSON = Lesson(
    name=Words("Noisy gradients: decay settles", "梯度带噪声：衰减才能安定"),
    about=Words(
        "Every step sees the gradient plus noise, as with mini-batches; the noise is the same for both. At a "
        "constant rate the path keeps rattling around the minimum, however long it runs. A decaying rate averages "
        "the noise out and settles.",
        "就像小批量那样，每一步看到的都是梯度加噪声，两者的噪声完全相同。学习率恒定时，路径始终在最小值周围乱晃，走多"
        "久都一样；学习率衰减，就能把噪声平均掉，安定下来。",
    ),
    rows="B5 E8",
    experiment=NOISY,
    begin=Words("With noise", "有噪声"),
    steps=(
        Step(
            name=Words("Without noise", "无噪声"),
            about=Words(
                "Without noise both arrive, the constant rate first: it was the noise that kept it rattling, and the "
                "size of its steps that let it.",
                "没有噪声时两者都能到达，恒定学习率还更快：让它乱晃的是噪声，容许它乱晃的是步长。",
            ),
            experiment=replace(NOISY, noise=0.0),
        ),
    ),
)
