"""C3, C8: H = 0, and yet three ways lead down."""

from engine.surfaces.experiment import Experiment, lane
from engine.surfaces.study import Study
from lessons.base import Lesson, Step
from records import Words


def pushed(draw: int) -> Study:
    """Away from the origin, in a random direction."""
    return Study(point=(0.0, 0.0), reach=0.2, leave=("random",), draw=draw)


LESSON = Lesson(
    name=Words("H = 0, and yet there are ways down", "H = 0，却仍有下山的路"),
    about=Words(
        "At the monkey saddle both eigenvalues are 0: the Hessian knows no way out and cannot tell a minimum from a "
        "saddle. Yet three valleys lead down from here. A push in a random direction finds one of them.",
        "在猴鞍点，两个特征值都是 0：Hessian 不知道出路，也分不清这是极小还是鞍点。然而有三条谷从这里通向低处。随机推"
        "一下就会滑进其中一条。",
    ),
    rows="C3 C8",
    experiment=Experiment.on(
        "monkey_saddle", lane("gradient_descent", learning_rate=0.02), lane("adam", learning_rate=0.02), steps=60
    ),
    page="critical_points",
    study=pushed(1),
    begin=Words("One push", "推一下"),
    steps=(
        Step(
            name=Words("Another", "再推一下"),
            about=Words(
                "Another random direction, another valley: this one leads to the left.",
                "换一个随机方向，进了另一条谷：这条通向左边。",
            ),
            study=pushed(4),
        ),
        Step(
            name=Words("A third", "第三下"),
            about=Words(
                "And the third valley, to the lower right. Nothing in H = 0 has foretold any of the three.",
                "还有第三条谷，通向右下方。H = 0 没有预示这三条中的任何一条。",
            ),
            study=pushed(0),
        ),
    ),
)
