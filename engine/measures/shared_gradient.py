"""Linear and logistic regression descend by the same formula: ∂L/∂w = −Σ (ŷ − f) x, whatever f is (G12).

ŷ is the target, f the answer: w x + b with half the squared error, σ(w x + b) with cross-entropy. Bishop 2006, sections
3.1.3 and 4.3.2.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import ArrayLike

from engine import xla
from engine.arrays import Floats

MODELS = ("linear", "logistic")


class Steps(NamedTuple):
    """Some steps of gradient descent; row 0 is the start."""

    theta: Floats  # (T + 1, 2): w, b
    loss: Floats  # (T + 1,)
    answers: Floats  # (T + 1, n): f
    formula: Floats  # (T + 1, 2): −Σ (ŷ − f) (x, 1)
    autodiff: Floats  # (T + 1, 2): ∂L/∂(w, b) as JAX finds it from L alone


def _answer(model: str, theta: Array, x: Array) -> Array:
    outputs = theta[0] * x + theta[1]
    return outputs if model == "linear" else jax.nn.sigmoid(outputs)


def _loss(model: str, theta: Array, x: Array, y: Array) -> Array:
    outputs = theta[0] * x + theta[1]
    if model == "linear":
        return 0.5 * jnp.sum((y - outputs) ** 2)
    return jnp.sum(jax.nn.softplus(outputs) - y * outputs)  # −ŷ ln f − (1 − ŷ) ln(1 − f), without overflow


@xla.program("model")
def _at(model: str, theta: Array, x: Array, y: Array) -> Any:
    loss, slope = jax.value_and_grad(lambda here: _loss(model, here, x, y))(theta)
    answers = _answer(model, theta, x)
    return loss, answers, -jnp.stack([jnp.sum((y - answers) * x), jnp.sum(y - answers)]), slope


def steps(model: str, x: ArrayLike, y: ArrayLike, start: ArrayLike, rate: float, many: int = 3) -> Steps:
    """Gradient descent by the formula; the derivative of the loss stands beside it as a check.

    Args:
        model: of MODELS.
        x, y: examples (n,); y is 0 or 1 for both models.
        start: w and b.

    Example:
        >>> found = steps("linear", [0.0, 1.0], [0.0, 1.0], (0.0, 0.0), rate=0.5)
        >>> found.formula[0].tolist(), found.theta[1].tolist()
        ([-1.0, -1.0], [0.5, 0.5])
    """
    places, targets = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    theta = np.asarray(start, dtype=np.float64)
    rows = []
    for _ in range(many + 1):
        loss, answers, formula, slope = map(np.asarray, _at(model, theta, places, targets))
        rows.append((theta, loss, answers, formula, slope))
        theta = theta - rate * formula
    return Steps(*map(np.stack, zip(*rows, strict=True)))
