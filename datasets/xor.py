"""Exclusive or: four corners that no line separates and one hidden layer does."""

from typing import Annotated

import numpy as np

from datasets.base import NOISE, SIZE, Data, Dataset, Seed, backwards, streams, taking_turns
from records import Knob, Words


def xor(
    size: Annotated[float, Knob(4, 2000, "whole", "n", SIZE)] = 200,
    noise: Annotated[float, Knob(0.0, 0.5, symbol="s", label=NOISE)] = 0.1,
    seed: Seed = 0,
) -> Data:
    """(a, b) plus noise e on each coordinate, class a xor b, with a and b in {0, 1}; e standard normal.

    The corners (0, 0), (0, 1), (1, 0), (1, 1) take turns: size 4 without noise is the truth table.
    """
    (errors,) = streams(seed, 1)
    a, b = np.divmod(taking_turns(size, 4), 2)
    inputs = np.stack([a, b], axis=1) + noise * errors.standard_normal((len(a), 2))
    return Data(inputs, (a + b) % 2, 2)


DATASET = Dataset(
    name=Words("XOR", "异或"),
    make=xor,
    about=Words(
        "No line separates opposite corners. Two hidden units can move the examples to where one does, "
        "but often get stuck at three corners right; more units rarely do.",
        "没有一条直线能把两组对角分开。两个隐藏单元就能把样本变换到直线分得开的地方，但常停在只对三个角；单元多些就很少卡住。",
    ),
    source="Lecture notes on logistic regression and its limits; Minsky & Papert 1969, Perceptrons",
    features=("x₁", "x₂"),
    classes=(Words("equal", "相同"), Words("different", "不同")),
    lecture="G5",
    window=((-0.5, 1.5), (-0.5, 1.5)),
    mirrored=backwards,  # in the diagonal: a xor b is b xor a
    keeps=True,
)
