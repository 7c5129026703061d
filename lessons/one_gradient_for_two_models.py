"""G12: linear and logistic regression step along −Σ (ŷ − f) x; only f differs."""

from lessons.base import Lesson, Step
from records import Words
from settings.generative import Generative

LESSON = Lesson(
    name=Words("One gradient for two models", "两个模型，同一个梯度"),
    about=Words(
        "The same five examples, the same first w and b, three steps each. Both tables show −Σ (ŷ − f)(x, 1) "
        "beside the "
        "derivative of the loss: equal to the last digit, for the line and for the sigmoid.",
        "同样五个样本，同样的初始 w 和 b，各走三步。两张表都列出 −Σ (ŷ − f)(x, 1) 和损失的导数："
        "无论直线还是 sigmoid，每一位数字都相等。",
    ),
    rows="G12",
    page="generative",
    asks=Generative(idea="gradient"),
    steps=(
        Step(
            name=Words("Too large a step", "步子太大"),
            about=Words(
                "η = 0.3: the line's loss rises from step to step, for its f grows without bound. The "
                "sigmoid's f stays "
                "between 0 and 1, and so does every ŷ − f in size.",
                "η = 0.3：直线的损失一步步上升，因为它的 f 没有界。sigmoid 的 f 在 0 和 1 之间，每个 ŷ − f "
                "的大小也是。",
            ),
            asks=Generative(idea="gradient", stride=0.3),
        ),
        Step(
            name=Words("A far example", "远处的样本"),
            about=Words(
                "One example of class 1 at x = 3: right already, yet the line's ŷ − f pulls at it as soon as f "
                "exceeds 1. "
                "Drag it, and watch both sums.",
                "类别 1 的一个样本在 x = 3：本来就对，可是 f 一超过 1，直线的 ŷ − f 就会拉它。拖动它，"
                "看两个和如何变化。",
            ),
            asks=Generative(idea="gradient", ex5=(3.0, 1.0), first_w=1.0),
        ),
    ),
)
