"""A8: what w, b and c do to one sigmoid."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare


def curve(**knobs: float) -> Experiment:
    """A descent on one with these knobs."""
    return Experiment.on(
        "one_sigmoid", lane("gradient_descent", learning_rate=1.0), knobs=knobs, start=(1.0,), steps=60
    )


LESSON = Lesson(
    name=Words("What w, b and c do to one sigmoid", "w、b、c 怎样改变一个 sigmoid"),
    about=Words(
        "One curve, c·σ(b + w·x), and three sliders in the panel. It is steepest in the middle, with the slope c·w/4; "
        "on both sides it is flat: gradient descent slides off and all but stops.",
        "一条曲线 c·σ(b + w·x)，面板里三个滑块。中间最陡，斜率 c·w/4；两侧平坦：梯度下降滑下去后几乎停住。",
    ),
    rows="A8",
    experiment=curve(),
    asks=Compare(chart="slope", tab="moment"),
    begin=Words("w = 1", "w = 1"),
    steps=(
        Step(
            name=Words("w = 4", "w = 4"),
            about=Words(
                "A larger weight makes it steeper: the slope in the middle is now 1, four times as much. Still "
                "larger, and it becomes a step.",
                "权重越大越陡：中间的斜率现在是 1，四倍于前。再大下去就成了台阶。",
            ),
            experiment=curve(w=4.0),
        ),
        Step(
            name=Words("w = −1", "w = −1"),
            about=Words(
                "A negative weight mirrors it: it falls to the right, the slope is negative, and descent goes right.",
                "负的权重把它左右翻转：曲线向右下降，斜率为负，下降往右走。",
            ),
            experiment=curve(w=-1.0),
        ),
        Step(
            name=Words("b = 3", "b = 3"),
            about=Words(
                "The bias shifts it: the middle lies where b + w·x = 0, at x = −b/w = −3.",
                "偏置让它平移：中点在 b + w·x = 0 处，即 x = −b/w = −3。",
            ),
            experiment=curve(b=3.0),
        ),
        Step(
            name=Words("c = −2", "c = −2"),
            about=Words(
                "c is its height: with −2 it falls from 0 to −2. Sums of such pieces make any curve.",
                "c 是高度：取 −2 时，曲线从 0 降到 −2。这样的小段加起来，可以拼出任何曲线。",
            ),
            experiment=curve(c=-2.0),
        ),
    ),
)
