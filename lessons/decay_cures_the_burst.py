"""E7, E8: the same rule with a rate that decays does not burst."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, Lane, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare


def decayed(half_life: float) -> Lane:
    return lane("rmsprop_lecture", "exponential", {"half_life": half_life}, learning_rate=1.0, decay=0.98)


CONSTANT = lane("rmsprop_lecture", learning_rate=1.0, decay=0.98)
FLOOR = Experiment.on(
    "narrow_valley",
    CONSTANT,
    decayed(100.0),
    knobs={"condition": 100.0, "angle": 20.0},
    start=(-9.0, 0.0),
    steps=500,
)

LESSON = Lesson(
    name=Words("Learning-rate decay cures the burst", "学习率衰减治好爆冲"),
    about=Words(
        "The same rule from the same start, once with a constant rate, once with a rate that halves every 100 steps. "
        "The constant one is thrown up the walls again and again. With decay η shrinks along with σ: no burst, and "
        "the loss ends far lower.",
        "同一个规则，同一个起点：一个学习率恒定，一个每 100 步减半。恒定的一次又一次被甩上谷壁；衰减的 η 随 σ 一起变"
        "小，没有爆冲，最后的损失低得多。",
    ),
    rows="E7 E8",
    experiment=FLOOR,
    steps=(
        Step(
            name=Words("Sharpness", "锐度"),
            about=Words(
                "At the constant rate the sharpness H/σ rises above the dashed limit again and again. With decay the "
                "limit itself rises as η falls, and is not reached in these 500 steps.",
                "学习率恒定时，锐度 H/σ 一次次越过虚线上限。有衰减时，上限本身随 η 下降而升高，这 500 步里没有被碰到。",
            ),
            asks=Compare(chart="sharpness"),
        ),
        Step(
            name=Words("Decay half as fast", "衰减慢一半"),
            about=Words(
                "A rate that halves every 200 steps only delays it: the first burst comes at step 323 instead of "
                "227, and it is lower.",
                "每 200 步才减半，只是推迟了爆冲：第一次在第 323 步，而不是第 227 步，也低一些。",
            ),
            experiment=replace(FLOOR, lanes=(CONSTANT, decayed(200.0))),
        ),
    ),
)
