"""From outputs to a surface: losses, the penalty on weights, and L(θ) with the data as its knobs.

Classes are numbers 0, 1, …; with 2 classes one output is enough: it is the logit of class 1, beside a logit 0 for class
0, so that softmax and sigmoid are the same thing. MAE, MSE and Huber compare probabilities with the one-hot target
(with one output the probability of class 1 with 0 or 1), cross-entropy takes the logits.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import ArrayLike

from engine import xla
from engine.networks.network import Architecture, Pass, forward, is_weight
from landscapes.base import Loss
from records import Words


@dataclass(frozen=True)
class PointLoss:
    """How wrong a prediction is at each point.

    of: (k, n) predictions, (k, n) targets -> (n,).
    formula: LaTeX, e_n of one point.
    logits: whether it is given logits in place of probabilities; only for classes then.
    """

    name: Words
    of: Callable[[Array, Array], Array]
    formula: str
    source: str
    logits: bool = False


def mae(prediction: Array, target: Array) -> Array:
    return jnp.sum(jnp.abs(prediction - target), axis=0)


def mse(prediction: Array, target: Array) -> Array:
    return jnp.sum((prediction - target) ** 2, axis=0)


def huber(prediction: Array, target: Array) -> Array:
    error = jnp.abs(prediction - target)
    return jnp.sum(jnp.where(error <= 1, error**2 / 2, error - 0.5), axis=0)


def cross_entropy(logits: Array, target: Array) -> Array:
    return -jnp.sum(target * jax.nn.log_softmax(logits, axis=0), axis=0)


LOSSES = {
    "mse": PointLoss(
        Words("mean squared error", "均方误差"),
        mse,
        r"\sum_i (\hat y_i - y_i)^2",
        "Gauss 1809; Legendre 1805",
    ),
    "mae": PointLoss(
        Words("mean absolute error", "平均绝对误差"),
        mae,
        r"\sum_i |\hat y_i - y_i|",
        "Laplace 1774; Boscovich 1757",
    ),
    "huber": PointLoss(
        Words("Huber", "Huber 损失"),
        huber,
        r"\sum_i h(\hat y_i - y_i),\quad h(r) = \begin{cases} r^2/2 & |r| \le 1 \\ |r| - 1/2 & |r| > 1 \end{cases}",
        "Huber 1964, Ann. Math. Statist. 35(1), with δ = 1",
    ),
    "cross_entropy": PointLoss(
        Words("cross-entropy", "交叉熵"),
        cross_entropy,
        r"-\sum_i y_i \ln \frac{\exp z_i}{\sum_j \exp z_j}",
        "Good 1952, J. R. Stat. Soc. B 14(1); softmax: Bridle 1990",
        logits=True,
    ),
}


def check(architecture: Architecture, loss: str, classes: int) -> None:
    """Whether these belong together; ``classes`` is 0 where the targets are numbers.

    Raises:
        ValueError: for an unknown loss, or outputs that do not match the classes.
    """
    if loss not in LOSSES:
        raise ValueError(f"unknown loss {loss!r}: choose one of {', '.join(LOSSES)}")
    if classes == 0 and LOSSES[loss].logits:
        raise ValueError(f"{loss} needs classes, not numbers: choose mse, mae or huber")
    if classes and architecture.outputs != classes and (classes, architecture.outputs) != (2, 1):
        wanted = "2 outputs, or 1" if classes == 2 else f"{classes} outputs"
        raise ValueError(f"{classes} classes need {wanted}, not {architecture.outputs}")


def logits(outputs: Array) -> Array:
    """One row per class, (k, n): a single output stands beside a row of 0."""
    return jnp.concatenate([jnp.zeros_like(outputs), outputs]) if len(outputs) == 1 else outputs


def probabilities(outputs: Array) -> Array:
    """Softmax, one row per class, (k, n)."""
    return jax.nn.softmax(logits(outputs), axis=0)


def point_losses(loss: str, classes: int, outputs: Array, targets: Array) -> Array:
    """The loss of each point, (n,), from outputs (k, n) and targets: class numbers (n,), numbers (n,) or (n, k)."""
    kind = LOSSES[loss]
    if classes == 0:
        return kind.of(outputs, targets.T.reshape(outputs.shape))
    target = (targets[None, :] == jnp.arange(classes, dtype=targets.dtype)[:, None]).astype(outputs.dtype)
    if kind.logits:
        return kind.of(logits(outputs), target)
    rows = slice(-len(outputs), None)  # with one output the probability of class 1 alone
    return kind.of(probabilities(outputs)[rows], target[rows])


def constant_loss(loss: str, classes: int, outputs: int, targets: ArrayLike) -> float:
    """The least mean loss of an answer that is the same for all points: targets (n,), class numbers or numbers."""
    wanted = np.asarray(targets)
    return _constant_class(loss, classes, outputs, wanted) if classes else _constant_number(loss, wanted)


def _constant_class(loss: str, classes: int, outputs: int, wanted: Any) -> float:
    """Of each class its share is said; the absolute error rather takes the commonest class."""
    shares = np.bincount(wanted.astype(int), minlength=classes) / len(wanted)
    known = shares[shares > 0]
    spread = float(np.sum(shares * (1 - shares))) / (2 if outputs == 1 else 1)
    missed = float(1 - shares.max()) * (1 if outputs == 1 else 2)
    return {"mse": spread, "huber": spread / 2, "mae": missed, "cross_entropy": -float(known @ np.log(known))}[loss]


def _constant_number(loss: str, wanted: Any) -> float:
    if loss == "mse":
        return float(wanted.var())
    if loss == "mae":
        return float(np.abs(wanted - np.median(wanted)).mean())
    low, high = float(wanted.min()), float(wanted.max())
    for _ in range(60):  # where Huber's slope, which only rises, is 0
        middle = (low + high) / 2
        low, high = (middle, high) if np.clip(wanted - middle, -1, 1).sum() > 0 else (low, middle)
    errors = np.abs(wanted - middle)
    return float(np.where(errors <= 1, errors**2 / 2, errors - 0.5).mean())


def accuracy(classes: int, outputs: Array, targets: Array) -> Array:
    """The share of points that get their class, (), from outputs (k, n); nan where the targets are numbers, and of a
    network that says nothing finite."""
    if classes == 0:
        return jnp.full((), jnp.nan, outputs.dtype)
    right = jnp.argmax(logits(outputs), axis=0).astype(targets.dtype) == targets
    return jnp.where(jnp.isfinite(outputs).all(), jnp.mean(right.astype(outputs.dtype)), jnp.nan)


def penalty(architecture: Architecture, theta: Array) -> Array:
    """Σ w² over the weights; biases, gains and shifts are left alone."""
    weights = jnp.where(is_weight(architecture), theta, 0)
    return weights @ weights


def evaluated(
    architecture: Architecture,
    loss: str,
    classes: int,
    theta: Array,
    columns: Array,
    targets: Array,
    weights: Array | None = None,
    **how: Any,
) -> tuple[Array, Pass]:
    """The mean loss of points in columns (p, n), and the pass that gave it; ``how`` as in ``network.forward``."""
    passed = forward(architecture, theta, columns, weights=weights, **how)
    losses = point_losses(loss, classes, passed.outputs, targets)
    mean = jnp.mean(losses) if weights is None else losses @ weights / jnp.sum(weights)
    return mean, passed


def objective(architecture: Architecture, loss: str, classes: int = 0) -> Callable[..., Loss]:
    """The factory of a network's surface, ``make(inputs, targets, decay) -> L(θ)``: the mean loss + decay Σ w².

    It is the same object each time, so that programs keyed by it are compiled once. The data and the decay are its
    knobs: ``hessian(objective(net, "mse"), theta, inputs=x, targets=y, decay=0.0)``. Without dropout; batch
    normalisation takes the moments of the points given.

    Args:
        classes: how many, if the targets are class numbers; 0 if they are numbers.
    """
    check(architecture, loss, classes)
    return _factory(replace(architecture, dropout=0.0), loss, classes)


@cache
def _factory(architecture: Architecture, loss: str, classes: int) -> Callable[..., Loss]:
    def make(inputs: Any, targets: Any, decay: Any, rows: Any = None) -> Loss:
        """inputs (n, p), targets (n,), decay (), rows: indices (m,) of the points of a batch, all if omitted."""
        if rows is not None:
            inputs, targets = (jnp.take(data, rows.astype(np.int32), axis=0) for data in (inputs, targets))

        def value(theta: Array) -> Array:
            mean, _ = evaluated(architecture, loss, classes, theta, inputs.T, targets)
            return mean + decay * penalty(architecture, theta)

        return value

    return make


@xla.program("make")
def batch_gradients(make: Callable[..., Loss], theta: Any, rows: Any, inputs: Any, targets: Any, decay: Any) -> Array:
    """The gradients on several batches, rows (m, batch) -> (m, d): a cloud around the gradient on all points."""
    return jax.lax.map(lambda some: jax.grad(make(inputs, targets, decay, some))(theta), rows, batch_size=8)
