"""C6: without a penalty there are directions in which nothing changes; what they count as is a matter of rounding."""

from engine.network_experiment import NetworkExperiment
from lessons.base import Lesson
from records import Words

LESSON = Lesson(
    name=Words("Zeros: the two ratios part", "零特征值：两个比率分开"),
    about=Words(
        "Without a penalty most critical points have zero eigenvalues: directions along which nothing changes. "
        "Rounding makes each a little positive or a little negative, so only positive ÷ (positive + negative) means "
        "anything; positive ÷ all lies lower. Set λ Σw² to 0.001, and the two come close.",
        "没有正则项时，多数临界点都有零特征值：沿那些方向什么也不变。舍入使它们略正或略负，所以只有正 ÷（正 + 负）"
        "才有意义；正 ÷ 全部会偏低。把 λ Σw² 设为 0.001，两者就接近了。",
    ),
    rows="C6",
    net=NetworkExperiment.on("sine", knobs={"size": 80.0}, depth=1, steps=200),
    page="saddles",
)
