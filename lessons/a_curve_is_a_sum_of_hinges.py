"""A4: a curve of straight pieces is a constant and a few hard sigmoids."""

from engine.experiment import lane
from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("A curve is a sum of hinges", "曲线是折线之和"),
    about=Words(
        "Each thin line is what one neuron adds, c·σ(b + w·x): three hard sigmoids and a constant make this curve "
        "exactly. Play from the start to see the pieces find their places. One or two neurons are too few; with "
        "ReLU it takes more of them, two for each piece.",
        "每条细线是一个神经元的贡献 c·σ(b + w·x)：三个 hard sigmoid 加一个常数恰好构成这条"
        "曲线。从头播放，看各段如何就位。一两个神经元不够；换成 ReLU 则需要更多，每段两个。",
    ),
    rows="A4 A5",
    net=NetworkExperiment.on(
        "piecewise_linear",
        lane("adam", learning_rate=0.02),
        depth=1,
        width=3,
        activation="hard_sigmoid",
        steps=3000,
        test=0.0,
    ),
    page="networks",
)
