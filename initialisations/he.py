"""He: twice the variance of one that keeps z as it is, because a ReLU takes half of it away."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from initialisations.base import Initialisation
from records import Words


def he(chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Gaussian: variance 2 / m."""
    return sqrt(2 / shape[0]) * chance.standard_normal(shape)


INITIALISATION = Initialisation(
    name=Words("He", "He"),
    of=he,
    formula=r"w \sim \mathcal{N}(0, 2/m)",
    about=Words(
        "Variance 2/m, for layers of m inputs: made for ReLU, which sets half of what it is given to 0.",
        "对 m 个输入的层，方差为 2/m：为 ReLU 设计，因为它把输入的一半置为 0。",
    ),
    source="He, Zhang, Ren & Sun 2015, arXiv:1502.01852, equation 10",
    place=2,
)
