"""Minima or saddles: many small networks, each brought to a critical point, and the signs of its curvatures.

A network is trained for some updates and then polished to ‖g‖ = 0, in float64, by one of two methods.

"norm" makes ½‖g‖² small by damped Newton steps −(H² + μI)⁻¹ H g with μ = ‖g‖². It is drawn to saddles and minima alike,
whatever lies near; its trap are gradient-flat points, minima of ‖g‖ where H g = 0 although g is not (Frye et al. 2021,
Neural Computation 33(6)).

"index" climbs along as many eigenvectors as there were negative eigenvalues where training stopped, and descends along
all others: eigenvector following, as in chemistry (Cerjan & Miller 1981; Wales 1994). Gradient-flat points do not hold
it. Where no saddle of so high an index comes, it gives up some of them, and at last it goes down to a minimum.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import jax
import numpy as np
from jax import lax
from numpy.typing import NDArray

from engine import network, xla
from engine.curvature import FLOOR, RELATIVE, slopes_at
from engine.descent import Floats
from engine.network_experiment import NetworkExperiment
from landscapes.base import Loss
from optimizers import OPTIMIZERS

Ints = NDArray[np.int64]

METHODS = ("norm", "index")
BLOCK = 16  # networks that are worked on at once
STRICT = 1e-10  # ‖g‖ of a critical point
FLAT = 0.01  # ‖Hg‖ / (‖H‖ ‖g‖) of a gradient-flat one; it is 1 where g lies along the strongest curvature
STUCK = 1e-6  # the same ratio, where lowering ‖g‖ ends
MOST = 300  # steps of polishing
FIRST, LONGEST, SHORTEST = 0.3, 1.0, 1e-9  # length of a step in θ: at first, at most, and where no step helps any more
HOLD, KEPT = 10, 0.7  # steps of climbing before some directions are given up, and the share that is kept
CAPTURE, CLOSE = (
    0.1,
    1e-3,
)  # length of a Newton step that is taken whatever it leads to, and of one that has all but arrived
RATE, UPDATES = 0.02, 100  # Adam's learning rate, and its updates in one call
LARGEST = 200  # parameters
STAGES = (5**0.5 - 1) / 2  # multiples of it, modulo 1, fill the unit interval evenly


@dataclass(frozen=True)
class Search:
    """Which networks are brought to a critical point.

    net: of what kind they are; its width does not matter. Its ``steps`` are the most updates of the training before.
    count: of networks, the same number of each width but for what is left over.
    """

    net: NetworkExperiment
    widths: tuple[int, ...]
    count: int
    method: str = METHODS[0]

    @property
    def groups(self) -> list[tuple[NetworkExperiment, range]]:
        """The networks of each width, and their seeds."""
        each, more = divmod(self.count, len(self.widths))
        first = self.net.seed
        return [
            (replace(self.net, width=width), range(first, first + each + (place < more)))
            for place, width in enumerate(sorted(self.widths))
        ]

    @property
    def largest(self) -> int:
        """Parameters of the widest network. Raises ValueError where the architecture does."""
        return max(net.size for net, _ in self.groups)

    @property
    def seconds(self) -> float:
        """How long this takes, about."""
        return sum(len(seeds) * _price(net) for net, seeds in self.groups)


class Critical(NamedTuple):
    """What has been found so far, n networks in the order in which they arrived; m parameters has the largest of all.

    Float64. ``kind``: "critical"; "flat": gradient-flat; "short": neither, it did not arrive.
    """

    width: Ints  # (n,)
    seed: Ints  # (n,)
    updates: Ints  # (n,), of the training before
    steps: Ints  # (n,), of polishing
    loss: Floats  # (n,), the surface: mean loss + decay Σ w²
    gradient_norm: Floats  # (n,)
    residual: Floats  # (n,), ‖Hg‖ / (max|λ| ‖g‖), in [0, 1]
    distance: Floats  # (n,), ‖θ‖
    eigenvalues: Floats  # (n, m), ascending, then nan
    kind: NDArray[np.str_]  # (n,)
    done: float  # share of the work


class Signs(NamedTuple):
    """How many eigenvalues have which sign, (n,), and the two ratios."""

    positive: Ints
    zero: Ints
    negative: Ints
    of_signed: Floats  # positive / (positive + negative); nan where all are zero
    of_all: Floats  # positive / all


class Width(NamedTuple):
    """The critical points of one width."""

    width: int
    parameters: int
    critical: int
    hollow: int  # what has not reached ‖g‖ ≤ STRICT
    minima: int  # critical points without a negative eigenvalue
    median: float  # of positive / (positive + negative), over the critical points; nan without any


def critical_networks(search: Search) -> Iterator[Critical]:
    """Look for them; yields every 10 to 50 ms what is there so far, and once all is done."""
    found: list[tuple[Any, ...]] = []
    total, spent = search.seconds, 0.0
    width = search.largest
    yield _record(found, width, 0.0)
    for net, seeds in search.groups:
        share = len(seeds) * _price(net)
        make, knobs = net.surface()
        updates = stages(len(seeds), net.steps)
        thetas = network.initials(net.architecture, list(seeds), net.scheme)
        for _ in trained(make, knobs, thetas, updates):
            yield _record(found, width, spent / total)
        before = len(found)
        for arrived in polished(make, knobs, thetas, search.method):
            found += [(net.width, seeds[each.number], updates[each.number], *each[1:]) for each in arrived]
            yield _record(found, width, (spent + share * (len(found) - before) / len(seeds)) / total)
        spent += share
    yield _record(found, width, 1.0)


def stages(count: int, most: int) -> Ints:
    """After how many updates each of so many trainings stops, (count,): from 0 to ``most``, evenly in log(1 + updates),
    so that the critical points near the first weights are seen as well as those near the end."""
    share = np.arange(count) * STAGES % 1
    return np.asarray(np.round((1.0 + most) ** share - 1), np.int64)


def ratios(found: Critical, share: float = RELATIVE) -> Signs:
    """Signs with τ = max(floor, share·max|λ|, ‖g‖ / max(‖θ‖, 1)), as ``curvature.sign_tolerance`` has it."""
    values = found.eigenvalues
    with np.errstate(invalid="ignore"):
        largest = np.max(np.abs(values), axis=1, where=np.isfinite(values), initial=0.0)
        slope = found.gradient_norm / np.maximum(found.distance, 1.0)
        limit = np.maximum(np.maximum(FLOOR, share * largest), slope)[:, None]
        positive, negative = (np.sum(sign * values > limit, axis=1) for sign in (1, -1))
    size = np.sum(np.isfinite(values), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Signs(positive, size - positive - negative, negative, positive / (positive + negative), positive / size)


def by_width(found: Critical, signs: Signs) -> list[Width]:
    """One row for each width, the narrowest first."""
    rows = []
    for width in np.unique(found.width):
        here, there = found.width == width, (found.width == width) & (found.kind == "critical")
        known = signs.of_signed[there & (signs.positive + signs.negative > 0)]
        rows.append(
            Width(
                width=int(width),
                parameters=int(np.max(np.sum(np.isfinite(found.eigenvalues[here]), axis=1))),
                critical=int(there.sum()),
                hollow=int(here.sum() - there.sum()),
                minima=int(np.sum(there & (signs.negative == 0))),
                median=float(np.median(known)) if len(known) else float("nan"),
            )
        )
    return rows


def _record(found: list[tuple[Any, ...]], width: int, done: float) -> Critical:
    """The rows as columns: width, seed, updates, steps, loss, ‖g‖, residual, ‖θ‖, eigenvalues."""
    spectra = np.full((len(found), width), np.nan)
    for row, line in zip(spectra, found, strict=True):
        row[: len(line[8])] = line[8]
    wide, seed, updates, steps = np.array([line[:4] for line in found], np.int64).reshape(-1, 4).T
    loss, norm, residual, distance = np.array([line[4:8] for line in found], np.float64).reshape(-1, 4).T
    kind = np.where(norm <= STRICT, "critical", np.where(residual <= FLAT, "flat", "short"))
    return Critical(wide, seed, updates, steps, loss, norm, residual, distance, spectra, kind, done)


def _price(net: NetworkExperiment) -> float:
    """Seconds for one network, about: the steps of polishing and what stands around them, and the updates."""
    size, points = net.size, net.points
    step = 3e-5 + size**2 * points / 1.2e9 + size**3 / 7e8
    return 330 * step + net.steps * size * points / 4e9


# ---- training --------------------------------------------------------------------------------------------------------


@partial(jax.jit, static_argnames="make", compiler_options=xla.OPTIONS)
def _blank(make, knobs, thetas):
    del make, knobs
    return jax.vmap(OPTIMIZERS["adam"].make(RATE).init)(thetas)


@partial(jax.jit, static_argnames="make", compiler_options=xla.OPTIONS)
def _updated(make, knobs, thetas, moments, updates, at):
    """UPDATES steps of Adam from number ``at`` on; each network stops after its own number of updates."""
    gradient = jax.grad(make(**knobs))
    rule = OPTIMIZERS["adam"].make(RATE)

    def one(theta, state, last):
        def body(step, going):
            theta, state = going
            change, state = rule.update(gradient(theta), state)
            return jax.numpy.where(at + step < last, theta + change, theta), state

        return lax.fori_loop(0, UPDATES, body, (theta, state))

    return jax.vmap(one)(thetas, moments, updates)


def trained(make: Callable[..., Loss], knobs: dict[str, Any], thetas: Floats, updates: Ints) -> Iterator[None]:
    """Train each row of ``thetas`` (n, d), in place, for its own number of updates (n,)."""
    order = np.argsort(updates)
    for first in range(0, len(order), BLOCK):
        rows = order[first : first + BLOCK]
        filled = np.resize(rows, BLOCK)
        going = thetas[filled]
        moments = _blank(make, knobs, going)
        for at in range(0, int(updates[rows].max()), UPDATES):
            going, moments = _updated(make, knobs, going, moments, updates[filled], np.int64(at))
            yield
        thetas[rows] = np.asarray(going)[: len(rows)]


# ---- polishing -------------------------------------------------------------------------------------------------------


class Arrival(NamedTuple):
    """Where a network ended."""

    number: int
    steps: int
    loss: float
    gradient_norm: float
    residual: float
    distance: float
    eigenvalues: Floats  # (d,)


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
        return np.divide(turned, whole, out=np.ones_like(whole), where=whole > 0)

    @property
    def newton(self) -> Floats:
        """Length of the damped Newton step, (B,)."""
        return np.asarray(np.linalg.norm(self.slope / _soft(self), axis=1))


@partial(jax.jit, static_argnames="make", compiler_options=xla.OPTIONS)
def hessians(make, knobs, points):
    """Losses (n,), gradients (n, d) and Hessians (n, d, d) at points (n, d): four at a time stay in the cache."""
    loss = make(**knobs)

    def at(point):
        return *jax.value_and_grad(loss)(point), jax.hessian(loss)(point)

    return lax.map(at, points, batch_size=4)


def polished(
    make: Callable[..., Loss], knobs: dict[str, Any], starts: Floats, method: str = METHODS[0]
) -> Iterator[list[Arrival]]:
    """Bring each start (n, d) to a point where ‖g‖ = 0; yields after each step which of them have ended.

    BLOCK of them are under way at a time; where one has ended, the next one begins.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}: choose one of {', '.join(METHODS)}")
    number = np.arange(BLOCK)
    points = starts[np.minimum(number, len(starts) - 1)]
    steps, radius, index = np.zeros(BLOCK, int), np.full(BLOCK, FIRST), np.full(BLOCK, -1)
    following, left = BLOCK, len(starts)
    while left:
        place = _seen(make, knobs, points)
        index = np.where(index < 0, np.sum(place.values < -RELATIVE * np.abs(place.values[:, -1:]), axis=1), index)
        stuck = (place.residual < STUCK) if method == "norm" else np.zeros(BLOCK, bool)
        ended = (place.norm <= STRICT) | stuck | (steps >= MOST) | (radius < SHORTEST) | ~place.sound
        here = np.flatnonzero(ended & (number < len(starts))).tolist()
        arrived = [_arrival(place, points, row, number, steps) for row in here]
        left -= len(arrived)
        yield arrived
        moved, radius = _stepped(make, knobs, place, points, radius, index, method)
        points, steps = np.where(ended[:, None], points, moved), steps + 1
        index = np.where(steps % HOLD == 0, (KEPT * index).astype(int), index)
        for row in np.flatnonzero(ended):
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
