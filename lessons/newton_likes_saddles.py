"""C9: Newton's method walks uphill to a saddle; with |H| it does not."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

SLOPE = Experiment.on(
    "himmelblau",
    lane("newton", learning_rate=0.1),
    lane("saddle_free_newton", learning_rate=0.1),
    lane("gradient_descent", learning_rate=0.002),
    start=(2.0, -3.0),
    steps=120,
)

LESSON = Lesson(
    name=Words("Newton's method is drawn to saddles", "牛顿法会被鞍点吸引"),
    about=Words(
        "Newton's step leads to the critical point of the local parabola, whichever kind it is: here it climbs to a "
        "saddle, and its gradient goes to 0 while its loss rises. With the curvatures made positive, saddle-free "
        "Newton goes down to a minimum, as gradient descent does.",
        "牛顿法的每一步都走向局部抛物面的临界点，不管它是哪一种：这里它爬上了鞍点，梯度趋于零，损失反而升高。把曲率取"
        "绝对值之后，无鞍牛顿法和梯度下降一样走到最小值。",
    ),
    rows="C9",
    experiment=SLOPE,
    steps=(
        Step(
            name=Words("Start in a valley", "从谷中出发"),
            about=Words(
                "Here both curvatures are positive all the way: Newton's path and the saddle-free one are the same, "
                "and both lead down to the minimum.",
                "这里一路上两个曲率都是正的：牛顿法与无鞍牛顿法的路径完全相同，都走到最小值。",
            ),
            experiment=replace(SLOPE, start=(4.0, 3.0)),
        ),
    ),
)
