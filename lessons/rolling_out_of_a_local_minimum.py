"""A2, D3: enough momentum rolls over the bump between a local and the global minimum."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

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
    experiment=Experiment.on(
        "tilted_double_well",
        lane("gradient_descent", learning_rate=0.02),
        lane("momentum", learning_rate=0.02, momentum=0.9),
        lane("momentum", learning_rate=0.02, momentum=0.8),
        start=(1.7,),
        steps=200,
    ),
)
