"""C8: at an inflection the gradient and the Hessian vanish, and it is no minimum."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

PLAIN = lane("gradient_descent", learning_rate=0.02)
CUBIC = Experiment.on(
    "cubic", PLAIN, lane("momentum", learning_rate=0.02, momentum=0.76), start=(1.2,), steps=70,
)  # fmt: skip

LESSON = Lesson(
    name=Words("No slope, no curvature, no minimum", "没有坡度，没有曲率，也不是最小值"),
    about=Words(
        "At 0 the slope and the curvature of x³ are both 0. Gradient descent creeps towards it ever more slowly, as "
        "if it had found a minimum. Momentum rolls past 0, and from there it falls without end: g = 0 alone says "
        "nothing.",
        "在 0 处，x³ 的坡度和曲率都是零。梯度下降越走越慢地靠近它，好像找到了最小值。动量法滚过 0，之后一直往下掉：光"
        "凭 g = 0 说明不了什么。",
    ),
    rows="C8",
    experiment=CUBIC,
    steps=(
        Step(
            name=Words("Less momentum", "减小动量"),
            about=Words(
                "With λ = 0.6 momentum does not get past 0 in these 70 steps: it creeps as well, and looks as "
                "finished as gradient descent.",
                "λ = 0.6 时，动量法在这 70 步里也滚不过 0：同样越走越慢，看上去和梯度下降一样“训练完了”。",
            ),
            experiment=replace(CUBIC, lanes=(PLAIN, lane("momentum", learning_rate=0.02, momentum=0.6))),
        ),
        Step(
            name=Words("Start below 0", "从 0 以下出发"),
            about=Words(
                "From −0.2 both fall, and ever faster; momentum diverges. What held them up on the other side was no "
                "floor.",
                "从 −0.2 出发，两者都越掉越快，动量法还发散了。在另一侧挡住它们的并不是谷底。",
            ),
            experiment=replace(CUBIC, start=(-0.2,)),
        ),
    ),
)
