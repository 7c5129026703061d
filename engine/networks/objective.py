"""From outputs to a surface: losses, the penalty on weights, and L(θ) with the data as its knobs.

Classes are numbers 0, 1, …; with 2 classes one output is enough: it is the logit of class 1, beside a logit 0 for class
0, so that softmax and sigmoid are the same thing. MAE, MSE and Huber compare probabilities with the one-hot target
(with one output the probability of class 1 with 0 or 1), cross-entropy takes the logits.
"""

from collections.abc import Callable
from dataclasses import replace
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
from losses import LOSSES


def check(architecture: Architecture, loss: str, classes: int) -> None:
    """Whether these belong together; ``classes`` is 0 where the targets are numbers.

    Raises:
        ValueError: for an unknown loss, or outputs that do not match the classes.
    """
    if loss not in LOSSES:
        raise ValueError(f"unknown loss {loss!r}: choose one of {', '.join(LOSSES)}")
    if classes == 0 and LOSSES[loss].logits:
        others = ", ".join(name for name, record in LOSSES.items() if not record.logits)
        raise ValueError(f"{loss} needs classes, not numbers: choose one of {others}")
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
    record, wanted = LOSSES[loss], np.asarray(targets)
    if record.constant_number and not classes:
        return record.constant_number(wanted)
    return record.constant_class(np.bincount(wanted.astype(int), minlength=classes) / len(wanted), outputs)


def accuracy(classes: int, outputs: Array, targets: Array) -> Array:
    """The share of points that get their class, (), from outputs (k, n); nan where the targets are numbers, and of a
    network that says nothing finite."""
    if classes == 0:
        return jnp.full((), jnp.nan, outputs.dtype)
    one = len(outputs) == 1  # then class 1 needs a logit above that of class 0, which is 0
    said = outputs[0] > 0 if one else jnp.argmax(outputs, axis=0)
    right = said.astype(targets.dtype) == targets
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
            whole: Array = mean + decay * penalty(architecture, theta)
            return whole

        return value

    return make


@xla.program("make")
def batch_gradients(make: Callable[..., Loss], theta: Any, rows: Any, inputs: Any, targets: Any, decay: Any) -> Any:
    """The gradients on several batches, rows (m, batch) -> (m, d): a cloud around the gradient on all points."""
    return jax.lax.map(lambda some: jax.grad(make(inputs, targets, decay, some))(theta), rows, batch_size=8)
