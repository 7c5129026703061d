"""C10: a minimum over two coordinates is a saddle over three."""

from engine.surfaces.experiment import Experiment, lane
from engine.surfaces.study import Study
from lessons.base import Lesson, Step
from records import Words

RULES = (lane("gradient_descent", learning_rate=0.1), lane("momentum", learning_rate=0.05))
HELD = Experiment.on("held_coordinate", *RULES)
FREE = Experiment.on("freed_coordinate", *RULES)

LESSON = Lesson(
    name=Words("Free one more coordinate", "再放开一个坐标"),
    about=Words(
        "Over x and y, with z held at 0, the origin is a minimum: L = ¼, and both eigenvalues are 1. Nothing leads "
        "down from here.",
        "固定 z = 0，只看 x 和 y 时，原点是极小值点：L = ¼，两个特征值都是 1。从这里没有路可以往下走。",
    ),
    rows="C10",
    experiment=HELD,
    page="critical_points",
    study=Study(point=(0.0, 0.0)),
    begin=Words("z held at 0", "固定 z = 0"),
    steps=(
        Step(
            name=Words("z held at 1", "固定 z = 1"),
            about=Words(
                "Held at z = 1 the bowl has its minimum at (1, 0), and there L = 0: another z, and one gets lower. "
                "Only z could not move.",
                "固定 z = 1 时，碗底在 (1, 0)，那里 L = 0：换一个 z 就能更低，只是 z 动不了。",
            ),
            experiment=Experiment.on("held_coordinate", *RULES, knobs={"z": 1.0}),
            study=Study(point=(1.0, 0.0)),
        ),
        Step(
            name=Words("z free", "放开 z"),
            about=Words(
                "The same place with z free: a third eigenvalue, −0.618, and the origin is a saddle. The other two, 1 "
                "and 1.618, are positive still.",
                "同一个地方，放开 z：多出一个特征值 −0.618，原点成了鞍点。另外两个，1 和 1.618，仍是正的。",
            ),
            experiment=FREE,
            study=Study(point=(0.0, 0.0, 0.0)),
        ),
        Step(
            name=Words("Leave it", "离开它"),
            about=Words(
                "Pushed along ±u, the eigenvector of −0.618, every path leaves it, and they end in the two minima "
                "(±1, 0, ±1), where L = 0.",
                "沿 −0.618 的特征向量 ±u 推一下，每条路径都离开它，停在两个极小值点 (±1, 0, ±1)，那里 L = 0。",
            ),
            experiment=FREE,
            study=Study(point=(0.0, 0.0, 0.0), leave=("minus", "plus")),
        ),
    ),
)
