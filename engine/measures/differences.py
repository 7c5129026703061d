"""The gradient by hand: central differences against automatic ones, over a range of distances h.

Too large an h leaves the next terms of the Taylor series, an error ∝ h²; too small an h leaves rounding, ∝ 1/h.
"""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.arrays import Floats
from engine.curvature.derivatives import place, slopes_at, subject
from engine.given import Subject

COMPARED = 64  # coordinates that are compared
DISTANCES = np.logspace(-12, 0, 49)


@xla.program("make")
def _values(make: Callable[..., Any], knobs: dict[str, Any], points: Array) -> Any:
    """Losses (n,) at points (n, d)."""
    return lax.map(make(**knobs), points, batch_size=16)


def central_differences(
    landscape: Subject,
    point: ArrayLike,
    distances: ArrayLike,
    coordinates: ArrayLike,
    precision: str = "float64",
    **knobs: Any,
) -> Floats:
    """(L(θ + h e) − L(θ − h e)) / 2h for each h (m,) and each of the coordinates e (k,), (m, k)."""
    make, numbers = subject(landscape, knobs)
    theta = place(landscape, point)[0].astype(precision)
    lengths = np.asarray(distances, dtype=np.float64)
    if lengths.ndim != 1 or not lengths.size or not (np.isfinite(lengths) & (lengths > 0)).all():
        raise ValueError("distances must be finite and positive, (m,)")
    axes = np.eye(theta.size, dtype=precision)[np.asarray(coordinates, dtype=int)]
    offsets = lengths.astype(precision)[:, None, None] * axes  # (m, k, d)
    around = np.stack([theta + offsets, theta - offsets]).reshape(-1, theta.size)
    rounded = {name: value.astype(precision) for name, value in numbers.items()}
    with jax.enable_x64(precision == "float64"):  # of this thread alone
        values = np.asarray(_values(make, rounded, around), dtype=np.float64)
    ahead, behind = values.reshape(2, len(lengths), len(axes))
    # What was really added, after rounding: for a large θ and a small h not quite h.
    steps = ((theta + offsets) - (theta - offsets)).sum(axis=-1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((ahead - behind) / steps)


def compared(width: int) -> NDArray[np.int64]:
    """The coordinates of a θ (width,) that are compared: all, or COMPARED of them, evenly spread."""
    return np.unique(np.linspace(0, width - 1, min(width, COMPARED)).round().astype(np.int64))


def gradient_check(
    landscape: Subject, point: ArrayLike, distances: ArrayLike = DISTANCES, precision: str = "float64", **knobs: Any
) -> tuple[Floats, Floats]:
    """Each h, (m,), and how far (L(θ + h e) − L(θ − h e)) / 2h is from the gradient there, (m,).

    The error is ‖difference‖ / ‖gradient‖ over all coordinates e, or COMPARED of them, evenly spread; where the
    gradient is 0 it is ‖difference‖ alone.

    Args:
        precision: of the losses, "float32" or "float64"; the gradient they are compared with is float64.
    """
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    every = compared(theta.size)
    slopes = central_differences(landscape, theta, distances, every, precision, **knobs)
    gradient = np.asarray(slopes_at(make, numbers, theta[None])[1])[0, every]
    size = float(np.linalg.norm(gradient))
    return np.asarray(distances, dtype=np.float64), np.linalg.norm(slopes - gradient, axis=1) / (size or 1.0)
