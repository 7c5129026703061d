"""A surface as it is drawn: heights on a grid, how they are coloured, level lines, and the plane for d > 2.

Over it lie the level lines through saddles, and around a point those of the surface beside those of its parabola.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import contourpy
import jax
import numpy as np
from jax import Array

from engine import xla
from engine.arrays import Floats, as_numbers
from engine.curvature.points import CriticalPoint
from engine.curvature.taylor import ROUNDING, model
from engine.link import Choice
from engine.surfaces.sampling import MANY, HeightsOn, reach, sampled
from landscapes import LANDSCAPES
from landscapes.base import Landscape

GRID = 192  # points along each side of a window, or twice that; along a curve's axis twice that
DECADES = 5.0  # colour spans at most this many powers of ten
SPREAD = 60.0  # beyond it, even colours would show the lowest twentieth of a window as one
LEVELS = 16
FINE = 2 * GRID - 1  # points along each side for lines through saddles, where two of them cross within a cell
STEPS = 6  # level lines above a point, and as many below it, where the surface faces its parabola
LEVEL = 1e-3  # of the surface's own change around a point: a parabola that changes less is level
NOWHERE = 1e-15  # of the window: places that are closer are one place, rounded

Window = tuple[float, float, float, float]  # x0, x1, y0, y1


class Plane(NamedTuple):
    """Two directions through a point: what is looked at when d > 2; for d = 2 the coordinates themselves."""

    origin: Floats  # (d,)
    axes: Floats  # (2, d), orthonormal

    def shadow(self, points: Floats) -> Floats:
        """Orthogonal projection of (..., d) points, in plane coordinates (..., 2)."""
        return (points - self.origin) @ self.axes.T


class Colour(NamedTuple):
    """How heights become colours: linear, or log(L - floor + offset) where the range spans decades."""

    log: bool
    floor: float
    offset: float
    low: float  # of the transformed height
    high: float

    def warp(self, height: Floats) -> Floats:
        """The height, or its logarithm above the floor."""
        return np.log10(np.maximum(height - self.floor, 0) + self.offset) if self.log else height

    def share(self, height: Floats) -> Floats:
        """Position on the colour scale, 0 to 1; what is higher than the scale is 1."""
        finite = np.isfinite(height)
        share = (self.warp(np.where(finite, height, self.floor)) - self.low) / (self.high - self.low)
        return np.where(finite, np.clip(share, 0, 1), 1.0)


class Relief(NamedTuple):
    """heights (ny, nx): rows are y, columns are x; lines: level lines, each (n, 2).

    veiled: the surface has more to show than the picture can, which shows means; reach: of a curve (d = 1), the lowest
    and highest around each place, (2, nx), where that is more than a line can show.
    """

    window: Window
    heights: Floats
    colour: Colour
    lines: list[Floats]
    veiled: bool = False
    reach: Floats | None = None


class Facing(NamedTuple):
    """Level lines around a point at the same levels, each (n, 2): of the surface, and of the parabola through it."""

    window: Window  # the square about the disc
    surface: list[Floats]
    model: list[Floats]


@xla.program("make")
def _heights(make: Callable[..., Any], knobs: dict[str, Any], origin: Any, axes: Any, along: Any, across: Any) -> Any:
    """Losses at origin + s·axes[0] + t·axes[1], (t, s)."""
    loss = make(**knobs)

    def row(t: Any) -> Any:
        return jax.vmap(lambda s: loss(origin + s * axes[0] + t * axes[1]))(along)

    return jax.lax.map(row, across)


def plane_of(surface: Landscape, start: Sequence[float], paths: Sequence[Floats]) -> Plane:
    """The plane of the picture. For d > 2 it holds the start and the end of the first path, and the direction in which
    the paths leave that line most."""
    width = surface.dimension
    if width <= 2:
        return Plane(np.zeros(width), np.eye(2, width))
    origin = np.array(start, dtype=float)
    moves = np.concatenate([path[np.isfinite(path).all(axis=1)] - origin for path in paths] or [np.zeros((1, width))])
    ends = [path[-1] - origin for path in paths if np.isfinite(path[-1]).all() and np.any(path[-1] != origin)]
    first = _unit(ends[0]) if ends else np.eye(width)[0]
    rest = moves - np.outer(moves @ first, first)
    second = (
        np.linalg.svd(rest, full_matrices=False)[2][0]
        if np.abs(rest).max() > 1e-12
        else np.eye(width)[np.abs(first).argmin()]
    )
    second = _unit(second - (second @ first) * first)
    axes = np.stack([first, second * np.sign(second[np.abs(second).argmax()])])
    centre = np.mean(np.array(surface.window), axis=1)  # its foot is the origin: it does not move with the start
    return Plane(origin + axes.T @ (axes @ (centre - origin)), axes)


def _unit(direction: Floats) -> Floats:
    return direction / np.linalg.norm(direction)


def plane_window(surface: Landscape, plane: Plane) -> Window:
    """The part of the plane that is shown: for d > 2 a square a little wider than the window."""
    if surface.dimension == 1:
        return (*surface.window[0], 0.0, 1.0)
    if surface.dimension == 2:
        return (*surface.window[0], *surface.window[1])
    radius = 0.6 * max(high - low for low, high in surface.window)
    middle = plane.shadow(np.mean(np.array(surface.window), axis=1))
    return (middle[0] - radius, middle[0] + radius, middle[1] - radius, middle[1] + radius)


def relief(landscape: Choice, plane: Plane, window: Window) -> Relief:
    """Heights, colours and level lines over a part of the plane. A curve (d = 1) is one row of heights."""
    return drawn(window, *_sides(plane, window), partial(_heights_on, landscape, plane), lowest(landscape))


def model_curve(plane: Plane, window: Window, at: CriticalPoint) -> Floats:
    """Heights of the parabola through a point of a curve (d = 1), at the places of the curve's own, (1, nx)."""
    return model(at, _sides(plane, window)[0][:, None])[None]


def facing(landscape: Choice, plane: Plane, at: CriticalPoint, reach: float) -> Facing:
    """The surface and its parabola up to a distance from a point, on the plane through it that is parallel to this one.

    The levels are L(θ') + k·span/STEPS, k = −STEPS … STEPS, where span is what the parabola can change within reach;
    where the parabola is level, what the surface does change.
    """
    away = np.linspace(-reach, reach, GRID + 1)  # θ' is one of the places, and the lines of a saddle cross there
    foot, axes = plane.shadow(at.point), plane.axes
    x, y = foot.tolist()
    window = (x - reach, x + reach, y - reach, y + reach)
    heights = _heights_on(landscape, Plane(at.point, axes), away, away)
    span, own = _span(at, axes, reach), _change(heights[np.hypot(away, away[:, None]) <= reach], at.loss)
    level = span < LEVEL * own
    span = own if level else span
    if not (ROUNDING * abs(at.loss) < span < np.inf and window[0] < window[1] and window[2] < window[3]):
        return Facing(window, [], [])
    levels = at.loss + span * np.arange(-STEPS, STEPS + 1) / STEPS

    def lines(heights: Floats) -> list[Floats]:
        return [foot + line for lines in lines_at(away, away, heights, levels) for line in lines]

    places = at.point + away[:, None] * axes[0] + away[:, None, None] * axes[1]  # (ny, nx, d)
    return Facing(window, lines(heights), [] if level else lines(model(at, places)))


def _span(at: CriticalPoint, axes: Floats, reach: float) -> float:
    """‖g‖·reach + ½ max|λ|·reach², with g and H as the plane sees them; nan where they are not finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        slope, bend = axes @ at.gradient, axes @ at.hessian @ axes.T
        if not (np.isfinite(slope).all() and np.isfinite(bend).all()):
            return float("nan")
        return float(np.linalg.norm(slope) * reach + 0.5 * np.linalg.norm(bend, 2) * reach**2)


def _change(heights: Floats, loss: float) -> float:
    """How far the finite ones of these are from a loss, at most."""
    return float(np.abs(heights[np.isfinite(heights)] - loss).max(initial=0))


def lines_through(landscape: Choice, plane: Plane, window: Window, levels: Sequence[float]) -> list[list[Floats]]:
    """Level lines of the surface at these losses: for each a list of lines (n, 2)."""
    along, across = np.linspace(*window[:2], FINE), np.linspace(*window[2:], FINE)
    return lines_at(along, across, _heights_on(landscape, plane, along, across), levels)


def loss_at(landscape: Choice, plane: Plane, place: Sequence[float]) -> float:
    """The loss at one place (s, t) of the plane; 0 where it is less than it changes by when the place is rounded, as at
    a minimum whose loss is a sum that cancels. With the program of the relief, which is there."""
    x0, x1, y0, y1 = plane_window(LANDSCAPES[landscape.name], plane)
    along, across = _sides(plane, (0.0, NOWHERE * (x1 - x0), 0.0, NOWHERE * (y1 - y0)))
    around = _heights_on(landscape, plane, place[0] + along, place[1] + across)
    loss = float(around[0, 0])
    return 0.0 if abs(loss) < _change(around, loss) else loss


def valley_lines(landscape: Choice, plane: Plane) -> list[Floats]:
    """Where the plane of the picture cuts the minima of a surface that fill a valley, also around its window: lines
    (n, 2)."""
    surface = LANDSCAPES[landscape.name]
    if surface.valley is None:
        return []
    x0, x1, y0, y1 = plane_window(surface, plane)
    along, across = np.linspace(2 * x0 - x1, 2 * x1 - x0, GRID), np.linspace(2 * y0 - y1, 2 * y1 - y0, GRID)
    numbers = as_numbers(landscape.numbers)
    off = np.asarray(_heights(surface.valley, numbers, plane.origin, plane.axes, along, across))
    return lines_at(along, across, off, [0.0])[0]


def _sides(plane: Plane, window: Window) -> tuple[Floats, Floats]:
    """The places of the columns and of the rows."""
    if plane.axes.shape[1] == 1:
        return np.linspace(window[0], window[1], 2 * GRID), np.zeros(1)
    return np.linspace(window[0], window[1], GRID), np.linspace(window[2], window[3], GRID)


def _heights_on(landscape: Choice, plane: Plane, along: Floats, across: Floats) -> Floats:
    make, knobs = LANDSCAPES[landscape.name].make, as_numbers(landscape.numbers)
    return np.asarray(_heights(make, knobs, plane.origin, plane.axes, along, across))


def drawn(
    window: Window,
    along: Floats,
    across: Floats,
    heights_on: HeightsOn,
    known_minimum: float,
    calls: int = MANY,
    looks: int = 0,
) -> Relief:
    """Heights (ny, nx) with their colours and level lines, on as many columns and rows as the surface needs.

    calls, looks: as in ``sampled``.
    """
    if len(across) == 1:
        return _curve(window, along, lambda places: heights_on(places, across)[0], known_minimum, calls)
    samples = sampled(
        heights_on, along, across, lambda heights: colour_scale(heights, known_minimum).share, calls, looks
    )
    colour = colour_scale(samples.seen, known_minimum)
    if samples.veiled and not colour.log:
        colour = colour._replace(low=colour.floor)  # what is left of a mean's error must not look like a surface
    shares = np.where(samples.level, colour.share(samples.heights), np.nan)
    return Relief(window, samples.heights, colour, level_lines(samples.along, samples.across, shares), samples.veiled)


def _curve(
    window: Window, along: Floats, heights_on: Callable[[Floats], Floats], known_minimum: float, calls: int
) -> Relief:
    heights = heights_on(along)
    around = reach(heights_on, along, heights, calls)
    colour = colour_scale(heights, known_minimum)
    return Relief(window, heights[None], colour, [], around is not None, around)


@lru_cache(maxsize=256)  # asked for each lane of each race
def lowest(landscape: Choice) -> float:
    """The loss of the best known minimum, +inf when none is known."""
    surface = LANDSCAPES[landscape.name]
    points = np.array(surface.minima_at(**landscape.numbers), dtype=float).reshape(-1, surface.dimension)
    if not len(points):
        return np.inf
    return float(np.min(losses(landscape, points[:: max(len(points) // 64, 1)])))


def losses(landscape: Choice, points: Floats) -> Floats:
    """Losses at points, (n, d) -> (n,)."""
    return np.asarray(_losses(LANDSCAPES[landscape.name].make, as_numbers(landscape.numbers), points))


@xla.program("make")
def _losses(make: Callable[..., Any], knobs: dict[str, Any], points: Array) -> Any:
    return jax.vmap(make(**knobs))(points)


def colour_scale(heights: Floats, known_minimum: float) -> Colour:
    """Log colours where the range spans decades: the lowest twentieth of the window spans under 1/SPREAD of it."""
    finite = heights[np.isfinite(heights)]
    if not finite.size:
        return Colour(False, 0.0, 0.0, 0.0, 1.0)
    low, twentieth, high = map(float, np.quantile(finite, [0, 0.05, 1]))
    floor = min(low, known_minimum)
    if high - floor <= SPREAD * (twentieth - floor) or high == floor:
        return Colour(False, floor, 0.0, low, max(high, low + 1e-9 * max(abs(low), 1)))
    top = float(np.log10(high - floor))
    offset = 10 ** (top - DECADES)
    bottom = float(np.log10(max(low - floor, 0) + offset))
    return Colour(True, floor, offset, bottom, max(float(np.log10(high - floor + offset)), bottom + 1e-9))


def level_lines(along: Floats, across: Floats, shares: Floats) -> list[Floats]:
    """Level lines at even steps of the colour scale, (n, 2) each."""
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    return [line for lines in lines_at(along, across, shares, levels) for line in lines]


def lines_at(along: Floats, across: Floats, heights: Floats, levels: Sequence[float] | Floats) -> list[list[Floats]]:
    """Level lines at each of these heights: for each a list of lines (n, 2). None go where heights are not finite."""
    generator = contourpy.contour_generator(along, across, heights, name="serial", line_type="Separate")
    return [[np.asarray(line) for line in generator.lines(level)] for level in levels]
