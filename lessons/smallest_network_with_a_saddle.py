"""C3, C4, C5: two weights, one example, and a saddle with eigenvalues ±2."""

from engine.experiment import Experiment, lane
from engine.study import Study
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Smallest network with a saddle", "带鞍点的最小网络"),
    about=Words(
        "At the origin of this two-weight network the gradient is 0 and the eigenvalues are −2 and +2: a "
        "saddle, not a minimum. Its eigenvector u = (1, 1)/√2 shows the way out. Pushed to either side the "
        "loss falls by s², and every optimizer ends in the valley w₁w₂ = 1. Choose another push s, or drag τ "
        "above 2 to see the verdict go.",
        "在这个只有两个权重的网络的原点，梯度为 0，特征值是 −2 和 +2：它是鞍点，不是极小值点。特征向量 "
        "u = (1, 1)/√2 指明出路。向任意一侧推一下，损失下降 s²，所有优化器都落到谷线 w₁w₂ "
        "= 1。换一个 s，或把 τ 拖到 2 以上，看判定如何消失。",
    ),
    rows="C3 C4 C5",
    experiment=Experiment.on(
        "toy_network",
        lane("gradient_descent", learning_rate=0.05),
        lane("momentum", learning_rate=0.02),
        lane("adam", learning_rate=0.05),
        steps=120,
    ),
    page="critical_points",
    study=Study(point=(0.0, 0.0), reach=0.1, leave=("minus", "plus")),
)
