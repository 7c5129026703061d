"""A6: without a penalty the test loss turns around early; with one it does not."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("A penalty against overfitting", "用正则项对抗过拟合"),
    about=Words(
        "The training loss keeps falling, the test loss (dots) turns around early: the network learns the "
        "patients by heart. Under “more” of the training raise λ Σw² to 0.01: the training loss ends higher, the "
        "test loss much lower, and the surface gets rounder.",
        "训练损失一直下降，测试损失（点线）却很早就掉头向上：网络把病人背了下来。在训练一栏的“更多”里把 λ Σw²"
        " 调到 0.01：训练损失变高，测试损失低得多，曲面也更圆。",
    ),
    rows="A6",
    net=NetworkExperiment.on("diabetes", lane("adam", learning_rate=0.01), depth=1, width=32, steps=800),
    page="networks",
)
