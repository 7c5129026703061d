"""Small: near the saddle at 0, whatever the sizes of the layers."""

import numpy as np
from numpy.typing import NDArray

from initialisations.base import Initialisation
from records import Words


def small(chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Gaussian: variance 10⁻⁴."""
    return 0.01 * chance.standard_normal(shape)


INITIALISATION = Initialisation(
    name=Words("small (0.01)", "很小（0.01）"),
    of=small,
    formula=r"w \sim \mathcal{N}(0, 10^{-4})",
    about=Words(
        "Standard deviation 0.01 in every layer: the deeper, the less gets through.",
        "每一层的标准差都是 0.01：层数越多，能传过去的越少。",
    ),
    source="Krizhevsky, Sutskever & Hinton 2012, NIPS 25, section 5",
    place=3,
)
