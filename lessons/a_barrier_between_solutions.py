"""A5: two optimizers end in two minima, with a barrier on the straight line between them."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("A barrier between two solutions", "两个解之间的山脊"),
    about=Words(
        "Both optimizers begin at the same weights and end with a small loss, but far apart: halfway along the "
        "straight line between their solutions the network is much worse than at either. The paths are drawn over "
        "that line; choose the plane of the paths to see how they went around.",
        "两个优化器从同样的权重出发，最后损失都很小，却相距很远：在连接两个解的直线中间，网络比两端差得多。路径画在这"
        "条直线之上；选择“路径平面”可以看到它们是怎么绕过去的。",
    ),
    rows="A5",
    net=NetworkExperiment.on(
        "diabetes",
        lane("gradient_descent", learning_rate=0.2),
        lane("momentum", learning_rate=0.1),
        plane="line",
    ),
    page="networks",
)
