"""D2: the movement is a weighted sum of all past gradients."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

SUM = Experiment.on(
    "narrow_valley",
    lane("momentum", learning_rate=0.1, momentum=0.9),
    lane("momentum", learning_rate=0.1, momentum=0.5),
    start=(-9.0, 4.0),
    steps=100,
)

LESSON = Lesson(
    name=Words("What momentum remembers", "动量记住了什么"),
    about=Words(
        "Bars below: how much of each past gradient is in the step at the clock: 1, λ, λ², … Ten steps back λ = 0.9 "
        "still keeps 35 %, λ = 0.5 only 0.1 %.",
        "下方的条形：过去每个梯度在当前这一步里占多少，即 1、λ、λ²……十步之前的，λ = 0.9 还留着 35 %，λ = 0.5 只剩 0.1 "
        "%。",
    ),
    rows="D2",
    experiment=SUM,
    asks=Compare(tab="memory"),
    steps=(
        Step(
            name=Words("Nesterov", "Nesterov"),
            about=Words(
                "Nesterov’s form counts the newest gradient more: 1 + λ, and then λ², λ³, … The older ones fade as "
                "before.",
                "Nesterov 的形式给最新的梯度更大的权重：1 + λ，之后是 λ²、λ³……更早的照样衰减。",
            ),
            experiment=replace(SUM, lanes=(SUM.lanes[0], lane("nesterov", learning_rate=0.1, momentum=0.9))),
        ),
    ),
)
