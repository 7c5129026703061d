"""Polishing: networks are brought from where training left them to a point where ‖g‖ = 0, in float64.

"norm" makes ½‖g‖² small by damped Newton steps −(H² + μI)⁻¹ H g with μ = ‖g‖². It is drawn to saddles and minima alike,
whatever lies near; its trap are gradient-flat points, minima of ‖g‖ where H g = 0 although g is not (Frye et al. 2021,
Neural Computation 33(6)).

"index" climbs along as many eigenvectors as there were negative eigenvalues where training stopped, and descends along
all others: eigenvector following, as in chemistry (Cerjan & Miller 1981; Wales 1994). Gradient-flat points do not hold
it. Where no saddle of so high an index comes, it gives up some of them, and at last it goes down to a minimum.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats
from engine.curvature.derivatives import slopes_at
from engine.curvature.points import RELATIVE
from landscapes.base import Loss

Ints = NDArray[np.int64]

METHODS = ("norm", "index")
BLOCK = 16  # networks that are worked on at once
STRICT = 1e-10  # ‖g‖ of a critical point
STUCK = 1e-6  # ‖Hg‖ / (‖H‖ ‖g‖) where lowering ‖g‖ ends
LAST_STEP = 300  # steps
FIRST, LONGEST, SHORTEST = 0.3, 1.0, 1e-9  # length of a step in θ: at first, at most, and where no step helps any more
HOLD, KEPT = 10, 0.7  # steps of climbing before some directions are given up, and the share that is kept
CAPTURE = 0.1  # length of a Newton step that is taken whatever it leads to
CLOSE = 1e-3  # of one that has all but arrived
SEEN = np.unique([*range(21), *np.geomspace(21, LAST_STEP, 20).round().astype(int)])  # steps whose place is kept


class Arrival(NamedTuple):
    """Where a network ended, or was on its way."""

    number: int
    steps: int
    loss: float
    gradient_norm: float
    residual: float
    distance: float
    eigenvalues: Floats  # (d,)
    way: Sequence["Arrival"] = ()  # after the steps of SEEN before that


class _Place(NamedTuple):
    """B points seen from their own eigenvectors."""

    loss: Floats  # (B,)
    slope: Floats  # (B, d), the gradient along each eigenvector
    norm: Floats  # (B,)
    values: Floats  # (B, d), ascending
    vectors: Floats  # (B, d, d), in columns
    sound: NDArray[np.bool_]  # (B,), whether all of it is finite

    @property
    def residual(self) -> Floats:
        """‖Hg‖ / (max|λ| ‖g‖), (B,)."""
        whole = np.max(np.abs(self.values), axis=1) * np.where(self.sound, self.norm, 0)
        turned = np.linalg.norm(self.values * self.slope, axis=1)
        return np.asarray(np.divide(turned, whole, out=np.ones_like(whole), where=whole > 0))

    @property
    def newton(self) -> Floats:
        """Length of the damped Newton step, (B,)."""
        return np.asarray(np.linalg.norm(self.slope / _soft(self), axis=1))


@xla.program("make")
def hessians(make: Callable[..., Any], knobs: dict[str, Any], points: Array) -> Any:
    """Losses (n,), gradients (n, d) and Hessians (n, d, d) at points (n, d): four at a time stay in the cache."""
    loss = make(**knobs)

    def at(point: Array) -> Any:
        return *jax.value_and_grad(loss)(point), jax.hessian(loss)(point)

    return lax.map(at, points, batch_size=4)


def polished(
    make: Callable[..., Loss], knobs: dict[str, Any], starts: Floats, method: str = METHODS[0], block: int = BLOCK
) -> Iterator[list[Arrival]]:
    """Bring each start (n, d) to a point where ‖g‖ = 0; yields after each step which of them have ended.

    ``block`` of them are under way at a time; where one has ended, the next one begins.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}: choose one of {', '.join(METHODS)}")
    number = np.arange(block)
    points = starts[np.minimum(number, len(starts) - 1)]
    steps, radius, index = np.zeros(block, int), np.full(block, FIRST), np.full(block, -1)
    following, left = block, len(starts)
    ways: list[list[Arrival]] = [[] for _ in range(block)]
    while left:
        place = _seen(make, knobs, points)
        index = np.where(index < 0, np.sum(place.values < -RELATIVE * np.abs(place.values[:, -1:]), axis=1), index)
        stuck = (place.residual < STUCK) if method == "norm" else np.zeros(block, bool)
        ended = (place.norm <= STRICT) | stuck | (steps >= LAST_STEP) | (radius < SHORTEST) | ~place.sound
        finished = np.flatnonzero(ended & (number < len(starts))).tolist()
        arrived = [_arrival(place, points, row, number, steps)._replace(way=ways[row]) for row in finished]
        left -= len(arrived)
        yield arrived
        for row in np.flatnonzero(~ended & np.isin(steps, SEEN)).tolist():
            ways[row].append(_arrival(place, points, row, number, steps))
        moved, radius = _stepped(make, knobs, place, points, radius, index, method)
        points, steps = np.where(ended[:, None], points, moved), steps + 1
        index = np.where(steps % HOLD == 0, (KEPT * index).astype(int), index)
        for row in np.flatnonzero(ended).tolist():
            ways[row] = []
            number[row], following = following, following + 1
            points[row] = starts[min(number[row], len(starts) - 1)]
            steps[row], radius[row], index[row] = 0, FIRST, -1


def _seen(make: Callable[..., Loss], knobs: dict[str, Any], points: Floats) -> _Place:
    loss, slopes, matrices = map(np.asarray, hessians(make, knobs, points))
    sound = np.isfinite(matrices).all(axis=(1, 2)) & np.isfinite(slopes).all(axis=1)
    slopes = np.where(sound[:, None], slopes, 0)
    matrices = np.where(sound[:, None, None], (matrices + matrices.transpose(0, 2, 1)) / 2, 0)
    values, vectors = np.linalg.eigh(matrices)
    norm = np.where(sound, np.linalg.norm(slopes, axis=1), np.inf)
    return _Place(loss, _turned(vectors, slopes), norm, values, vectors, sound)


def _turned(vectors: Floats, rows: Floats) -> Floats:
    """Rows (B, d) along each eigenvector, (B, d)."""
    return np.asarray(np.einsum("nij,ni->nj", vectors, rows))


def _soft(place: _Place) -> Floats:
    """√(λ² + ‖g‖²), (B, d): near a critical point |λ|, and no division by 0 before."""
    return np.asarray(np.sqrt(place.values**2 + np.where(place.sound, place.norm, 1)[:, None] ** 2 + 1e-300))


def _arrival(place: _Place, points: Floats, row: int, number: Ints, steps: Ints) -> Arrival:
    return Arrival(
        number=int(number[row]),
        steps=int(steps[row]),
        loss=float(place.loss[row]),
        gradient_norm=float(place.norm[row]),
        residual=float(place.residual[row]),
        distance=float(np.linalg.norm(points[row])),
        eigenvalues=place.values[row] if place.sound[row] else np.full(points.shape[1], np.nan),
    )


def _stepped(
    make: Callable[..., Loss],
    knobs: dict[str, Any],
    place: _Place,
    points: Floats,
    radius: Floats,
    index: Ints,
    method: str,
) -> tuple[Floats, Floats]:
    """One step of each, (B, d), where it is good, and the length that the next one may have, (B,)."""
    change = _norm_step(place) if method == "norm" else _index_step(place, index)
    length = np.linalg.norm(change, axis=1)
    change = change * np.minimum(1, radius / np.maximum(length, 1e-300))[:, None]
    tried = points + np.einsum("nij,nj->ni", place.vectors, change)
    loss, slopes = map(np.asarray, slopes_at(make, knobs, tried))
    norm = np.linalg.norm(slopes, axis=1)
    turn = place.values * change  # by what the gradient should have changed
    missed = np.linalg.norm(_turned(place.vectors, slopes) - place.slope - turn, axis=1)
    off = missed / np.maximum(np.linalg.norm(turn, axis=1), 1e-300)
    lower = norm < place.norm
    if method == "norm":
        good = lower
    else:
        near = place.newton < CLOSE
        good = np.where(index > 0, off < 1.5, loss < place.loss) | (norm < place.norm / 2) | (near & lower)
        off = np.where((index > 0) | near, off, _loss_off(place, change, loss))
    good &= np.isfinite(norm)
    wider = np.where(off < 0.25, np.minimum(LONGEST, 2 * radius), np.where(off > 0.75, radius / 2, radius))
    return np.where(good[:, None], tried, points), np.where(good, wider, radius / 4)


def _norm_step(place: _Place) -> Floats:
    """−(H² + μI)⁻¹ H g with μ = ‖g‖²: fast at the end even where H is singular (Yamashita & Fukushima 2001, Computing
    Suppl. 15)."""
    return -place.slope * place.values / _soft(place) ** 2


def _index_step(place: _Place, index: Ints) -> Floats:
    """Up along the ``index`` lowest eigenvectors and down along all others; a Newton step where one is at hand."""
    up = np.arange(place.values.shape[1]) < index[:, None]
    at_hand = (place.newton < CAPTURE) & (index > 0)
    sign = np.where(at_hand[:, None], -np.sign(place.values), np.where(up, 1.0, -1.0))
    return np.asarray(sign * place.slope / _soft(place))


def _loss_off(place: _Place, change: Floats, loss: Floats) -> Floats:
    """How far the parabola is from the loss that a step reached, in the terms of ``_stepped``: 0 well, 1 badly."""
    promised = -np.sum(place.slope * change + place.values * change**2 / 2, axis=1)
    kept = (place.loss - loss) / np.maximum(promised, 1e-300)
    return np.where(kept > 0.5, 0.0, np.where(kept > 0.1, 0.5, 1.0))
