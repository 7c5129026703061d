"""C8: at an inflection the gradient and the Hessian vanish, and it is no minimum."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("No slope, no curvature, no minimum", "没有坡度，没有曲率，也不是最小值"),
    about=Words(
        "At 0 the slope and the curvature of x³ are both 0. Gradient descent creeps towards it ever more slowly, "
        "as if it had found a minimum. Momentum rolls past 0, and from there it falls without end: g = 0 alone "
        "says nothing.",
        "在 0 处，x³ 的坡度和曲率都是零。梯度下降越走越慢地靠近它，好像找到了最小值。动量法滚过 0，之后一直往下掉："
        "光凭 g = 0 说明不了什么。",
    ),
    rows="C8",
    experiment=Experiment.on(
        "cubic",
        lane("gradient_descent", learning_rate=0.02),
        lane("momentum", learning_rate=0.02, momentum=0.76),
        start=(1.2,),
        steps=70,
    ),
)
