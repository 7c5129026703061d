"""E1: the loss stays flat because the path bounces between two walls, not because the gradient is small."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Stuck, and the gradient is not small", "卡住了，梯度却不小"),
    about=Words(
        "Look at loss and ‖∇L‖ together: the loss has stopped falling, while the gradient norm is larger than at "
        "the start. This is no critical point; the steps jump from wall to wall. A tenth of the rate from step 200 "
        "on, and the loss falls at once.",
        "把损失和 ‖∇L‖ 对照着看：损失早就不降了，梯度的大小却比起点处还大。这里不是临界点，只是每一步都从一边的谷壁"
        "跳到另一边。从第 200 步起把学习率降到十分之一，损失立刻降下来。",
    ),
    rows="E1",
    experiment=Experiment.on(
        "himmelblau",
        lane("gradient_descent", "step_decay", {"every": 200, "factor": 0.1}, learning_rate=0.03),
        lane("gradient_descent", learning_rate=0.03),
        start=(-0.5, -0.5),
        steps=400,
    ),
)
