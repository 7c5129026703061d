"""A sine wave: smooth, so hinges can only come close; more of them come closer."""

import math
from typing import Annotated

import numpy as np

from datasets.base import Data, Dataset, Noise, Seed, Size, streams
from records import Knob, Words


def sine(
    size: Size = 100,
    noise: Noise = 0.1,
    frequency: Annotated[float, Knob(0.5, 6.0, symbol="ω", label=Words("waves in the window", "窗口内的波数"))] = 1.0,
    seed: Seed = 0,
) -> Data:
    """y = sin(frequency x) + noise e; x uniform in [-pi, pi], e standard normal."""
    places, errors = streams(seed, 2)
    x = places.uniform(-math.pi, math.pi, int(size))
    return Data(x[:, None], np.sin(frequency * x) + noise * errors.standard_normal(len(x)))


DATASET = Dataset(
    name=Words("Sine", "正弦曲线"),
    make=sine,
    about=Words(
        "A smooth curve with noise: more hinges come closer. With few examples, a large network fits the noise too.",
        "带噪声的光滑曲线：折线段越多越贴近。样本太少时，大网络会把噪声也一起拟合。",
    ),
    source="After Bishop 2006, Pattern Recognition and Machine Learning, section 1.1",
    features=("x",),
    window=((-math.pi, math.pi),),
)
