"""E3, E5: η/σ of each coordinate over the clock: RMSProp brakes and accelerates, the root mean square only slowly."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

BEND = Experiment.on(
    "crescent",
    lane("rmsprop_lecture", learning_rate=0.02),
    lane("root_mean_square", learning_rate=0.02),
    start=(-0.3, 1.3),
    steps=400,
)
PACE = Compare(chart="pace", tab="moment")

LESSON = Lesson(
    name=Words("η/σ: brake and accelerate", "η/σ：刹车与加速"),
    about=Words(
        "The third curve is the step size η/σ of each coordinate, of y dotted; the table has its numbers. RMSProp’s "
        "for y starts at 0.008 on the steep wall and is above 1 in the bend: σ has forgotten the wall. The root mean "
        "square’s is 0.067 at the end.",
        "第三条曲线是每个坐标的步幅 η/σ，点线是 y 的；表格里有数值。RMSProp 的 y 步幅在陡壁上是 0.008，到了弯道超过 1："
        "σ 忘掉了陡壁。均方根法的到最后也只有 0.067。",
    ),
    rows="E3 E5",
    experiment=BEND,
    asks=PACE,
    steps=(
        Step(
            name=Words("α = 0.99", "α = 0.99"),
            about=Words(
                "With α = 0.99 σ forgets ten times as slowly: the curve is smoother, it brakes and accelerates later, "
                "and within these 400 steps it does not reach the tip.",
                "α = 0.99 时，σ 遗忘得慢十倍：曲线更平滑，刹车和加速都更晚，这 400 步里走不到尽头。",
            ),
            experiment=replace(BEND, lanes=(lane("rmsprop_lecture", learning_rate=0.02, decay=0.99), *BEND.lanes[1:])),
        ),
        Step(
            name=Words("Published Adagrad", "论文中的 Adagrad"),
            about=Words(
                "Adagrad divides by the root of the sum, not of the mean: its η/σ can only fall.",
                "Adagrad 除以平方和的根，而不是均方根：它的 η/σ 只会下降。",
            ),
            experiment=replace(BEND, lanes=(BEND.lanes[0], lane("adagrad", learning_rate=0.02))),
        ),
    ),
)
