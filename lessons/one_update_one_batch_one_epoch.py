"""B1: the same optimizer with all examples, with eight and with one at each update."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("One update, one batch, one epoch", "一次更新、一批、一轮"),
    about=Words(
        "400 updates each from the same weights. With all 140 examples an update is an epoch, and the path is smooth; "
        "with batches of 8 an epoch is 18 updates, with single examples 140, and the path shakes. Make the epochs "
        "equal instead: now the small batches get much farther.",
        "从同样的权重出发，各更新 400 次。每次用全部 140 个样本时，一次更新就是一轮，路径平滑；批大小为 8 时"
        "一轮有 18 次更新，为 1 时有 140 次，路径抖动。改成轮数相等，小批就走得远得多。",
    ),
    rows="B1",
    net=NetworkExperiment.on("two_moons", lane("gradient_descent", learning_rate=0.2), steps=400),
    page="batches",
)
