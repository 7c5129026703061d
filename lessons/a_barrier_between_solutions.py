"""A5: two optimizers end in two minima, with a barrier on the straight line between them."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

TWO = NetworkExperiment.on(
    "diabetes",
    lane("gradient_descent", learning_rate=0.2),
    lane("momentum", learning_rate=0.1),
    plane="line",
)

LESSON = Lesson(
    name=Words("A barrier between two solutions", "两个解之间的山脊"),
    about=Words(
        "Both optimizers begin at the same weights and end with a smaller loss, but far apart: halfway along the "
        "straight line between their solutions the network is much worse than at either. The paths are drawn over "
        "that line.",
        "两个优化器从同样的权重出发，最后损失都变小，却相距很远：在连接两个解的直线中间，网络比两端差得多。路径画在这"
        "条直线之上。",
    ),
    rows="A5",
    net=TWO,
    page="networks",
    begin=Words("The straight line", "直线上"),
    steps=(
        Step(
            name=Words("The paths' plane", "路径平面"),
            about=Words(
                "The same paths on the plane in which they move most: they leave the start together and then part. "
                "Neither has crossed the barrier.",
                "同样的路径，画在它们移动最多的平面上：从同一起点出发，随后分开。谁也没有翻过那道山脊。",
            ),
            net=replace(TWO, plane="pca"),
        ),
    ),
)
