"""C1, D1: where does a start lead? With momentum the answer is no longer a few smooth pieces."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("Basins: with momentum the edges fray", "吸引盆：加上动量，边界破碎"),
    about=Words(
        "Each point is a start, its colour the minimum where 300 steps end. Gradient descent has a "
        "few pieces with smooth edges, of box dimension about 1. Momentum with the same η shoots "
        "past: its pieces are torn, the dimension of their edge is about 1.7, and one start in ten "
        "diverges. Click on two neighbours there.",
        "每个点是一个起点，颜色是 300 步后到达的极小点。梯度下降把 Himmelblau 曲"
        "面分成几块，边界光滑，盒维数约为 1。同样 η 的动量法会冲过头：各块被撕碎，此处边界盒"
        "维数约 1.7，约十分之一的起点发散。在破碎处点两个相邻的起点试试。",
    ),
    rows="C1 D1",
    page="maps",
    experiment=Experiment.on(
        "himmelblau",
        lane("gradient_descent", learning_rate=0.01),
        lane("momentum", learning_rate=0.01),
        start=(0.5, 0.5),
        steps=300,
    ),
    asks=Maps(),
    steps=(
        Step(
            name=Words("Smaller steps", "步子小些"),
            about=Words(
                "With a third of the rate momentum has fewer torn places, and no start is lost.",
                "学习率降到三分之一，破碎处变少，也没有起点发散。",
            ),
            experiment=Experiment.on(
                "himmelblau",
                lane("gradient_descent", learning_rate=0.003),
                lane("momentum", learning_rate=0.003),
                start=(0.5, 0.5),
                steps=300,
            ),
        ),
        Step(
            name=Words("The torn edge", "破碎的边界"),
            about=Words(
                "Closer to the edge there is as much detail as before: zoom on with the wheel.",
                "靠近边界细节一样多：用滚轮继续放大。",
            ),
            asks=Maps(zoom=(3.5, 5.5, 2.5, 4.5), whose=2),
        ),
    ),
)
