"""H1: the larger the first weights, the smaller the learning rate that still trains."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("First weights and η", "初始权重与 η"),
    about=Words(
        "Sixteen tanh neurons learn a sine in 200 updates: across η, up what their first weights are multiplied by. "
        "The largest η that still converges is about 0.8 for tiny weights and 0.1 for weights ten times as large as "
        "usual. The dashed line was known before: 2/λmax at the first weights; large ones begin where it is sharp.",
        "16 个 tanh 神经元用 200 次更新学正弦：横轴 η，纵轴是初始权重所乘的倍数。还能收敛的最大 η：权重极小时约 0.8，"
        "权重是平常的十倍时约 0.1。虚线是事先就知道的：初始权重处的 2/λmax；权重大，起点就更陡。",
    ),
    rows="H1",
    page="maps",
    net=NetworkExperiment.on(
        "sine", lane("gradient_descent", learning_rate=0.2), depth=1, width=16, subset=16, test=0.0, steps=200
    ),
    asks=Maps(
        over="network", across="rule.learning_rate", up="net.scale", measure="trained", zoom=(0.02, 5.0, 0.02, 20.0)
    ),
    steps=(
        Step(
            name=Words("The final loss", "最终损失"),
            about=Words(
                "The lowest losses lie just before the edge, and lower with large first weights: these are nearly a "
                "fixed set of features. That is the training loss, not the test.",
                "最低的损失紧挨着边界；初始权重大时更低，那时隐藏层近乎一组固定的特征。这是训练损失，不是测试损失。",
            ),
            asks=Maps(
                over="network",
                across="rule.learning_rate",
                up="net.scale",
                measure="loss",
                zoom=(0.02, 5.0, 0.02, 20.0),
            ),
        ),
    ),
)
