"""I4: the gradient of softmax regression as a product of matrices."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.gradients import Gradients

LESSON = Lesson(
    name=Words("Backpropagation in matrices", "矩阵形式的反向传播"),
    about=Words(
        "Six examples, four features and a 1, three classes: Xᵀ is 5 × 6, S − I is 6 × 3, so their product is 5 × 3, "
        "one number for each weight. It is what automatic differentiation says, to rounding.",
        "六个样本、四个特征加一个 1、三个类别：Xᵀ 是 5 × 6，S − I 是 6 × 3，乘积是 5 × 3，每个权重一个数。它与自动微分"
        "只差舍入。",
    ),
    rows="I4",
    net=NetworkExperiment(),
    page="gradients",
    asks=Gradients(part="matrices"),
    begin=Words("Six examples", "六个样本"),
    steps=(
        Step(
            name=Words("Twelve examples", "十二个样本"),
            about=Words(
                "Twice as many examples make Xᵀ wider and S − I higher. The product sums over them: its shape, 5 × 3, "
                "stays.",
                "样本加倍，Xᵀ 变宽，S − I 变高。乘积对样本求和，形状 5 × 3 不变。",
            ),
            asks=Gradients(part="matrices", rows=12),
        ),
    ),
)
