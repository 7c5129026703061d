"""A6: without a penalty the test loss turns around early; with one it does not."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

BARE = NetworkExperiment.on("diabetes", lane("adam", learning_rate=0.01), depth=1, width=32, steps=800)

LESSON = Lesson(
    name=Words("A penalty against overfitting", "用惩罚项对抗过拟合"),
    about=Words(
        "The training loss keeps falling, the test loss turns around early: the network learns the patients by "
        "heart. In the end the test loss is three times what it was at its best.",
        "训练损失一直下降，测试损失却很早就掉头向上：网络把病人背了下来。最后的测试损失是最好时的三倍。",
    ),
    rows="A6",
    net=BARE,
    page="networks",
    begin=Words("No penalty", "无惩罚项"),
    steps=(
        Step(
            name=Words("λ = 0.01", "λ = 0.01"),
            about=Words(
                "With λ Σw² in the objective the training loss ends nine times as high, the test loss at a third: "
                "what was learned holds for other patients as well.",
                "目标里加上 λ Σw²，最后的训练损失是原来的九倍，测试损失却只有三分之一：学到的东西对别的病人也成立。",
            ),
            net=replace(BARE, decay=0.01),
        ),
        Step(
            name=Words("λ = 1", "λ = 1"),
            about=Words(
                "Too much of it: the weights stay so small that neither the training loss nor the test loss gets far.",
                "太多了：权重被压得太小，训练损失和测试损失都降不了多少。",
            ),
            net=replace(BARE, decay=1.0),
        ),
    ),
)
