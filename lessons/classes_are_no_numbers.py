"""G9: classes as the numbers 1, 2, 3 pretend an order; one-hot targets do not."""

from lessons.base import Lesson, Step
from records import Words
from settings.generative import Generative

LESSON = Lesson(
    name=Words("Classes are no numbers", "类别不是数"),
    about=Words(
        "Regression on the numbers 1, 2, 3 has parallel boundaries: class 2 must lie between 1 and 3. Here "
        "class 3 lies "
        "off: 19 of 120 are wrong as numbers, none as one-hot. Drag the clouds.",
        "对编号 1、2、3 做回归，边界是平行的：类别 2 必须夹在 1 和 3 之间。这里类别 3 在一旁："
        "120 个样本中编号错 19 个，one-hot 错 0 个。拖动点云试试。",
    ),
    rows="G9",
    page="generative",
    asks=Generative(idea="numbering"),
    steps=(
        Step(
            name=Words("In a row", "排成一行"),
            about=Words(
                "1, 2, 3 in a row: the order is true, and numbers do nearly as well, 11 wrong against 10.",
                "1、2、3 排成一行：顺序成立，编号几乎一样好，错 11 个对 10 个。",
            ),
            asks=Generative(idea="numbering", cloud1=(-2.0, 0.0), cloud2=(0.0, 0.0), cloud3=(2.0, 0.0)),
        ),
        Step(
            name=Words("Another order", "换个顺序"),
            about=Words(
                "The same three clouds, but class 3 stands in the middle: the numbers cannot say so, 76 of 120 "
                "are wrong.",
                "同样三团点，但中间是类别 3：编号说不出这件事，120 个错 76 个。",
            ),
            asks=Generative(idea="numbering", cloud1=(-2.0, 0.0), cloud2=(2.0, 0.0), cloud3=(0.0, 0.0)),
        ),
    ),
)
