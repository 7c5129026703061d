"""C3, C4, C5: two weights, one example, and a saddle with eigenvalues ±2."""

from engine.surfaces.experiment import Experiment, lane
from engine.surfaces.study import Study
from lessons.base import Lesson, Step
from records import Words

LESSON = Lesson(
    name=Words("Smallest network with a saddle", "带鞍点的最小网络"),
    about=Words(
        "At the origin of this two-weight network the gradient is 0 and the eigenvalues are −2 and 2: a saddle. Its "
        "eigenvector u = (1, 1)/√2 shows the way out. Pushed by s to either side the loss falls by about s², and "
        "every optimizer ends in the valley w₁w₂ = 1.",
        "在这个只有两个权重的网络的原点，梯度为 0，特征值是 −2 和 2：鞍点。特征向量 u = (1, 1)/√2 指明出路。向任意一"
        "侧推 s，损失下降约 s²，所有优化器都落到谷线 w₁w₂ = 1。",
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
    steps=(
        Step(
            name=Words("A smaller push", "推得更轻"),
            about=Words(
                "A fifth of the push: the loss falls by 0.0004 only, and gradient descent needs 40 steps instead of "
                "23 to get below 0.5. The closer to the saddle, the longer it stays.",
                "推力只有五分之一：损失只降 0.0004，梯度下降要 40 步才降到 0.5 以下，而不是 23 步。离鞍点越近，停留越"
                "久。",
            ),
            study=Study(point=(0.0, 0.0), reach=0.02, leave=("minus", "plus")),
        ),
        Step(
            name=Words("τ = 3", "τ = 3"),
            about=Words(
                "With τ = 3 both eigenvalues count as zero, and the verdict is gone: a sign means nothing without "
                "its tolerance.",
                "τ = 3 时，两个特征值都算作零，判定就没有了：不说容差，符号便没有意义。",
            ),
            study=Study(point=(0.0, 0.0), tolerance=3.0),
        ),
    ),
)
