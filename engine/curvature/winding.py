"""How often the gradient turns on the way around a place, a cell or the window: that counts what is inside.

Nothing here needs the surface to be smooth. Where it has an edge the gradient jumps, and Clarke's generalized gradient
takes every value in between: it turns the shorter way round. Only where the two sides pull in opposite directions is
the turn not told; then the edge itself is full of critical points (Clarke 1983, Optimization and Nonsmooth Analysis).
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.curvature.newton import SLOPES, Flags, Whole, Window
from engine.curvature.points import NARROW, TINY, WIDE, rose

REACH = 1e-2  # of the window's width: a ring of this radius tells a point from a plain
PLAIN = 1e-8  # of the steepest slope: gradients below it are a plain
LEVEL, ROUNDING = 1e-12, 1e-15  # of the steepest slope: along a level edge; of the larger one beside it
PARTS = 8  # into which a way is cut where the gradient turns by more than a right angle
FEWEST = 2  # times that it is cut at least
FINE, FINEST = 3e-8, 1e-15  # of the window's width: until its parts are so small; where the two sides are opposite
SETTLED = 0.1  # share by which the way past 0 still changes when it is told
CORNERS = 64  # of a polygon around a place


class Rings(NamedTuple):
    """The gradient around n places, on rings of the radii REACH, WIDE, NARROW and TINY."""

    slopes: Floats  # (n, 4, k, d)

    @property
    def norms(self) -> Floats:
        return np.asarray(np.sqrt(np.sum(self.slopes**2, axis=-1)))  # (n, 4, k)


class Grid(NamedTuple):
    """Gradients at the nodes of one or more cubes of cells."""

    low: Floats  # (k, d), in [0, 1]
    side: float  # of a cell
    slopes: Floats  # (d, k, n+1, …, n+1)

    def nodes(self, cells: Whole) -> Floats:
        """Where the nodes (…, 1 + d) lie: which cube, and which node of it along each axis."""
        return self.low[cells[..., 0]] + self.side * cells[..., 1:]


class Ways(NamedTuple):
    """What was met along n straight ways."""

    passes: Whole  # (n,), see ``_passes``
    jumps: Flags  # (n,), whether the gradient jumps by more than a right angle, as far as that is followed
    vanishes: Flags  # (n,), whether it is 0 or not finite somewhere, or 0 lies between the two sides of an edge
    edges: Floats  # (m, d), where such edges are crossed
    sides: Floats  # (m, 2, d), the gradients before and after


def survey(window: Window, low: Floats, side: float, cells: int) -> tuple[Grid, Floats]:
    """Gradients over cubes of so many cells along each side, from ``low`` (k, d) on; the losses, (k, n+1, …)."""
    width = low.shape[1]
    steps = side * np.stack(np.meshgrid(*width * [np.arange(cells + 1)], indexing="ij"), axis=-1)
    nodes = low.reshape(-1, *width * [1], width) + steps
    losses, slopes = window.slopes(nodes.reshape(-1, width))
    grid = Grid(low, side, np.ascontiguousarray(slopes.T).reshape(width, *nodes.shape[:-1]))
    return grid, losses.reshape(nodes.shape[:-1])


def rings_around(window: Window, places: Floats) -> Rings:
    offsets = np.array([REACH, WIDE, NARROW, TINY])[:, None, None] * rose(places.shape[1])  # (4, k, d)
    around = places[:, None, None, :] + offsets
    return Rings(window.slopes(around.reshape(-1, places.shape[1]))[1].reshape(around.shape))


# ---- turns -----------------------------------------------------------------------------------------------------------


def _passes(one: Floats, other: Floats) -> Whole:
    """Of ways from one gradient to another, (d, …) each: +1 where the shorter one passes the direction (−1, 0)
    counter-clockwise, −1 clockwise. Their sum along a closed path is how often it turns around. In one dimension: +1
    where the slope changes from negative to positive."""
    if len(one) == 1:
        return np.asarray(np.subtract(other[0] >= 0, one[0] >= 0, dtype=np.int64))
    turn = one[0] * other[1] - one[1] * other[0]
    forth = (one[1] >= 0) & (other[1] < 0) & (turn >= 0)
    back = (one[1] < 0) & (other[1] >= 0) & (turn < 0)
    return np.asarray(np.subtract(forth, back, dtype=np.int64))


def _sharp(one: Floats, other: Floats) -> Flags:
    """Whether the gradient turns by more than a right angle, (d, …) each."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sum(one * other, axis=0) < 0)


def _aside(one: Floats, other: Floats) -> Floats:
    """On which side of 0, and how far from it, two gradients of the plane pass it, (2, …) each."""
    apart = np.sqrt(np.sum((other - one) ** 2, axis=0))
    return np.asarray((one[0] * other[1] - one[1] * other[0]) / np.where(apart > 0, apart, 1))


def followed(window: Window, ends: Floats, slopes: Floats) -> Ways:
    """Along straight ways of the plane, (n, 2, 2), from the gradients at their ends, (n, 2, 2). They are cut into ever
    smaller parts where the gradient turns fast, and on until it is told on which side it turns."""
    longest = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1).max(initial=FINEST)
    depth, deepest = (max(FEWEST, math.ceil(math.log(longest / size, PARTS))) for size in (FINE, FINEST))
    passes, owner = np.zeros(len(ends), dtype=np.int64), np.arange(len(ends))
    jumps, vanishes = np.zeros((2, len(ends)), dtype=bool)
    before = np.full(len(ends), np.inf)
    share = np.arange(PARTS + 1)[:, None] / PARTS
    for level in range(deepest + 1):
        one, other = np.moveaxis(slopes, (1, 2), (0, 1))
        cut = _sharp(one, other)
        if level >= depth:
            jumps[owner[cut]] = True
            aside = _aside(one, other)
            cut &= ~(np.abs(aside - before) < SETTLED * np.abs(aside))
            before = aside
        np.add.at(passes, owner[~cut], _passes(one[:, ~cut], other[:, ~cut]))
        ends, slopes, owner, before = ends[cut], slopes[cut], owner[cut], before[cut]
        if not len(ends) or level == deepest:
            break
        nodes = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * share  # (n, PARTS + 1, d)
        inner = window.slopes(nodes[:, 1:-1].reshape(-1, nodes.shape[2]))[1].reshape(len(nodes), PARTS - 1, -1)
        dull = ~(np.linalg.norm(inner, axis=2).min(axis=1) > PLAIN * window.steepest)
        vanishes[owner[dull]] = True
        turning = np.concatenate([slopes[:, :1], inner, slopes[:, 1:]], axis=1)
        ends, slopes = _pieces(nodes), _pieces(turning)
        owner, before = np.repeat(owner, PARTS), np.repeat(before, PARTS)
    np.add.at(passes, owner, _passes(*np.moveaxis(slopes, (1, 2), (0, 1))))
    flat = _level(window, slopes)
    vanishes[owner[flat]] = True
    return Ways(passes, jumps, vanishes, ends[flat].mean(axis=1), slopes[flat])


def _pieces(path: Floats) -> Floats:
    """The pieces of paths (n, k, d) from each place to the next, (n (k − 1), 2, d)."""
    return np.stack([path[:, :-1], path[:, 1:]], axis=2).reshape(-1, 2, path.shape[2])


def _ways(path: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """The pieces of closed paths, (n, k, 2), and the gradients at their ends."""
    path, slopes = (np.concatenate([way, way[:, :1]], axis=1) for way in (path, slopes))
    return _pieces(path), _pieces(slopes)


def _level(window: Window, slopes: Floats) -> Flags:
    """Of gradients before and after jumps, (n, 2, 2), whether 0 lies between the two of them."""
    sizes, aside = np.linalg.norm(slopes, axis=2), np.abs(_aside(*np.moveaxis(slopes, (1, 2), (0, 1))))
    steep = sizes.min(axis=1, initial=np.inf) > np.sqrt(PLAIN) * window.steepest
    return np.asarray(steep & (aside <= LEVEL * window.steepest + ROUNDING * sizes.max(axis=1, initial=0.0)))


def around(window: Window, places: Floats, radius: float) -> Whole:
    """The index of what is inside circles: +1 at minima and maxima of the plane, −1 at saddles, −2 at a monkey saddle;
    on a line +1 and −1 at minima and maxima; 0 in 3-D."""
    return circled(window, places, radius)[0]


def circled(window: Window, places: Floats, radius: float) -> tuple[Whole, Flags]:
    """The index of what is inside circles, and whether the gradient vanishes on the circle: then that is chance."""
    count, width = places.shape
    if width == 3 or not count:
        return np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    path = places[:, None] + radius * circle(width)
    slopes = window.slopes(path.reshape(-1, width))[1].reshape(path.shape)
    level = ~(np.linalg.norm(slopes, axis=2).min(axis=1) > PLAIN * window.steepest)
    if width == 1:
        return _passes(slopes[:, 0].T, slopes[:, 1].T), level
    met = followed(window, *_ways(path, slopes))
    turns, vanishes = met.passes.reshape(count, -1).sum(axis=1), met.vanishes.reshape(count, -1).any(axis=1)
    return np.asarray(turns), np.asarray(vanishes | level)


def circle(width: int) -> Floats:
    """Directions all around, (k, d); in the plane in turn."""
    if width != 2:
        return rose(width)
    turn = 2 * np.pi * (np.arange(CORNERS) + 0.3) / CORNERS
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def border_index(window: Window) -> int | None:
    """The sum of the indices inside, from the gradient on the border; None where that does not tell: it vanishes there,
    or is not finite, or d = 3."""
    width = window.low.size
    if width > 2:
        return None
    once = np.arange(SLOPES) * (4 / SLOPES)  # around, a corner at each whole number
    path = _border(once) if width == 2 else np.array([[0.0], [1.0]])
    slopes = window.slopes(path)[1]
    norms = np.linalg.norm(slopes, axis=1)
    if not norms.min() > PLAIN * window.steepest:
        return None
    if width == 1:
        return int(_passes(*slopes).sum())
    met = followed(window, *_ways(path[None], slopes[None]))
    return None if met.vanishes.any() else int(met.passes.sum())


def _border(way: NDArray[Any]) -> Floats:
    """Places on the border of the unit square, counter-clockwise from the origin, (n, 2)."""
    x = np.clip(np.minimum(way, 3 - way), 0, 1)
    y = np.clip(np.minimum(way - 1, 4 - way), 0, 1)
    return np.stack([x, y], axis=1)


# ---- cells -----------------------------------------------------------------------------------------------------------


def corners(values: NDArray[Any], combine: Any, width: int) -> NDArray[Any]:
    """Combine the corners of each cell, along the last ``width`` axes."""
    for axis in range(-width, 0):
        ends = np.moveaxis(values, axis, 0)
        values = np.moveaxis(combine(ends[:-1], ends[1:]), 0, axis)
    return values


class Cells(NamedTuple):
    """The cells of a grid as the gradient on their edges tells of them."""

    turns: Whole  # (k, n, …), the index of each: of what is inside
    loose: Flags  # (k, n, …), those with an edge on which the gradient vanishes or is not finite: their index is chance
    sharp: Floats  # (m, 2, d), edges along which it turns by more than a right angle
    slopes: Floats  # (m, 2, d), the gradients at their ends
    met: list[Ways]  # what was met along them, those along each axis


def cells_of(window: Window, grid: Grid, follow: Callable[[Floats], Flags] | None = None) -> Cells:
    """What the corners say; and what lies between them, along those sharp edges that ``follow`` takes."""
    width = len(grid.slopes)
    norms = np.sqrt(np.sum(grid.slopes**2, axis=0))
    loose = corners(~(norms > PLAIN * window.steepest), np.logical_or, width)
    turns = np.zeros(loose.shape, dtype=np.int64)
    sharp, turned, met = [], [], []
    for axis in range(width):
        one, other = (_slice(grid.slopes, 2 + axis, *ends) for ends in ((0, -1), (1, None)))
        passes, ways = _passes(one, other), np.argwhere(_sharp(one, other))  # (m, 1 + d)
        ends = np.stack([ways, ways + (np.arange(-1, width) == axis)], axis=1)  # (m, 2, 1 + d)
        sharp.append(grid.nodes(ends))
        turned.append(np.moveaxis(grid.slopes[(slice(None), *np.moveaxis(ends, -1, 0))], 0, -1))
        if follow and width == 2:
            taken = follow(sharp[-1].mean(axis=1))
            met.append(followed(window, sharp[-1][taken], turned[-1][taken]))
            passes[tuple(ways[taken].T)] = met[-1].passes
            loose |= _beside(ways[taken][met[-1].vanishes], axis, loose.shape)
        if width == 1:
            turns = passes
        if width == 2:
            before, after = (_slice(passes, 2 - axis, *ends) for ends in ((0, -1), (1, None)))
            turns += (before - after) * (1 - 2 * axis)
    return Cells(turns, loose, np.concatenate(sharp), np.concatenate(turned), met)


def _beside(ways: Whole, axis: int, shape: tuple[int, ...]) -> Flags:
    """The cells on both sides of edges of the plane, (m, 1 + d): which cube, and the first node."""
    marked = np.zeros(shape, dtype=bool)
    if len(shape) == 3:
        for shift in (0, 1):
            cells = ways - shift * (np.arange(-1, 2) == 1 - axis)
            inside = (cells >= 0).all(axis=1) & (cells < shape).all(axis=1)
            marked[tuple(cells[inside].T)] = True
    return marked


def _slice(values: NDArray[Any], axis: int, first: int, last: int | None) -> NDArray[Any]:
    return values[(*axis * [slice(None)], slice(first, last))]
