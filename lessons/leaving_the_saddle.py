"""C4, D3: momentum leaves the toy network's saddle first."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Leaving the saddle at the origin", "离开原点的鞍点"),
    about=Words(
        "All start a hair beside the line that leads into the saddle. The gradient nearly vanishes there, and the loss "
        "looks finished; momentum gathers speed along the way out and leaves first.",
        "所有优化器都从通往鞍点的直线旁边出发。那里的梯度几乎为零，损失看似已不再下降；动量沿出路不断加速，最先离开。",
    ),
    rows="C4 C5 D3",
    experiment=Experiment.on(
        "toy_network",
        lane("gradient_descent", learning_rate=0.02),
        lane("momentum", learning_rate=0.02),
        lane("adam", learning_rate=0.02),
        start=(-1.0, 1.01),
        steps=600,
    ),
)
