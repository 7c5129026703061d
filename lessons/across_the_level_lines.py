"""A3: small steps of gradient descent cross the level lines at right angles."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

SMALL = Experiment.on(
    "narrow_valley",
    lane("gradient_descent", learning_rate=0.05),
    knobs={"condition": 10.0, "angle": 20.0},
    start=(-8.0, 4.0),
    steps=60,
)
LARGE = lane("gradient_descent", learning_rate=1.8)

LESSON = Lesson(
    name=Words("Straight across the level lines", "垂直穿过等高线"),
    about=Words(
        "The gradient stands at right angles to the level line. With η = 0.05 every step does so over its whole "
        "length: halfway along it still crosses the level line at more than 89°, as the third curve shows.",
        "梯度与等高线垂直。η = 0.05 时，每一步从头到尾都几乎如此：走到一半，与等高线的夹角仍大于 89°，见第三条曲线。",
    ),
    rows="A3",
    experiment=SMALL,
    asks=Compare(chart="angle", aspect="equal"),
    begin=Words("Small steps", "小步"),
    steps=(
        Step(
            name=Words("Large steps", "大步"),
            about=Words(
                "With η = 1.8 a step sets out at a right angle, too, but it goes far: halfway along it the level line "
                "has turned, and the angle lies between 36° and 55°.",
                "η = 1.8 时，每一步出发时也与等高线垂直，但走得太远：走到一半，等高线已转向，夹角在 36° 到 55° 之间。",
            ),
            experiment=replace(SMALL, lanes=(*SMALL.lanes, LARGE)),
        ),
        Step(
            name=Words("Adam", "Adam"),
            about=Words(
                "Adam divides each coordinate by its own σ, and it remembers: its steps need not go down the steepest "
                "way at all. Its angle wanders from nearly 0° to 88°.",
                "Adam 把每个坐标除以各自的 σ，还会记住过去：它的步子不必沿最陡的方向。夹角从几乎 0° 变到 88°。",
            ),
            experiment=replace(SMALL, lanes=(*SMALL.lanes, lane("adam", learning_rate=0.2))),
        ),
    ),
)
