"""A9: a linear model of δ features answers case by case."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.normalisation import Normalisation

LESSON = Lesson(
    name=Words("If-conditions are linear", "分情况也是线性"),
    about=Words(
        "Three kinds of examples, each on a line of its own; one line for all is wrong by 4.5 on average (squared), "
        "5.3 on the test examples. The model is too simple.",
        "三种样本，各在自己的直线上；只用一条直线，均方误差是 4.5，测试样本上 5.3。模型太简单了。",
    ),
    rows="A9",
    net=NetworkExperiment(),
    page="normalisation",
    asks=Normalisation(linear="cases", cases="one"),
    begin=Words("One line", "一条直线"),
    steps=(
        Step(
            name=Words("b for each kind", "各有 b"),
            about=Words(
                "Features δ₁, δ₂, δ₃ that say which kind it is, and x: parallel lines, 0.89 and 0.90.",
                "用特征 δ₁、δ₂、δ₃ 说明是哪一种，再加 x：几条平行线，误差 0.89 与 0.90。",
            ),
            asks=Normalisation(linear="cases", cases="own_b"),
        ),
        Step(
            name=Words("b and w for each", "各有 b 与 w"),
            about=Words(
                "And δ₁x, δ₂x, δ₃x: each kind gets its own line, 0.24 and 0.23, about the noise’s variance of 0.25. "
                "It is still one sum of features times weights.",
                "再加 δ₁x、δ₂x、δ₃x：每种各有直线，误差 0.24 与 0.23，约等于噪声方差 0.25。它仍然只是特征乘权重之和。",
            ),
            asks=Normalisation(linear="cases", cases="own"),
        ),
    ),
)
