"""C11: on a saddle every rule stands still; a little noise is enough to leave it."""

from dataclasses import replace

from engine.surfaces.experiment import Experiment, lane
from lessons.base import Lesson, Step
from records import Words

ON_IT = Experiment.on(
    "toy_network",
    lane("gradient_descent", learning_rate=0.05),
    lane("momentum", learning_rate=0.05, momentum=0.9),
    lane("adam", learning_rate=0.05),
    start=(0.0, 0.0),
    steps=300,
)

LESSON = Lesson(
    name=Words("Noise leaves a saddle", "噪声能离开鞍点"),
    about=Words(
        "Every path starts exactly on the saddle, where the gradient is 0. Without noise no rule moves in 300 steps, "
        "although the loss is 1 and the minima are near.",
        "所有路径都恰好从鞍点出发，那里梯度为 0。没有噪声，300 步里哪个规则都不动，尽管损失是 1，极小值就在附近。",
    ),
    rows="C11",
    experiment=ON_IT,
    begin=Words("No noise", "无噪声"),
    steps=(
        Step(
            name=Words("Noise 0.001", "噪声 0.001"),
            about=Words(
                "Each gradient gets a random part of size 0.001, as that of a batch would. It grows by a factor 1 + "
                "η·2 a step along the way down: gradient descent is at a minimum after 137 steps.",
                "给每个梯度加上大小为 0.001 的随机部分，如同批梯度那样。沿下坡方向它每步放大 1 + η·2 倍：梯度下降 137 "
                "步后到达极小值。",
            ),
            experiment=replace(ON_IT, noise=0.001),
        ),
        Step(
            name=Words("Noise 0.01", "噪声 0.01"),
            about=Words(
                "Ten times the noise saves it 24 steps: 113. For 1.1²⁴ is about 10.",
                "噪声大十倍，它省下 24 步：113 步。因为 1.1²⁴ 约为 10。",
            ),
            experiment=replace(ON_IT, noise=0.01),
        ),
        Step(
            name=Words("Noise 0.1", "噪声 0.1"),
            about=Words(
                "Ten times more again, and it takes 90 steps. But now the noise shakes all three in the valley of "
                "minima: small batches leave saddles, and do not come to rest.",
                "再大十倍，只要 90 步。但这时噪声让三者在极小值谷里抖个不停：小批量能离开鞍点，却停不下来。",
            ),
            experiment=replace(ON_IT, noise=0.1),
        ),
        Step(
            name=Words("With and without", "有与无"),
            about=Words(
                "Gradient descent four times from the saddle: without noise it stays for ever; with noise 0.001, 0.01 "
                "and 0.1 it is at a minimum after 137, 113 and 90 steps.",
                "同一个梯度下降从鞍点出发四次：没有噪声，永远不动；噪声为 0.001、0.01、0.1 时，分别在 137、113、90 步"
                "后到达极小值。",
            ),
            experiment=replace(
                ON_IT, lanes=(ON_IT.lanes[0], *(ON_IT.lanes[0].with_own("noise", size) for size in (1e-3, 1e-2, 0.1)))
            ),
        ),
    ),
)
