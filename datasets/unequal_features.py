"""Two features of very different scale: raw, a linear model's error surface is a long narrow valley."""

from typing import Annotated

from datasets.base import Data, Dataset, Noise, Seed, Size, streams
from records import Knob, Words

INTERCEPT, FIRST, SECOND = 1.0, 2.0, 3.0
RATIO = 100.0


def unequal_features(
    size: Size = 100,
    noise: Noise = 0.1,
    ratio: Annotated[
        float, Knob(1.0, 1000.0, "log", "ρ", Words("scale of x₂ over scale of x₁", "x₂ 与 x₁ 的尺度之比"))
    ] = RATIO,
    seed: Seed = 0,
) -> Data:
    """y = 1 + 2 x1 + 3 x2/ratio + noise e; x1 uniform in [-1, 1], x2 in [-ratio, ratio], e standard normal.

    Both features move y about equally, and the curvature of the squared error along w2 is ratio^2 that along w1.
    """
    places, errors = streams(seed, 2)
    unit = places.uniform(-1, 1, (int(size), 2))
    y = INTERCEPT + unit @ (FIRST, SECOND) + noise * errors.standard_normal(len(unit))
    return Data(unit * (1.0, ratio), y)


DATASET = Dataset(
    name=Words("Unequal features", "尺度悬殊的特征"),
    make=unequal_features,
    about=Words(
        "Raw, the valley is ρ times as long as wide and gradient descent crawls; standardised, it is round.",
        "不归一化时，山谷的长是宽的 ρ 倍，梯度下降举步维艰；归一化之后，山谷变圆。",
    ),
    source="Lecture notes on feature normalisation; coefficients chosen for Descent Lab",
    features=("x₁", "x₂"),
    lecture="F1",
    window=((-1.0, 1.0), (-RATIO, RATIO)),
)
