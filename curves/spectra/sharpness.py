"""The largest curvature that a rule feels along a training, and up to which one it is stable."""

from curves.base import Curve, Learner, Line
from engine.arrays import Floats
from records import Words


def sharpness(learner: Learner) -> Floats:
    assert learner.spectra is not None
    return learner.spectra.sharpness[learner.lane]


def limit(learner: Learner) -> Floats:
    assert learner.spectra is not None
    return learner.spectra.limits[learner.lane]


CURVE = Curve(
    name=Words("sharpness, and its limit (dashed)", "锐度与稳定上限（虚线）"),
    of=sharpness,
    chart="sharpness",
    hint=Words(
        "The largest eigenvalue of H; for adaptive rules of H divided by σ, the size of their steps per coordinate. "
        "Above its dashed limit a rule is unstable: 2/η for gradient descent, 2(1+λ)/η with momentum. While its bias "
        "correction fades, Adam's (β₁ = 0.9) rises from 2/η at the first step to 38/η after some 40. With AdamW, 2/η "
        "less the weight decay takes the place of 2/η.",
        "H 的最大特征值；自适应规则取 H 除以 σ（逐坐标的步长因子）之后的。"
        "超过虚线该规则就不稳定：梯度下降是 2/η，带动量是 2(1+λ)/η；"
        "Adam（β₁ = 0.9）随偏差修正的消退，从第一步的 2/η 升到约 40 步后的 38/η。AdamW 以 2/η 减去权重衰减代替 2/η。",
    ),
    log=True,
    signed=True,
    limit=Line(key="limit", name=Words("stability limit", "稳定上限"), of=limit),
    rows="spectra",
    place=2,
)
