"""A2: the sign of the slope says which way; two starts end in two minima."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

RIGHT = Experiment.on(
    "tilted_double_well", lane("gradient_descent", learning_rate=0.02), start=(1.7,), steps=100
)  # fmt: skip

LESSON = Lesson(
    name=Words("The slope’s sign says which way", "斜率的符号决定方向"),
    about=Words(
        "The tangent shows the slope at the clock. Here it is positive, L′ = 13.3: −η·L′ leads to the left. The slope "
        "shrinks, the steps with it, and the path ends at x = 0.95, in a local minimum.",
        "切线给出时钟处的斜率。这里它为正，L′ = 13.3：−η·L′ 指向左边。斜率变小，步子也变小，路径停在 x = 0.95 的局部极"
        "小值。",
    ),
    rows="A2",
    experiment=RIGHT,
    asks=Compare(chart="slope", tab="moment"),
    begin=Words("From the right", "从右边"),
    steps=(
        Step(
            name=Words("From the left", "从左边"),
            about=Words(
                "Now the slope is negative, L′ = −19.4, and the way down leads to the right: the same rule ends in "
                "the global minimum, at x = −1.05.",
                "现在斜率为负，L′ = −19.4，下坡指向右边：同样的规则停在全局最小值 x = −1.05。",
            ),
            experiment=replace(RIGHT, start=(-1.9,)),
        ),
        Step(
            name=Words("Both", "两个一起"),
            about=Words(
                "The same rule from both places at once: two slopes of opposite sign, two directions, two minima, and "
                "only one of them is the lowest.",
                "同一个规则同时从两处出发：两个斜率符号相反，方向相反，停在两个极小值，只有一个是最低的。",
            ),
            experiment=replace(RIGHT, lanes=(*RIGHT.lanes, RIGHT.lanes[0].with_own("start", (-1.9,)))),
        ),
        Step(
            name=Words("Left of the top", "坡顶左侧"),
            about=Words(
                "The top of the bump is at x = 0.1. At 0.05 the slope is 0.2: the path goes left, into the deeper "
                "well.",
                "小丘的顶在 x = 0.1。在 0.05 处斜率是 0.2：路径往左走，进入更深的阱。",
            ),
            experiment=replace(RIGHT, start=(0.05,)),
        ),
        Step(
            name=Words("Right of the top", "坡顶右侧"),
            about=Words(
                "At 0.15 it is −0.19: a tenth farther to the right, and the path ends in the other minimum. The start "
                "decides.",
                "在 0.15 处斜率是 −0.19：往右挪十分之一，路径就停在另一个极小值。起点决定结果。",
            ),
            experiment=replace(RIGHT, start=(0.15,)),
        ),
    ),
)
