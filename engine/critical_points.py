"""Every point of a window where the gradient vanishes, and the evidence that none is missing.

The gradient is measured on a grid; wherever both of its components may change sign inside a cell, or its length is
smallest among the neighbours, a damped Newton iteration starts. What it ends on must pass four tests: the gradient
vanishes there and not around it, it is not one of a plain, it shrinks on approach as a smooth one does, and it lies in
the window. Points that fill a curve are a valley, not a list. In the plane the turns of the gradient along the window's
border count what is inside (Poincaré, Hopf): minima − saddles + maxima. If the count is not met, the search is repeated
with a finer grid and otherwise says so.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from numpy.typing import NDArray

from engine import xla
from engine.curvature import (
    FLOOR,
    NARROW,
    RELATIVE,
    WIDE,
    CriticalPoint,
    described,
    place,
    rose,
    slopes_at,
    smooth,
    subject,
    surface_scale,
)
from engine.descent import Floats
from landscapes import LANDSCAPES
from landscapes.base import Landscape

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

CELLS = {1: 2047, 2: 127, 3: 23}  # along each side of the window; odd, so that no node is in the middle
SLOPES, LANES = 4096, 256  # points in one call of each program
ITERATIONS = 80  # of the damped Newton method; a point where H vanishes halves the distance with each
SWEEPS = 4  # of Jacobi's rotations through a 3 × 3 matrix
STARTS = 24_576  # at most, spread over all that were found
SLACK = 0.25  # of a component's change over a cell: how far its sign change may seem outside
TOUCH = 0.05  # of the largest component's change: along a valley's floor a component touches 0 without changing sign

# All lengths below are in units of the window's width, gradients are ∂L over such a length.
NOISE = 1e-13  # of the loss: a gradient below it everywhere is rounding
REACH = 1e-2  # a ring of this radius tells a point from a plain
PLAIN = 1e-8  # of the steepest slope: gradients below it are a plain
VANISHES = 1e-6  # of the gradient at distance WIDE
MERGE = 1e-5  # closer points are one
AS_NEAR = 10.0  # times the gradient of the best
BLURRED = 3.0  # times the blur of H is what its eigenvalues are uncertain by
LINK = 3.0  # cells: neighbours in a valley are closer, and a valley is longer
ALIGNED = 0.7  # cosine between the direction to a neighbour and the direction without curvature
FLATTEST = 0.2, 0.5  # share of a ring on which the gradient vanishes too: beyond it the edge of a plain; d < 3, d = 3
HALVINGS = 12  # times a stretch of the border is cut into eight where the gradient turns fast
ZOOMS = 10  # each makes a cell seven times smaller
ODD_CELLS = 48  # at most, that are zoomed into


class Valley(NamedTuple):
    """Critical points that fill a curve (or, for d = 3, a surface).

    kind: "minimum", "maximum" or "saddle", from the directions across; "degenerate" where all curvature vanishes.
    """

    points: Floats  # (n, d), in order along a curve
    loss: float  # mean over the points; it is the same at all of them but for rounding
    kind: str
    closed: bool  # the curve ends where it begins
    leaves: bool  # it reaches the border of the window
    dimension: int  # 1: a curve, 2: a surface
    across: tuple[float, float]  # smallest and largest eigenvalue across it, by size


class CriticalSet(NamedTuple):
    """What a search found.

    points: isolated ones, lowest first.
    kinks: places around which the gradient turns as around a critical point, without vanishing: tips, edges; (k, d).
    index_sum: minima − saddles + maxima (in general: the sum of the indices), kinks and valleys included; None in 3-D.
    expected: what the gradient on the border says that sum must be; None where the border cannot tell: a valley
        leaves the window, a plain or an edge reaches the border, d = 3.
    complete: whether they agree; None where nothing is expected.
    residual: the largest ‖g‖ of the points, as a share of the steepest slope in the window.
    flat: the gradient is 0 everywhere: there is nothing to find.
    plain: share of the window where the gradient is 0 for all purposes; nothing is looked for there.
    undefined: share of the window where the gradient is not finite.
    cells: of the finest grid that was searched, along each side.
    """

    points: list[CriticalPoint]
    valleys: list[Valley]
    kinks: Floats
    index_sum: int | None
    expected: int | None
    complete: bool | None
    residual: float
    flat: bool
    plain: float
    undefined: float
    cells: int

    def count(self, kind: str) -> int:
        """How many isolated points are of this kind."""
        return sum(point.kind == kind for point in self.points)


class Window(NamedTuple):
    """A surface under search: its program, where to look, and how steep it is."""

    make: Callable[..., Any]
    knobs: dict[str, Any]
    low: Floats  # (d,)
    size: Floats  # (d,)
    steepest: float = 0.0
    scale: float = 1.0  # of curvatures

    def slopes(self, places: Floats) -> tuple[Floats, Floats]:
        """Losses (n,) and gradients (n, d) per window's width, at places (n, d) in [0, 1]^d."""
        losses, slopes = np.empty(len(places)), np.empty(places.shape)
        for first, block in _blocks(self.low + places * self.size, SLOPES):
            rows = slice(first, min(first + SLOPES, len(places)))
            loss, slope = map(np.asarray, slopes_at(self.make, self.knobs, block))
            losses[rows], slopes[rows] = loss[: len(losses[rows])], slope[: len(losses[rows])]
        slopes[~np.isfinite(losses)] = np.nan  # the logarithm of −1 has a derivative
        return losses, slopes * self.size


class Found(NamedTuple):
    """Where Newton iterations ended, n of them."""

    points: Floats  # (n, d)
    places: Floats  # (n, d), the same in [0, 1]^d
    slopes: Floats  # (n, d), per window's width
    matrices: Floats  # (n, d, d), Hessians per window's width
    blur: Floats  # (n,), how much H differs between iterations that ended on the same point

    def rows(self, rows: Any) -> "Found":
        return Found(*(field[rows] for field in self))

    def joined(self, other: "Found") -> "Found":
        return Found(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    @property
    def steepness(self) -> Floats:
        return np.linalg.norm(self.slopes, axis=1)


# ---- the program -----------------------------------------------------------------------------------------------------


@partial(jax.jit, static_argnames="make", compiler_options=xla.OPTIONS)
def _newton(make, knobs, points, size):
    """From points (d, lanes): where ∇L vanishes, the gradients (d, lanes) and Hessians (d, d, lanes) there.

    The step is −Σ u (u·g) λ / (λ² + μ) over the eigenpairs of H, in units of the window, so that a saddle or a maximum
    is as good as a minimum. μ is the damping times ‖g‖ ‖H‖: it vanishes at a critical point, also at one of a valley.
    """
    gradient = jax.grad(make(**knobs))
    width, lanes = points.shape

    def look(point):
        slope, turn = jax.linearize(gradient, point)
        return slope * size, jax.vmap(turn)(jnp.eye(width)) * size[:, None] * size[None, :]

    def advance(there, point, slope, matrix, damping, still):
        new_slope, new_matrix = look(there)
        better = jnp.sqrt(new_slope @ new_slope) < jnp.sqrt(slope @ slope)
        go = better & ~still
        point, slope, matrix = (
            jnp.where(go, new, old) for new, old in ((there, point), (new_slope, slope), (new_matrix, matrix))
        )
        damping = jnp.where(better, 0.1 * damping, 30 * jnp.maximum(damping, 1e-3))
        steep = jnp.sqrt(slope @ slope)
        values, vectors = _eigenpairs(matrix)
        curved = values**2 + damping * steep * jnp.sqrt(jnp.sum(matrix**2))
        inverse = jnp.where(curved > 0, values / jnp.where(curved > 0, curved, 1), 0)
        step = jnp.clip(-vectors @ (inverse * (vectors.T @ slope)), -0.05, 0.05)
        at_rest = (jnp.max(jnp.abs(step)) < 1e-17) | (damping > 1e5) | ~(steep > 0)
        return point + size * step, point, slope, matrix, damping, still | at_rest

    every = jax.vmap(advance, in_axes=-1, out_axes=-1)

    def body(carry):
        index, *state = carry
        return index + 1, *every(*state)

    def unfinished(carry):
        return (carry[0] < ITERATIONS) & ~jnp.all(carry[-1])

    unknown = jnp.full((width, lanes), jnp.inf), jnp.zeros((width, width, lanes))  # whatever comes first is better
    state = (points, points, *unknown, jnp.full(lanes, 1e-2), jnp.zeros(lanes, dtype=bool))
    _, _, points, slopes, matrices, *_ = lax.while_loop(unfinished, body, (0, *state))
    return points, slopes, matrices


def _eigenpairs(matrix):
    """Of a symmetric matrix of up to 3 × 3, number by number with Jacobi's rotations: calls of LAPACK, and scatters,
    would break the loop into kernels."""
    width = matrix.shape[0]
    pairs = [(p, q) for p in range(width) for q in range(p + 1, width)]
    table = [[matrix[p, q] for q in range(width)] for p in range(width)]
    turned = [[jnp.asarray(float(p == q)) for q in range(width)] for p in range(width)]

    def sweep(index, state):
        a, u = state
        for p, q in pairs:
            twice, gap = 2 * a[p][q], a[q][q] - a[p][p]
            reach = jnp.abs(gap) + jnp.sqrt(gap**2 + twice**2)
            tangent = jnp.where(gap < 0, -twice, twice) / jnp.where(reach > 0, reach, 1)
            cosine = 1 / jnp.sqrt(1 + tangent**2)
            turn = partial(_turned_pair, cosine, tangent * cosine, p, q)
            a, u = [*zip(*map(turn, a), strict=True)], [turn(row) for row in u]
            a = [*zip(*map(turn, a), strict=True)]
        return [list(row) for row in a], u

    a, u = lax.fori_loop(0, SWEEPS, sweep, (table, turned)) if width > 2 else sweep(0, (table, turned))
    return jnp.stack([a[p][p] for p in range(width)]), jnp.stack([jnp.stack(row) for row in u])


def _turned_pair(cosine, sine, p, q, row):
    """Entries p and q of a row, turned into each other."""
    row = list(row)
    row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
    return row


def _blocks(points: Floats, rows: int) -> Iterator[tuple[int, Floats]]:
    """Pieces of ``rows`` rows, the last one filled up with its own last point."""
    for first in range(0, len(points), rows):
        some = points[first : first + rows]
        yield first, np.concatenate([some, np.broadcast_to(some[-1], (rows - len(some), points.shape[1]))])


def _converge(window: Window, places: Floats) -> Found:
    """Newton from places (n, d); what left the window or is not finite is left out."""
    parts = []
    for first, block in _blocks(window.low + places * window.size, LANES):
        kept = min(LANES, len(places) - first)
        ended = _newton(window.make, window.knobs, np.ascontiguousarray(block.T), window.size)
        parts.append([np.moveaxis(np.asarray(part), -1, 0)[:kept] for part in ended])
    points, slopes, matrices = map(np.concatenate, zip(*parts, strict=True))
    inside = ((points >= window.low) & (points <= window.low + window.size)).all(axis=1)
    finite = np.isfinite(slopes).all(axis=1) & np.isfinite(matrices).all(axis=(1, 2))
    ended = Found(points, (points - window.low) / window.size, slopes, matrices, np.zeros(len(points)))
    return ended.rows(inside & finite)


# ---- where to start --------------------------------------------------------------------------------------------------


class Grid(NamedTuple):
    """Gradients at the nodes of a part of the window."""

    low: Floats  # (d,), in [0, 1]
    side: float  # of a cell
    slopes: Floats  # (n+1, …, n+1, d)


def _survey(window: Window, low: Floats, side: float) -> Grid:
    """Gradients over the cube of CELLS cells from ``low``."""
    width = low.size
    axes = np.meshgrid(*(low[axis] + side * np.arange(CELLS[width] + 1) for axis in range(width)), indexing="ij")
    _, slopes = window.slopes(np.stack(axes, axis=-1).reshape(-1, width))
    return Grid(low, side, slopes.reshape(*axes[0].shape, width))


def _corners(values: NDArray[Any], combine: Any, width: int) -> NDArray[Any]:
    """Combine the corners of each cell."""
    for axis in range(width):
        ends = np.moveaxis(values, axis, 0)
        values = np.moveaxis(combine(ends[:-1], ends[1:]), 0, axis)
    return values


def _around(values: Floats, combine: Any, outside: float) -> Floats:
    """Combine each node with its neighbours, diagonal ones too."""
    for axis in range(values.ndim):
        padding = [(int(other == axis),) * 2 for other in range(values.ndim)]
        ends = np.moveaxis(np.pad(values, padding, constant_values=outside), axis, 0)
        values = np.moveaxis(combine(combine(ends[:-2], ends[1:-1]), ends[2:]), 0, axis)
    return values


def _starts(grid: Grid, steepest: float) -> Floats:
    """Middles of cells where every component may vanish, and nodes where ‖g‖ is smallest around, (n, d)."""
    width = grid.low.size
    lowest, highest = _corners(grid.slopes, np.minimum, width), _corners(grid.slopes, np.maximum, width)
    change = highest - lowest
    slack = SLACK * change + TOUCH * change.max(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        crossed = ((lowest - slack <= 0) & (highest + slack >= 0)).all(axis=-1)  # nan compares as False
        norm = np.sqrt(np.sum(grid.slopes**2, axis=-1))
    norm = np.where(np.isfinite(norm), norm, np.inf)
    steep = _around(np.where(np.isinf(norm), -1.0, norm), np.maximum, -1.0) > PLAIN * steepest
    dips = (norm <= _around(norm, np.minimum, np.inf)) & np.isfinite(norm) & steep
    crossed &= _corners(steep, np.logical_or, width)
    places = np.concatenate([np.argwhere(crossed) + 0.5, np.argwhere(dips)])
    return grid.low + grid.side * places


# ---- which ends are critical points ----------------------------------------------------------------------------------


class Rings(NamedTuple):
    """The gradient around n places, on rings of the radii REACH, WIDE and NARROW."""

    slopes: Floats  # (n, 3, k, d)

    @property
    def norms(self) -> Floats:
        return np.sqrt(np.sum(self.slopes**2, axis=-1))  # (n, 3, k)


def _rings(window: Window, places: Floats) -> Rings:
    offsets = np.array([REACH, WIDE, NARROW])[:, None, None] * rose(places.shape[1])  # (3, k, d)
    around = places[:, None, None, :] + offsets
    return Rings(window.slopes(around.reshape(-1, places.shape[1]))[1].reshape(around.shape))


def _turns(slopes: Floats) -> Floats:
    """By what angles gradients turn from each place of a closed path to the next, (…, k, 2) -> (…, k)."""
    angles = np.arctan2(slopes[..., 1], slopes[..., 0])
    return (np.diff(angles, axis=-1, append=angles[..., :1]) + np.pi) % (2 * np.pi) - np.pi


def _rounds(turns: Floats) -> Whole:
    """How many times around that is altogether."""
    return np.rint(np.nan_to_num(turns.sum(axis=-1)) / (2 * np.pi)).astype(np.int64)


def _indices(rings: Rings) -> Whole:
    """The index of each place: +1 at minima and maxima of the plane, −1 at saddles, −2 at a monkey saddle. 0 in 3-D."""
    around = rings.slopes[:, 1]
    if around.shape[-1] == 3:
        return np.zeros(len(around), dtype=np.int64)
    if around.shape[-1] == 1:
        return ((np.sign(around[:, 1, 0]) - np.sign(around[:, 0, 0])) / 2).astype(np.int64)  # right, left
    return _rounds(_turns(around))


def _tests(found: Found, rings: Rings, steepest: float) -> tuple[Flags, Flags]:
    """For each place: whether it is a critical point; whether the surface is not smooth there."""
    norms = rings.norms
    changes = rings.slopes - found.slopes[:, None, None]
    with np.errstate(invalid="ignore"):
        reach, wide, _ = np.moveaxis(norms.max(axis=2), 1, 0)
        rises = reach > PLAIN * steepest
        kinked = rises & ~smooth(changes[:, 1], changes[:, 2])
        vanishes = found.steepness <= VANISHES * wide
        level = np.mean(norms[:, 1] <= VANISHES * wide[:, None], axis=1)
    edge = level > FLATTEST[found.places.shape[1] == 3]
    return rises & vanishes & ~kinked & ~edge, kinked


def _kinked(window: Window, places: Floats) -> Flags:
    """Whether the gradient is not smooth around places and turns around them."""
    rings = _rings(window, places)
    changes = rings.slopes - window.slopes(places)[1][:, None, None]
    return ~smooth(changes[:, 1], changes[:, 2]) & (_indices(rings) != 0)


def _thinned(found: Found, worth: Floats, width: float) -> tuple[Whole, Whole]:
    """Of places closer than ``width`` only the one of least worth: its row, and for each row the place of its like in
    those kept."""
    kept = np.argsort(worth, kind="stable")
    owner = np.arange(len(kept))  # for each row its representative's place in kept
    owner[kept] = np.arange(len(kept))
    for shift in np.ndindex(*(2,) * found.places.shape[1]):  # near places share a cell of at least one shifted grid
        key = _keys(np.floor(found.places[kept] / (2 * width) + np.array(shift) / 2).astype(np.int64))
        _, first, cell = np.unique(key, return_index=True, return_inverse=True)
        order = np.argsort(first)  # cells by their best member
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        kept, owner = kept[first[order]], rank[cell][owner]
    return kept, owner


def _merged(found: Found) -> Found:
    """Each point once, its best, blurred by those that came as near."""
    steepness = found.steepness
    kept, owner = _thinned(found, steepness, MERGE)
    blur = np.zeros(len(kept))
    apart = np.sqrt(np.sum((found.matrices - found.matrices[kept[owner]]) ** 2, axis=(1, 2)))
    rivals = steepness <= AS_NEAR * steepness[kept[owner]]
    np.maximum.at(blur, owner[rivals], (apart + found.blur)[rivals])
    return found.rows(kept)._replace(blur=blur)


def _keys(cells: Whole) -> Whole:
    """One number for each cell of a grid."""
    return cells @ (np.int64(1) << (np.int64(21) * np.arange(cells.shape[1])))


# ---- valleys ---------------------------------------------------------------------------------------------------------


def _components(count: int, one: Whole, other: Whole) -> Whole:
    """The smallest member of each one's component, (count,), from the edges one - other."""
    label = np.arange(count)
    while True:
        smallest = label.copy()
        np.minimum.at(smallest, one, label[other])
        np.minimum.at(smallest, other, label[one])
        smallest = smallest[smallest]
        if np.array_equal(smallest, label):
            return label
        label = smallest


def _neighbours(places: Floats, reach: float) -> tuple[Whole, Whole]:
    """Pairs closer than ``reach``, each once."""
    width = places.shape[1]
    cells = np.floor(places / reach).astype(np.int64)
    key = _keys(cells)
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    ones, others = [], []
    for shift in np.array(list(np.ndindex(*(3,) * width))) - 1:
        first, last = (np.searchsorted(ranked, key + _keys(shift[None]), side) for side in ("left", "right"))
        counts = last - first
        one = np.repeat(np.arange(len(places)), counts)
        other = order[np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)]
        near = (one < other) & (np.sum((places[one] - places[other]) ** 2, axis=1) < reach**2)
        ones.append(one[near])
        others.append(other[near])
    return np.concatenate(ones), np.concatenate(others)


def _walk(places: Floats, reach: float) -> Iterator[tuple[Whole, bool]]:
    """Curves through places: from a place to its nearest neighbour both ways while one is near; whether it closes."""
    left = np.ones(len(places), dtype=bool)
    while left.any():
        begin = int(np.argmax(left))
        left[begin] = False
        ways = []
        for _ in range(2):
            here, way = begin, []
            while left.any():
                rows = np.flatnonzero(left)
                far = np.sum((places[rows] - places[here]) ** 2, axis=1)
                if far.min() > reach**2:
                    break
                here = int(rows[far.argmin()])
                left[here] = False
                way.append(here)
            ways.append(way)
        line = np.array([*ways[1][::-1], begin, *ways[0]])
        length = np.linalg.norm(np.diff(places[line], axis=0), axis=1).sum()
        gap = np.linalg.norm(places[line[0]] - places[line[-1]])
        yield line, bool(gap < min(reach, 0.25 * length))


def _valleys(found: Found, signs: Whole, window: Window, reach: float) -> tuple[list[Valley], Flags]:
    """Curves and surfaces among points with a direction without curvature; which points they take up.

    signs: counts of positive and negative eigenvalues, (n, 2).
    """
    places, width = found.places, found.places.shape[1]
    values, vectors = np.linalg.eigh(found.matrices)
    flattest = np.take_along_axis(vectors, np.abs(values).argmin(axis=1)[:, None, None], axis=2)[:, :, 0]
    one, other = _neighbours(places, reach)
    alike = (signs[one] == signs[other]).all(axis=1)
    if width > 1:
        way = places[other] - places[one]
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        curve = width - signs[one].sum(axis=1) == 1
        along = np.minimum(np.abs(np.sum(way * flattest[one], axis=1)), np.abs(np.sum(way * flattest[other], axis=1)))
        alike &= ~curve | (along > ALIGNED)
    label = _components(len(places), one[alike], other[alike])
    taken = np.zeros(len(places), dtype=bool)
    valleys = []
    for first in np.unique(label):
        rows = np.flatnonzero(label == first)
        if len(rows) < 4 or np.ptp(places[rows], axis=0).max() < reach:
            continue
        dimension = int(width - signs[first].sum())
        lines = _walk(places[rows], reach) if dimension == 1 else [(np.arange(len(rows)), False)]
        for line, closed in lines:
            if len(line) < 4:
                continue
            valleys.append(_valley(found.rows(rows[line]), window, signs[first], dimension, closed, reach))
        taken[rows] = True
    return valleys, taken


def _valley(found: Found, window: Window, signs: Whole, dimension: int, closed: bool, reach: float) -> Valley:
    kind = {(True, False): "minimum", (False, True): "maximum", (True, True): "saddle"}.get(
        (bool(signs[0]), bool(signs[1])), "degenerate"
    )
    sizes = np.abs(np.linalg.eigvalsh(found.matrices / window.size[:, None] / window.size))
    across = np.sort(sizes, axis=1)[:, dimension:]
    edge = np.minimum(found.places, 1 - found.places).min()
    return Valley(
        points=found.points,
        loss=float(np.mean(window.slopes(found.places)[0])),
        kind=kind,
        closed=closed,
        leaves=bool(not closed and edge < reach),
        dimension=dimension,
        across=(float(across.min()), float(across.max())) if across.size else (0.0, 0.0),
    )


# ---- the count -------------------------------------------------------------------------------------------------------


def _expected(window: Window) -> tuple[int | None, bool]:
    """The sum of the indices inside, from the gradient on the border, None where that is not told; whether an edge of
    the surface, across which the gradient jumps, reaches the border."""
    width = window.low.size
    if width > 2:
        return None, False
    if width == 1:
        slopes = window.slopes(np.array([[0.0], [1.0]]))[1][:, 0]
        if not np.isfinite(slopes).all() or np.abs(slopes).min() <= PLAIN * window.steepest:
            return None, False
        return int((np.sign(slopes[1]) - np.sign(slopes[0])) / 2), False
    way = np.arange(SLOPES) * (4 / SLOPES)  # once around, a corner at each whole number
    slopes = window.slopes(_border(way))[1]
    for _ in range(HALVINGS):
        norms = np.sqrt(np.sum(slopes**2, axis=1))
        if not np.isfinite(norms).all() or norms.min() <= PLAIN * window.steepest:
            return None, False
        turns = _turns(slopes)
        sharp = np.flatnonzero(np.abs(turns) > 1)
        if not len(sharp):
            return int(_rounds(turns)), False
        if len(sharp) > SLOPES // 8:
            return None, True
        ahead = np.append(way[1:], 4.0)[sharp] - way[sharp]
        between = (way[sharp, None] + ahead[:, None] * np.arange(1, 8) / 8).ravel()
        order = np.argsort(np.append(way, between), kind="stable")
        slopes = np.concatenate([slopes, window.slopes(_border(between))[1]])[order]
        way = np.append(way, between)[order]
    return None, True


def _border(way: NDArray[Any]) -> Floats:
    """Places on the border of the unit square, counter-clockwise from the origin, (n, 2)."""
    x = np.clip(np.minimum(way, 3 - way), 0, 1)
    y = np.clip(np.minimum(way - 1, 4 - way), 0, 1)
    return np.stack([x, y], axis=1)


def _odd_cells(grid: Grid, steepest: float) -> Floats:
    """Cells around which the gradient turns, though not by jumps: (k, d), their lower corners."""
    width = grid.low.size
    if width > 2:
        return np.empty((0, width))
    steep = np.sqrt(np.sum(grid.slopes**2, axis=-1)) > PLAIN * steepest
    valid = _corners(steep, np.logical_and, width)
    if width == 1:
        turned = np.diff(np.sign(grid.slopes[:, 0])) != 0
    else:
        g = grid.slopes
        turns = _turns(np.stack([g[:-1, :-1], g[1:, :-1], g[1:, 1:], g[:-1, 1:]], axis=2))
        turned = (_rounds(turns) != 0) & (np.abs(turns).max(axis=-1) < np.pi - 1e-6)
    return grid.low + grid.side * np.argwhere(turned & valid)


def _zoomed(window: Window, low: Floats, side: float) -> Floats:
    """Follow the turns of the gradient from cells into ever smaller ones, as far as they are seen: the middles, (k, d).
    Turns that are gone after two zooms were none."""
    width = low.shape[1]
    steps = np.stack(np.meshgrid(*width * [np.arange(8)], indexing="ij"), axis=-1) / 7  # (8, …, d), none in the middle
    low, sides = low.copy(), np.full(len(low), side)
    for _ in range(ZOOMS):
        nodes = low.reshape(-1, *width * [1], width) + sides.reshape(-1, *width * [1], 1) * steps
        slopes = window.slopes(nodes.reshape(-1, width))[1].reshape(nodes.shape)
        for row, slope in enumerate(slopes):
            odd = _odd_cells(Grid(low[row], sides[row] / 7, slope), 0.0)
            if len(odd):
                low[row], sides[row] = odd[0], sides[row] / 7
    return (low + sides[:, None] / 2)[sides < side / 40]


# ---- the search ------------------------------------------------------------------------------------------------------


def critical_points(landscape: str | Landscape, **knobs: float) -> list[CriticalPoint]:
    """All isolated critical points inside the window, lowest first; ``find_critical_points`` also tells the rest."""
    return find_critical_points(landscape, **knobs).points


def find_critical_points(landscape: str | Landscape, **knobs: float) -> CriticalSet:
    """All critical points inside a surface's window, in one to three dimensions.

    Raises:
        ValueError: for an unknown surface or knob, or more than three dimensions.
    """
    make, numbers = subject(landscape, knobs)
    surface = LANDSCAPES[landscape] if isinstance(landscape, str) else landscape
    if surface.dimension not in CELLS:
        raise ValueError(f"critical points are searched for in 1 to 3 dimensions, not in {surface.dimension}")
    _, size = place(surface, surface.start)
    window = Window(make, numbers, np.array(surface.window)[:, 0], size)
    cells = CELLS[surface.dimension]
    grids = [_survey(window, np.zeros(surface.dimension), 1 / cells)]
    norms = np.sqrt(np.sum(grids[0].slopes ** 2, axis=-1))
    steepest = float(np.max(norms, where=np.isfinite(norms), initial=0.0))
    window = window._replace(steepest=steepest, scale=surface_scale(surface, make, numbers))
    losses, _ = window.slopes(np.random.default_rng(0).random((64, surface.dimension)))
    height = float(np.max(np.abs(losses), where=np.isfinite(losses), initial=0.0))
    undefined = float(np.mean(~np.isfinite(norms)))
    if not steepest > NOISE * height:
        none = np.empty((0, surface.dimension))
        return CriticalSet([], [], none, None, None, None, 0.0, undefined < 1, 1 - undefined, undefined, cells)
    plain = float(np.mean(norms <= PLAIN * steepest))
    known = _known_places(surface, window, {name: float(value) for name, value in numbers.items()})
    expected, edges = _expected(window)
    result = _search(window, grids, known, expected)
    for finer in (3, 5):
        if result.complete is not False and not edges:
            break
        edges = False  # one finer look is all that points beside an edge get
        lows = np.stack(np.meshgrid(*surface.dimension * [np.arange(finer) / finer]), axis=-1)
        grids = [_survey(window, low, 1 / (finer * cells)) for low in lows.reshape(-1, surface.dimension)]
        result = _search(window, grids, known, expected)
    return result._replace(plain=plain, undefined=undefined)


def _known_places(surface: Landscape, window: Window, knobs: dict[str, float]) -> Floats:
    """Places that are tried wherever the grid lies: the origin, the middle, the record's start and minima, (n, d)."""
    minima = np.array(surface.minima_at(**knobs), dtype=float).reshape(-1, surface.dimension)
    few = minima[:: max(len(minima) // 64, 1)]
    points = np.concatenate([np.zeros((1, surface.dimension)), [surface.start], few])
    places = np.concatenate([np.full((1, surface.dimension), 0.5), (points - window.low) / window.size])
    return places[((places >= 0) & (places <= 1)).all(axis=1)]


def _search(window: Window, grids: list[Grid], known: Floats, expected: int | None) -> CriticalSet:
    """One round: starts from the grids, Newton, tests, a second look where the gradient turns unexplained, verdicts."""
    side = grids[0].side
    starts = np.concatenate([known, *(_starts(grid, window.steepest) for grid in grids)])
    found, kinks = _settled(window, starts[:: -(-len(starts) // STARTS)], side)
    odd = np.concatenate([_odd_cells(grid, window.steepest) for grid in grids])
    odd = odd[~_near(odd + side / 2, np.concatenate([found.places, kinks]), 1.5 * side)][:ODD_CELLS]
    if len(odd):
        odd = _zoomed(window, odd, side)
    if len(odd):
        missed, more = _settled(window, odd, side)
        found = _merged(found.joined(missed))
        more = np.concatenate([more, odd[_kinked(window, odd)]])
        for place in more:
            if not _near(place[None], np.concatenate([found.places, kinks]), WIDE)[0]:
                kinks = np.concatenate([kinks, place[None]])
    return _judged(window, found, kinks, side, expected)


def _settled(window: Window, starts: Floats, side: float) -> tuple[Found, Floats]:
    """Critical points that Newton reaches from the starts, each once; kinks that it meets, around which ∇L turns."""
    ended = _converge(window, starts)
    ended = ended.rows(ended.steepness <= PLAIN * window.steepest)
    ended = _merged(ended)
    _, signs = _signs(window, ended)
    flat = signs.sum(axis=1) < window.low.size
    crowd = ended.rows(flat)  # a valley is thinned out before anything costly; its rarer points, all flat, are kept
    thin, _ = _thinned(crowd, signs[flat].sum(axis=1) + 0.5 * crowd.steepness / window.steepest, side / 4)
    ended = ended.rows(~flat).joined(crowd.rows(thin))
    rings = _rings(window, ended.places)
    critical, kinked = _tests(ended, rings, window.steepest)
    tips = np.flatnonzero(kinked & (_indices(rings) != 0))
    return ended.rows(critical), ended.places[tips]


def _signs(window: Window, found: Found) -> tuple[Floats, Whole]:
    """The tolerance τ of each point, (n,), and how many of its eigenvalues are positive and negative, (n, 2)."""
    values = np.linalg.eigvalsh(found.matrices / window.size[:, None] / window.size)
    largest = np.abs(values).max(axis=1, initial=0.0)
    slope = np.linalg.norm(found.slopes / window.size, axis=1) / np.maximum(np.linalg.norm(found.points, axis=1), 1.0)
    blur = BLURRED * found.blur / np.min(window.size) ** 2
    limit = np.max([np.full(len(values), FLOOR * window.scale), RELATIVE * largest, slope, blur], axis=0)
    return limit, np.stack([(values > limit[:, None]).sum(axis=1), (values < -limit[:, None]).sum(axis=1)], axis=1)


def _near(places: Floats, others: Floats, reach: float) -> Flags:
    """Which places have one of the others within reach along every axis, or a little farther."""
    width = places.shape[1]
    mine, theirs = (np.floor(some / reach).astype(np.int64) for some in (places, others))
    shifts = np.array(list(np.ndindex(*(3,) * width))) - 1
    return np.isin(_keys(mine), np.concatenate([_keys(theirs + shift) for shift in shifts]))


def _judged(window: Window, found: Found, kinks: Floats, side: float, expected: int | None) -> CriticalSet:
    """Verdicts, valleys and the count."""
    limits, signs = _signs(window, found)
    width = window.low.size
    flat = np.flatnonzero(signs.sum(axis=1) < width)
    valleys, taken = _valleys(found.rows(flat), signs[flat], window, LINK * side)
    for row in np.flatnonzero(~taken):  # what the curve has left lying beside it
        kin = taken & (signs[flat] == signs[flat[row]]).all(axis=1)
        taken[row] = _near(found.places[flat[[row]]], found.places[flat[kin]], LINK * side)[0]
    alone = np.setdiff1d(np.arange(len(limits)), flat[taken])
    isolated = found.rows(alone)
    index_sum = None
    if width < 3:
        regular = signs[alone].sum(axis=1) == width
        index_sum = int(np.where(signs[alone][regular, 1] % 2, -1, 1).sum())
        index_sum += int(_indices(_rings(window, np.concatenate([isolated.places[~regular], kinks]))).sum())
    if not all(valley.closed for valley in valleys):
        expected = None
    losses = window.slopes(isolated.places)[0]
    points = [
        described(
            isolated.points[row],
            float(losses[row]),
            isolated.slopes[row] / window.size,
            isolated.matrices[row] / window.size[:, None] / window.size,
            window.size,
            tolerance=float(limits[alone[row]]),
            critical=True,
        )
        for row in np.argsort(losses, kind="stable")
    ]
    return CriticalSet(
        points=points,
        valleys=valleys,
        kinks=window.low + kinks * window.size,
        index_sum=index_sum,
        expected=expected,
        complete=None if expected is None else index_sum == expected,
        residual=float(isolated.steepness.max(initial=0.0) / window.steepest),
        flat=False,
        plain=0.0,
        undefined=0.0,
        cells=round(1 / side),
    )
