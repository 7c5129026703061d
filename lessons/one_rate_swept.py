"""E2: swept over the learning rate, each rule has a best one, and some have it right before the edge."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

SWEEP = Maps(across="rule.learning_rate", up="none", measure="loss", zoom=(1e-5, 10.0, 0.0, 1.0))

LESSON = Lesson(
    name=Words("One rate swept: best before the edge", "扫一个学习率：最优紧挨边界"),
    about=Words(
        "Rosenbrock, 500 steps from the usual start, over η. Momentum is lowest within a factor of two of the η from "
        "which it is lost, 0.0033 (marks at the top). Adam diverges nowhere, and wants an η hundreds of times as "
        "large. Click on a value: its run is replayed.",
        "Rosenbrock，从惯用起点走 500 步，对 η 扫描。动量的最低损失离发散的 η（0.0033，顶部的记号）不到两倍。"
        "Adam 处处不发散，要的 η 却大几百倍。点一个值：重放那次运行。",
    ),
    rows="E2",
    page="maps",
    experiment=Experiment.on(
        "rosenbrock",
        lane("gradient_descent", learning_rate=0.001),
        lane("momentum", learning_rate=0.001),
        lane("adam", learning_rate=0.1),
        start=(-1.2, 1.0),
        steps=500,
    ),
    asks=SWEEP,
    steps=(
        Step(
            name=Words("Where each run ends", "各次运行的终点"),
            about=Words(
                "The same sweep by name: at the minimum (1, 1), still moving, or diverged. The band in which a rule "
                "arrives is its room for error.",
                "同一次扫描，按终点着色：到达极小点 (1, 1)、仍在移动、发散。到达的那一段，就是该规则容许的误差。",
            ),
            asks=Maps(across="rule.learning_rate", up="none", zoom=(1e-5, 10.0, 0.0, 1.0)),
        ),
    ),
)
