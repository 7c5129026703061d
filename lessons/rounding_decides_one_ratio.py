"""C6: without a penalty there are directions in which nothing changes; what they count as is a matter of rounding."""

from dataclasses import replace

from engine.networks.experiment import NetworkExperiment
from lessons.base import Lesson, Step
from records import Words

BARE = NetworkExperiment.on("sine", knobs={"size": 80.0}, depth=1, steps=200)

LESSON = Lesson(
    name=Words("Zeros: the two ratios part", "零特征值：两个比率分开"),
    about=Words(
        "Without a penalty most critical points have zero eigenvalues: directions along which nothing changes. "
        "Rounding makes each a little positive or a little negative, so only positive ÷ (positive + negative) means "
        "anything; positive ÷ all lies lower.",
        "没有惩罚项时，多数临界点都有零特征值：沿那些方向什么也不变。舍入使它们略正或略负，所以只有正 ÷（正 + 负）才"
        "有意义；正 ÷ 全部会偏低。",
    ),
    rows="C6",
    net=BARE,
    page="saddles",
    begin=Words("No penalty", "无惩罚项"),
    steps=(
        Step(
            name=Words("λ = 0.001", "λ = 0.001"),
            about=Words(
                "A penalty λ Σw² adds 2λ to the curvature along every weight, not along biases: there are fewer zeros, "
                "and at most critical points none, so that both ratios are the same.",
                "惩罚项 λ Σw² 使沿每个权重的曲率增加 2λ（偏置除外）：零变少了，多数临界点上没有零，两个比率相同。",
            ),
            net=replace(BARE, decay=1e-3),
        ),
    ),
)
