"""B5: the gradients on batches are a cloud around the full one."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.batches import Batches

LESSON = Lesson(
    name=Words("A batch’s gradient is a noisy sample", "批梯度是带噪声的样本"),
    about=Words(
        "At the first weights the gradient of one example is about 3.8 times ‖g‖ away from the full gradient g, and "
        "about one in three leads uphill; of batches of 8 it is one in eight. Yet each cloud’s mean is g, to "
        "rounding. The spread follows 1/√b, and is 0 once all examples are in.",
        "在初始权重处，单个样本的梯度离全梯度 g 约有 ‖g‖ 的 3.8 倍，三个里约有一个指向上坡；批大小为 8 时是八个里一个。"
        "但每团点云的平均就是 g（只差舍入）。离散程度按 1/√b 缩小，用上全部样本就是 0。",
    ),
    rows="B5",
    net=NetworkExperiment.on("spirals", lane("gradient_descent", learning_rate=0.2)),
    page="batches",
    begin=Words("First weights", "初始权重"),
    steps=(
        Step(
            name=Words("Last weights", "最终权重"),
            about=Words(
                "At the end of the path of the full batch g is a tenth as long, the noise is not: the gradient of "
                "one example is about 140 times ‖g‖ away, that of 8 about 48 times.",
                "在全批路径的终点，g 只剩十分之一长，噪声却没有变小：单个样本的梯度离 g 约有 ‖g‖ 的 140 倍，批大小为 "
                "8 时约 48 倍。",
            ),
            asks=Batches(moment=100),
        ),
    ),
)
