"""H2, H7: a network that has learned thirty noisy examples by heart, and each remedy on a lane of its own."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons.base import Lesson, Step
from records import Words

ADAM = network_lane("adam")
FEW = NetworkExperiment.on(
    "two_moons", ADAM, knobs={"size": 400, "noise": 0.3}, depth=2, width=32, steps=400, subset=30, test=0.5,
    validation=0.2, seeds=5,
)  # fmt: skip

LESSON = Lesson(
    name=Words("Overfitting, one remedy each", "过拟合：每种对策各一条"),
    about=Words(
        "Thirty noisy examples, learned by heart: next to no training loss, a test loss far above it.",
        "三十个带噪声的样本被背了下来：训练损失几乎为零，测试损失却高得多。",
    ),
    rows="H2 H7",
    net=FEW,
    page="diagnosis",
    begin=Words("Learned by heart", "死记硬背"),
    steps=(
        Step(
            name=Words("More data", "更多数据"),
            about=Words(
                "All the training examples there are, or four moved copies of the thirty: both lower the test loss. "
                "Real examples do more than copies.",
                "用上全部训练样本，或把三十个样本各复制四份并略微移动：两种办法都降低了测试损失。真样本比复制品更有用。",
            ),
            net=replace(
                FEW, lanes=(ADAM, ADAM.with_own("subset", 0), ADAM.with_own("copies", 4).with_own("jitter", 0.3))
            ),
        ),
        Step(
            name=Words("Constrain the model", "限制模型"),
            about=Words(
                "Two neurons a layer, one feature, an early stop, a penalty, dropout: each ends with a larger training "
                "loss and a smaller test loss. Too much of any is model bias again.",
                "每层两个神经元、只用一个特征、早停、惩罚、丢弃：每一种都让训练损失变大、测试损失变小。任何一种过了头，又成了模"
                "型偏差。",
            ),
            net=replace(
                FEW,
                lanes=(
                    ADAM, ADAM.with_own("width", 2), ADAM.with_own("features", 1), ADAM.with_own("early", 1),
                    ADAM.with_own("decay", 0.01), ADAM.with_own("dropout", 0.3),
                ),
            ),
        ),
    ),
)  # fmt: skip
