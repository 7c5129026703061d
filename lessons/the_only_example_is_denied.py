"""G11: naive Bayes says class 2 of features that only class 1 has shown."""

from lessons.base import Lesson, Step
from records import Words
from settings.generative import Generative

LESSON = Lesson(
    name=Words("The only example is denied", "唯一的样本被否认"),
    about=Words(
        "Of 13 examples one has both features, and it is of class 1. Naive Bayes says P(C₁ | (1, 1)) = 3/7 < "
        "½: it takes "
        "the features of class 2 to be independent, and expects examples that it has never seen.",
        "13 个样本中只有一个两个特征都是 1，它属于类别 1。朴素贝叶斯却说 P(C₁ | (1, 1)) = 3/7 < ½："
        "它认为类别 2 的特征相互独立，于是期待从未见过的样本。",
    ),
    rows="G11",
    page="generative",
    asks=Generative(idea="tally"),
    steps=(
        Step(
            name=Words("Two of them", "两个"),
            about=Words(
                "A second example (1, 1) of class 1: the prior doubles, P(C₁ | (1, 1)) = 3/5, and the answer turns.",
                "再来一个类别 1 的 (1, 1)：先验加倍，P(C₁ | (1, 1)) = 3/5，回答随之反转。",
            ),
            asks=Generative(idea="tally", ones=2),
        ),
        Step(
            name=Words("Many more", "多得多"),
            about=Words(
                "Ten times as many of class 2, still none with both features: 3/43. The more it sees, the "
                "surer it is of "
                "what it imagines.",
                "类别 2 的样本多十倍，仍然没有一个两个特征都是 1：3/43。看得越多，对想象的东西越有把握。",
            ),
            asks=Generative(idea="tally", first_only=40, second_only=40, neither=40),
        ),
    ),
)
