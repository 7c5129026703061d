"""E2: in a narrow valley one learning rate is too large across the floor and too small along it."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("One learning rate does not fit all", "一个学习率应付不了所有方向"),
    about=Words(
        "The same rule with two learning rates. η = 2 bounces between the two walls for ever, although it does "
        "move along the floor; η = 0.02 drops to the floor at once and is still far from the minimum after 100 000 "
        "steps. No single rate suits both directions.",
        "同一个更新规则，两个学习率。η = 2 沿谷底能走到头，却永远在两壁间来回弹跳；η = 0.02 很快落到谷底，可走了十"
        "万步离最小值还很远。没有哪个学习率能同时适合两个方向。",
    ),
    rows="E2",
    experiment=Experiment.on(
        "narrow_valley",
        lane("gradient_descent", learning_rate=2.0),
        lane("gradient_descent", learning_rate=0.02),
        knobs={"condition": 10_000.0},
        start=(-9.0, 4.0),
        steps=100_000,
    ),
)
