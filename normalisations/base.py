"""What a normalisation is: over what mean and variance of z are taken, and what a layer learns beside its weights."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import jax.numpy as jnp
from jax import Array

from records import Words


def mean_and_variance(z: Array, axis: int, weights: Array | None = None) -> tuple[Array, Array]:
    """Mean and variance (mean square deviation) along an axis of (width, n); weights belong to the last one."""
    if weights is None:
        mean = jnp.mean(z, axis=axis, keepdims=True)
        return jnp.squeeze(mean, axis), jnp.mean((z - mean) ** 2, axis=axis)
    mean = z @ weights / jnp.sum(weights)
    return mean, (z - mean[:, None]) ** 2 @ weights / jnp.sum(weights)


@dataclass(frozen=True)
class Normalisation:
    """One way to normalise what a hidden layer's activation is given, z = Wᵀh + b, or what it makes of that.

    name: in the menu; short: at the head of a column.
    axis: of z (width, n), along which its moments are taken: 0, over the neurons of the layer, each example alone; 1,
        over the examples of the batch, each neuron alone; None: z stays as it is.
    after: whether it is the activation's result, σ(z), that takes the place of z.
    parts: what a layer learns beside its weights: a "bias" b before, and a "gain" γ and a "shift" β after it.
    moments: ``moments(z, axis, weights of the examples)`` -> what is taken from z, and of what its root divides z.
    formula: LaTeX of norm(z).
    place: in the menu, between those with a smaller and a larger one; at its end where none is given.
    """

    name: Words
    short: Words
    formula: str
    about: Words
    source: str
    axis: int | None = None
    after: bool = False
    parts: tuple[str, ...] = ("bias",)
    moments: Callable[..., tuple[Array, Array]] = mean_and_variance
    place: float = inf

    @property
    def over_batch(self) -> bool:
        """Whether an example's answer depends on those beside it; at test time moving averages take their place."""
        return self.axis == 1
