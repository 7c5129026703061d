"""E1: the loss stays flat because the path bounces between two walls, not because the gradient is small."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

BOUNCING = lane("gradient_descent", learning_rate=0.03)
STUCK = Experiment.on(
    "himmelblau",
    lane("gradient_descent", "step_decay", {"every": 200, "factor": 0.1}, learning_rate=0.03),
    BOUNCING,
    start=(-0.5, -0.5),
    steps=400,
)

LESSON = Lesson(
    name=Words("Stuck, and the gradient is not small", "卡住了，梯度却不小"),
    about=Words(
        "The loss has stopped falling, while the gradient norm is larger than at the start. This is no critical "
        "point: the steps jump from wall to wall. A tenth of the rate from step 200 on, and the loss falls at once.",
        "损失早就不降了，梯度的大小却比起点处还大。这里不是临界点，只是每一步都从一边的谷壁跳到另一边。从第 200 步起"
        "把学习率降到十分之一，损失立刻降下来。",
    ),
    rows="E1",
    experiment=STUCK,
    steps=(
        Step(
            name=Words("Small from the start", "从头就用小的"),
            about=Words(
                "With a tenth of the rate from the first step on, gradient descent never bounces, and is there after "
                "55 steps.",
                "从第一步起就用十分之一的学习率，梯度下降从不弹跳，55 步就到了。",
            ),
            experiment=replace(STUCK, lanes=(lane("gradient_descent", learning_rate=0.003), BOUNCING)),
        ),
    ),
)
