"""A13: with as many parameters, what many narrow layers do that one wide layer does not, if training finds it."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.batches import Batches

NET = NetworkExperiment.on(
    "parity", lane("adam", learning_rate=0.02), depth=1, width=9, residual=1, steps=2000, test=0.0
)

LESSON = Lesson(
    name=Words("Deep against wide", "深与宽"),
    about=Words(
        "Is the number of ones among 8 bits odd? One layer of 9 neurons gets none of 16 seeds all right; six layers "
        "of 3 with bypasses, 91 parameters as well, get about a third, and their median loss is several times "
        "smaller. They wait for Run.",
        "8 位中 1 的个数是奇数吗？一层 9 个神经元，16 个种子无一全对；六层、每层 3 个神经元（带旁路），同样 91 个参数"
        "，约三分之一全对，损失的中位数也小好几倍。按“运行”后才开始。",
    ),
    rows="A13",
    net=NET,
    page="batches",
    asks=Batches(topic="sweep", sweep="shape", trials=16),
    begin=Words("With bypasses", "带旁路"),
    steps=(
        Step(
            name=Words("Plain", "不带旁路"),
            about=Words(
                "Without bypasses the six layers could say as much, but training does not find it: their median loss "
                "ends above that of the one wide layer. What a network can say and what it learns are two things.",
                "没有旁路时，六层网络同样能表达，训练却找不到：损失的中位数反而高于一个宽层。能表达什么和学到什么是两"
                "回事。",
            ),
            net=replace(NET, residual=0),
        ),
    ),
)
