"""C4, C5, D3: momentum leaves the toy network's saddle first."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

BESIDE = Experiment.on(
    "toy_network",
    lane("gradient_descent", learning_rate=0.02),
    lane("momentum", learning_rate=0.02),
    lane("rmsprop", learning_rate=0.02, decay=0.95),
    start=(-1.0, 1.001),
    steps=250,
)

LESSON = Lesson(
    name=Words("Leaving the saddle at the origin", "离开原点的鞍点"),
    about=Words(
        "All start a hair beside the line that leads into the saddle. Near the origin the gradient almost vanishes "
        "and the loss looks finished at 1. Momentum gathers speed along the way out and leaves first, RMSProp, which "
        "divides by small gradients, next, gradient descent last.",
        "所有优化器都从通往鞍点的直线旁边一丁点的地方出发。在原点附近梯度几乎为零，损失停在 1，看似训练已经结束。动量"
        "法沿出路越滚越快，最先离开；RMSProp 除以很小的梯度，第二个离开；梯度下降最慢。",
    ),
    rows="C4 C5 D3",
    experiment=BESIDE,
    steps=(
        Step(
            name=Words("On the line", "正好在线上"),
            about=Words(
                "Exactly on the line every gradient leads straight into the saddle, and all three end there, at a "
                "loss of 1: a thousandth made all the difference.",
                "正好在这条直线上，每一步的梯度都笔直通向鞍点，三者都停在那里，损失为 1：差别只在千分之一。",
            ),
            experiment=replace(BESIDE, start=(-1.0, 1.0)),
        ),
        Step(
            name=Words("Farther beside", "离线远一些"),
            about=Words(
                "A tenth beside the line nobody stays for long: even gradient descent is done after half as many "
                "steps.",
                "离直线十分之一，谁也停留不久：连梯度下降也只要一半的步数。",
            ),
            experiment=replace(BESIDE, start=(-1.0, 1.1)),
        ),
    ),
)
