"""B3, B4: at equal epochs both the smallest and the largest batch lose."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson
from records import Words
from settings.batches import Batches

LESSON = Lesson(
    name=Words("Neither one example nor all of them", "既不是一个，也不是全部"),
    about=Words(
        "After 100 epochs each, batches of 4 have learned the spirals, single examples are still too restless, and "
        "all examples at once have made 100 updates only. Batches of 4 end in a flat place, batches of 32 in one "
        "over ten times as sharp. Many trainings: they wait for Run.",
        "各训练 100 轮之后，批大小为 4 的学会了双螺旋；为 1 的还太不安定；每次用全部样本的只更新了 100 次。批大小为 "
        "4 的停在平坦处，为 32 的停在尖锐十倍以上的地方。训练次数很多，按“运行”后才开始。",
    ),
    rows="B3 B4",
    net=NetworkExperiment.on("spirals", lane("gradient_descent", learning_rate=0.2), width=16, knobs={"noise": 0.05}),
    page="batches",
    asks=Batches(topic="sweep"),
)
