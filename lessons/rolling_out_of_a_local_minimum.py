"""A2, D3: enough momentum rolls over the bump between a local and the global minimum."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

PLAIN = lane("gradient_descent", learning_rate=0.02)
ROLLING = lane("momentum", learning_rate=0.02, momentum=0.9)
BUMP = Experiment.on(
    "tilted_double_well",
    PLAIN,
    ROLLING,
    lane("momentum", learning_rate=0.02, momentum=0.8),
    start=(1.7,),
    steps=200,
)

LESSON = Lesson(
    name=Words("Rolling out of a local minimum", "冲出局部最小值"),
    about=Words(
        "From the right, gradient descent stops in the nearer well, a local minimum. Momentum with λ = 0.9 climbs "
        "over the bump, against the gradient, and finds the deeper well; with λ = 0.8 it climbs too, but not high "
        "enough, and rolls back.",
        "从右边出发，梯度下降停在较近的局部最小值。λ = 0.9 的动量法逆着梯度翻过小丘，落进更深的阱；λ = 0.8 也往上冲，"
        "但不够高，又滚了回来。",
    ),
    rows="A2 D3",
    experiment=BUMP,
    steps=(
        Step(
            name=Words("Start higher", "从更高处出发"),
            about=Words(
                "From higher up λ = 0.8 gets across as well. Gradient descent does not: how far it has fallen leaves "
                "no trace in its next step.",
                "从更高处出发，λ = 0.8 也能翻过去。梯度下降不行：落下多高，对它的下一步毫无影响。",
            ),
            experiment=replace(BUMP, start=(1.9,)),
        ),
        Step(
            name=Words("λ = 0.82", "λ = 0.82"),
            about=Words(
                "A little more memory is enough, too: with λ = 0.82 instead of 0.8 the third path gets across.",
                "多一点点记忆也够了：λ 从 0.8 改为 0.82，第三条路径就能翻过去。",
            ),
            experiment=replace(BUMP, lanes=(PLAIN, ROLLING, lane("momentum", learning_rate=0.02, momentum=0.82))),
        ),
    ),
)
