"""A6: training loss and test loss against λ."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson
from records import Words
from settings.batches import Batches

LESSON = Lesson(
    name=Words("A little λ generalises best", "一点点 λ 泛化最好"),
    about=Words(
        "Without the penalty the training loss is least, but the test loss is almost twice that at λ = 0.003. A "
        "larger λ makes the surface rounder and rounder; at 0.1 nothing is left of what the network had learned. "
        "Many trainings: they wait for Run.",
        "没有惩罚项时训练损失最小，测试损失却几乎是 λ = 0.003 时的两倍。λ 越大，误差曲面越圆；到 0.1 时，网络什么也没"
        "学到。训练次数很多，按“运行”后才开始。",
    ),
    rows="A6",
    net=NetworkExperiment.on(
        "two_moons", lane("gradient_descent", learning_rate=0.2), width=16, steps=4000, knobs={"noise": 0.3}
    ),
    page="batches",
    asks=Batches(topic="sweep", sweep="decay"),
)
