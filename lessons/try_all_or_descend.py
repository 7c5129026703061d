"""A10: with few weights all can be tried, with many one must descend."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.normalisation import Normalisation

LESSON = Lesson(
    name=Words("Try all, or descend", "全部试一遍，还是下降"),
    about=Words(
        "Two weights, 11 values each: 121 losses find a place with L = 0.089; gradient descent is as low after 6 "
        "steps. With 4 weights it is 14 641 losses, with 12 more than 10¹², and descent still takes fewer than 10 "
        "steps.",
        "两个权重，各试 11 个值：算 121 次损失，找到 L = 0.089 处；梯度下降 6 步就一样低。4 个权重要算 14 641 次，12 "
        "个超过 10¹² 次，而下降仍不到 10 步。",
    ),
    rows="A10",
    net=NetworkExperiment(),
    page="normalisation",
    asks=Normalisation(linear="grid"),
    begin=Words("11 values", "11 个值"),
    steps=(
        Step(
            name=Words("5 values", "5 个值"),
            about=Words(
                "A coarser grid is cheaper, 25 losses, and stays far above the least loss: 0.30 in place of 0.087.",
                "网格粗一些就便宜，只算 25 次，但离最小损失很远：0.30，而最小是 0.087。",
            ),
            asks=Normalisation(linear="grid", per_axis=5),
        ),
    ),
)
