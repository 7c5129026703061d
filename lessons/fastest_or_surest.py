"""E2, E6: over several surfaces the rule that is often the fastest is not the one that solves the most."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words
from settings.fair import Fair

LESSON = Lesson(
    name=Words("The fastest or the surest", "最快的，还是最可靠的"),
    page="fair",
    about=Words(
        "16 starts on each of two surfaces. Far left: gradient descent is the fastest most often, on the round "
        "hollows of Himmelblau. Far right: Adam solves the most, as it also gets along Rosenbrock's long valley.",
        "两张曲面，各 16 个起点。最左端：梯度下降最常是最快的，那是在 Himmelblau 的圆坑里。最右端：Adam 求解成功最多，"
        "因为它也能走完 Rosenbrock 的长谷。",
    ),
    rows="E2 E6",
    experiment=Experiment.on(
        "rosenbrock",
        lane("gradient_descent", learning_rate=0.001),
        lane("momentum", learning_rate=0.0005),
        lane("adam", learning_rate=0.05),
        steps=500,
    ),
    asks=Fair(fair_over="suite", fair_suite=("himmelblau", "rosenbrock"), fair_starts=16),
)
