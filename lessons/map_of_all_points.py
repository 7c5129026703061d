"""C1: minima, saddles and the level lines that join them."""

from engine.experiment import Experiment, lane
from engine.study import Study
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Every place where the slope is zero", "坡度为零的所有地方"),
    about=Words(
        "This surface has five critical points: three valleys and the two passes between them. The green "
        "level line through a pass crosses itself: on two sides it is downhill, on the other two uphill. "
        "Click a sign, a row, or any other place: the verdict comes from the signs of the eigenvalues. Three "
        "minima minus two saddles make 1: the border's count is met.",
        "这个曲面有五个临界点：三个谷底和它们之间的两个隘口。穿过隘口的绿色等高线与自身相交：两侧是下坡，另两侧是"
        "上坡。点击任一标记、表格行或其他位置，判定由特征值的符号得出。三个极小减两个鞍点等于 1，与边界的计数相符。",
    ),
    rows="C1 C3",
    experiment=Experiment.on(
        "muller_brown", lane("gradient_descent", learning_rate=2e-4), lane("momentum", learning_rate=1e-4)
    ),
    page="critical_points",
    study=Study(point=(-0.822001558732732, 0.6243128028148711)),
)
