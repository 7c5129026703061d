"""F1: two features whose scales differ by 100, raw and standardised."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words

UNEQUAL = NetworkExperiment.on("unequal_features", depth=1)

LESSON = Lesson(
    name=Words("Standardise before you descend", "先标准化，再下降"),
    about=Words(
        "x₂ is 100 times as large as x₁, so the valley’s curvatures differ by 100²: κ is above 10 000. With its best "
        "η gradient descent needs more than 10 000 updates for 99 % of the way. Standardised, κ is near 1 and one "
        "update does it.",
        "x₂ 的尺度是 x₁ 的 100 倍，山谷的曲率相差 100²：κ 超过 10000。即使用最佳 η，梯度下降也要一万多次更新才能走完 "
        "99 % 的路。标准化之后 κ 接近 1，一次更新就够了。",
    ),
    rows="F1",
    net=UNEQUAL,
    page="normalisation",
    begin=Words("ρ = 100", "ρ = 100"),
    steps=(
        Step(
            name=Words("ρ = 10", "ρ = 10"),
            about=Words(
                "Scales that differ by 10 make κ about 10² = 100, and it takes over 100 updates. The numbers grow "
                "with the square of the ratio; standardised there is none.",
                "尺度相差 10 倍，κ 约为 10² = 100，要一百多次更新。数字随比值的平方增长；标准化之后就没有比值了。",
            ),
            net=replace(UNEQUAL, data=UNEQUAL.data.with_values(ratio=10.0)),
        ),
    ),
)
