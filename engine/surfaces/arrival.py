"""Arriving: how far a place is from the known minima of a surface, and whether it is at one of them.

Minima are known inside the window: their places or, where they fill a curve or a surface, its equation r(θ) = 0. A low
loss alone proves nothing: outside the window a surface may fall for ever, and other hollows may be as low.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.curvature.derivatives import curved_at, subject
from landscapes.base import Landscape

Numbers = Mapping[str, float]

TURNS = 200  # steps downhill at most
STRIDE = 0.02  # of the window: the longest of them, so that none jumps over a wall
SETTLED = 1e-9  # of the window: a shorter step downhill leads nowhere
PROBES = np.linspace(0, 1, 33)  # shares of a straight way at which the loss is looked at
LEVEL = 1e-9  # of the height of a way: a piece of it that falls by less does not fall
ROUNDING = 1e-11  # of a loss, or of 1: a difference below it is none; Schwefel's terms of 400 leave 1e-13
PULLS = 30  # of Newton's method, onto a valley and along it
SCATTERED = 1000  # places of a lattice from which a valley is looked for
CLOSE = 4  # of the solutions found so: as many are tried for the nearest one
ON, EXACT = 1e-9, 1e-15  # of the window: so close to r(θ) = 0 is on it; no closer can be told


def rounding(loss: Any) -> Any:
    """By how much two computed losses of about this size may differ that are the same."""
    return ROUNDING * np.maximum(np.abs(loss), 1.0)


def at_minimum(surface: Landscape, places: Floats, minima: Floats, knobs: Numbers) -> NDArray[np.bool_]:
    """Whether each of the places (n, d) is at a known minimum: in its hollow, from where a way that only falls leads to
    it, (n,).

    No distance would do: hollows are round, narrow and bent, flat or pointed, and only the surface knows how wide. The
    straight way to the nearest known minimum is tried; then, past the bends, Newton's steps downhill and a straight way
    from there.
    """

    def falls(points: Floats) -> NDArray[np.bool_]:
        ends = onto_valley(surface, points, knobs) if surface.valley else _nearest(points, minima)
        ways = points[:, None] + PROBES[:, None] * (ends - points)[:, None]
        losses = curved_at(*subject(surface, dict(knobs)), ways.reshape(-1, surface.dimension))[0]
        losses = losses.reshape(len(points), -1)
        level = LEVEL * (losses[:, :1] - losses[:, -1:])  # a plain in front of a hole falls nowhere
        return np.asarray((np.diff(losses, axis=1) <= rounding(losses[:, 1:]) - level).all(axis=1))

    there = falls(places)
    if not there.all():
        there[~there] = falls(downhill(surface, places[~there], knobs))
    return there


def _nearest(places: Floats, points: Floats) -> Floats:
    """The one of the points (k, d) that is next to each of the places, (n, d)."""
    return np.asarray(points[np.linalg.norm(points - places[:, None], axis=2).argmin(axis=1)])


def downhill(surface: Landscape, places: Floats, knobs: Numbers) -> Floats:
    """Where the surface leads down to from each place, (n, d): Newton's steps with every curvature made positive."""
    make, numbers = subject(surface, dict(knobs))
    size = np.ptp(np.array(surface.window), axis=1)
    points, reach = places, np.full(len(places), STRIDE)
    loss, slope, matrix = curved_at(make, numbers, points)
    for _ in range(TURNS):
        curvature, ways = np.linalg.eigh(np.nan_to_num(matrix * size[:, None] * size))
        along = np.einsum("nij,ni->nj", ways, np.nan_to_num(slope * size))
        divisor = np.maximum(np.abs(curvature), np.abs(along) / reach[:, None])
        step = np.einsum("nij,nj->ni", ways, along / np.where(divisor > 0, divisor, 1)) * size
        further = curved_at(make, numbers, points - step)
        lower = further[0] < loss
        reach = np.where(lower, np.minimum(2 * reach, STRIDE), reach / 4)
        points = np.where(lower[:, None], points - step, points)
        loss = np.where(lower, further[0], loss)
        slope = np.where(lower[:, None], further[1], slope)
        matrix = np.where(lower[:, None, None], further[2], matrix)
        if reach.max() < SETTLED:
            break
    return points


def distance(surface: Landscape, place: Floats, minima: Floats, knobs: Numbers) -> float:
    """From a place (d,) to the nearest known minimum; nan where none is known."""
    near = _near_in_valley(surface, place, knobs) if surface.valley else minima
    return float(np.linalg.norm(near - place, axis=1).min(initial=np.inf)) if len(near) else float("nan")


def onto_valley(surface: Landscape, places: Floats, knobs: Numbers) -> Floats:
    """Straight at r(θ) = 0 from each of the places, (n, d): not the nearest solution, but one nearby; nan where no way
    leads to one, as from where ∇r = 0."""
    assert surface.valley is not None
    make, numbers = subject(surface.valley, dict(knobs))
    size = np.ptp(np.array(surface.window), axis=1)
    for _ in range(PULLS):
        value, slope, _ = curved_at(make, numbers, places)
        steepness = np.sum(slope**2, axis=1)
        move = (value / np.where(steepness > 0, steepness, np.inf))[:, None] * slope
        places = places - move
        if (np.abs(move) <= EXACT * size).all():
            break
    return np.where(_solved(surface, places, numbers)[:, None], places, np.nan)


def _near_in_valley(surface: Landscape, place: Floats, knobs: Numbers) -> Floats:
    """Solutions of r(θ) = 0 around a place, (k, d), the nearest of all among them: Newton's method for the least
    ½‖θ − place‖², with the multiplier that fits best, from solutions on all sides."""
    assert surface.valley is not None
    make, numbers = subject(surface.valley, dict(knobs))
    known = _scattered(surface, tuple(knobs.items()))
    known = known[np.linalg.norm(known - place, axis=1).argsort()[:CLOSE]]
    first = points = np.concatenate([_found(onto_valley(surface, place[None], knobs)), known])
    width, size = len(place), np.linalg.norm(np.ptp(np.array(surface.window), axis=1))
    system = np.zeros((len(points), width + 1, width + 1))
    for _ in range(PULLS):
        value, slope, matrix = curved_at(make, numbers, points)
        pull = -np.sum(slope * (points - place), axis=1) / np.sum(slope**2, axis=1)
        system[:, :width, :width] = np.eye(width) + pull[:, None, None] * matrix
        system[:, :width, width] = system[:, width, :width] = slope
        wrong = np.column_stack([points - place + pull[:, None] * slope, value])
        step = np.einsum("nij,nj->ni", np.linalg.pinv(system), wrong)[:, :width]
        length = np.linalg.norm(step, axis=1)
        points = points - step * (size / np.maximum(length, size))[:, None]
        if length.max() <= EXACT * size:
            break
    both = np.concatenate([first, points])
    return both[_solved(surface, both, numbers)]


@lru_cache(maxsize=64)
def _scattered(surface: Landscape, knobs: tuple[tuple[str, float], ...]) -> Floats:
    """Solutions of r(θ) = 0 all over the window and a little beyond it, (n, d)."""
    side = round(SCATTERED ** (1 / surface.dimension))
    lattice = np.meshgrid(*(np.linspace(low, high, side) for low, high in surface.window))
    return _found(onto_valley(surface, np.stack([axis.ravel() for axis in lattice], axis=1), dict(knobs)))


def _found(places: Floats) -> Floats:
    return places[np.isfinite(places).all(axis=1)]


def _solved(surface: Landscape, places: Floats, knobs: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Whether each of the places solves r(θ) = 0, (n,)."""
    assert surface.valley is not None
    value, slope, _ = curved_at(*subject(surface.valley, dict(knobs)), places)
    size = np.linalg.norm(np.ptp(np.array(surface.window), axis=1))
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(value) <= ON * size * np.linalg.norm(slope, axis=1))
