"""Two rhythms, cut out anywhere: where a wave stands in the window means nothing, nor which way the time runs."""

import math

import numpy as np

from datasets.base import DAYS, Data, Dataset, Noise, Seed, Size, backwards, named_days, streams, taking_turns
from records import Words

PERIODS = (5, 7)  # days


def rhythms(size: Size = 400, noise: Noise = 0.3, seed: Seed = 0) -> Data:
    """sin(2 pi (t/period + phase)) + noise e on days t = 0 to 23, period 5 for class 0 and 7 for class 1.

    phase uniform in [0, 1], e standard normal; the classes take turns.
    """
    places, errors = streams(seed, 2)
    classes = taking_turns(size, 2)
    waves = np.arange(DAYS) / np.array(PERIODS)[classes, None] + places.uniform(0, 1, len(classes))[:, None]
    inputs = np.sin(2 * math.pi * waves)
    return Data(inputs + noise * errors.standard_normal(inputs.shape), classes, 2)


DATASET = Dataset(
    name=Words("Two rhythms", "两种节律"),
    make=rhythms,
    about=Words(
        "Windows of 24 days out of a wave of 5 or of 7 days, beginning anywhere. In a mirror a window keeps its "
        "rhythm, and what tells the rhythms apart is the same at every place.",
        "从周期 5 天或 7 天的波中任意处截取 24 天。镜像后节律不变；在任何位置，区分两种节律的方法都一样。",
    ),
    source="Made for shared parameters: after LeCun et al. 1989, Neural Computation 1, 541–551",
    features=named_days(),
    classes=(Words("5 days", "5 天"), Words("7 days", "7 天")),
    window=((-2.2, 2.2),) * DAYS,
    ordered=True,
    mirrored=backwards,
    keeps=True,
)
