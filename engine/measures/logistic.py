"""Logistic regression: how steep its losses are in the logit, how likely it makes its examples, and its boundary.

A class is 0 or 1; the logit z is that of class 1, f(z) = 1/(1 + e^-z) its probability.
"""

import math
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats
from engine.networks.network import Architecture, size
from engine.networks.objective import evaluated, penalty, point_losses, probabilities
from landscapes.examples import classes

LINE = Architecture(inputs=2, outputs=1, depth=0)
DECAY = 1e-3  # of the boundary's weights: without it they grow for ever where a line separates the classes
TURNS = 40  # of Newton's method; ten are enough
BOUNDARY = 256  # points of a boundary: fewer are filled up, so that their number compiles nothing

EXAMPLES = tuple(column[2::5] for column in classes(1.0))  # x and y of eight examples, each (8,)


@xla.program("loss")
def steepness(loss: str, logits: Floats) -> Array:
    """|∂L/∂z| of an example of class 1, by the name of the loss: (n,) -> (n,)."""

    def of_one(logit: Array) -> Array:
        return point_losses(loss, 2, logit[None, None], jnp.ones(1))[0]

    return jnp.abs(jax.vmap(jax.grad(of_one))(logits))


class Likelihood(NamedTuple):
    """What a logistic regression says of its examples."""

    probabilities: Floats  # (n,), of class 1
    own: Floats  # (n,), of each example's own class
    entropies: Floats  # (n,), the cross-entropy of each example

    @property
    def product(self) -> float:
        """Π p: how likely all examples have the class that they have."""
        return float(math.prod(self.own.tolist()))


@xla.program()
def _answers(weight: Any, bias: Any, x: Any, y: Any) -> Any:
    outputs = (weight * x + bias)[None]
    zero, one = probabilities(outputs)
    return one, jnp.where(y == 1, one, zero), point_losses("cross_entropy", 2, outputs, y)


def likelihood(weight: float, bias: float) -> Likelihood:
    """Of EXAMPLES, with f(weight x + bias) as the probability of class 1."""
    return Likelihood(*map(np.asarray, _answers(weight, bias, *EXAMPLES)))


class Boundaries(NamedTuple):
    """Two lines w·x + b = 0 between two classes, each (3,): w₁, w₂, b."""

    least_squares: Floats
    logistic: Floats


def boundaries(inputs: Floats, side: NDArray[Any]) -> Boundaries:
    """Least squares on ±1 and logistic regression on the same points (n, 2) of classes 0 and 1, n up to BOUNDARY."""
    rows = np.column_stack([inputs, np.ones(len(inputs))])
    squares = np.asarray(np.linalg.lstsq(rows, 2.0 * side - 1, rcond=None)[0], dtype=np.float64)
    missing = BOUNDARY - len(inputs)
    filled, targets = np.pad(inputs, ((0, missing), (0, 0))), np.pad(side.astype(float), (0, missing))
    return Boundaries(squares, np.asarray(_logistic(filled, targets, np.arange(BOUNDARY) < len(inputs))))


@xla.program()
def _logistic(inputs: Array, targets: Array, there: Any) -> Any:
    """Newton's method from 0, on the mean cross-entropy + DECAY ‖w‖²."""

    def loss(theta: Array) -> Any:
        mean, _ = evaluated(LINE, "cross_entropy", 2, theta, inputs.T, targets, there.astype(theta.dtype))
        return mean + DECAY * penalty(LINE, theta)

    def turn(_: Any, theta: Array) -> Any:
        return theta - jnp.linalg.solve(jax.hessian(loss)(theta), jax.grad(loss)(theta))

    return lax.fori_loop(0, TURNS, turn, jnp.zeros(size(LINE)))
