"""C6, C7: the more eigenvalues there are, the fewer critical points have none that is negative."""

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words
from settings.saddles import Saddles

LESSON = Lesson(
    name=Words("The wider, the fewer minima", "越宽，极小点越少"),
    about=Words(
        "Each full dot is a network where ‖g‖ = 0. At width 1 more than half are minima; at width 4 and 8 none is, and "
        "the median ratio falls with every doubling. Hollow marks are no critical points: at circles ‖g‖ is as short "
        "as it gets nearby, not 0; diamonds are still on their way.",
        "每个实心点是一个走到 ‖g‖ = 0 的网络。宽度为 1 时一半以上是极小点；宽度为 4 和 8 时一个也没有，宽度每翻一倍，比"
        "率的中位数都会下降。空心的不是临界点：圆圈处 ‖g‖ 在附近已是最短，却不为 0；菱形还没有走到。",
    ),
    rows="C6 C7",
    net=NetworkExperiment.on("sine", knobs={"size": 80.0}, depth=1, decay=1e-3, steps=200),
    page="saddles",
    begin=Words("Make ‖g‖ small", "减小 ‖g‖"),
    steps=(
        Step(
            name=Words("Follow eigenvectors", "沿特征向量走"),
            about=Words(
                "The same networks, brought to ‖g‖ = 0 in another way: all of them arrive, most of them where no "
                "eigenvalue is negative. Which critical points one sees is a matter of how one looks for them.",
                "同样的网络，换一种方法走到 ‖g‖ = 0：全部都能到达，多数停在没有负特征值的地方。看到哪些临界点，取决于怎"
                "么找。",
            ),
            asks=Saddles(polish="index"),
        ),
    ),
)
