"""A4: a curve of straight pieces is a constant and a few hard sigmoids."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import lane
from lessons.base import Lesson, Step
from records import Words

THREE = NetworkExperiment.on(
    "piecewise_linear",
    lane("adam", learning_rate=0.02),
    depth=1,
    width=3,
    activation="hard_sigmoid",
    steps=3000,
    test=0.0,
)

LESSON = Lesson(
    name=Words("A curve is a sum of hinges", "曲线是折线之和"),
    about=Words(
        "Each thin line is what one neuron adds, c·σ(b + w·x): three hard sigmoids and a constant make this curve "
        "exactly. While it plays, the pieces find their places.",
        "每条细线是一个神经元的贡献 c·σ(b + w·x)：三个 hard sigmoid 加一个常数恰好构成这条曲线。播放时，各段逐渐就位。",
    ),
    rows="A4 A5",
    net=THREE,
    page="networks",
    begin=Words("Three neurons", "三个神经元"),
    steps=(
        Step(
            name=Words("Two", "两个"),
            about=Words(
                "Two hard sigmoids are one slope too few: what they learn stays apart from the curve.",
                "两个 hard sigmoid 少了一段斜坡：学到的曲线与目标总有差距。",
            ),
            net=replace(THREE, width=2),
        ),
        Step(
            name=Words("Three ReLUs", "三个 ReLU"),
            about=Words(
                "A ReLU bends once, a hard sigmoid twice: three of them are far too few.",
                "一个 ReLU 只折一次，hard sigmoid 折两次：三个 ReLU 远远不够。",
            ),
            net=replace(THREE, activation="relu"),
        ),
        Step(
            name=Words("Six ReLUs", "六个 ReLU"),
            about=Words(
                "Six ReLUs, two for each slope, do what three hard sigmoids did.",
                "六个 ReLU，每段斜坡两个，就能做到三个 hard sigmoid 做的事。",
            ),
            net=replace(THREE, activation="relu", width=6),
        ),
    ),
)
