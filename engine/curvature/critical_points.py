"""The points of a window where the gradient vanishes or turns around, and what speaks for the list.

The gradient is measured on a grid; wherever both of its components may change sign inside a cell, or its length is
smallest among the neighbours, a damped Newton iteration starts. What it ends on must pass four tests: the gradient
vanishes there and not around it, it is not one of a plain, it shrinks on approach as a smooth one does, and it lies in
the window. Points that fill a curve are a valley, not a list. Where the gradient turns around a cell in which nothing
was found, the surface may have a kink: it is looked for without any curvature. In the plane the turns of the gradient
along the window's border count what is inside (Poincaré, Hopf): minima − saddles + maxima. If the count is not met, the
search is repeated with a finer grid and otherwise says so.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats, upright
from engine.curvature.derivatives import derivatives, place, subject
from engine.curvature.kinks import (
    FIRST,
    SMALLEST,
    Kink,
    Known,
    Odd,
    described,
    extremes,
    once,
    suspicious,
    unexplained,
    zoomed,
)
from engine.curvature.newton import Flags, Found, Whole, Window, converge, merged, near, thinned
from engine.curvature.points import (
    FLOOR,
    NARROW,
    RELATIVE,
    VANISHES,
    WIDE,
    CriticalPoint,
    Verdict,
    judge,
    smooth,
    surface_scale,
)
from engine.curvature.valleys import Valley, find_valleys
from engine.curvature.winding import PLAIN, Grid, Rings, around, border_index, circled, corners, rings_around, survey
from engine.given import Span, Subject, surface_of
from landscapes.base import Landscape

CELLS = {1: 2047, 2: 127, 3: 23}  # along each side of the window; odd, so that no node is in the middle
STARTS = 24_576  # at most, spread over all that were found
SLACK = 0.25  # of a component's change over a cell: how far its sign change may seem outside
TOUCH = 0.05  # of the largest component's change: along a valley's floor a component touches 0 without changing sign

ROUNDING = 1e-15  # of the window's width: a coordinate below it is 0
NOISE = 1e-13  # of the loss: a gradient below it everywhere is rounding; gradients are ∂L over a window's width
STEPPED = 1e-9  # of the loss: it differs by more than rounding
BLURRED = 3.0  # times the blur of H is what its eigenvalues are uncertain by
LINK = 3.0  # cells: neighbours in a valley are closer, and a valley is longer
FLATTEST = 0.2, 0.5  # share of a ring on which the gradient vanishes too: beyond it the edge of a plain; d < 3, d = 3


class CriticalSet(NamedTuple):
    """What a search found.

    points: isolated ones, lowest first.
    kinks: places around which the gradient turns as around a critical point, where the surface has no Hessian.
    index_sum: minima − saddles + maxima (in general: the sum of the indices), kinks and valleys included; None in 3-D.
    expected: what the gradient on the border says that sum must be; None where the border cannot tell: a valley
        leaves the window, a plain or an edge reaches the border, d = 3.
    complete: whether they agree; None where nothing is expected.
    residual: the largest ‖g‖ of the points, as a share of the steepest slope in the window.
    flat: the surface is: there is nothing to find.
    steps: the gradient is 0 everywhere, though the loss is not everywhere the same.
    plain: share of the window where the gradient is 0 for all purposes; nothing is looked for there.
    undefined: share of the window where the gradient is not finite.
    bent: whether the gradient was seen to jump: the surface has edges.
    cells: of the finest grid that was searched, along each side.
    """

    points: list[CriticalPoint]
    valleys: list[Valley]
    kinks: list[Kink]
    index_sum: int | None
    expected: int | None
    complete: bool | None
    residual: float
    flat: bool
    steps: bool
    plain: float
    undefined: float
    bent: bool
    cells: int

    def count(self, kind: str) -> int:
        """How many isolated points are of this kind."""
        return sum(point.kind == kind for point in self.points)


# ---- where to start --------------------------------------------------------------------------------------------------


def _combined(values: Floats, combine: Any, outside: float) -> Floats:
    """Combine each node with its neighbours, diagonal ones too."""
    for axis in range(values.ndim):
        padding = [(int(other == axis),) * 2 for other in range(values.ndim)]
        ends = np.moveaxis(np.pad(values, padding, constant_values=outside), axis, 0)
        values = np.moveaxis(combine(combine(ends[:-2], ends[1:-1]), ends[2:]), 0, axis)
    return values


def _starts(grid: Grid, steepest: float) -> Floats:
    """Middles of cells where every component may vanish, and nodes where ‖g‖ is smallest around, (n, d)."""
    slopes, width = grid.slopes[:, 0], len(grid.slopes)
    lowest, highest = corners(slopes, np.minimum, width), corners(slopes, np.maximum, width)
    change = highest - lowest
    slack = SLACK * change + TOUCH * change.max(axis=0)
    with np.errstate(invalid="ignore"):
        crossed = ((lowest - slack <= 0) & (highest + slack >= 0)).all(axis=0)  # nan compares as False
        norm = np.sqrt(np.sum(slopes**2, axis=0))
    norm = np.where(np.isfinite(norm), norm, np.inf)
    steep = _combined(np.where(np.isinf(norm), -1.0, norm), np.maximum, -1.0) > PLAIN * steepest
    dips = (norm <= _combined(norm, np.minimum, np.inf)) & np.isfinite(norm) & steep
    crossed &= corners(steep, np.logical_or, width)
    places = np.concatenate([np.argwhere(crossed) + 0.5, np.argwhere(dips)])
    return np.asarray(grid.low[0] + grid.side * places)


# ---- which ends are critical points ----------------------------------------------------------------------------------


def _tests(ends: Found, rings: Rings, steepest: float) -> tuple[Flags, Flags]:
    """For each place: whether it is a critical point; whether the surface is not smooth there. An edge near by does no
    harm where the gradient vanishes on this side of it."""
    norms = rings.norms
    changes = rings.slopes - ends.slopes[:, None, None]
    with np.errstate(invalid="ignore"):
        reach, wide, *_ = np.moveaxis(norms.max(axis=2), 1, 0)
        rises = reach > PLAIN * steepest
        vanishes = ends.steepness <= VANISHES * wide
        calm = smooth(changes[:, 1], changes[:, 2]) | (vanishes & smooth(changes[:, 2], changes[:, 3]))
        level = np.mean(norms[:, 1] <= VANISHES * wide[:, None], axis=1)
    edge = level > FLATTEST[ends.places.shape[1] == 3]
    return rises & vanishes & calm & ~edge, rises & ~calm


def _kinked(window: Window, places: Floats) -> Flags:
    """Whether the surface is not smooth at places, and all the gradients around them say that they are critical."""
    rings = rings_around(window, places)
    changes = rings.slopes - window.slopes(places)[1][:, None, None]
    return ~smooth(changes[:, 1], changes[:, 2]) & _turning(window, places)


def _turning(window: Window, places: Floats) -> Flags:
    """Whether the gradient turns around places; in 3-D whether they are the lowest or the highest around."""
    if len(window.low) < 3:
        turns, vanishes = circled(window, places, NARROW)
        return np.asarray((turns != 0) & ~vanishes)
    return np.asarray(extremes(window, places) != 0)


def _signs(window: Window, ends: Found) -> tuple[Floats, Whole]:
    """The tolerance τ of each point, (n,), and how many of its eigenvalues are positive and negative, (n, 2)."""
    values = np.linalg.eigvalsh(ends.matrices / window.size[:, None] / window.size)
    largest = np.abs(values).max(axis=1, initial=0.0)
    slope = np.linalg.norm(ends.slopes / window.size, axis=1) / np.maximum(np.linalg.norm(ends.points, axis=1), 1.0)
    blur = BLURRED * ends.blur / np.min(window.size) ** 2
    limit = np.max([np.full(len(values), FLOOR * window.scale), RELATIVE * largest, slope, blur], axis=0)
    return limit, np.stack([(values > limit[:, None]).sum(axis=1), (values < -limit[:, None]).sum(axis=1)], axis=1)


# ---- the search ------------------------------------------------------------------------------------------------------


def critical_points(landscape: Subject, window: Span | None = None, **knobs: float) -> list[CriticalPoint]:
    """All isolated critical points inside the window; ``find_critical_points`` also tells valleys, kinks and the count.

    Args:
        landscape: a name in LANDSCAPES, a record, or a loss of your own, θ (d,) -> one number, with a ``window``.
        window: d pairs (low, high), d = 1, 2 or 3; the surface's own if omitted.
        knobs: of the surface; what is omitted keeps its default.

    Returns:
        list[CriticalPoint]: lowest first. That none is missing is checked where the plane allows it, not proven.

    Raises:
        ValueError: for an unknown surface or knob, no window, or more than three dimensions.

    Example:
        >>> [point.kind for point in critical_points("himmelblau")].count("minimum")
        4
        >>> two = critical_points(lambda p: (p[0] ** 2 - 1) ** 2 + p[1] ** 2, window=((-2, 2), (-2, 2)))
        >>> [(point.kind, point.point.round(3).tolist()) for point in two[1:]]
        [('minimum', [1.0, 0.0]), ('saddle', [0.0, 0.0])]
    """
    return find_critical_points(surface_of(landscape, window), **knobs).points


def find_critical_points(landscape: str | Landscape, **knobs: float) -> CriticalSet:
    """All critical points inside a surface's window, in one to three dimensions.

    Raises:
        ValueError: for an unknown surface or knob, or more than three dimensions.
    """
    surface = surface_of(landscape)
    make, numbers = subject(surface, knobs)
    if surface.dimension not in CELLS:
        raise ValueError(f"critical points are searched for in 1 to 3 dimensions, not in {surface.dimension}")
    _, size = place(surface, surface.start)
    window = Window(make, numbers, np.array(surface.window)[:, 0], size)
    cells, origin = CELLS[surface.dimension], np.zeros((1, surface.dimension))
    grid, losses = survey(window, origin, 1 / cells, cells)
    norms = np.sqrt(np.sum(grid.slopes**2, axis=0))
    steepest = float(np.max(norms, where=np.isfinite(norms), initial=0.0))
    window = window._replace(steepest=steepest, scale=surface_scale(surface, make, numbers))
    height = float(np.max(np.abs(losses), where=np.isfinite(losses), initial=0.0))
    undefined = float(np.mean(~np.isfinite(norms)))
    if not steepest > NOISE * height:
        known_losses = losses[np.isfinite(losses)]
        steps = bool(known_losses.size and np.ptp(known_losses) > STEPPED * height)
        flat = undefined < 1 and not steps
        return CriticalSet([], [], [], None, None, None, 0.0, flat, steps, 1 - undefined, undefined, False, cells)
    plain = float(np.mean(norms <= PLAIN * steepest))
    known = _known_places(surface, window, {name: float(value) for name, value in numbers.items()})
    expected = border_index(window)
    result = _search(window, grid, losses, known, expected)
    for finer in (3, 5):
        if result.complete is not False and not (result.bent and finer == 3 and surface.dimension == 2):
            break  # beside an edge two points may share a cell, whose turns cancel: it gets a second look
        grid, losses = survey(window, origin, 1 / (finer * cells), finer * cells)
        result = _search(window, grid, losses, known, expected, patient=True)
    return result._replace(plain=plain, undefined=undefined)


def _known_places(surface: Landscape, window: Window, knobs: dict[str, float]) -> Floats:
    """Places that are tried wherever the grid lies: the origin, the middle, the record's start and minima, (n, d)."""
    minima = np.array(surface.minima_at(**knobs), dtype=float).reshape(-1, surface.dimension)
    few = minima[:: max(len(minima) // 64, 1)]
    points = np.concatenate([np.zeros((1, surface.dimension)), [surface.start], few])
    places = np.concatenate([np.full((1, surface.dimension), 0.5), (points - window.low) / window.size])
    return places[((places >= 0) & (places <= 1)).all(axis=1)]


def _search(
    window: Window, grid: Grid, losses: Floats, known: Floats, expected: int | None, patient: bool = False
) -> CriticalSet:
    """One round: starts from the grid, Newton, tests, kinks where the gradient turns unexplained, verdicts. An edge
    ends it unless it is ``patient``."""
    starts = np.concatenate([known, _starts(grid, window.steepest)])
    ends, kinks = _settled(window, starts[:: -(-len(starts) // STARTS)], grid.side)
    kinks = once(np.concatenate([known[_kinked(window, known)], kinks]))  # no Newton iteration ends on a tip
    explained = _explained(window, ends, kinks)
    if len(window.low) == 3 or not suspicious(window, grid, explained, expected):
        return _judged(window, ends, Odd(kinks), grid.side, expected)
    odd = unexplained(window, grid, losses, explained)
    if odd.bent and not patient and len(window.low) == 2:
        return _judged(window, ends, odd._replace(places=kinks), grid.side, expected)
    first = zoomed(window, odd, explained, FIRST)
    if len(first.places):
        missed, more = _settled(window, first.places, grid.side)
        ends, kinks = merged(ends.joined(missed)), np.concatenate([kinks, more])
    last = zoomed(window, first, _explained(window, ends, kinks), SMALLEST)
    kinks = np.concatenate([kinks, last.places[_turning(window, last.places)]])
    odd = last._replace(
        places=once(kinks[~near(kinks, ends.places, NARROW)]),
        valleys=[*odd.valleys, *first.valleys, *last.valleys],
        total=odd.total + first.total + last.total,
        bent=odd.bent,
    )
    return _judged(window, ends, odd, grid.side, expected)


def _explained(window: Window, ends: Found, kinks: Floats) -> Known:
    """The critical points so far, with their indices where H tells them."""
    _, signs = _signs(window, ends)
    regular = signs.sum(axis=1) == len(window.low)
    indices = np.concatenate([np.where(signs[regular, 1] % 2, -1, 1), around(window, kinks, NARROW)])
    return Known(np.concatenate([ends.places[regular], kinks]), indices, ends.places[~regular])


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
    kinks = ended.places[kinked]
    return ended.rows(critical), kinks[_turning(window, kinks)]


def _records(window: Window, ends: Found, limits: Floats) -> list[CriticalPoint]:
    """The points with their verdicts, lowest first."""
    ends = _zeroed(window, ends)
    losses, gradients = window.slopes(ends.places)[0], ends.slopes / window.size
    matrices = ends.matrices / window.size[:, None] / window.size
    matrices = (matrices + matrices.transpose(0, 2, 1)) / 2
    norms = np.linalg.norm(gradients, axis=1)
    values, vectors = np.linalg.eigh(matrices)
    vectors = upright(vectors)
    positive, negative = (values > limits[:, None]).sum(axis=1), (values < -limits[:, None]).sum(axis=1)
    points = []
    for row in np.argsort(losses, kind="stable"):
        more, less = int(positive[row]), int(negative[row])
        verdict = _verdict(more, values.shape[1] - more - less, less)
        numbers = ends.points[row], float(losses[row]), float(norms[row]), values[row], vectors[row]
        counts = verdict.positive, verdict.zero, verdict.negative
        points.append(CriticalPoint(*numbers, *counts, float(limits[row]), verdict.kind, gradients[row], matrices[row]))
    return points


def _zeroed(window: Window, ends: Found) -> Found:
    """Coordinates that are only rounding become 0, and what is known of the point is what holds there: a student who
    works out the Hessian at (0, 0) by hand shall read his own zeros."""
    points, slopes, matrices = (np.array(field) for field in (ends.points, ends.slopes, ends.matrices))
    rounding = (points != 0) & (np.abs(points) < ROUNDING * window.size)
    for row in np.flatnonzero(rounding.any(axis=1)):
        exact = np.where(rounding[row], 0.0, points[row])
        _, slope, matrix = derivatives(window.make, window.knobs, exact)
        if np.linalg.norm(slope * window.size) <= ends.steepness[row]:
            points[row], slopes[row] = exact, slope * window.size
            matrices[row] = matrix * window.size[:, None] * window.size
    return Found(points, (points - window.low) / window.size, slopes, matrices, ends.blur)


@cache
def _verdict(positive: int, zero: int, negative: int) -> Verdict:
    """From the counts of eigenvalues."""
    return judge(np.repeat([1.0, 0.0, -1.0], [positive, zero, negative]), 0.5)


def _judged(window: Window, ends: Found, odd: Odd, side: float, expected: int | None) -> CriticalSet:
    """Verdicts, valleys and the count."""
    limits, signs = _signs(window, ends)
    width = window.low.size
    flat = np.flatnonzero(signs.sum(axis=1) < width)
    valleys, taken = find_valleys(ends.rows(flat), signs[flat], window, LINK * side)
    for row in np.flatnonzero(~taken):  # what the curve has left lying beside it
        kin = taken & (signs[flat] == signs[flat[row]]).all(axis=1)
        taken[row] = near(ends.places[flat[[row]]], ends.places[flat[kin]], LINK * side)[0]
    alone = np.setdiff1d(np.arange(len(limits)), flat[taken])
    isolated = ends.rows(alone)
    regular = signs[alone].sum(axis=1) == width
    turns = around(window, odd.places, NARROW)
    index_sum = int(np.where(signs[alone][regular, 1] % 2, -1, 1).sum() + turns.sum()) + odd.total
    index_sum += int(around(window, isolated.places[~regular], WIDE).sum())
    if not all(valley.closed for valley in valleys) or odd.leaves:
        expected = None
    return CriticalSet(
        points=_records(window, isolated, limits[alone]),
        valleys=[*valleys, *odd.valleys],
        kinks=described(window, odd.places, turns),
        index_sum=index_sum if width < 3 else None,
        expected=expected,
        complete=None if expected is None else index_sum == expected,
        residual=float(isolated.steepness.max(initial=0.0) / window.steepest),
        flat=False,
        steps=False,
        plain=0.0,
        undefined=0.0,
        bent=odd.bent,
        cells=round(1 / side),
    )
