"""Two interlocking half circles: a line does fairly well, a hidden layer does it all."""

import math

import numpy as np

from datasets.base import Data, Dataset, Noise, Seed, Size, streams, taking_turns
from records import Words


def two_moons(size: Size = 200, noise: Noise = 0.1, seed: Seed = 0) -> Data:
    """(cos t, sin t) for class 0, (1 - cos t, 1/2 - sin t) for class 1, plus noise e on each coordinate.

    t uniform in [0, pi] (scikit-learn spaces it evenly), e standard normal; the classes take turns.
    """
    places, errors = streams(seed, 2)
    moon = taking_turns(size, 2)
    t = places.uniform(0, math.pi, len(moon))
    upper = np.stack([np.cos(t), np.sin(t)], axis=1)
    inputs = np.where(moon[:, None] == 0, upper, (1.0, 0.5) - upper)
    return Data(inputs + noise * errors.standard_normal(inputs.shape), moon, 2)


DATASET = Dataset(
    name=Words("Two moons", "双月"),
    make=two_moons,
    about=Words(
        "Two half circles that interlock. Logistic regression gets most examples right; a small network bends to all.",
        "两个互相嵌套的半圆。逻辑回归能分对大多数样本；小网络能弯过去，全部分对。",
    ),
    source="scikit-learn, make_moons",
    features=("x₁", "x₂"),
    classes=(Words("upper moon", "上月牙"), Words("lower moon", "下月牙")),
    window=((-1.5, 2.5), (-1.0, 1.5)),
)
