"""H1: fifty-six thin layers train worse than twenty, until each has a way around it."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

DESCENT = lane("gradient_descent", learning_rate=0.05)
SHALLOW, DEEP = DESCENT.with_own("depth", 20), DESCENT.with_own("depth", 56)
AROUND = DEEP.with_own("residual", 1)
PLAIN = NetworkExperiment.on(
    "spirals", SHALLOW, DEEP, width=6, activation="tanh", scheme="he", steps=2000,
)  # fmt: skip

LESSON = Lesson(
    name=Words("Deeper, and worse on the training set", "更深，训练集上反而更差"),
    about=Words(
        "Twenty layers learn the spirals, fifty-six hardly begin, and it is the training loss that is large. Fifty-six "
        "could do nearly what twenty do. So this is neither overfitting nor too small a model: it is optimisation.",
        "二十层学会了螺旋，五十六层几乎没有开始，而且是训练损失大。五十六层本可以做到二十层差不多能做的事。所以这既不是过拟"
        "合，也不是模型太小，而是优化问题。",
    ),
    rows="H1",
    net=PLAIN,
    page="diagnosis",
    begin=Words("Plain", "普通网络"),
    steps=(
        Step(
            name=Words("A way around", "加上旁路"),
            about=Words(
                "Residual connections with batch normalisation, as many layers, the same rule and rate: now fifty-six "
                "layers learn it, too, to a training loss of 0.0001.",
                "残差连接加批归一化，层数、规则和学习率都不变：现在五十六层也学会了，训练损失 0.0001。",
            ),
            net=replace(PLAIN, lanes=(SHALLOW, DEEP, AROUND.with_own("norm", "batch"))),
        ),
        Step(
            name=Words("The bypass alone", "只加旁路"),
            about=Words(
                "No normalisation: three residual networks that differ in their first weights, as He draws them, half "
                "as large, a tenth. At full size each of the layers adds so much that this rate ends at 0.13; half "
                "the size reaches 0.0001; a tenth has hardly begun after 2000 updates.",
                "不归一化：三个残差网络，只是初始权重不同：按 He 取、一半、十分之一。按原尺寸，每一层都加得太多，"
                "这个学习率只到 0.13；一半达到 0.0001；十分之一，2000 次更新后几乎还没开始。",
            ),
            net=replace(PLAIN, lanes=(AROUND, AROUND.with_own("scale", 0.5), AROUND.with_own("scale", 0.1))),
        ),
    ),
)
