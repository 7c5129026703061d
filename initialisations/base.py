"""What an initialisation is: how the first weights of a layer are drawn. By NumPy, so the same in every precision."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from records import Words


@dataclass(frozen=True)
class Initialisation:
    """One way to draw first weights.

    of: a generator and (inputs, outputs) -> weights (inputs, outputs).
    first_bias: a generator and the first hidden layer's weights (inputs, outputs) -> its biases (outputs,); None where
        they are 0, as those of all other layers are.
    formula: LaTeX of how each weight w of a layer from m to n numbers is distributed.
    place: in the menu, between those with a smaller and a larger one; at its end where none is given.
    """

    name: Words
    of: Callable[[np.random.Generator, tuple[int, ...]], NDArray[np.float64]]
    formula: str
    about: Words
    source: str
    first_bias: Callable[[np.random.Generator, NDArray[np.float64]], NDArray[np.float64]] | None = None
    place: float = inf
