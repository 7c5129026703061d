"""E2: between learning rates that train a network and those that do not there is no line, however close one looks."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words
from settings.maps import Maps

WHOLE = Maps(
    over="network",
    across="rule.learning_rate",
    up="output",
    measure="trained",
    output=0.2,
    zoom=(0.01, 10.0, 0.03, 10.0),
)

LESSON = Lesson(
    name=Words("The fractal edge of trainability", "可训练性的分形边界"),
    about=Words(
        "Sixteen tanh neurons learn sixteen points of a sine in 200 updates: across the learning rate of the hidden "
        "layer, up that of the last one. Blue converges, orange does not (Sohl-Dickstein 2024). Where they meet, look "
        "closer. Point at cells beside the edge: their losses differ. Dashed: what the curvature at the first weights "
        "allows.",
        "16 个 tanh 神经元用 200 次更新学正弦上的 16 个点：横轴是隐藏层的学习率，纵轴是最后一层的。蓝色收敛，橙色不收敛"
        "（Sohl-Dickstein 2024）。在两者相接处放大看，指向边界两侧的格子：损失曲线不同。"
        "虚线：初始权重处的曲率所允许的极限。",
    ),
    rows="E2",
    page="maps",
    net=NetworkExperiment.on(
        "sine", lane("gradient_descent", learning_rate=0.2), depth=1, width=16, subset=16, test=0.0, steps=200
    ),
    asks=WHOLE,
    steps=(
        Step(
            name=Words("Five times closer", "放大五倍"),
            about=Words(
                "The edge has come apart into islands and threads: its box dimension, below the map, has risen from "
                "about 1.1 to 1.4.",
                "边界散成了岛和丝：地图下方的盒维数从约 1.1 升到 1.4。",
            ),
            asks=replace(WHOLE, zoom=(0.25, 1.0, 0.2, 0.6)),
        ),
        Step(
            name=Words("Closer still", "再放大"),
            about=Words(
                "Runs that converge and runs that do not lie side by side, cell by cell. A cell is 0.2 % of a learning "
                "rate wide: nobody could tell these apart before trying.",
                "收敛与不收敛的运行一格挨着一格。一格只有学习率的 0.2 % 宽：不试一下，没人能事先分辨。",
            ),
            asks=replace(WHOLE, zoom=(0.4, 0.6, 0.35, 0.5)),
        ),
    ),
)
