"""B2, B7: the table of the notes, in the lab's own numbers."""

from lessons.base import Lesson
from lessons.neither_one_example_nor_all import LESSON as SPIRALS
from records import Words
from settings.batches import Batches

LESSON = Lesson(
    name=Words("Small or large batches", "小批还是大批"),
    about=Words(
        "Batches of 4 against all 280 examples, 100 epochs each. An update on all takes several times as long as one "
        "on 4, but not 70 times, so the large batch’s epochs are shorter. They make 100 updates only, though: its "
        "losses end over ten times as large. The measurements wait for Run.",
        "每批 4 个对全部 280 个样本，各 100 轮。用全部样本的一次更新要慢好几倍，但不到 70 倍，所以大批的每一轮更短。可"
        "是它总共只更新 100 次：最终损失要大十倍以上。按“运行”后才开始测量。",
    ),
    rows="B2 B7",
    net=SPIRALS.net,
    page="batches",
    asks=Batches(topic="table", small="4"),
)
