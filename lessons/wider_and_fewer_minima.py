"""C6, C7: the more eigenvalues there are, the fewer critical points have none that is negative."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.saddles import Saddles

LESSON = Lesson(
    name=Words("The wider, the fewer minima", "越宽，极小点越少"),
    about=Words(
        "Each dot is a network where ‖g‖ = 0. At width 1 more than half of them are minima; at width 4 and 8 none "
        "is, and the median ratio falls with every doubling. Hollow dots are no critical points: there ‖g‖ is as "
        "short as it gets nearby, but not 0.",
        "每个点是一个走到 ‖g‖ = 0 的网络。宽度为 1 时一半以上是极小点；宽度为 4 和 8 时一个也没有，宽度每翻一倍，比率"
        "的中位数都会下降。空心点不是临界点：那里 ‖g‖ 在附近已是最短，却不为 0。",
    ),
    rows="C6 C7",
    net=NetworkExperiment.on("sine", knobs={"size": 80.0}, depth=1, decay=1e-3, steps=200),
    page="saddles",
    begin=Words("Make ‖g‖ small", "减小 ‖g‖"),
    steps=(
        Step(
            name=Words("Follow eigenvectors", "沿特征向量走"),
            about=Words(
                "The same networks, brought to ‖g‖ = 0 in another way: all of them arrive, but most paths lead down "
                "to a minimum in the end. Which critical points one sees is a matter of how one looks for them.",
                "同样的网络，换一种方法走到 ‖g‖ = 0：全部都能到达，但多数路径最后落到极小点。看到哪些临界点，取决于怎"
                "么找。",
            ),
            asks=Saddles(polish="index"),
        ),
    ),
)
