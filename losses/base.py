"""What a loss is: how wrong the answer to one example is; what is made small is its mean."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from jax import Array
from numpy.typing import NDArray

from records import Words

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class PointLoss:
    """How wrong a prediction is at each point.

    of: (k, n) predictions, (k, n) targets -> (n,).
    formula: LaTeX, e_n of one point.
    constant_class: of the shares of the classes (classes,), and the number of outputs: the least mean loss of an answer
        that is the same for all points. With one output only the probability of class 1 is compared.
    constant_number: of the targets (n,), the same where they are numbers; None for a loss of logits.
    logits: whether it is given logits in place of probabilities; only for classes then.
    kinked: whether its slope jumps or bends, which the Hessian does not see.
    place: in the menu, between those with a smaller and a larger one; at its end where none is given.
    """

    name: Words
    of: Callable[[Array, Array], Array]
    formula: str
    about: Words
    source: str
    constant_class: Callable[[Numbers, int], float]
    constant_number: Callable[[Numbers], float] | None = None
    kinked: bool = False
    place: float = inf

    @property
    def logits(self) -> bool:
        return self.constant_number is None
