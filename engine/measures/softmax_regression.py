"""The discriminative model of classes: softmax of W x + b, fitted to the labels, whatever the inputs are (G6, G9).

Of two classes it is logistic regression, P(C₁ | x) = σ(wᵀx + b). Formulas: Bishop 2006, sections 4.3.2 and 4.3.4.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike

from engine import xla
from engine.arrays import Floats
from engine.measures.gaussian_classes import Examples

DECAY = 1e-4  # of the penalty: without it weights grow for ever where lines separate the classes
TURNS = 60  # of Newton's method at most; ten are usual
LEVEL = 1e-11  # ‖∇L‖ at which it has converged
SIZES = (256, 4096)  # examples are filled up to one of these, so that their number compiles nothing
SHARES = 0.5 ** np.arange(12)  # of a step of Newton's method: the best of them is taken


class Regression(NamedTuple):
    """The fit: rows (w₁, w₂, b), the last one 0; a class without examples has b = −∞."""

    weights: Floats  # (K, 3)
    slope: float  # ‖∇L‖ there: it has converged where that is about 0


def regression(examples: Examples, many: int) -> Regression:
    """Newton's method from 0 on the mean cross-entropy + 2 DECAY Σ_k ‖w_k − w̄‖², which does not say which class is the
    last; of two classes that is DECAY ‖w‖². b is not penalised.

    Args:
        many: how many classes there are, two or three. Those without examples take no part.

    Raises:
        ValueError: if there are no examples, or more than the largest of SIZES.

    Example:
        >>> from engine.measures.gaussian_classes import drawn
        >>> fit = regression(drawn("alike", (50, 50)), 2)
        >>> fit.weights.shape, fit.slope < 1e-10
        ((2, 3), True)
    """
    inputs, labels = examples
    count, present = len(labels), np.unique(labels)
    if not 1 <= count <= SIZES[-1]:
        raise ValueError(f"between 1 and {SIZES[-1]} examples, not {count}")
    rows, slope = np.tile([0.0, 0.0, -np.inf], (many, 1)), 0.0
    rows[present] = 0.0
    if present.size > 1:
        missing = next(size for size in SIZES if size >= count) - count
        filled = np.pad(inputs, ((0, missing), (0, 0)))
        numbers = np.pad(np.searchsorted(present, labels), (0, missing)).astype(np.int64)
        there = np.pad(np.ones(count), (0, missing))
        theta, norm = _newton(present.size, filled, numbers, there)
        rows[present[:-1]], slope = np.asarray(theta).reshape(-1, 3), float(norm)
    return Regression(rows, slope)


def logits(weights: Floats, points: ArrayLike) -> Floats:
    """W x + b of all classes at points (n, 2), (n, K)."""
    places = np.asarray(points, dtype=np.float64)
    return np.asarray(places @ weights[:, :2].T + weights[:, 2])


def _loss(many: int, theta: Array, inputs: Array, labels: Array, there: Array) -> Any:
    weights = theta.reshape(many - 1, 3)
    outputs = inputs @ weights[:, :2].T + weights[:, 2][None]
    every = jnp.concatenate([outputs, jnp.zeros((len(inputs), 1))], axis=1)
    wrong = jax.nn.logsumexp(every, axis=1) - jnp.take_along_axis(every, labels[:, None], axis=1)[:, 0]
    slopes = jnp.concatenate([weights[:, :2], jnp.zeros((1, 2))])
    apart = slopes - slopes.mean(axis=0, keepdims=True)
    return jnp.sum(wrong * there) / jnp.sum(there) + 2 * DECAY * jnp.sum(apart**2)


@xla.program("many")
def _newton(many: int, inputs: Array, labels: Array, there: Array) -> Any:
    """θ and ‖∇L‖ there; the steps are as long as is best, so that separable classes do not throw it off."""

    def loss(theta: Array) -> Any:
        return _loss(many, theta, inputs, labels, there)

    def turn(state: Any) -> Any:
        turns, theta, slope = state
        step = jnp.linalg.solve(jax.hessian(loss)(theta), slope)
        tried = theta[None] - jnp.asarray(SHARES)[:, None] * step[None]
        best = tried[jnp.nanargmin(lax.map(loss, tried))]
        return turns + 1, best, jax.grad(loss)(best)

    def going(state: Any) -> Any:
        turns, _, slope = state
        return (turns < TURNS) & (jnp.linalg.norm(slope) > LEVEL)

    first = jnp.zeros(3 * (many - 1))
    _, theta, slope = lax.while_loop(going, turn, (0, first, jax.grad(loss)(first)))
    return theta, jnp.linalg.norm(slope)
