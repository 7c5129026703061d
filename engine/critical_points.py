"""Every point of a window where the gradient vanishes, and the evidence that none is missing.

The gradient is measured on a grid; wherever both of its components may change sign inside a cell, or its length is
smallest among the neighbours, a damped Newton iteration starts. What it ends on must pass four tests: the gradient
vanishes there and not around it, it is not one of a plain, it shrinks on approach as a smooth one does, and it lies in
the window. Points that fill a curve are a valley, not a list. In the plane the turns of the gradient along the window's
border count what is inside (Poincaré, Hopf): minima − saddles + maxima. If the count is not met, the search is repeated
with a finer grid and otherwise says so.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from engine.curvature import (
    FLOOR,
    RELATIVE,
    WIDE,
    CriticalPoint,
    Verdict,
    derivatives,
    judge,
    place,
    smooth,
    subject,
    surface_scale,
    upright,
)
from engine.descent import Floats
from engine.newton import Flags, Found, Whole, Window, converge, merged, near, thinned
from engine.valleys import Valley, find_valleys
from engine.winding import PLAIN, Grid, Rings, border_index, corners, indices, odd_cells, rings_around, zoomed
from landscapes import LANDSCAPES
from landscapes.base import Landscape

CELLS = {1: 2047, 2: 127, 3: 23}  # along each side of the window; odd, so that no node is in the middle
STARTS = 24_576  # at most, spread over all that were found
SLACK = 0.25  # of a component's change over a cell: how far its sign change may seem outside
TOUCH = 0.05  # of the largest component's change: along a valley's floor a component touches 0 without changing sign
ODD_CELLS = 48  # at most, that are zoomed into

ROUNDING = 1e-15  # of the window's width: a coordinate below it is 0
NOISE = 1e-13  # of the loss: a gradient below it everywhere is rounding; gradients are ∂L over a window's width
VANISHES = 1e-6  # of the gradient at distance WIDE
BLURRED = 3.0  # times the blur of H is what its eigenvalues are uncertain by
LINK = 3.0  # cells: neighbours in a valley are closer, and a valley is longer
FLATTEST = 0.2, 0.5  # share of a ring on which the gradient vanishes too: beyond it the edge of a plain; d < 3, d = 3


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


# ---- where to start --------------------------------------------------------------------------------------------------


def _survey(window: Window, low: Floats, side: float) -> Grid:
    """Gradients over the cube of CELLS cells from ``low``."""
    width = low.size
    axes = np.meshgrid(*(low[axis] + side * np.arange(CELLS[width] + 1) for axis in range(width)), indexing="ij")
    _, slopes = window.slopes(np.stack(axes, axis=-1).reshape(-1, width))
    return Grid(low, side, np.ascontiguousarray(slopes.T).reshape(width, *axes[0].shape))


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
    lowest, highest = corners(grid.slopes, np.minimum, width), corners(grid.slopes, np.maximum, width)
    change = highest - lowest
    slack = SLACK * change + TOUCH * change.max(axis=0)
    with np.errstate(invalid="ignore"):
        crossed = ((lowest - slack <= 0) & (highest + slack >= 0)).all(axis=0)  # nan compares as False
        norm = np.sqrt(np.sum(grid.slopes**2, axis=0))
    norm = np.where(np.isfinite(norm), norm, np.inf)
    steep = _around(np.where(np.isinf(norm), -1.0, norm), np.maximum, -1.0) > PLAIN * steepest
    dips = (norm <= _around(norm, np.minimum, np.inf)) & np.isfinite(norm) & steep
    crossed &= corners(steep, np.logical_or, width)
    places = np.concatenate([np.argwhere(crossed) + 0.5, np.argwhere(dips)])
    return grid.low + grid.side * places


# ---- which ends are critical points ----------------------------------------------------------------------------------


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
    rings = rings_around(window, places)
    changes = rings.slopes - window.slopes(places)[1][:, None, None]
    return ~smooth(changes[:, 1], changes[:, 2]) & (indices(rings) != 0)


def _signs(window: Window, found: Found) -> tuple[Floats, Whole]:
    """The tolerance τ of each point, (n,), and how many of its eigenvalues are positive and negative, (n, 2)."""
    values = np.linalg.eigvalsh(found.matrices / window.size[:, None] / window.size)
    largest = np.abs(values).max(axis=1, initial=0.0)
    slope = np.linalg.norm(found.slopes / window.size, axis=1) / np.maximum(np.linalg.norm(found.points, axis=1), 1.0)
    blur = BLURRED * found.blur / np.min(window.size) ** 2
    limit = np.max([np.full(len(values), FLOOR * window.scale), RELATIVE * largest, slope, blur], axis=0)
    return limit, np.stack([(values > limit[:, None]).sum(axis=1), (values < -limit[:, None]).sum(axis=1)], axis=1)


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
    norms = np.sqrt(np.sum(grids[0].slopes ** 2, axis=0))
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
    expected, edges = border_index(window)
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
    tips = known[_kinked(window, known)]  # a minimum on an edge: no Newton iteration ends there
    kinks = np.concatenate([kinks, tips[~near(tips, kinks, WIDE)]])
    odd = np.concatenate([odd_cells(grid, window.steepest) for grid in grids])
    odd = odd[~near(odd + side / 2, np.concatenate([found.places, kinks]), 1.5 * side)][:ODD_CELLS]
    if len(odd):
        odd = zoomed(window, odd, side)
    if len(odd):
        missed, more = _settled(window, odd, side)
        found = merged(found.joined(missed))
        more = np.concatenate([more, odd[_kinked(window, odd)]])
        for place in more:
            if not near(place[None], np.concatenate([found.places, kinks]), WIDE)[0]:
                kinks = np.concatenate([kinks, place[None]])
    return _judged(window, found, kinks, side, expected)


def _settled(window: Window, starts: Floats, side: float) -> tuple[Found, Floats]:
    """Critical points that Newton reaches from the starts, each once; kinks that it meets, around which ∇L turns."""
    ended = converge(window, starts)
    ended = ended.rows(ended.steepness <= PLAIN * window.steepest)
    ended = merged(ended)
    _, signs = _signs(window, ended)
    flat = signs.sum(axis=1) < window.low.size
    crowd = ended.rows(flat)  # a valley is thinned out before anything costly; its rarer points, all flat, are kept
    thin, _ = thinned(crowd, signs[flat].sum(axis=1) + 0.5 * crowd.steepness / window.steepest, side / 4)
    ended = ended.rows(~flat).joined(crowd.rows(thin))
    rings = rings_around(window, ended.places)
    critical, kinked = _tests(ended, rings, window.steepest)
    tips = np.flatnonzero(kinked & (indices(rings) != 0))
    return ended.rows(critical), ended.places[tips]


def _records(window: Window, found: Found, limits: Floats) -> list[CriticalPoint]:
    """The points with their verdicts, lowest first."""
    found = _zeroed(window, found)
    losses, gradients = window.slopes(found.places)[0], found.slopes / window.size
    matrices = found.matrices / window.size[:, None] / window.size
    matrices = (matrices + matrices.transpose(0, 2, 1)) / 2
    norms = np.linalg.norm(gradients, axis=1)
    values, vectors = np.linalg.eigh(matrices)
    vectors = upright(vectors)
    positive, negative = (values > limits[:, None]).sum(axis=1), (values < -limits[:, None]).sum(axis=1)
    points = []
    for row in np.argsort(losses, kind="stable"):
        more, less = int(positive[row]), int(negative[row])
        verdict = _verdict(more, values.shape[1] - more - less, less)
        numbers = found.points[row], float(losses[row]), float(norms[row]), values[row], vectors[row]
        counts = verdict.positive, verdict.zero, verdict.negative
        points.append(CriticalPoint(*numbers, *counts, float(limits[row]), verdict.kind, gradients[row], matrices[row]))
    return points


def _zeroed(window: Window, found: Found) -> Found:
    """Coordinates that are only rounding become 0, and what is known of the point is what holds there: a student who
    works out the Hessian at (0, 0) by hand shall read his own zeros."""
    points, slopes, matrices = (np.array(field) for field in (found.points, found.slopes, found.matrices))
    rounding = (points != 0) & (np.abs(points) < ROUNDING * window.size)
    for row in np.flatnonzero(rounding.any(axis=1)):
        here = np.where(rounding[row], 0.0, points[row])
        _, slope, matrix = derivatives(window.make, window.knobs, here)
        if np.linalg.norm(slope * window.size) <= found.steepness[row]:
            points[row], slopes[row] = here, slope * window.size
            matrices[row] = matrix * window.size[:, None] * window.size
    return Found(points, (points - window.low) / window.size, slopes, matrices, found.blur)


@cache
def _verdict(positive: int, zero: int, negative: int) -> Verdict:
    """From the counts of eigenvalues."""
    return judge(np.repeat([1.0, 0.0, -1.0], [positive, zero, negative]), 0.5)


def _judged(window: Window, found: Found, kinks: Floats, side: float, expected: int | None) -> CriticalSet:
    """Verdicts, valleys and the count."""
    limits, signs = _signs(window, found)
    width = window.low.size
    flat = np.flatnonzero(signs.sum(axis=1) < width)
    valleys, taken = find_valleys(found.rows(flat), signs[flat], window, LINK * side)
    for row in np.flatnonzero(~taken):  # what the curve has left lying beside it
        kin = taken & (signs[flat] == signs[flat[row]]).all(axis=1)
        taken[row] = near(found.places[flat[[row]]], found.places[flat[kin]], LINK * side)[0]
    alone = np.setdiff1d(np.arange(len(limits)), flat[taken])
    isolated = found.rows(alone)
    index_sum = None
    if width < 3:
        regular = signs[alone].sum(axis=1) == width
        index_sum = int(np.where(signs[alone][regular, 1] % 2, -1, 1).sum())
        index_sum += int(indices(rings_around(window, np.concatenate([isolated.places[~regular], kinks]))).sum())
    if not all(valley.closed for valley in valleys):
        expected = None
    return CriticalSet(
        points=_records(window, isolated, limits[alone]),
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
