"""B2: an update with more examples takes hardly longer, so an epoch takes less, until the machine is full."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.batches import Batches

LESSON = Lesson(
    name=Words("What a batch costs in time", "一批要花多少时间"),
    about=Words(
        "Measured on this very server, on 1797 digits, while you wait. As long as the processor is not full, an "
        "update with twice the examples takes less than twice as long: an epoch gets cheaper, as it has fewer "
        "updates. Once it is full, an epoch costs the same, however it is divided.",
        "就在这台服务器上，用 1797 个数字图像当场测量。处理器未占满时，样本加倍，一次更新的用时增加不到一倍：一轮的更"
        "新次数少了，也就更省时间。占满之后，无论怎样分批，一轮的用时都差不多。",
    ),
    rows="B2",
    net=NetworkExperiment.on("two_moons", lane("gradient_descent", learning_rate=0.2)),
    page="batches",
    asks=Batches(topic="time"),
    begin=Words("32 wide", "宽 32"),
    steps=(
        Step(
            name=Words("96 wide", "宽 96"),
            about=Words(
                "With more to compute for each example the processor is full sooner: where nothing else runs, the "
                "update’s time begins to rise at a smaller batch. On a busy server the times jump about.",
                "每个样本要算的更多，处理器更早占满：没有别的程序在运行时，批量还较小，一次更新的用时就开始上升。服务器繁"
                "忙时，用时会忽高忽低。",
            ),
            asks=Batches(topic="time", wide=96),
        ),
    ),
)
