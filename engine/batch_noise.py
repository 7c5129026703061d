"""The gradient on a batch is a sample of the gradient on all points: right on average, and the less spread the larger.

Batches are drawn without replacement, as an epoch draws them.
"""

from collections.abc import Callable, Sequence
from math import gcd
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.curvature import upright
from engine.network import Floats
from engine.objective import batch_gradients
from landscapes.base import Loss

DRAWN = 200  # batches of each size, at least
SEEN = 256  # gradients that decide how the picture is turned


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
    chance = np.random.default_rng([seed, 4])  # 0 to 3 are those of weights, batches, dropout and planes
    cuts = points // gcd(points, batch)
    places = (np.arange(cuts)[:, None] * batch + np.arange(batch)) % points
    rounds = -(-least // cuts)
    return np.concatenate([chance.permutation(points)[places] for _ in range(rounds)]).astype(np.int32)


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
    members = np.zeros((len(rows), len(examples)))
    np.put_along_axis(members, rows.astype(np.int64), 1 / rows.shape[1], axis=1)
    return np.asarray(members @ examples)


def noise(
    make: Callable[..., Loss],
    theta: ArrayLike,
    sizes: Sequence[int],
    alone: bool = True,
    drawn: int = DRAWN,
    seed: int = 0,
    **data: Any,
) -> Noise:
    """The clouds of batch gradients at θ, one for each batch size.

    Args:
        make: the factory of the surface, ``objective(…)``.
        alone: whether a point's gradient is the same in any batch: not with batch normalisation.
        drawn: batches of each size, at least.
        data: inputs (n, p), targets (n,), decay ().
    """
    data = {name: np.asarray(value, dtype=np.float64) for name, value in data.items()}
    here, points = np.asarray(theta, dtype=np.float64), len(data["inputs"])
    every = np.arange(points, dtype=np.int32)
    examples = np.asarray(batch_gradients(make, here, every[:, None], **data)) if alone else None
    full = batches_gradients(make, here, every[None], examples, **data)[0]
    found = [batches_gradients(make, here, ring_batches(points, size, drawn, seed), examples, **data) for size in sizes]
    axes = _axes(full, found[int(np.argmin(sizes))])
    return Noise(
        float(np.linalg.norm(full)),
        tuple(_cloud(size, gradients, full, axes) for size, gradients in zip(sizes, found, strict=True)),
    )


def _axes(full: Floats, gradients: Floats) -> Floats:
    """Orthonormal: along the full gradient, and of what is left of a cloud where it is widest, (2, d)."""
    norm = np.linalg.norm(full)
    along = full / norm if norm > 0 else np.eye(len(full))[0]
    some = gradients[:: -(-len(gradients) // SEEN)] - full
    rest = some - np.outer(some @ along, along)
    turn = np.linalg.eigh(rest @ rest.T)[1][:, -1]  # of few rows and many columns: much less work than all of the SVD
    across = turn @ rest
    across = across - (across @ along) * along  # where nothing is left, rounding decides
    return np.stack([along, upright(across[:, None] / (np.linalg.norm(across) or 1.0))[:, 0]])


def _cloud(size: int, gradients: Floats, full: Floats, axes: Floats) -> Cloud:
    mean, away = gradients.mean(axis=0), gradients - full
    return Cloud(
        size,
        gradients @ axes.T,
        mean @ axes.T,
        float(np.linalg.norm(mean - full)),
        float(np.sqrt(np.mean(np.sum(away**2, axis=1)))),
        float(np.mean(gradients @ full > 0)),
    )
