"""Parity: whether the number of ones is odd. Every bit counts, and any seven of the eight tell nothing."""

from typing import Annotated

import numpy as np

from datasets.base import NOISE, SIZE, Data, Dataset, Seed, backwards, streams, taking_turns
from records import Knob, Words

BITS = 8


def parity(
    size: Annotated[float, Knob(16, 2000, "whole", "n", SIZE)] = 2.0**BITS,
    noise: Annotated[float, Knob(0.0, 0.5, symbol="s", label=NOISE)] = 0.0,
    seed: Seed = 0,
) -> Data:
    """Class: the sum of eight bits, each 0 or 1, modulo 2; plus noise e on each bit, e standard normal.

    The 256 patterns come in a random order, in which the classes take turns: size 256 is the whole table.
    """
    order, errors = streams(seed, 2)
    classes = taking_turns(size, 2)
    seven = order.permutation(2 ** (BITS - 1))[np.arange(len(classes)) // 2 % 2 ** (BITS - 1)]
    bits = seven[:, None] >> np.arange(BITS) & 1
    bits[:, -1] = (bits.sum(axis=1) + classes) % 2
    return Data(bits + noise * errors.standard_normal(bits.shape), classes, 2)


DATASET = Dataset(
    name=Words("Parity of 8 bits", "8 位奇偶校验"),
    make=parity,
    about=Words(
        "XOR of eight bits: one flip changes the class. A shallow network needs about one neuron for each bit; a deep "
        "one can halve their number from layer to layer. Whether training finds that is another question.",
        "八位的异或：翻转任何一位，类别就变。浅网络大约每一位需要一个神经元，深网络可以逐层减半；训练能否找到则是另一"
        "回事。",
    ),
    source="Minsky & Papert 1969, Perceptrons; lecture notes on deep against wide",
    features=("x₁", "x₂", "x₃", "x₄", "x₅", "x₆", "x₇", "x₈"),
    classes=(Words("even", "偶"), Words("odd", "奇")),
    lecture="A13",
    window=((-0.4, 1.4),) * BITS,
    mirrored=backwards,  # as many ones as before
    keeps=True,
)
