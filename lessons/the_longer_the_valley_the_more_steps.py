"""E2: the condition number sets how many steps the best single rate needs."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("η against κ: how long is the valley?", "η 与 κ：山谷越长步数越多"),
    about=Words(
        "Across: η; up: the condition number κ of the valley. Whatever κ is, η above 2 diverges, as "
        "the steep direction stays the same. The best η lies just below that, and the fewest steps "
        "to the tolerance grow with κ: 20 for κ = 9, 129 for κ = 79, 939 for κ = 950.",
        "横轴：η；纵轴：山谷的条件数 κ。不论 κ 多大，η 超过 2 就发散，因为陡的方向不变"
        "。最好的 η 就在 2 以下，而达到容差的最少步数随 κ 增长：κ = 9 时 20 步"
        "，79 时 129 步，950 时 939 步。",
    ),
    rows="E2",
    page="maps",
    experiment=Experiment.on(
        "narrow_valley", lane("gradient_descent", learning_rate=1.0), start=(-9.0, 1.0), steps=2000
    ),
    asks=Maps(across="rule.learning_rate", up="knob.condition", measure="steps", zoom=(0.05, 5.0, 1.0, 1000.0)),
)
