"""The way out of a saddle, along the most negative eigenvector: both sides are lower, and the closer to the saddle a
descent starts, the longer it stays, by the logarithm of the distance."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats
from engine.curvature.derivatives import derivatives, subject
from engine.curvature.points import CriticalPoint
from engine.surfaces.descent import descend
from engine.surfaces.stability import escape_steps
from landscapes.base import Landscape

STARTS = 8
WIDEST, CLOSEST = 1 / 3, 1e-7  # of the distance to reach: where the first and the last of them lie
PATIENCE, SPARE = 1.5, 30  # so many times the predicted steps are taken, and so many more
LIMIT = 20_000  # steps that a start is given at most


class Step(NamedTuple):
    """Where a push ends, and what became of the loss."""

    point: Floats  # (d,)
    loss: float
    change: float  # L(θ) − L(θ')
    predicted: float  # the same to second order: s·g·v + ½ s² vᵀHv


class Leaving(NamedTuple):
    """How many steps gradient descent takes to get ``far`` from a saddle along its way out."""

    rate: float  # η
    far: float  # the distance to reach
    near: Floats  # (k,), distances of the starts, descending
    predicted: Floats  # (k,), ln(far/near) / ln(1 + η|λ|)
    measured: NDArray[np.int64]  # (k,), −1: never within the limit


def way_out(at: CriticalPoint) -> Floats | None:
    """The unit eigenvector u of the most negative eigenvalue, (d,); None where none is negative or H means nothing."""
    return None if at.kind == "not smooth" else at.escape


def random_direction(dimension: int, seed: int) -> Floats:
    """A unit vector, every direction equally likely, (d,)."""
    direction = np.random.default_rng(seed).standard_normal(dimension)
    return np.asarray(direction / np.linalg.norm(direction))


def step_out(
    landscape: str | Landscape, at: CriticalPoint, direction: ArrayLike, length: float, **knobs: float
) -> Step:
    """Go ``length`` along a direction (d,), of length 1; ``at`` is of this surface with these knobs."""
    along = np.asarray(direction, dtype=np.float64)
    if along.shape != at.point.shape:
        raise ValueError(f"direction must have the shape of the point, {at.point.shape}, not {along.shape}")
    make, numbers = subject(landscape, knobs)
    point = at.point + length * along
    loss = derivatives(make, numbers, point)[0]
    curved = (along @ at.eigenvectors) ** 2 @ at.eigenvalues
    return Step(point, loss, loss - at.loss, float(length * (at.gradient @ along) + 0.5 * length**2 * curved))


def leaving(landscape: str | Landscape, at: CriticalPoint, rate: float, far: float, **knobs: float) -> Leaving:
    """Gradient descent with learning rate ``rate`` from closer and closer to a saddle, on the side of ``way_out``.

    Raises:
        ValueError: where nothing is predicted: no eigenvalue is negative, or the point is no smooth critical one.
    """
    out = way_out(at)
    if at.kind in ("sloped", "not smooth"):
        raise ValueError(
            f"steps are predicted at a critical point, but this one is {at.kind}: ‖g‖ = {at.gradient_norm:.3g}"
        )
    if out is None:
        raise ValueError(
            f"no way out: no eigenvalue lies below −τ = {-at.tolerance:.3g}, the lowest is {at.eigenvalues[0]:.3g}"
        )
    if not (0 < rate < np.inf and 0 < far < np.inf):
        raise ValueError(f"learning rate and distance must be positive numbers, not {rate:g} and {far:g}")
    near = np.geomspace(far * WIDEST, far * CLOSEST, STARTS)
    predicted = np.array([escape_steps(rate, float(at.eigenvalues[0]), start, far) for start in near])
    measured = np.full(STARTS, -1)
    for index, (start, steps) in enumerate(zip(near, predicted, strict=True)):
        most = int(min(PATIENCE * steps + SPARE, LIMIT))
        path = descend(landscape, "gradient_descent", at.point + start * out, most, knobs=knobs, learning_rate=rate)
        measured[index] = _first_beyond(path.params - at.point, out, far)
    return Leaving(rate, far, near, predicted, measured)


def _first_beyond(moves: Floats, out: Floats, far: float) -> int:
    """The first of the moves (T+1, d) that goes ``far`` along ±``out``, −1 if none does; nan goes nowhere."""
    with np.errstate(over="ignore", invalid="ignore"):
        beyond = np.abs(moves @ out) >= far
    return int(beyond.argmax()) if beyond.any() else -1
