"""Two sawteeth that are each other's mirror image: here a mirrored example belongs to the other class."""

import numpy as np

from datasets.base import DAYS, Data, Dataset, Noise, Seed, Size, backwards, named_days, streams, taking_turns
from records import Words

PERIOD = 8  # days


def sawteeth(size: Size = 400, noise: Noise = 0.3, seed: Seed = 0) -> Data:
    """2 ((t/8 + phase) mod 1) - 1 + noise e on days t = 0 to 23 for class 0; the same with t backwards for class 1.

    phase uniform in [0, 1], e standard normal; the classes take turns.
    """
    places, errors = streams(seed, 2)
    classes = taking_turns(size, 2)
    rising = 2 * ((np.arange(DAYS) / PERIOD + places.uniform(0, 1, len(classes))[:, None]) % 1) - 1
    inputs = np.where(classes[:, None] == 0, rising, backwards(rising))
    return Data(inputs + noise * errors.standard_normal(inputs.shape), classes, 2)


DATASET = Dataset(
    name=Words("Two sawteeth", "两种锯齿"),
    make=sawteeth,
    about=Words(
        "Windows of 24 days: rising slowly and falling at once, or the other way round. Seen in a mirror one is the "
        "other, so mirror images with the old class teach what is false.",
        "24 天的窗口：慢升骤降，或骤升慢降。镜像后一种变成另一种，所以保留原类别的镜像样本教的是错的。",
    ),
    source="Made for mirrored examples that do not keep their class",
    features=named_days(),
    classes=(Words("slow rise", "慢升"), Words("slow fall", "慢降")),
    window=((-2.2, 2.2),) * DAYS,
    ordered=True,
    mirrored=backwards,
)
