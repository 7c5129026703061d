"""The gradient by hand: central differences against automatic ones, over a range of distances h.

Too large an h leaves the next terms of the Taylor series, an error ∝ h²; too small an h leaves rounding, ∝ 1/h.
"""

from functools import partial
from typing import Any

import jax
import numpy as np
from jax import lax
from numpy.typing import ArrayLike

from engine import xla
from engine.curvature import Subject, place, slopes_at, subject
from engine.descent import Floats

MOST = 64  # coordinates that are compared
DISTANCES = np.logspace(-12, 0, 49)


@partial(jax.jit, static_argnames="make", compiler_options=xla.OPTIONS)
def _values(make, knobs, points):
    """Losses (n,) at points (n, d)."""
    return lax.map(make(**knobs), points, batch_size=16)


def gradient_check(
    landscape: Subject, point: ArrayLike, distances: ArrayLike = DISTANCES, **knobs: Any
) -> tuple[Floats, Floats]:
    """Each h, (m,), and how far (L(θ + h e) − L(θ − h e)) / 2h is from the gradient there, (m,).

    The error is ‖difference‖ / ‖gradient‖ over all coordinates e, or MOST of them, evenly spread; where the gradient
    is 0 it is ‖difference‖ alone.
    """
    make, numbers = subject(landscape, knobs)
    here, _ = place(landscape, point)
    lengths = np.asarray(distances, dtype=np.float64)
    if lengths.ndim != 1 or not lengths.size or not (np.isfinite(lengths) & (lengths > 0)).all():
        raise ValueError("distances must be finite and positive, (m,)")
    every = np.unique(np.linspace(0, here.size - 1, min(here.size, MOST)).round().astype(int))
    offsets = lengths[:, None, None] * np.eye(here.size)[every]  # (m, k, d)
    around = np.stack([here + offsets, here - offsets]).reshape(-1, here.size)
    ahead, behind = np.asarray(_values(make, numbers, around)).reshape(2, len(lengths), len(every))
    # What was really added, after rounding: for a large θ and a small h not quite h.
    steps = ((here + offsets) - (here - offsets)).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = (ahead - behind) / steps
    gradient = np.asarray(slopes_at(make, numbers, here[None])[1])[0, every]
    size = float(np.linalg.norm(gradient))
    return lengths, np.linalg.norm(slopes - gradient, axis=1) / (size or 1.0)
