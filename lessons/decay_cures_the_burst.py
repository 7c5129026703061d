"""E7, E8: the same rule with a rate that decays does not burst."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Learning-rate decay cures the burst", "学习率衰减治好爆冲"),
    about=Words(
        "The same rule from the same start, once with a constant rate, once with a rate that halves every 100 "
        "steps. The constant one is thrown up the walls again and again. With decay η shrinks along with σ: no "
        "burst, and the loss ends far lower.",
        "同一个规则，同一个起点：一个学习率恒定，一个每 100 步减半。恒定的一次又一次被甩上谷壁；衰减的 η 随 σ 一起"
        "变小，没有爆冲，最后的损失低得多。",
    ),
    rows="E7 E8",
    experiment=Experiment.on(
        "narrow_valley",
        lane("rmsprop_lecture", learning_rate=1.0, decay=0.98),
        lane("rmsprop_lecture", "exponential", {"half_life": 100.0}, learning_rate=1.0, decay=0.98),
        knobs={"condition": 100.0, "angle": 20.0},
        start=(-9.0, 0.0),
        steps=500,
    ),
)
