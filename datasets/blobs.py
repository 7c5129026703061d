"""Three Gaussians of one shape: the best boundaries are straight, and two ways of learning find two of them."""

import math
from typing import Annotated

import numpy as np

from datasets.base import Data, Dataset, Seed, Size, streams, taking_turns
from records import Knob, Words

RADIUS = 2.0
ANGLES = math.pi / 2 + 2 * math.pi / 3 * np.arange(3)
CENTRES = RADIUS * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)  # (3, 2)


def blobs(
    size: Size = 150,
    spread: Annotated[
        float, Knob(0.0, 3.0, symbol="s", label=Words("standard deviation in a class", "类内标准差"))
    ] = 0.8,
    correlation: Annotated[
        float, Knob(-0.95, 0.95, symbol="ρ", label=Words("correlation of x₁ and x₂ in a class", "类内 x₁ 与 x₂ 的相关"))
    ] = 0.5,
    seed: Seed = 0,
) -> Data:
    """Centre of the class + spread L e, L L^T = (1, correlation; correlation, 1), e standard normal.

    The centres are the corners of a triangle, 2 from the origin; all classes share the covariance spread^2 L L^T and
    take turns.
    """
    (errors,) = streams(seed, 1)
    group = taking_turns(size, 3)
    mixing = np.array([[1.0, 0.0], [correlation, math.sqrt(1 - correlation**2)]])  # L
    return Data(CENTRES[group] + spread * errors.standard_normal((len(group), 2)) @ mixing.T, group, 3)


DATASET = Dataset(
    name=Words("Three blobs", "三团高斯"),
    make=blobs,
    about=Words(
        "Three Gaussians with one covariance, so the best boundaries are straight. Fitted by Gaussians or by softmax, "
        "the lines differ, most of all with little data.",
        "三个协方差相同的高斯，最优边界是直线。用高斯拟合，或用 softmax 拟合：两种边界并不相同，数据少时差别最大。",
    ),
    source="Lecture notes on generative and discriminative classification; centres chosen for Descent Lab",
    features=("x₁", "x₂"),
    classes=(Words("top", "上方"), Words("left", "左下"), Words("right", "右下")),
    lecture="G6",
    window=((-5.0, 5.0), (-4.5, 5.5)),
)
