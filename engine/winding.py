"""How often the gradient turns on the way around a place, a cell or the window: that counts what is inside."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.curvature import NARROW, WIDE, rose
from engine.descent import Floats
from engine.newton import SLOPES, Whole, Window

REACH = 1e-2  # of the window's width: a ring of this radius tells a point from a plain
PLAIN = 1e-8  # of the steepest slope: gradients below it are a plain
HALVINGS = 12  # times a stretch of the border is cut into eight where the gradient turns fast
ZOOMS = 10  # each makes a cell seven times smaller


class Rings(NamedTuple):
    """The gradient around n places, on rings of the radii REACH, WIDE and NARROW."""

    slopes: Floats  # (n, 3, k, d)

    @property
    def norms(self) -> Floats:
        return np.sqrt(np.sum(self.slopes**2, axis=-1))  # (n, 3, k)


class Grid(NamedTuple):
    """Gradients at the nodes of a part of the window."""

    low: Floats  # (d,), in [0, 1]
    side: float  # of a cell
    slopes: Floats  # (d, n+1, …, n+1)


def rings_around(window: Window, places: Floats) -> Rings:
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


def indices(rings: Rings) -> Whole:
    """The index of each place: +1 at minima and maxima of the plane, −1 at saddles, −2 at a monkey saddle. 0 in 3-D."""
    around = rings.slopes[:, 1]
    if around.shape[-1] == 3:
        return np.zeros(len(around), dtype=np.int64)
    if around.shape[-1] == 1:
        return ((np.sign(around[:, 1, 0]) - np.sign(around[:, 0, 0])) / 2).astype(np.int64)  # right, left
    return _rounds(_turns(around))


def border_index(window: Window) -> tuple[int | None, bool]:
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


def corners(values: NDArray[Any], combine: Any, width: int) -> NDArray[Any]:
    """Combine the corners of each cell, along the last ``width`` axes."""
    for axis in range(-width, 0):
        ends = np.moveaxis(values, axis, 0)
        values = np.moveaxis(combine(ends[:-1], ends[1:]), 0, axis)
    return values


def odd_cells(grid: Grid, steepest: float) -> Floats:
    """Cells around which the gradient turns, though not by jumps: (k, d), their lower corners."""
    width = grid.low.size
    if width > 2:
        return np.empty((0, width))
    signs = np.sign(grid.slopes)
    cells = np.argwhere((corners(signs, np.minimum, width) < corners(signs, np.maximum, width)).all(axis=0))
    around = np.array([(0, 0), (1, 0), (1, 1), (0, 1)] if width == 2 else [(0,), (1,)])
    slopes = np.moveaxis(grid.slopes[(slice(None), *np.moveaxis(cells[:, None] + around, -1, 0))], 0, -1)  # (k, 4, d)
    odd = (np.sqrt(np.sum(slopes**2, axis=-1)) > PLAIN * steepest).all(axis=1)
    if width == 2:
        turns = _turns(slopes)
        odd &= (_rounds(turns) != 0) & (np.abs(turns).max(axis=1) < np.pi - 1e-6)
    return grid.low + grid.side * cells[odd]


def zoomed(window: Window, low: Floats, side: float) -> Floats:
    """Follow the turns of the gradient from cells into ever smaller ones, as far as they are seen: the middles, (k, d).
    Turns that are gone after two zooms were none."""
    width = low.shape[1]
    steps = np.stack(np.meshgrid(*width * [np.arange(8)], indexing="ij"), axis=-1) / 7  # (8, …, d), none in the middle
    low, sides = low.copy(), np.full(len(low), side)
    for _ in range(ZOOMS):
        nodes = low.reshape(-1, *width * [1], width) + sides.reshape(-1, *width * [1], 1) * steps
        slopes = window.slopes(nodes.reshape(-1, width))[1].reshape(nodes.shape)
        for row, slope in enumerate(slopes):
            odd = odd_cells(Grid(low[row], sides[row] / 7, np.moveaxis(slope, -1, 0)), 0.0)
            if len(odd):
                low[row], sides[row] = odd[0], sides[row] / 7
    return (low + sides[:, None] / 2)[sides < side / 40]
