"""The 0–1 loss: what one wants, and a staircase. Its gradient is 0 wherever there is one, so nothing descends (G8).

A model f(x) = w x + b answers class 1 where f(x) > 0. Beside it the cross-entropy of the same model, which is smooth.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import ArrayLike

from engine import xla
from engine.arrays import Floats
from engine.measures.logistic import EXAMPLES
from engine.surfaces.descent import Trajectory, descend

X, Y = EXAMPLES  # eight, each (8,)
WINDOW = ((-6.0, 6.0), (-6.0, 6.0))  # of w and b
RATES = {"gradient_descent": 0.5, "momentum": 0.1, "rmsprop": 0.05, "adam": 0.1}  # which rules run, and how fast


def zero_one(theta: Array) -> Array:
    """The share of examples that are answered wrongly at θ = (w, b), ()."""
    answers = theta[0] * jnp.asarray(X) + theta[1] > 0
    return jnp.mean(jnp.where(answers == (jnp.asarray(Y) == 1), 0.0, 1.0))


def cross_entropy(theta: Array) -> Array:
    """The mean of −ln P(the right class) at θ = (w, b), P(class 1) = 1/(1 + e^−f), ()."""
    signed = (2 * jnp.asarray(Y) - 1) * (theta[0] * jnp.asarray(X) + theta[1])
    return jnp.mean(jax.nn.softplus(-signed))


LOSSES = {"zero_one": zero_one, "cross_entropy": cross_entropy}


@xla.program("loss")
def _heights(loss: str, points: Array) -> Any:
    values, slopes = jax.vmap(jax.value_and_grad(LOSSES[loss]))(points)
    return values, jnp.linalg.norm(slopes, axis=1)


def heights(loss: str, points: ArrayLike) -> tuple[Floats, Floats]:
    """A loss of LOSSES and the length of its gradient at points (n, 2), (n,) each.

    Example:
        >>> losses, slopes = heights("zero_one", [(1.0, 0.5), (-1.0, 0.5)])
        >>> slopes.tolist()
        [0.0, 0.0]
    """
    values, slopes = _heights(loss, np.asarray(points, dtype=np.float64))
    return np.asarray(values), np.asarray(slopes)


class Race(NamedTuple):
    """One rule on both losses, from one start."""

    rule: str
    paths: dict[str, Trajectory]  # by the names of LOSSES

    def moved(self, loss: str) -> float:
        """How far it has come."""
        points = self.paths[loss].params
        return float(np.linalg.norm(points[-1] - points[0]))


def races(start: tuple[float, float], factor: float, steps: int) -> list[Race]:
    """Every rule of RATES on both losses.

    Args:
        start: w and b.
        factor: of all learning rates.

    Example:
        >>> [race.moved("zero_one") for race in races((-4.0, 3.0), 1.0, 10)]
        [0.0, 0.0, 0.0, 0.0]
    """
    return [
        Race(rule, {name: _path(loss, rule, start, factor, steps) for name, loss in LOSSES.items()}) for rule in RATES
    ]


def _path(loss: Any, rule: str, start: tuple[float, float], factor: float, steps: int) -> Trajectory:
    return descend(loss, rule, start=start, steps=steps, learning_rate=factor * RATES[rule])
