"""B5: the gradients on batches are a cloud around the full one."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("A batch’s gradient is a noisy sample", "批梯度是带噪声的样本"),
    about=Words(
        "At the first weights the gradient of one example is about 3.8 times ‖g‖ away from the full gradient g, and "
        "one in three leads uphill; of batches of 8 it is one in eight. Yet each cloud’s mean is g, to rounding. "
        "The spread follows 1/√b, and is 0 once all examples are in.",
        "在初始权重处，单个样本的梯度离全梯度 g 约有 ‖g‖ 的 3.8 倍，三个里就有一个指向上坡；批大小为 8 时是八个里一个。"
        "但每团点云的平均就是 g（只差舍入）。离散程度按 1/√b 缩小，用上全部样本就是 0。",
    ),
    rows="B5",
    net=NetworkExperiment.on("spirals", lane("gradient_descent", learning_rate=0.2)),
    page="batches",
)
