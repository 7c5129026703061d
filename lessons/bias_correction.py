"""E6: without its bias correction Adam's first steps are several times too long."""

from engine.experiment import Experiment, lane
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Adam with and without bias correction", "Adam：有无偏差修正"),
    about=Words(
        "m and v start at 0, and v recovers much more slowly than m. Without the correction σ is too small at "
        "first: the steps are 0.3 to 0.4 long instead of 0.1, fly past the deepest well right beside the start, "
        "and end in another one. Look at σ in the table.",
        "m 和 v 都从 0 开始，而 v 恢复得比 m 慢得多。不修正时，开头的 σ 太小：步长不是 0.1，而是 0.3 到 0.4，路径冲"
        "过起点旁边最深的阱，落进另一个。请看表中的 σ。",
    ),
    rows="E6",
    experiment=Experiment.on(
        "muller_brown",
        lane("adam", learning_rate=0.1),
        lane("adam", learning_rate=0.1, bias_correction=0.0),
        start=(-1.3, 1.4),
        steps=200,
    ),
)
