"""Backpropagation layer by layer: it begins with softmax − one-hot, and shrinks or grows on the way to the first layer.

All layers are one program, which goes up and down as many as there are: another depth compiles nothing, nor does
another activation, nor a bypass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import prod
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike

from activations import ACTIVATIONS
from engine import xla
from engine.arrays import Floats
from engine.networks.network import BUDGET, DEEPEST, Architecture, forward, shapes, size
from engine.networks.objective import check, evaluated, point_losses

VARIANTS: dict[str, dict[str, Any]] = {  # of one network, by what differs from the plain one
    "plain": {"norm": "none", "residual": False},
    "batch": {"norm": "batch", "residual": False},
    "layer": {"norm": "layer", "residual": False},
    "residual": {"norm": "none", "residual": True},
}


class LayerGradients(NamedTuple):
    """Norms of gradients at each layer of a network, from the first to the linear one at the end, of S seeds."""

    weights: Floats  # (S, depth + 1), ‖∂L/∂W_i‖
    signals: Floats  # (S, depth + 1), ‖G_i‖ = ‖∂L/∂Z_i‖, Z_i being all that the layer is given

    def reach(self, of: str = "weights") -> float:
        """The first layer's norm in units of the last one's: the median over the seeds, but for those in which the
        last one is 0; nan if it is in all of them."""
        norms = getattr(self, of)
        alive = norms[norms[:, -1] > 0]
        return float(np.median(alive[:, 0] / alive[:, -1])) if len(alive) else float("nan")


class LogitGradient(NamedTuple):
    """The cross-entropy of one example, seen from its logits."""

    loss: float
    probabilities: Floats  # (k,), softmax(z)
    target: Floats  # (k,), one-hot
    gradient: Floats  # (k,), ∂L/∂z by automatic differentiation

    @property
    def difference(self) -> float:
        """Between ∂L/∂z and softmax(z) − one-hot, the largest."""
        return float(np.max(np.abs(self.gradient - (self.probabilities - self.target))))


@xla.program()
def _logit_gradient(logits: Any, target: Any) -> Any:
    def loss(z: Any) -> Any:
        return point_losses("cross_entropy", len(z), z[:, None], target[None])[0]

    return *jax.value_and_grad(loss)(logits), jax.nn.softmax(logits)


def logit_gradient(logits: ArrayLike, true_class: int) -> LogitGradient:
    """Of logits z (k,), k ≥ 3, and the number of the true class."""
    z = np.asarray(logits, dtype=np.float64)
    if z.ndim != 1 or len(z) < 3 or not 0 <= true_class < len(z):
        raise ValueError(f"three logits or more, and one of them true: not {z.shape} and {true_class}")
    loss, gradient, probabilities = map(np.asarray, _logit_gradient(z, np.float64(true_class)))
    return LogitGradient(float(loss), probabilities, np.eye(len(z))[true_class], gradient)


# ---- all layers ------------------------------------------------------------------------------------------------------


class Weights(NamedTuple):
    """Of S networks: of the layers that are given what the one below hands on, one after the other and then rows that
    are not used; of a first layer that is given something wider; and of the linear one at the end."""

    hidden: Any  # (room, S, d)
    entry: Any  # (S, d'), or (S, 0) if the first layer is like the others
    last: Any  # (S, d'')


class How(NamedTuple):
    """What a hidden layer does beside its weights and its normalisation; data of the program."""

    activation: Any  # (), its place in ACTIVATIONS
    bypass: Any  # (1 + room,), 1 if what the layer is given is added to what it makes of it, else 0; first the entry's


def _after(block: Architecture, activation: Any, bypass: Any, theta: Array, columns: Array) -> Array:
    """What one hidden layer hands on: of a network of depth 1 what the activation is given, and then the activation."""
    unused = jnp.zeros(block.width + 1, theta.dtype)  # the linear layer at the end
    before = forward(block, jnp.concatenate([theta, unused]), columns).before[0]
    after: Array = lax.switch(activation, [each.of for each in ACTIVATIONS.values()], before)
    return after + bypass * columns if block.inputs == block.width else after


@xla.program("block", "entry", "top", "loss", "classes")
def _update(
    block: Any, entry: Any, top: Any, loss: Any, classes: Any, how: How, depth: Any, weights: Weights, points: Any,
    targets: Any, rate: Any,
) -> Any:  # fmt: skip
    """One step of gradient descent. Norms ‖∂L/∂W‖ and ‖G‖ before it at the entry, at each layer and at the linear one,
    (2, 1 + room + 1, S), and the weights after it."""
    hidden, before, last = weights
    room = len(hidden)

    def up(kind: Any, place: Any, thetas: Any, columns: Any) -> Any:
        return jax.vmap(partial(_after, kind, how.activation, how.bypass[place]))(thetas, columns)

    def down(kind: Any, place: Any, thetas: Any, columns: Any, signals: Any) -> Any:
        """From G at what a layer hands on: norms at the layer, G at what it is given, and its weights after a step."""

        def one(theta: Array, given: Any, signal: Any) -> Any:
            return jax.vjp(partial(_after, kind, how.activation, how.bypass[place]), theta, given)[1](signal)

        slopes, below = jax.vmap(one)(thetas, columns, signals)
        return _norms(slopes[:, : kind.inputs * kind.width], below), below, thetas - rate * slopes

    def value(theta: Array, given: Any) -> Any:
        return evaluated(top, loss, classes, theta, given, targets)[0]

    first = up(entry, 0, before, points) if entry else points
    given = jnp.zeros((room + 1, *first.shape), first.dtype).at[0].set(first)
    given = lax.fori_loop(
        0, depth, lambda at, given: given.at[at + 1].set(up(block, at + 1, hidden[at], given[at])), given
    )  # fmt: skip
    slopes, signals = jax.vmap(jax.grad(value, argnums=(0, 1)))(last, given[depth])
    norms = jnp.zeros((room + 2, 2, len(last)), first.dtype)
    norms = norms.at[-1].set(_norms(slopes[:, : top.inputs * top.outputs], signals))

    def back(turn: Any, going: Any) -> Any:
        at = depth - 1 - turn
        norms, signals, hidden = going
        here, below, after = down(block, at + 1, hidden[at], given[at], signals)
        return norms.at[at + 1].set(here), below, hidden.at[at].set(after)

    norms, signals, hidden = lax.fori_loop(0, depth, back, (norms, signals, hidden))
    if entry:
        here, _, before = down(entry, 0, before, points, signals)
        norms = norms.at[0].set(here)
    return jnp.moveaxis(norms, 1, 0), Weights(hidden, before, last - rate * slopes)


def _norms(slopes: Any, signals: Any) -> Any:
    """(2, S)."""
    return jnp.stack([jnp.sqrt(jnp.sum(rows**2, axis=tuple(range(1, rows.ndim)))) for rows in (slopes, signals)])


def layer_gradients(
    architecture: Architecture, loss: str, classes: int, thetas: ArrayLike, inputs: ArrayLike, targets: ArrayLike
) -> LayerGradients:
    """Of the mean loss on points (n, p), (n,), at several θ, (S, d). Without dropout.

    G_i = (G_{i+1} ∘ σ'(Z_i W_i)) W_iᵀ and ∂L/∂W_i = Z_iᵀ (G_{i+1} ∘ σ'(Z_i W_i)), the products with σ' and W being
    what automatic differentiation makes of one layer: normalisation and the bypass of a residual are part of it.
    """
    return next(while_training(architecture, loss, classes, thetas, inputs, targets, 0.0))


def while_training(
    architecture: Architecture,
    loss: str,
    classes: int,
    thetas: ArrayLike,
    inputs: ArrayLike,
    targets: ArrayLike,
    rate: float,
) -> Iterator[LayerGradients]:
    """The gradients before each step of gradient descent on all points, θ ← θ − rate ∇L: as many as are asked for.

    Raises:
        ValueError: for a normalisation after the activation, which is no part of these programs.
    """
    check(architecture, loss, classes)
    if architecture.normalisation.after:
        raise ValueError(
            f"gradients by layers are those of a normalisation before the activation, not {architecture.norm}"
        )
    kinds, how, weights, depth = _laid(architecture, np.asarray(thetas, dtype=np.float64))
    block, entry, _ = kinds
    points = np.asarray(inputs, dtype=np.float64).T
    wide = (entry or block).inputs if architecture.depth else len(points)
    points = np.concatenate([points, np.zeros((wide - len(points), points.shape[1]))])  # what is not there is 0
    points = np.broadcast_to(points, (len(weights.last), *points.shape))
    wanted, step = np.asarray(targets, dtype=np.float64), np.float64(rate)
    there = [*([0] if entry else []), *range(1, 1 + depth), -1]
    while True:
        norms, weights = _update(*kinds, loss, classes, how, np.int64(depth), weights, points, wanted, step)
        yield LayerGradients(*np.moveaxis(np.asarray(norms)[:, there], 1, -1))


def _laid(
    architecture: Architecture, thetas: Floats
) -> tuple[tuple[Architecture, Architecture | None, Architecture], How, Weights, int]:
    """What the program is given: of a layer, of the first one if it is another, and of the linear one the kind; what
    layers do; their weights; and how many there are that are alike. A first layer that is given less than the others
    is like them: its other weights are 0."""
    own, width, depth = architecture.inputs, architecture.width, architecture.depth
    *parts, last = _parts(architecture, thetas)
    alike = replace(architecture, inputs=width, outputs=1, depth=1, dropout=0.0, activation="linear", residual=False)
    entry = replace(alike, inputs=own) if depth and own > width else None
    top = Architecture(width if depth else own, architecture.outputs, depth=0)
    before = parts.pop(0) if entry else np.zeros((len(thetas), 0))
    if not depth:  # rows that are not used must have a shape all the same
        alike = replace(alike, inputs=own, width=own)
    if parts and not entry:
        absent = np.zeros((len(thetas), (width - own) * width))
        parts[0] = np.concatenate([parts[0][:, : own * width], absent, parts[0][:, own * width :]], axis=1)
    room = max(min(DEEPEST, BUDGET // width**2), len(parts), 1) if depth else 1  # as deep as such a network can be
    hidden = np.zeros((room, len(thetas), size(alike) - alike.width - 1))
    for at, part in enumerate(parts):
        hidden[at] = part
    bypass = np.full(1 + room, float(architecture.residual))
    bypass[: 1 if entry else 2] *= own == width  # of the first layer
    how = How(np.int32(list(ACTIVATIONS).index(architecture.activation)), bypass)
    return (alike, entry, top), how, Weights(hidden, before, last), len(parts)


def _parts(architecture: Architecture, thetas: Floats) -> list[Floats]:
    """θ cut into its layers, each (S, ·)."""
    starts, first = [], 0
    for name, shape in shapes(architecture):
        if name.startswith("weight"):
            starts.append(first)
        first += prod(shape)
    return np.split(thetas, starts[1:], axis=1)


def coordinate_names(architecture: Architecture, coordinates: Sequence[int]) -> list[str]:
    """What coordinates of θ are called, counted from 1: weight_1[2, 3]."""
    names = [
        f"{name}[{', '.join(str(place + 1) for place in places)}]"
        for name, shape in shapes(architecture)
        for places in np.ndindex(*shape)
    ]
    return [names[coordinate] for coordinate in coordinates]
