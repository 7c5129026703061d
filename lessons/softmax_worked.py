"""G14: softmax of (3, 1, −3), number by number."""

from lessons.base import Lesson, Step
from lessons.same_start_two_losses import WRONG
from records import Words
from settings.classification import Classification

LESSON = Lesson(
    name=Words("Softmax worked", "算一遍 softmax"),
    about=Words(
        "Logits 3, 1, −3 become e³ = 20.1, e¹ = 2.72, e⁻³ = 0.0498, and, divided by their sum, 0.879, 0.119 and "
        "0.00218. A gap of 2 is a factor of 7.4: gaps widen.",
        "logit 3、1、−3 变成 e³ = 20.1、e¹ = 2.72、e⁻³ = 0.0498，除以总和得 0.879、0.119、0.00218。相差 2 就是 7.4 倍："
        "差距拉大了。",
    ),
    rows="G14",
    experiment=WRONG,
    page="classification",
    asks=Classification(why="softmax", top="why"),
    begin=Words("(3, 1, −3)", "(3, 1, −3)"),
    steps=(
        Step(
            name=Words("All moved by 5", "都加 5"),
            about=Words(
                "(8, 6, 2): every power is e⁵ = 148 times as large, and the probabilities are the same. Only "
                "differences count.",
                "(8, 6, 2)：每个指数都大 e⁵ = 148 倍，概率却不变。起作用的只有差。",
            ),
            asks=Classification(why="softmax", top="why", s1=8.0, s2=6.0, s3=2.0),
        ),
        Step(
            name=Words("All equal", "都相等"),
            about=Words("(1, 1, 1): a third each.", "(1, 1, 1)：各占三分之一。"),
            asks=Classification(why="softmax", top="why", s1=1.0, s2=1.0, s3=1.0),
        ),
    ),
)
