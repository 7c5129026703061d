"""D1, E2: on a quadratic the limit of stability and the best pair of numbers are known beforehand."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("η against λ: limit and Polyak's best", "η 与 λ：极限与 Polyak 最优"),
    about=Words(
        "A bowl of condition number 25, its colour the steps to the tolerance. Right of the dashed "
        "line, 2(1 + λ)/λmax, the steps grow for ever. The circle is Polyak's best pair, η = 2.78 "
        "and λ = 0.44: the fastest in the long run. A lucky pair may hit the tolerance sooner from "
        "this start.",
        "条件数 25 的碗，每格是一对 η 和 λ，颜色是达到容差的步数。虚线为 2(1 + λ"
        ")/λmax：在它右边步子越来越大。圆圈是 Polyak 最优的一对 η = 2.78、"
        "λ = 0.44，长远看误差缩得最快；从这个起点，碰巧的一对可能更早进入容差。",
    ),
    rows="D1 E2",
    page="maps",
    experiment=Experiment.on(
        "narrow_valley",
        lane("momentum", learning_rate=1.0, momentum=0.5),
        knobs={"condition": 25.0},
        start=(-9.0, 1.0),
        steps=200,
    ),
    asks=Maps(across="rule.learning_rate", up="rule.momentum", measure="steps", zoom=(0.02, 8.0, 0.0, 0.95)),
    steps=(
        Step(
            name=Words("Where it diverges", "在哪里发散"),
            about=Words(
                "The step at which a run is lost: the farther to the right of the line, the sooner.",
                "运行发散的那一步：在虚线右边越远，发散越早。",
            ),
            asks=Maps(
                across="rule.learning_rate", up="rule.momentum", measure="divergence", zoom=(0.02, 8.0, 0.0, 0.95)
            ),
        ),
    ),
)
