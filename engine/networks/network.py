"""A network is a value and a flat vector: ``Architecture`` says what is built, θ holds every number that is learned.

Inside, points lie on the last axis (features first), where the processor works on many at once; what goes in and comes
out has one row per point.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from math import prod
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from activations import ACTIVATIONS
from engine import xla
from engine.arrays import Floats
from initialisations import INITIALISATIONS
from normalisations import NORMALISATIONS
from normalisations.base import Normalisation

BUDGET = 20_000  # parameters
DEEPEST = 64  # hidden layers
WRITTEN_OUT = 3  # hidden layers that a program writes out one by one, which runs faster; more would compile for long
EPS = 1e-5  # beside the variance in both normalisations


@dataclass(frozen=True)
class Architecture:
    """What a network is made of, z = Wᵀh + b, h ← activation(norm(z)) or norm(activation(z)), and a linear layer at the
    end.

    depth: hidden layers; 0 is a linear model.
    norm: over the batch or over the layer, before the activation or after it, with a gain γ and a shift β that are
        learned.
    residual: h ← h + activation(norm(z)) wherever a hidden layer is as wide as what it is given.
    dropout: share of each hidden layer that is left out while training.
    kernel: features that each neuron of the first hidden layer sees: it slides along them with the same weights
        everywhere, and hands on the mean over all its places. All at once, with weights for each, if 0.

    Raises:
        ValueError: for a size, a name or a share that makes no network, or more than BUDGET parameters.
    """

    inputs: int
    outputs: int
    depth: int = 1
    width: int = 16
    activation: str = "tanh"
    norm: str = "none"
    residual: bool = False
    dropout: float = 0.0
    kernel: int = 0

    def __post_init__(self) -> None:
        for name, least in (("inputs", 1), ("outputs", 1), ("depth", 0), ("width", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, not {getattr(self, name)}")
        if self.depth > DEEPEST:
            raise ValueError(f"depth must be at most {DEEPEST} hidden layers, not {self.depth}")
        for name, table in (("activation", ACTIVATIONS), ("norm", NORMALISATIONS)):
            if getattr(self, name) not in table:
                raise ValueError(f"unknown {name} {getattr(self, name)!r}: choose one of {', '.join(table)}")
        if not 0 <= self.kernel <= (self.inputs if self.depth else 0):
            raise ValueError(f"kernel must lie between 0 and the {self.inputs} inputs of a hidden layer: {self.kernel}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be at least 0 and below 1, not {self.dropout:g}")
        if size(self) > BUDGET:
            lower = "the width" if self.depth else "the number of inputs"
            raise ValueError(
                f"the network would have {size(self)} parameters, at most {BUDGET} are affordable: "
                f"lower {lower}{' or the depth' if self.depth > 1 else ''}"
            )

    @property
    def places(self) -> int:
        """At how many places the first hidden layer looks."""
        return self.inputs - self.kernel + 1 if self.kernel else 1

    @property
    def normalisation(self) -> Normalisation:
        return NORMALISATIONS[self.norm]


# ---- θ and its parts -------------------------------------------------------------------------------------------------


@cache
def shapes(architecture: Architecture) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Names and shapes of the parts of θ, in order: weight_1 (in, out), bias_1 (out,), gain_1, shift_1, weight_2, …"""
    parts: list[tuple[str, tuple[int, ...]]] = []
    below = architecture.kernel or architecture.inputs
    for layer in range(1, architecture.depth + 1):
        above = (architecture.width,)
        parts.append((f"weight_{layer}", (below, *above)))
        parts += [(f"{part}_{layer}", above) for part in architecture.normalisation.parts]
        below = architecture.width
    last = architecture.depth + 1
    return (
        *parts,
        (f"weight_{last}", (below, architecture.outputs)),
        (f"bias_{last}", (architecture.outputs,)),
    )


def size(architecture: Architecture) -> int:
    """d, the number of parameters."""
    return sum(prod(shape) for _, shape in shapes(architecture))


def unravelled(architecture: Architecture, theta: Any) -> dict[str, Any]:
    """The parts of θ by name, from (d,) or with leading axes (…, d)."""
    if theta.shape[-1] != size(architecture):
        raise ValueError(f"theta must have {size(architecture)} entries, not {theta.shape[-1]}")
    parts, first = {}, 0
    for name, shape in shapes(architecture):
        last = first + prod(shape)
        parts[name] = theta[..., first:last].reshape(*theta.shape[:-1], *shape)
        first = last
    return parts


def ravelled(architecture: Architecture, parts: dict[str, ArrayLike]) -> Floats:
    """The inverse of ``unravelled``, (d,)."""
    for name, shape in shapes(architecture):
        if np.shape(parts[name]) != shape:
            raise ValueError(f"{name} must have shape {shape}, not {np.shape(parts[name])}")
    return np.concatenate([np.ravel(np.asarray(parts[name], dtype=np.float64)) for name, _ in shapes(architecture)])


@cache
def is_weight(architecture: Architecture) -> NDArray[np.bool_]:
    """Which entries of θ are weights, not biases, gains or shifts, (d,)."""
    return np.concatenate([np.full(prod(shape), name.startswith("weight")) for name, shape in shapes(architecture)])


def weight_norms(architecture: Architecture, gradient: ArrayLike) -> Floats:
    """The norm of what belongs to each layer's weights, of θ or of a gradient (…, d), (…, depth + 1)."""
    parts = unravelled(architecture, np.asarray(gradient, dtype=np.float64))
    weights = [part for name, part in parts.items() if name.startswith("weight")]
    return np.stack([np.sqrt(np.sum(part**2, axis=(-2, -1))) for part in weights], axis=-1)


def initial(architecture: Architecture, seed: int, scheme: str = "xavier", scale: float = 1.0) -> Floats:
    """Where training begins, (d,): weights by the scheme times ``scale``, biases of the first hidden layer too where it
    says so, all others and shifts 0, gains 1.

    Made by NumPy: nothing compiles, and the numbers are the same in every precision.
    """
    if scheme not in INITIALISATIONS:
        raise ValueError(f"unknown scheme {scheme!r}: choose one of {', '.join(INITIALISATIONS)}")
    chance, record = np.random.default_rng([seed, 0]), INITIALISATIONS[scheme]
    parts: dict[str, Any] = {}
    for name, shape in shapes(architecture):
        parts[name] = scale * record.of(chance, shape) if name.startswith("weight") else np.zeros(shape)
        if name.startswith("gain"):
            parts[name] = np.ones(shape)
        if name == "bias_1" and architecture.depth and record.first_bias:
            parts[name] = record.first_bias(chance, parts["weight_1"])
    return ravelled(architecture, parts)


def initials(architecture: Architecture, seeds: Sequence[int], scheme: str = "xavier", scale: float = 1.0) -> Floats:
    """Of several seeds, (len(seeds), d); see ``initial``."""
    return np.stack([initial(architecture, seed, scheme, scale) for seed in seeds])


# ---- forward ---------------------------------------------------------------------------------------------------------


class Pass(NamedTuple):
    """What one pass through the network computed; what nobody reads is not computed. Points on the last axis."""

    outputs: Array  # (k, n)
    before: tuple[Array, ...]  # of each hidden layer (width, n), what its activation was given; of places the mean
    after: tuple[Array, ...]  # (width, n), what it handed on
    moments: Array  # (layers, 2, width), mean and variance over the batch of what is normalised; no layers without that


def moments_shape(architecture: Architecture) -> tuple[int, int, int]:
    """The shape of ``Pass.moments``."""
    return (architecture.depth if architecture.normalisation.over_batch else 0, 2, architecture.width)


def seen(architecture: Architecture, points: Any) -> Any:
    """How many points each layer's moments are of, (layers, 1), or one number for all: a layer that slides sees each
    point at all its places."""
    if not architecture.kernel:
        return points
    times = np.ones((moments_shape(architecture)[0], 1), np.int32)
    times[:1] = architecture.places
    return times * points


def forward(
    architecture: Architecture,
    theta: Array,
    columns: Array,
    moments: Array | None = None,
    weights: Array | None = None,
    chance: tuple[Array, Array] | None = None,
) -> Pass:
    """One pass of points in columns (p, n), inside a trace.

    Args:
        moments: for batch normalisation, in place of the batch's own.
        weights: of the points in the batch's moments, (n,); all equal if omitted.
        chance: for dropout, a key (2,) and the share that is left out; no dropout if omitted.
    """
    parts = unravelled(architecture, theta)
    layer = partial(_layer, architecture, weights, chance)
    known = moments if architecture.normalisation.over_batch else None
    units, passed = columns, []
    alone = architecture.depth if architecture.depth <= WRITTEN_OUT else 1
    for number in range(1, alone + 1):
        own = {name: parts[f"{name}_{number}"] for name in _kinds(architecture)}
        given = (number, own, None if known is None else known[number - 1])
        units, made = _sliding(architecture, weights, chance, units, given) if _slides(architecture, number) else (
            layer(units, given)
        )  # fmt: skip
        passed.append(made)
    if architecture.depth > alone:  # layers 2, 3, … are alike: one piece of program for all of them
        numbers = jnp.arange(2, architecture.depth + 1)
        alike = (numbers, _stacked(architecture, theta), None if known is None else known[1:])
        units, rest = lax.scan(layer, units, alike)
        passed += [jax.tree.map(lambda part, at=at: part[at], rest) for at in range(architecture.depth - 1)]
    last = architecture.depth + 1
    outputs = parts[f"weight_{last}"].T @ units + _everywhere(parts[f"bias_{last}"], columns)
    seen = [made.moments for made in passed if made.moments is not None]
    none = jnp.zeros(moments_shape(architecture), columns.dtype)
    return Pass(
        outputs,
        tuple(made.before for made in passed),
        tuple(made.after for made in passed),
        jnp.stack(seen) if seen else none,
    )


class _Made(NamedTuple):
    """What one hidden layer made of its points."""

    before: Any
    after: Any
    moments: Any  # (2, width), None without batch normalisation


def _slides(architecture: Architecture, number: int) -> bool:
    return bool(architecture.kernel) and number == 1


def _sliding(architecture: Architecture, weights: Array | None, chance: Any, columns: Any, given: Any) -> Any:
    """A layer at every place of its kernel, and the means over them: what is seen at a place is a point of its own.
    Each place leaves out its own neurons, and a batch's moments are those of all its places."""
    places, points = architecture.places, columns.shape[1]
    seen = columns[np.arange(architecture.kernel)[:, None] + np.arange(places)]  # (kernel, places, n)
    seen = seen.reshape(architecture.kernel, -1)
    alike = None if weights is None else jnp.tile(weights, places)
    after, made = _layer(replace(architecture, residual=False), alike, chance, seen, given)

    def mean(values: Array) -> Array:
        return jnp.mean(values.reshape(-1, places, points), axis=1)

    return mean(after), _Made(mean(made.before), mean(after), made.moments)


def _layer(architecture: Architecture, weights: Array | None, chance: Any, columns: Any, given: Any) -> Any:
    number, parts, known = given
    z = parts["weight"].T @ columns
    if "bias" in parts:
        z = z + _everywhere(parts["bias"], columns)
    norm, seen = architecture.normalisation, None
    if not norm.after:
        z, seen = _normalised(norm, parts, weights, known, z)
    up = ACTIVATIONS[architecture.activation].of(z)
    if norm.after:
        up, seen = _normalised(norm, parts, weights, known, up)
    if chance is not None:
        up = _dropped(up, jax.random.fold_in(chance[0], number), chance[1])
    after = columns + up if architecture.residual and columns.shape == up.shape else up
    return after, _Made(z, after, seen)


def _normalised(norm: Normalisation, parts: Any, weights: Array | None, known: Any, z: Array) -> tuple[Array, Any]:
    """With gain and shift; and the moments of the batch that were taken, None where there are none."""
    seen = None
    if norm.axis is not None:
        if norm.over_batch:
            moments = seen = jnp.stack(norm.moments(z, 1, weights)) if known is None else known
        else:
            moments = norm.moments(z, norm.axis)
        mean, variance = (jnp.expand_dims(each, norm.axis) for each in moments)
        z = (z - mean) / jnp.sqrt(variance + EPS)
    if "gain" in parts:
        z = parts["gain"][:, None] * z
    if "shift" in parts:
        z = z + _everywhere(parts["shift"], z)
    return z, seen


def _everywhere(values: Array, columns: Array) -> Any:
    """(k,) for each of n points, (k, n): a product, whose gradient is one too, a fifth faster in all than the sum of a
    broadcast."""
    return values[:, None] @ jnp.ones((1, columns.shape[1]), columns.dtype)


@cache
def _kinds(architecture: Architecture) -> tuple[str, ...]:
    """What a hidden layer has."""
    return tuple(name.removesuffix("_1") for name, _ in shapes(architecture) if name.endswith("_1"))


def _stacked(architecture: Any, theta: Array) -> Any:
    """The parts of the hidden layers from the second on, of all layers together: (depth - 1, …)."""
    alike = [(name, shape) for name, shape in shapes(architecture) if name.endswith("_2")]
    first = sum(prod(shape) for name, shape in shapes(architecture) if name.endswith("_1"))
    rows = theta[first : first + (architecture.depth - 1) * sum(prod(shape) for _, shape in alike)]
    rows = rows.reshape(architecture.depth - 1, -1)
    parts, at = {}, 0
    for name, shape in alike:
        parts[name.removesuffix("_2")] = rows[:, at : at + prod(shape)].reshape(-1, *shape)
        at += prod(shape)
    return parts


def _dropped(values: Array, key: Array, share: Array) -> Array:
    """A share of the values set to 0 and the others raised, so that the expectation stays (Srivastava et al. 2014).
    Drawn alike in both precisions."""
    kept = jax.random.uniform(key, values.shape, np.float32) >= share.astype(np.float32)
    return jnp.where(kept, values / (1 - share), 0)


@xla.program("architecture")
def outputs(architecture: Architecture, theta: Any, inputs: Any, moments: Any = None) -> Array:
    """What the network says of points (n, p), without dropout, (n, k).

    Args:
        moments: the moving averages that training hands on, for batch normalisation; the batch's own if omitted.
    """
    return forward(architecture, theta, inputs.T, moments).outputs.T


@xla.program("architecture")
def hidden(
    architecture: Architecture, theta: Any, inputs: Any, moments: Any = None
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Of each hidden layer what its activation is given, and what the layer hands on, for points (n, p): (n, width)."""
    outputs = forward(architecture, theta, inputs.T, moments)
    return tuple(each.T for each in outputs.before), tuple(each.T for each in outputs.after)
