"""What an activation is: what a hidden layer makes of each z that its weights give it."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from jax import Array

from records import Words


@dataclass(frozen=True)
class Activation:
    """One activation function σ.

    of: z -> σ(z), of each entry of an array.
    formula: LaTeX of σ(z).
    kinked: whether σ' jumps somewhere, which the Hessian does not see.
    place: in the menu, between those with a smaller and a larger one; at its end where none is given.
    """

    name: Words
    of: Callable[[Array], Array]
    formula: str
    about: Words
    source: str
    kinked: bool = False
    place: float = inf
