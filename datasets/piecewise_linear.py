"""The red curve of the lecture: three straight pieces, which three hard sigmoids and a constant draw exactly."""

import numpy as np

from datasets.base import Data, Dataset, Noise, Seed, Size, streams
from records import Words

CORNERS = (-3.0, -1.0, 1.0, 3.0)
HEIGHTS = (0.0, 2.0, -1.0, 0.0)  # slopes 1, -3/2, 1/2


def piecewise_linear(size: Size = 200, noise: Noise = 0.0, seed: Seed = 0) -> Data:
    """The polyline through (-3, 0), (-1, 2), (1, -1), (3, 0), plus noise e; x uniform in [-3, 3], e standard normal."""
    places, errors = streams(seed, 2)
    x = places.uniform(CORNERS[0], CORNERS[-1], int(size))
    return Data(x[:, None], np.interp(x, CORNERS, HEIGHTS) + noise * errors.standard_normal(len(x)))


DATASET = Dataset(
    name=Words("Piecewise-linear curve", "分段线性曲线"),
    make=piecewise_linear,
    about=Words(
        "Up, down, up: one or two hard sigmoids miss a corner, three fit exactly, more have nothing left to do.",
        "升、降、升三段：一两个 hard sigmoid 总差一个拐角，三个恰好拟合，再多也没有用武之地。",
    ),
    source="Lecture notes on piecewise-linear curves: a constant plus a sum of hinges; corners chosen for Descent Lab",
    features=("x",),
    lecture="A4",
    window=((CORNERS[0], CORNERS[-1]),),
)
