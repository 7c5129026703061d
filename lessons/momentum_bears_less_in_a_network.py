"""D1: on a parabola momentum bears a larger learning rate, and in a network that has yet to turn a smaller one."""

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson
from records import Words
from settings.maps import Maps

LESSON = Lesson(
    name=Words("Momentum in a network: the edge bends", "网络中的动量：边界往回弯"),
    about=Words(
        "On a parabola momentum bears a larger η, 2(1 + λ)/λmax: dashed, with λmax at the first weights. Here sixteen "
        "neurons learn a sine, across η, up λ: the edge bends the other way, from about 0.4 with λ = 0 to about 0.2 "
        "with λ = 0.98. A network is no parabola: the first large steps decide.",
        "在抛物面上，动量能承受更大的 η：2(1 + λ)/λmax，即虚线，λmax 取初始权重处的值。这里是 16 个神经元学正弦，"
        "横轴 η，纵轴 λ：边界却往另一边弯，从 λ = 0 时的约 0.4 到 λ = 0.98 时的约 0.2。网络不是抛物面："
        "最初几大步就定了胜负。",
    ),
    rows="D1",
    page="maps",
    net=NetworkExperiment.on(
        "sine", lane("momentum", learning_rate=0.2, momentum=0.9), depth=1, width=16, subset=16, test=0.0, steps=200
    ),
    asks=Maps(
        over="network", across="rule.learning_rate", up="rule.momentum", measure="trained", zoom=(0.02, 5.0, 0.0, 0.99)
    ),
)
