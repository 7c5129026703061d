"""Backpropagation layer by layer: it begins with softmax − one-hot, and shrinks or grows on the way to the first layer.

One layer is a program, called once for each on the way up and once on the way down: another depth compiles nothing, nor
does another activation, nor a bypass, and the first layer is one like the others whose other inputs are 0.
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
from engine.networks.network import Architecture, forward, shapes
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


# ---- one layer -------------------------------------------------------------------------------------------------------


class How(NamedTuple):
    """What a layer does beside its weights and its normalisation; data of its program."""

    activation: Any  # (), its place in ACTIVATIONS
    bypass: Any  # (), 1 if what the layer is given is added to what it makes of it, else 0


def _after(block: Architecture, how: How, theta: Array, columns: Array) -> Array:
    """What one hidden layer hands on: of a network of depth 1 what the activation is given, and then the activation."""
    unused = jnp.zeros(block.width + 1, theta.dtype)  # the linear layer at the end
    before = forward(block, jnp.concatenate([theta, unused]), columns).before[0]
    after: Array = lax.switch(how.activation, [each.of for each in ACTIVATIONS.values()], before)
    return after + how.bypass * columns if block.inputs == block.width else after


@xla.program("block")
def _up(block: Any, how: Any, thetas: Any, columns: Array) -> Any:
    return jax.vmap(partial(_after, block, how))(thetas, columns)


@xla.program("block")
def _down(block: Any, how: Any, thetas: Any, columns: Array, signals: Any) -> Any:
    """From G at what a layer hands on: ‖∂L/∂W‖ and ‖G‖ at what it is given, (2, S), that G, and ∂L/∂θ of the layer."""

    def one(theta: Array, given: Any, signal: Any) -> Any:
        return jax.vjp(partial(_after, block, how), theta, given)[1](signal)

    slopes, below = jax.vmap(one)(thetas, columns, signals)
    return jnp.stack([_norms(slopes[:, : block.inputs * block.width]), _norms(below)]), below, slopes


@xla.program("block", "loss", "classes")
def _top(block: Any, loss: Any, classes: Any, thetas: Any, columns: Array, targets: Array) -> Any:
    """The linear layer and the loss: the same three."""

    def value(theta: Array, given: Any) -> Any:
        return evaluated(block, loss, classes, theta, given, targets)[0]

    slopes, signals = jax.vmap(jax.grad(value, argnums=(0, 1)))(thetas, columns)
    return jnp.stack([_norms(slopes[:, : block.inputs * block.outputs]), _norms(signals)]), signals, slopes


def _norms(rows: Any) -> Any:
    return jnp.sqrt(jnp.sum(rows**2, axis=tuple(range(1, rows.ndim))))


# ---- all of them -----------------------------------------------------------------------------------------------------


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
    points, parts = np.asarray(inputs, dtype=np.float64).T, _parts(architecture, np.asarray(thetas, dtype=np.float64))
    hidden, first = _layers(architecture, parts[:-1])
    points = np.concatenate([points, np.zeros((first - len(points), points.shape[1]))])
    points = np.broadcast_to(points, (len(parts[0]), *points.shape))
    top = Architecture(architecture.width if hidden else first, architecture.outputs, depth=0)
    layers = [(block, how) for block, how, _ in hidden]
    weights = [*(part for *_, part in hidden), parts[-1]]
    wanted = np.asarray(targets, dtype=np.float64)
    while True:
        given: list[Any] = [points]
        for layer, part in zip(layers, weights, strict=False):
            given.append(_up(*layer, part, given[-1]))
        norm, signal, slope = _top(top, loss, classes, weights[-1], given[-1], wanted)
        norms, slopes = [norm], [slope]
        for layer, part, columns in reversed(list(zip(layers, weights, given, strict=False))):
            norm, signal, slope = _down(*layer, part, columns, signal)
            norms.append(norm)
            slopes.append(slope)
        yield LayerGradients(*np.stack(norms[::-1], axis=-1))
        weights = [part - rate * np.asarray(slope) for part, slope in zip(weights, slopes[::-1], strict=True)]


def _layers(architecture: Architecture, parts: list[Floats]) -> tuple[list[tuple[Architecture, How, Floats]], int]:
    """What the program of each hidden layer is given beside its inputs, and how many inputs the first one gets."""
    own, width = architecture.inputs, architecture.width
    first = max(own, width) if architecture.depth > 1 else own  # what is not there is 0, and so are its weights
    alike = replace(architecture, outputs=1, depth=1, dropout=0.0, activation="linear", residual=False)
    activation = np.int32(list(ACTIVATIONS).index(architecture.activation))
    layers = []
    for number, part in enumerate(parts):
        block = replace(alike, inputs=width if number else first)
        absent = np.zeros((len(part), (block.inputs - (width if number else own)) * width))
        there = (block.inputs * width) - absent.shape[1]
        bypass = np.float64(architecture.residual and (number > 0 or own == width))
        whole = np.concatenate([part[:, :there], absent, part[:, there:]], axis=1)
        layers.append((block, How(activation, bypass), whole))
    return layers, first


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
