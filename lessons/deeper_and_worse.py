"""H1: fifty-six thin layers train worse than twenty, until each has a way around it."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

DESCENT = lane("gradient_descent", learning_rate=0.02)
SHALLOW, DEEP = DESCENT.with_own("depth", 20), DESCENT.with_own("depth", 56)
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
                "Residual connections and layer normalisation, as many layers, the same rule and rate: now fifty-six "
                "layers learn it, too.",
                "残差连接加层归一化，层数、规则和学习率都不变：现在五十六层也学会了。",
            ),
            net=replace(PLAIN, lanes=(SHALLOW, DEEP, DEEP.with_own("residual", 1).with_own("norm", "layer"))),
        ),
    ),
)
