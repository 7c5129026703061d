"""Critical points that fill a curve or a surface: put together from the many that Newton's iterations end on."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.curvature.newton import Flags, Found, Whole, Window, cell_keys

ALIGNED = 0.7  # cosine between the direction to a neighbour and the direction without curvature


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


def components(count: int, one: Whole, other: Whole) -> Whole:
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


def neighbours(places: Floats, reach: float) -> tuple[Whole, Whole]:
    """Pairs closer than ``reach``, each once."""
    width = places.shape[1]
    cells = np.floor(places / reach).astype(np.int64)
    key = cell_keys(cells)
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    ones, others = [], []
    for shift in np.array(list(np.ndindex(*(3,) * width))) - 1:
        first, last = (np.searchsorted(ranked, key + cell_keys(shift[None]), side) for side in ("left", "right"))
        counts = last - first
        one = np.repeat(np.arange(len(places)), counts)
        other = order[np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)]
        near = (one < other) & (np.sum((places[one] - places[other]) ** 2, axis=1) < reach**2)
        ones.append(one[near])
        others.append(other[near])
    return np.concatenate(ones), np.concatenate(others)


def walk(places: Floats, reach: float) -> Iterator[tuple[Whole, bool]]:
    """Curves through places: from a place to its nearest neighbour both ways while one is near; whether it closes."""
    left = np.ones(len(places), dtype=bool)
    while left.any():
        begin = int(np.argmax(left))
        left[begin] = False
        ways = []
        for _ in range(2):
            row, way = begin, []
            while left.any():
                rows = np.flatnonzero(left)
                far = np.sum((places[rows] - places[row]) ** 2, axis=1)
                if far.min() > reach**2:
                    break
                row = int(rows[far.argmin()])
                left[row] = False
                way.append(row)
            ways.append(way)
        line = np.array([*ways[1][::-1], begin, *ways[0]])
        length = np.linalg.norm(np.diff(places[line], axis=0), axis=1).sum()
        gap = np.linalg.norm(places[line[0]] - places[line[-1]])
        yield line, bool(gap < min(reach, 0.25 * length))


def find_valleys(ends: Found, signs: Whole, window: Window, reach: float) -> tuple[list[Valley], Flags]:
    """Curves and surfaces among points with a direction without curvature; which points they take up.

    signs: counts of positive and negative eigenvalues, (n, 2).
    """
    places, width = ends.places, ends.places.shape[1]
    values, vectors = np.linalg.eigh(ends.matrices)
    flattest = np.take_along_axis(vectors, np.abs(values).argmin(axis=1)[:, None, None], axis=2)[:, :, 0]
    one, other = neighbours(places, reach)
    alike = (signs[one] == signs[other]).all(axis=1)
    if width > 1:
        way = places[other] - places[one]
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        curve = width - signs[one].sum(axis=1) == 1
        along = np.minimum(np.abs(np.sum(way * flattest[one], axis=1)), np.abs(np.sum(way * flattest[other], axis=1)))
        alike &= ~curve | (along > ALIGNED)
    label = components(len(places), one[alike], other[alike])
    taken = np.zeros(len(places), dtype=bool)
    valleys = []
    for first in np.unique(label):
        rows = np.flatnonzero(label == first)
        if len(rows) < 4 or np.ptp(places[rows], axis=0).max() < reach:
            continue
        dimension = int(width - signs[first].sum())
        lines = walk(places[rows], reach) if dimension == 1 else [(np.arange(len(rows)), False)]
        for line, closed in lines:
            if len(line) < 4:
                continue
            valleys.append(_valley(ends.rows(rows[line]), window, signs[first], dimension, closed, reach))
        taken[rows] = True
    return valleys, taken


def _valley(ends: Found, window: Window, signs: Whole, dimension: int, closed: bool, reach: float) -> Valley:
    kind = {(True, False): "minimum", (False, True): "maximum", (True, True): "saddle"}.get(
        (bool(signs[0]), bool(signs[1])), "degenerate"
    )
    sizes = np.abs(np.linalg.eigvalsh(ends.matrices / window.size[:, None] / window.size))
    across = np.sort(sizes, axis=1)[:, dimension:]
    edge = np.minimum(ends.places, 1 - ends.places).min()
    return Valley(
        points=ends.points,
        loss=float(np.mean(window.slopes(ends.places)[0])),
        kind=kind,
        closed=closed,
        leaves=bool(not closed and edge < reach),
        dimension=dimension,
        across=(float(across.min()), float(across.max())) if across.size else (0.0, 0.0),
    )
