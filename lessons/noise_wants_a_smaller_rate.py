"""E2: the noisier the gradient, the smaller the best constant learning rate."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("Noise wants a smaller η", "噪声越大，η 越小"),
    about=Words(
        "A bowl of condition number 10, 300 steps: across η, up the noise of the gradient; the colour is the final "
        "loss. In each row the darkest cell is the best η. It lies at 0.17 without much noise and at 0.02 with a "
        "noise of 10. All cells share one sequence of noise.",
        "条件数 10 的碗，300 步：横轴 η，纵轴梯度噪声，颜色是最终损失。每一行最深的格是最优 η：噪声很小时在 0.17，"
        "噪声为 10 时在 0.02。所有格子用同一串噪声。",
    ),
    rows="E2",
    page="maps",
    experiment=Experiment.on(
        "narrow_valley",
        lane("gradient_descent", learning_rate=0.1),
        knobs={"condition": 10.0},
        start=(-9.0, 1.0),
        steps=300,
        noise=1.0,
    ),
    asks=Maps(across="rule.learning_rate", up="noise", measure="loss", zoom=(0.01, 2.5, 0.0, 10.0)),
)
