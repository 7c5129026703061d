"""B1: the same optimizer with all examples, with eight and with one at each update."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.batches import Batches

LESSON = Lesson(
    name=Words("One update, one batch, one epoch", "一次更新、一批、一轮"),
    about=Words(
        "400 updates each from the same weights. With all 140 examples an update is an epoch, and the path is "
        "smooth; with batches of 8 an epoch is 18 updates, with single examples 140, and the path shakes.",
        "从同样的权重出发，各更新 400 次。每次用全部 140 个样本时，一次更新就是一轮，路径平滑；批大小为 8 时一轮有 "
        "18 次更新，为 1 时有 140 次，路径抖动。",
    ),
    rows="B1",
    net=NetworkExperiment.on("two_moons", lane("gradient_descent", learning_rate=0.2), steps=400),
    page="batches",
    begin=Words("Equal updates", "更新数相等"),
    steps=(
        Step(
            name=Words("Equal epochs", "轮数相等"),
            about=Words(
                "30 epochs each: 30 updates with all examples, 540 with batches of 8, 4200 with single ones. Now the "
                "smaller the batch, the lower the loss.",
                "各训练 30 轮：用全部样本是 30 次更新，批大小为 8 是 540 次，为 1 是 4200 次。这时批越小，损失越低。",
            ),
            asks=Batches(equal="epochs"),
        ),
    ),
)
