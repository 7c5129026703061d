"""Xavier: as large as both directions allow, forwards for the activations, backwards for the gradient."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from initialisations.base import Initialisation
from records import Words


def xavier(chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Even between ±a: variance 2 / (m + n)."""
    return sqrt(6 / sum(shape)) * chance.uniform(-1, 1, shape)


INITIALISATION = Initialisation(
    name=Words("Xavier", "Xavier"),
    of=xavier,
    formula=r"w \sim \mathcal{U}(-a, a),\quad a = \sqrt{6/(m+n)}",
    about=Words(
        "Variance 2/(m + n), for layers of m inputs and n neurons: a compromise between both directions.",
        "对 m 个输入、n 个神经元的层，方差为 2/(m + n)：兼顾前向与反向两个方向。",
    ),
    source="Glorot & Bengio 2010, AISTATS, equation 16",
    place=1,
)
