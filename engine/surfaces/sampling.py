"""Heights on a grid that draws nothing that is not there: finer where the nodes hide something, else means.

A surface full of dents, seen from afar, has a pattern on every grid: that of the grid. Whether there is more between
the nodes than the way from one to the next is asked at random places; a lattice of them could be as blind as the nodes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.arrays import Floats

HeightsOn = Callable[[Floats, Floats], Floats]  # columns (nx,), rows (ny,) -> (ny, nx); as many as first, or ``looks``
Share = Callable[[Floats], Floats]  # heights -> places on the colour scale, 0 to 1

SEEN = 0.02  # of the colour scale: half the way from one level line to the next
CURVES = 0.03  # of all places, along creases and ravines, may be off by more than what is seen
BLOCK, CROWD = 8, 0.5  # looks along the side of a part of the picture, and of its looks those that may be off
RUN = 24  # looks along a part of a curve
SUB = 4  # places along each side of a node's cell that its mean is made of
SURE = 3.0  # times its error is what a mean must change by, from node to node, to have a level line
ALL = 1 + 1 + 4 + 1 + SUB**2  # calls for heights of a surface with more to show than any grid
MANY = 100  # calls: more than are ever made
AROUND = 48  # calls for the heights around the nodes of such a curve


class Sampled(NamedTuple):
    """veiled: there is more to see than these heights (ny, nx) can show, which are means over their surroundings.
    seen: all the heights that went into them. level: where lines of equal height can be told apart, and mean something,
    (ny, nx)."""

    along: Floats
    across: Floats
    heights: Floats
    veiled: bool
    seen: Floats
    level: Floats


def sampled(
    heights_on: HeightsOn,
    along: Floats,
    across: Floats,
    colour: Callable[[Floats], Share],
    calls: int = MANY,
    looks: int = 0,
) -> Sampled:
    """Heights over a window, from evenly spaced columns (nx,) and rows (ny,), or twice as many of both.

    Args:
        colour: of some heights, what makes colours of heights.
        calls: how many can be afforded. With less than three the picture must be believed; with less than ALL, what
            hides between the nodes is known, and its mean is rough.
        looks: on so many columns and rows it is asked what hides between the nodes; on as many as there are, if 0.
    """
    plain = _plain(along, across, heights_on(along, across))
    sides = (looks or len(across), looks or len(along))
    if calls < 3 or not _hides(heights_on, plain, colour, sides):
        return plain
    if calls < ALL:
        return _means(heights_on, along, across, 1)
    fine = _doubled(heights_on, along, across)
    if not _hides(heights_on, fine, colour, sides):
        return fine._replace(level=np.hypot(*np.gradient(colour(fine.heights)(fine.heights))) < SEEN)
    return _means(heights_on, along, across, SUB)


def _plain(along: Floats, across: Floats, heights: Floats) -> Sampled:
    return Sampled(along, across, heights, False, heights, np.ones(heights.shape, dtype=bool))


def _places(values: Floats, count: int, draw: int) -> Floats:
    """A random place in each of ``count`` equal parts of the way from the first to the last."""
    shares = (np.arange(count) + np.random.default_rng(draw).uniform(size=count)) / count
    return np.asarray(values[0] + shares * (values[-1] - values[0]))


def _hides(heights_on: HeightsOn, samples: Sampled, colour: Callable[[Floats], Share], sides: tuple[int, int]) -> bool:
    """Whether straight lines between the nodes show something else than is there, over more than curves."""
    along, across = _places(samples.along, sides[1], 1), _places(samples.across, sides[0], 2)
    there = heights_on(along, across)
    share = colour(np.append(samples.heights, there))  # the nodes may all be equally high
    off = np.abs(share(there) - _between(share(samples.heights), samples, along, across)) > SEEN
    starts = [np.arange(0, side, BLOCK) for side in off.shape]
    counts = np.add.reduceat(np.add.reduceat(off, starts[0], axis=0, dtype=float), starts[1], axis=1)
    sizes = np.outer(*(np.diff(np.append(first, side)) for first, side in zip(starts, off.shape, strict=True)))
    return bool(off.mean() > CURVES or (counts / sizes).max() > CROWD)


def _between(values: Floats, samples: Sampled, along: Floats, across: Floats) -> Floats:
    """Values of the nodes at other columns and rows, along straight lines."""

    def at(places: Floats, nodes: Floats) -> tuple[Floats, Floats]:
        share = (places - nodes[0]) / (nodes[-1] - nodes[0]) * (len(nodes) - 1)
        low = np.clip(share.astype(int), 0, len(nodes) - 2)
        return low, share - low

    (row, up), (column, over) = at(across, samples.across), at(along, samples.along)
    values = values[row] * (1 - up)[:, None] + values[row + 1] * up[:, None]
    return np.asarray(values[:, column] * (1 - over) + values[:, column + 1] * over)


def _doubled(heights_on: HeightsOn, along: Floats, across: Floats) -> Sampled:
    """Twice as many columns and rows, from four calls of the same program."""
    columns, rows = (np.linspace(side[0], side[-1], 2 * len(side)) for side in (along, across))
    heights = np.empty((len(rows), len(columns)))
    for row, column in np.ndindex(2, 2):
        heights[row::2, column::2] = heights_on(columns[column::2], rows[row::2])
    return _plain(columns, rows, heights)


def _means(heights_on: HeightsOn, along: Floats, across: Floats, sub: int) -> Sampled:
    """Means around each node, of heights at random places, sub × sub in each node's cell."""
    heights = _strewn(heights_on, along, across, sub)
    finite = np.isfinite(heights)
    known, weight = np.where(finite, heights, 0.0), _smooth(finite.astype(float), sub)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        mean = np.where(weight > 0.5, _smooth(known, sub) / weight, np.nan)
        spread = np.sqrt(np.maximum(_smooth(known**2, sub) / weight - mean**2, 0))
        error = spread / (2 * sub)  # of the mean of so many places, some of them in line with each other
        level = np.hypot(*np.gradient(mean)) > SURE * error
    return Sampled(along, across, mean, True, heights, level)


def _strewn(heights_on: HeightsOn, along: Floats, across: Floats, sub: int) -> Floats:
    """Heights at random places of each node's cell, one in each of its sub × sub parts, (sub·ny, sub·nx)."""
    heights = np.empty((sub * len(across), sub * len(along)))
    chance = np.random.default_rng(3)

    def places(side: Floats, part: int) -> Floats:
        return np.asarray(side + ((part + chance.uniform(size=len(side))) / sub - 0.5) * (side[1] - side[0]))

    for row, column in np.ndindex(sub, sub):
        heights[row::sub, column::sub] = heights_on(places(along, column), places(across, row))
    return heights


def _smooth(values: Floats, sub: int) -> Floats:
    """Of sub × sub values a node the mean around each node: three times the mean over two cells, which no ripple gets
    through that nodes cannot show."""
    weights = np.ones(1)
    for _ in range(3 + sub % 2):  # so that the middle of the weights is that of the sub values
        weights = np.convolve(weights, np.full(2 * sub, 0.5 / sub))
    margin = (len(weights) - sub) // 2
    for axis in range(2):
        lines = np.moveaxis(values, axis, 0)
        count = len(lines)
        lines = np.pad(lines, [(margin, margin), (0, 0)], mode="symmetric")
        parts = (weight * lines[first : first + count : sub] for first, weight in enumerate(weights))
        values = np.moveaxis(np.sum([*parts], axis=0), 0, axis)
    return values


# ---- curves ----------------------------------------------------------------------------------------------------------


def reach(heights_on: Callable[[Floats], Floats], along: Floats, heights: Floats, calls: int = MANY) -> Floats | None:
    """The lowest and the highest of a curve around each of its nodes (nx,), (2, nx), where it does more between them
    than to go on to the next; None where it does not, or where so few calls say nothing of that."""
    if calls < 2:
        return None
    finite = heights[np.isfinite(heights)]
    seen = SEEN * float(np.ptp(finite)) if finite.size else 0.0
    places = _places(along, len(along), 1)
    off = np.abs(heights_on(places) - np.interp(places, along, heights)) > seen
    starts = np.arange(0, len(off), RUN)
    crowd = np.add.reduceat(off, starts, dtype=float) / np.diff(np.append(starts, len(off)))
    if not (off.mean() > CURVES or crowd.max() > CROWD):
        return None
    chance, step = np.random.default_rng(2), along[1] - along[0]
    shifts = step * (chance.uniform(size=(min(calls - 2, AROUND), len(along))) - 0.5)
    around = [heights_on(along + shift) for shift in shifts]
    return np.stack([np.min([heights, *around], axis=0), np.max([heights, *around], axis=0)])
