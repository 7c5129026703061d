"""C1: minima, saddles and the level lines that join them."""

from engine.surfaces.experiment import Experiment, lane
from engine.surfaces.study import Study
from lessons.base import Lesson, Step
from records import Words

LESSON = Lesson(
    name=Words("Every place where the slope is zero", "坡度为零的所有地方"),
    about=Words(
        "This surface has five critical points: three valleys and the two passes between them. The level line "
        "through a pass crosses itself: on two sides it is downhill, on the other two uphill. Three minima minus two "
        "saddles make 1: the border's count is met.",
        "这个曲面有五个临界点：三个谷底和它们之间的两个隘口。穿过隘口的等高线与自身相交：两侧是下坡，另两侧是上坡。三"
        "个极小减两个鞍点等于 1，与边界的计数相符。",
    ),
    rows="C1 C3",
    experiment=Experiment.on(
        "muller_brown", lane("gradient_descent", learning_rate=2e-4), lane("momentum", learning_rate=1e-4)
    ),
    page="critical_points",
    study=Study(point=(-0.822001558732732, 0.6243128028148711)),
    begin=Words("A pass", "一个隘口"),
    steps=(
        Step(
            name=Words("The other pass", "另一个隘口"),
            about=Words(
                "The lower of the two passes, at L = −72. Again one eigenvalue is negative and one positive: along "
                "the eigenvector of the negative one the surface falls on both sides, along the other it rises.",
                "两个隘口中较低的一个，L = −72。这里的特征值同样一负一正：沿负特征值的特征向量，曲面向两侧下降；沿另"
                "一个则上升。",
            ),
            study=Study(point=(0.21248658200066203, 0.2929883251073678)),
        ),
        Step(
            name=Words("The deepest valley", "最深的谷"),
            about=Words(
                "Both eigenvalues are positive: a minimum, the deepest of the three. One is ten times the other: the "
                "valley is that much more curved across than along.",
                "两个特征值都是正的：极小值点，三个中最深的。一个是另一个的十倍：横跨山谷的曲率比沿着山谷大这么多。",
            ),
            study=Study(point=(-0.5582236346330242, 1.4417258418046688)),
        ),
    ),
)
