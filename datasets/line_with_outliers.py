"""A line and some examples far from it: the squared error follows them, the absolute error does not."""

from typing import Annotated

import numpy as np

from datasets.base import Data, Dataset, Noise, Seed, Size, streams
from records import Knob, Words

INTERCEPT, SLOPE = 1.0, 2.0
REACH = 3.0


def line_with_outliers(
    size: Size = 100,
    noise: Noise = 0.5,
    outliers: Annotated[float, Knob(0.0, 0.4, symbol="p", label=Words("share of outliers", "离群点的比例"))] = 0.15,
    distance: Annotated[float, Knob(0.0, 30.0, symbol="D", label=Words("how far they are off", "离群的距离"))] = 10.0,
    seed: Seed = 0,
) -> Data:
    """y = 1 + 2 x + noise e, and for the outliers - distance sign(x); x uniform in [-3, 3], e standard normal.

    Too low on the right and too high on the left, the outliers turn the fitted line more than they shift it.
    """
    places, errors, lots = streams(seed, 3)
    x = places.uniform(-REACH, REACH, int(size))
    y = INTERCEPT + SLOPE * x + noise * errors.standard_normal(len(x))
    far = np.argsort(lots.random(len(x)))[: round(outliers * len(x))]
    y[far] -= distance * np.sign(x[far])
    return Data(x[:, None], y)


DATASET = Dataset(
    name=Words("Line with outliers", "带离群点的直线"),
    make=line_with_outliers,
    about=Words(
        "Examples on y = 1 + 2x, a few of them far off. MSE turns the line towards those few; MAE and Huber hardly do.",
        "样本落在 y = 1 + 2x 附近，少数偏离很远。MSE 的直线被这几个点拉偏，MAE 和 Huber 几乎不受影响。",
    ),
    source="Lecture notes on the error surface of a linear model; the outliers are designed for Descent Lab",
    features=("x",),
    lecture="A1 B5",
    window=((-REACH, REACH),),
)
