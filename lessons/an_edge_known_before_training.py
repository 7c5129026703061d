"""E2: under a strong penalty 2/λmax at the first weights is the edge of trainability, to the cell."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

WHOLE = Maps(
    over="network", across="rule.learning_rate", up="net.decay", measure="trained", zoom=(0.01, 30.0, 0.0, 5.0)
)

LESSON = Lesson(
    name=Words("An edge known before training", "训练之前就知道的边界"),
    about=Words(
        "Eight tanh neurons, two moons, 250 updates: across η, up the penalty λ. The dashed line is 2/λmax at the "
        "first weights, drawn before anything was trained. A strong penalty makes the surface a bowl: there the line "
        "is the edge. Click on both sides of it.",
        "8 个 tanh 神经元学双月数据，250 次更新：横轴 η，纵轴惩罚系数 λ。虚线是初始权重处的 2/λmax，训练前就画好了。"
        "惩罚强时曲面是个碗，线就是边界。点线的两侧看看。",
    ),
    rows="E2",
    page="maps",
    net=NetworkExperiment.on(
        "two_moons", lane("gradient_descent", learning_rate=0.2), depth=1, width=8, subset=16, test=0.0, steps=250
    ),
    asks=WHOLE,
    steps=(
        Step(
            name=Words("Little penalty", "惩罚很小"),
            about=Words(
                "Nearly without one the network leaves the sharp place that it begins at, and trains at rates several "
                "times the limit.",
                "几乎没有惩罚时，网络会离开起点那个陡的地方，学习率达到极限的数倍仍能训练。",
            ),
            asks=replace(WHOLE, zoom=(0.1, 30.0, 0.0, 0.2)),
        ),
    ),
)
