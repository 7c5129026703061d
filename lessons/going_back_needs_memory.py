"""I5: memory against time on the way back."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.gradients import Gradients

LESSON = Lesson(
    name=Words("Going back needs memory", "反向传播要内存"),
    about=Words(
        "64 layers, 250 examples: what backpropagation keeps is 24.7 MB and grows with the depth. Keeping only what "
        "every eighth layer is given takes 4.4 MB at most; the rest is computed again, one product with W more for "
        "every three. The button measures it here.",
        "64 层、250 个样本：反向传播要保存 24.7 MB，随层数增长。每 8 层只存一次输入，最多 4.4 MB；其余重算，每三次与 W"
        " 的乘法多做一次。点按钮可在本机实测。",
    ),
    rows="I5",
    net=NetworkExperiment(),
    page="gradients",
    asks=Gradients(part="memory"),
    begin=Words("64 layers", "64 层"),
    steps=(
        Step(
            name=Words("16 layers", "16 层"),
            about=Words(
                "A quarter of the layers: 6.3 MB and 2.3 MB. The saving grows with the depth, for √d grows more slowly "
                "than d.",
                "层数只有四分之一：6.3 MB 与 2.3 MB。层数越多省得越多，因为 √d 比 d 长得慢。",
            ),
            asks=Gradients(part="memory", memory_depth="16"),
        ),
    ),
)
