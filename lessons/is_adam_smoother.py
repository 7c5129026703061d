"""E6: under the same noise Adam's path turns less from step to step; that does not bring it lower."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.fair import Fair

LESSON = Lesson(
    name=Words("Is Adam smoother?", "Adam 更平滑吗？"),
    page="fair",
    about=Words(
        "The gradient is noisy, and every rule sees the same noise from the same starts. Adam's paths turn about 67° "
        "less from one step to the next than those of gradient descent: smoother, decided. Lower at the end? Between "
        "the two that is not decided.",
        "梯度带噪声，每种规则从相同的起点看到相同的噪声。Adam 的路径每步之间比梯度下降少转约 67°：更平滑，已分胜负。"
        "终点更低吗？两者之间未分胜负。",
    ),
    rows="E6",
    experiment=Experiment.on(
        "narrow_valley",
        lane("gradient_descent", learning_rate=1.0),
        lane("momentum", learning_rate=0.5),
        lane("adam", learning_rate=0.2),
        steps=300,
        noise=1.0,
    ),
    asks=Fair(),
)
