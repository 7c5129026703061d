"""E6: without its bias correction Adam's first steps are several times too long."""

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words
from settings.compare import Compare

LESSON = Lesson(
    name=Words("Adam with and without bias correction", "Adam：有无偏差修正"),
    about=Words(
        "m and v start at 0, and v recovers much more slowly than m. Without the correction σ is too small at first: "
        "the steps are 0.3 to 0.4 long in each coordinate instead of 0.1, fly past the deepest well right beside the "
        "start, and end in another one.",
        "m 和 v 都从 0 开始，而 v 恢复得比 m 慢得多。不修正时，开头的 σ 太小：每个坐标上的步长不是 0.1，而是 0.3 到 "
        "0.4，路径冲过起点旁边最深的阱，落进另一个。",
    ),
    rows="E6",
    experiment=Experiment.on(
        "muller_brown",
        lane("adam", learning_rate=0.1),
        lane("adam", learning_rate=0.1, bias_correction=0.0),
        start=(-1.3, 1.4),
        steps=200,
    ),
    steps=(
        Step(
            name=Words("σ at each step", "每一步的 σ"),
            about=Words(
                "The table follows the clock. At step 0 the uncorrected m is a tenth of g, but the uncorrected σ is "
                "√0.001, a thirtieth, of |g|: η·m/σ comes out √10 times too long.",
                "表格随时钟变化。第 0 步，未修正的 m 是 g 的十分之一，未修正的 σ 却只有 |g| 的 √0.001，约三十分之一："
                "η·m/σ 是应有的 √10 倍。",
            ),
            asks=Compare(tab="moment"),
        ),
    ),
)
