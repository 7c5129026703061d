"""E2: in a narrow valley one learning rate is too large across the floor and too small along it."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

VALLEY = Experiment.on(
    "narrow_valley",
    lane("gradient_descent", learning_rate=2.0),
    lane("gradient_descent", learning_rate=0.02),
    knobs={"condition": 10_000.0},
    start=(-9.0, 4.0),
    steps=100_000,
)

LESSON = Lesson(
    name=Words("One learning rate does not fit all", "一个学习率应付不了所有方向"),
    about=Words(
        "The same rule with two learning rates. η = 2 bounces between the two walls for ever, although it does move "
        "along the floor; η = 0.02 drops to the floor at once and is still far from the minimum after 100 000 steps. "
        "No single rate suits both directions.",
        "同一个更新规则，两个学习率。η = 2 沿谷底能走到头，却永远在两壁间来回弹跳；η = 0.02 很快落到谷底，可走了十万"
        "步离最小值还很远。没有哪个学习率能同时适合两个方向。",
    ),
    rows="E2",
    experiment=VALLEY,
    steps=(
        Step(
            name=Words("A rate per direction", "每个方向各用一个"),
            about=Words(
                "Adam divides by a σ of its own in each direction. With the same η = 0.02 its loss is within 0.001 "
                "of the minimum after 466 steps, and it arrives.",
                "Adam 在每个方向上除以各自的 σ。同样用 η = 0.02，466 步后损失就在最小值的 0.001 以内，并最终到达。",
            ),
            experiment=replace(VALLEY, lanes=(*VALLEY.lanes, lane("adam", learning_rate=0.02))),
        ),
    ),
)
