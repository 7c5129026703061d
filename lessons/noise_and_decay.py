"""B5, E8: with noise on the gradient a constant rate rattles around the minimum; decay settles."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Noisy gradients: decay settles", "梯度带噪声：衰减才能安定"),
    about=Words(
        "Every step sees the gradient plus noise, as with mini-batches; the noise is the same for both. At a "
        "constant rate the path keeps rattling around the minimum, however long it runs. A decaying rate averages "
        "the noise out and settles.",
        "就像小批量那样，每一步看到的都是梯度加噪声，两者的噪声完全相同。学习率恒定时，路径始终在最小值周围乱晃，走"
        "多久都一样；学习率衰减，就能把噪声平均掉，安定下来。",
    ),
    rows="B5 E8",
    experiment=Experiment.on(
        "booth",
        lane("gradient_descent", learning_rate=0.05),
        lane("gradient_descent", "exponential", {"half_life": 100.0}, learning_rate=0.05),
        start=(-8.0, 8.0),
        steps=600,
        noise=20.0,
    ),
)
