"""The gradient on a batch is a sample of the gradient on all points: right on average, and the less spread the larger.

Batches are drawn without replacement, as an epoch draws them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import gcd
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, upright
from engine.networks.cost import MULTIPLICATIONS
from engine.networks.objective import batch_gradients
from landscapes.base import Loss

DRAWN = 200  # batches of each size, at least
SEEN = 256  # gradients that decide how the picture is turned
BLOCK = 64  # gradients that are there at once, of a cloud
TOUCHED, PASSES = 4e8, 3  # numbers a second; how often each is touched


class Cloud(NamedTuple):
    """The gradients on many batches of one size, seen from the gradient on all points."""

    batch: int
    places: Floats  # (m, 2), on the plane of the picture
    mean: Floats  # (2,), there
    distance: float  # of their mean from the full gradient, in all dimensions
    spread: float  # √ of their mean squared distance from it, in all dimensions
    downhill: float  # share of them whose negative leads downhill at first: positive product with the full gradient


class Noise(NamedTuple):
    """Clouds around the full gradient on one plane: x along it, y along the widest direction across it."""

    norm: float  # of the full gradient, which lies at (norm, 0)
    clouds: tuple[Cloud, ...]


def ring_batches(points: int, batch: int, least: int, seed: int = 0) -> NDArray[np.int32]:
    """At least ``least`` batches, (m, batch), that hold each point equally often, whether ``batch`` divides or not.

    Each shuffle of the points is laid in a ring and cut until the end of a batch meets the beginning of the first one.
    So the mean of their gradients is the full gradient to rounding, and each is a fair draw without replacement.
    """
    if not 1 <= batch <= points:
        raise ValueError(f"batch must lie between 1 and the {points} points, not {batch}")
    orders, begins = _rings(points, batch, least, seed)
    places = (begins[:, None] + np.arange(batch)) % points
    return np.concatenate([order[places] for order in orders]).astype(np.int32)


def _rings(points: int, batch: int, least: int, seed: int) -> tuple[list[NDArray[np.int64]], NDArray[np.int64]]:
    """The shuffles, each (points,), and where in each of them batches begin, (cuts,)."""
    chance = np.random.default_rng([seed, 4])  # 0 to 3 are those of weights, batches, dropout and planes
    cuts = points // gcd(points, batch)
    return [chance.permutation(points) for _ in range(-(-least // cuts))], np.arange(cuts) * batch % points


def shrinkage(points: int, batch: ArrayLike) -> Floats:
    """The spread of means of ``batch`` of so many values, drawn without replacement, in units of the values' spread.

    √((n − b) / (b (n − 1))): 1/√b, and the factor for a finite population (Cochran 1977, Sampling Techniques, theorem
    2.2). With σ² the mean squared distance of single values from their mean, two different draws have the covariance
    −σ²/(n − 1), since all n together have no spread; hence σ²/b (1 − (b − 1)/(n − 1)).
    """
    count = np.asarray(batch, dtype=np.float64)
    return np.sqrt((points - count) / (count * max(points - 1, 1)))


def batches_gradients(
    make: Callable[..., Loss], theta: ArrayLike, rows: NDArray[np.int32], examples: Floats | None, **data: Any
) -> Floats:
    """The gradients on batches (m, b), (m, d).

    Args:
        examples: the gradient on each point alone, (n, d), whose means they are; None where points of a batch see each
            other, as with batch normalisation.
        data: inputs (n, p), targets (n,), decay.
    """
    if examples is None:
        return np.asarray(batch_gradients(make, np.asarray(theta), rows, **data))
    return np.stack([examples[row].mean(axis=0) for row in rows])


def _ring_means(
    examples: Floats, orders: Sequence[NDArray[np.int64]], begins: NDArray[np.int64], batch: int
) -> Iterator[Floats]:
    """The means of all batches of rings, BLOCK at a time, (m, d): from running sums, so that those of large batches are
    no more work than those of small ones."""
    for order in orders:
        sums = np.concatenate([np.zeros_like(examples[:1]), examples[order]])
        np.cumsum(sums, axis=0, out=sums)
        for first in range(0, len(begins), BLOCK):
            begin = begins[first : first + BLOCK]
            turns, end = np.divmod(begin + batch, len(order))
            yield (sums[end] - sums[begin] + np.outer(turns, sums[-1])) / batch


def noise(
    make: Callable[..., Loss],
    theta: ArrayLike,
    sizes: Sequence[int],
    alone: bool = True,
    drawn: int = DRAWN,
    seed: int = 0,
    **data: Any,
) -> Iterator[tuple[float, Noise]]:
    """The clouds of batch gradients at θ, one for each batch size. Yields the share that is done and the clouds so far,
    after each of them; of the gradients themselves only BLOCK are kept at a time, and those of the single examples.

    Args:
        make: the factory of the surface, ``objective(…)``.
        alone: whether a point's gradient is the same in any batch: not with batch normalisation.
        drawn: batches of each size, at least.
        data: inputs (n, p), targets (n,), decay ().
    """
    data = {name: np.asarray(value, dtype=np.float64) for name, value in data.items()}
    params, points = np.asarray(theta, dtype=np.float64), len(data["inputs"])
    every = np.arange(points, dtype=np.int32)
    examples = np.array(batch_gradients(make, params, every[:, None], **data)) if alone else None
    full = batches_gradients(make, params, every[None], examples, **data)[0]
    if examples is not None:
        examples -= full  # running sums of what has no mean keep their digits

    def away(size: int) -> Iterator[Floats]:
        """How far the gradients on batches of a size are from the full one, some at a time, (m, d)."""
        if examples is not None:
            yield from _ring_means(examples, *_rings(points, size, drawn, seed), size)
            return
        rows = ring_batches(points, size, drawn, seed)
        for first in range(0, len(rows), BLOCK):
            yield batches_gradients(make, params, rows[first : first + BLOCK], None, **data) - full

    rows = ring_batches(points, min(sizes), drawn, seed)
    some = batches_gradients(make, params, rows[:: -(-len(rows) // SEEN)], examples, **data)
    axes = _axes(full, some if alone else some - full)
    clouds: tuple[Cloud, ...] = ()
    for size in sizes:
        clouds += (_cloud(size, away(size), full, axes),)
        yield len(clouds) / len(sizes), Noise(float(np.linalg.norm(full)), clouds)


def noise_seconds(points: int, width: int, sizes: Sequence[int], alone: bool = True, drawn: int = DRAWN) -> float:
    """About how long the clouds of a network with so many parameters take."""
    batches = [cuts * -(-drawn // cuts) for cuts in (points // gcd(points, size) for size in sizes)]
    touched = PASSES * (points * len(sizes) + sum(batches)) * width
    seen = points if alone else sum(count * size for count, size in zip(batches, sizes, strict=True))
    return touched / TOUCHED + 3.0 * seen * width / MULTIPLICATIONS


def _axes(full: Floats, away: Floats) -> Floats:
    """Orthonormal: along the full gradient, and of what is left of a cloud where it is widest, (2, d)."""
    norm = np.linalg.norm(full)
    along = full / norm if norm > 0 else np.eye(len(full))[0]
    rest = away - np.outer(away @ along, along)
    turn = np.linalg.eigh(rest @ rest.T)[1][:, -1]  # of few rows and many columns: much less work than all of the SVD
    across = turn @ rest
    across = across - (across @ along) * along  # where nothing is left, rounding decides
    return np.stack([along, upright(across[:, None] / (np.linalg.norm(across) or 1.0))[:, 0]])


def _cloud(size: int, parts: Iterable[Floats], full: Floats, axes: Floats) -> Cloud:
    """From the differences to the full gradient, some at a time, (m, d)."""
    places, squares, downhill, whole = [], 0.0, 0, np.zeros_like(full)
    for away in parts:
        places.append(away @ axes.T)
        squares += float(np.vdot(away, away))
        downhill += int(np.sum(away @ full > -(full @ full)))
        whole += away.sum(axis=0)
    count = sum(map(len, places))
    centre = full @ axes.T
    return Cloud(
        size,
        centre + np.concatenate(places),
        centre + whole / count @ axes.T,
        float(np.linalg.norm(whole)) / count,
        float(np.sqrt(squares / count)),
        downhill / count,
    )
