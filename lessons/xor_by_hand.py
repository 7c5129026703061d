"""G13: XOR by features made by hand, then by features that are learned."""

from lessons.base import Lesson, Step
from lessons.same_start_two_losses import WRONG
from records import Words
from settings.classification import Classification

LESSON = Lesson(
    name=Words("XOR by hand, then learned", "异或：先手工，再学习"),
    about=Words(
        "In the plane no line does better than chance. Take the distances to (0, 0) and to (1, 1) instead: now a line "
        "gets all examples right; seen from the plane it is a closed curve. Two hidden neurons find features of their "
        "own.",
        "在平面里，任何直线都不比猜好。换成到 (0, 0) 与 (1, 1) 的两个距离，一条直线就全对；回到平面，它是一条闭曲线。两"
        "个隐藏神经元则自己找出特征。",
    ),
    rows="G13",
    experiment=WRONG,
    page="classification",
    asks=Classification(why="xor", top="why"),
    begin=Words("Little noise", "小噪声"),
    steps=(
        Step(
            name=Words("More noise", "大噪声"),
            about=Words(
                "Noise of 0.2: the distances get about three in four right, for where the examples of one corner reach "
                "the others’ side. Features made by hand are as good as the idea behind them.",
                "噪声 0.2：距离特征只对约四分之三，因为有些角上的样本伸到了另一边。手工特征有多好，取决于背后的想法。",
            ),
            asks=Classification(why="xor", top="why", xor_noise=0.2),
        ),
    ),
)
