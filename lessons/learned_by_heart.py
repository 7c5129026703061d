"""H6: a flexible network through eight noisy points, and what it says between them."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons.base import Lesson, Step
from records import Words

ADAM = network_lane("adam")
HEART = NetworkExperiment.on(
    "sine", ADAM, knobs={"size": 40, "noise": 0.3}, depth=2, width=64, steps=1500, subset=8, test=0.5
)

LESSON = Lesson(
    name=Words("The model that remembers", "只会死记的模型"),
    about=Words(
        "Eight noisy points and 64 neurons a layer: the curve goes through every one of them, the training loss is "
        "next to nothing, and between the points it says what nobody has asked for.",
        "八个带噪声的点，每层 64 个神经元：曲线穿过每一个点，训练损失几乎为零，而在点与点之间，它随意地走。",
    ),
    rows="H6",
    net=HEART,
    page="diagnosis",
    begin=Words("64 neurons a layer", "每层 64 个神经元"),
    steps=(
        Step(
            name=Words("Three beside them", "放上三个"),
            about=Words(
                "Three neurons a layer miss some of the points, and are closer to those that they have not seen.",
                "每层三个神经元错过了一些点，却离没见过的点更近。",
            ),
            net=replace(HEART, lanes=(ADAM, ADAM.with_own("width", 3))),
        ),
    ),
)
