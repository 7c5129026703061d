"""Two spiral arms wound around each other: easy to see, hard to learn; each turn makes it harder."""

import math
from typing import Annotated

import numpy as np

from datasets.base import NOISE, Data, Dataset, Seed, Size, streams, taking_turns
from records import Knob, Words

CORE = 0.1  # radius at which the arms begin: at 0 they would touch


def spirals(
    size: Size = 400,
    noise: Annotated[float, Knob(0.0, 0.3, symbol="s", label=NOISE)] = 0.02,
    turns: Annotated[float, Knob(0.25, 3.0, symbol="k", label=Words("turns of each arm", "每条旋臂的圈数"))] = 1.5,
    seed: Seed = 0,
) -> Data:
    """r (cos a, sin a) with a = 2 pi turns r + pi class, plus noise e on each coordinate.

    r^2 uniform in [0.01, 1], so that the arms are about equally dense everywhere; e standard normal; the classes
    take turns.
    """
    places, errors = streams(seed, 2)
    arm = taking_turns(size, 2)
    r = np.sqrt(places.uniform(CORE**2, 1, len(arm)))
    angle = 2 * math.pi * turns * r + math.pi * arm
    inputs = np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1)
    return Data(inputs + noise * errors.standard_normal(inputs.shape), arm, 2)


DATASET = Dataset(
    name=Words("Spirals", "双螺旋"),
    make=spirals,
    about=Words(
        "Two arms wound around each other. It takes width or depth, and patience: the loss waits on a plateau first.",
        "两条互相缠绕的旋臂。要有足够的宽度或深度，还要有耐心：损失会先停在平台上。",
    ),
    source="Lang & Witbrock 1988, Learning to tell two spirals apart; radius drawn evenly over the disc",
    features=("x₁", "x₂"),
    classes=(Words("first arm", "第一条旋臂"), Words("second arm", "第二条旋臂")),
    window=((-1.2, 1.2), (-1.2, 1.2)),
)
