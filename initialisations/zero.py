"""Zero: all neurons of a layer are alike, and stay so."""

import numpy as np
from numpy.typing import NDArray

from initialisations.base import Initialisation
from records import Words


def zero(chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Nothing is drawn."""
    del chance
    return np.zeros(shape)


INITIALISATION = Initialisation(
    name=Words("all zero", "全为零"),
    of=zero,
    formula="w = 0",
    about=Words(
        "All neurons of a layer are alike, and no update tells them apart.",
        "同一层的神经元完全相同，任何更新都无法把它们区分开。",
    ),
    source="Rumelhart, Hinton & Williams 1986, Nature 323: why weights begin at random",
    place=4,
)
