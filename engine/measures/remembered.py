"""What going back needs of going forth: numbers that backpropagation keeps, and what it saves to compute them again.

A chain of layers h ← tanh(W h), as wide everywhere. The numbers are those of JAX's own backward pass, counted from its
trace; the bytes are those that the compiler sets aside.
"""

from collections.abc import Iterator
from functools import partial
from math import isqrt, prod
from time import perf_counter
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from engine import xla
from engine.arrays import Floats

WIDTH, EXAMPLES = (
    64,
    250,
)  # each example's activations are one column; the numbers differ, so that they can be told apart
DEPTHS = tuple(side**2 for side in range(1, 9))  # squares, so that segments are equally long
WAYS = ("all", "layers", "segments")
PASSES = {"all": 3, "layers": 4, "segments": 4}  # products with W or its like: forth, two back, and forth again
REPEATS = 5


class Remembered(NamedTuple):
    """Of each way, in the order of WAYS."""

    kept: tuple[int, ...]  # numbers from forth to back, for the depth
    peak: tuple[int, ...]  # and with those of one segment while it goes back


class Measured(NamedTuple):
    """Of one way, at one depth."""

    way: str
    megabytes: float  # that the compiled gradient sets aside beside what it is given
    milliseconds: float  # the least of REPEATS


def _layer(columns: Array, weights: Array) -> Any:
    return jnp.tanh(weights @ columns), None


def chain(way: str, weights: Any, columns: Any) -> Any:
    """The mean square of what the last of d layers hands on: weights (d, w, w), columns (w, n).

    "all": every layer keeps what its derivative needs; "layers": only what it is given, the rest is computed again on
    the way back; "segments": √d stretches of √d layers keep what they are given (Chen et al. 2016, arXiv:1604.06174).
    """
    if way == "segments":
        side = isqrt(len(weights))
        stretches = weights.reshape(side, -1, *weights.shape[1:])
        whole = jax.checkpoint(lambda given, some: lax.scan(_layer, given, some))
        last, _ = lax.scan(whole, columns, stretches)
    else:
        last, _ = lax.scan(jax.checkpoint(_layer) if way == "layers" else _layer, columns, weights)
    return jnp.mean(last**2)


def kept(way: str, depth: int) -> int:
    """Numbers of activations that stand between forth and back; the weights, which are there anyhow, not counted."""
    shapes = (jax.ShapeDtypeStruct(shape, np.float64) for shape in ((depth, WIDTH, WIDTH), (WIDTH, EXAMPLES)))
    back = jax.eval_shape(lambda *given: jax.vjp(partial(chain, way), *given)[1], *shapes)
    return sum(prod(leaf.shape) for leaf in jax.tree.leaves(back) if EXAMPLES in leaf.shape)


def remembered(depth: int) -> Remembered:
    """For a depth of DEPTHS."""
    counts = tuple(kept(way, depth) for way in WAYS)
    inside = {"all": 0, "layers": kept("all", 1), "segments": kept("all", isqrt(depth))}
    return Remembered(counts, tuple(count + inside[way] for way, count in zip(WAYS, counts, strict=True)))


@xla.program("way")
def _gradient(way: Any, weights: Any, columns: Any) -> Any:
    return jax.grad(partial(chain, way))(weights, columns)


def data(depth: int) -> tuple[Floats, Floats]:
    """Weights and columns that neither vanish nor explode."""
    chance = np.random.default_rng(0)
    return chance.standard_normal((depth, WIDTH, WIDTH)) / np.sqrt(WIDTH), chance.standard_normal((WIDTH, EXAMPLES))


def gradient(way: str, depth: int) -> Floats:
    """∂/∂W of the chain, (d, w, w): the same in every way."""
    return np.asarray(_gradient(way, *data(depth)))


def measured(depth: int) -> Iterator[tuple[float, tuple[Measured, ...]]]:
    """Compile and run each way; yields the share that is done and what is known."""
    given = data(depth)
    found: tuple[Measured, ...] = ()
    for place, way in enumerate(WAYS, 1):
        program = _gradient.lower(way, *given).compile()
        space = program.memory_analysis()
        times = []
        for _ in range(REPEATS + 1):
            began = perf_counter()
            np.asarray(program(*given))
            times.append(perf_counter() - began)
        aside = float(space.temp_size_in_bytes) / 1e6 if space else float("nan")
        found = (*found, Measured(way, aside, 1e3 * min(times[1:])))
        yield place / len(WAYS), found
