"""Critical points where a surface is not smooth: tips, corners and edges, betrayed by how the gradient turns around.

No curvature is needed, and no descent: cells around which the gradient turns, though no critical point is known inside,
are cut into ever smaller ones. What the turns say is checked against the losses around the place.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.curvature.newton import Flags, Whole, Window, near
from engine.curvature.points import NARROW
from engine.curvature.valleys import Valley, components, neighbours, walk
from engine.curvature.winding import PLAIN, Cells, Grid, around, cells_of, circle, followed, survey

BOX, PARTS = 3, 7  # a box is so many cells wide; each of its own cells is so much smaller
SMALLEST = 1e-13  # of the window's width: cells are cut down to this
FIRST = 1e-4  # of the window's width: among cells of that size Newton's method is tried once more
BOXES = 256  # boxes at once
BESIDE = 1.5  # cells: closer to what is known nothing is looked for
SAID = {-1: "lowest", 0: "neither", 1: "highest"}
AROUND = 1.5  # times the reach of a small valley is the radius of the circle that counts it
LINK = 1.5  # cells: crossings of an edge that belong together are closer


class Kink(NamedTuple):
    """A place where the gradient jumps, or H does, and around which it turns as around a critical point.

    kind: what the losses around it say: "lowest" or "highest" of its neighbourhood, else "neither", as at a pass.
    """

    point: Floats  # (d,)
    loss: float
    turns: int | None  # its index, like that of a critical point: minimum, maximum +1, saddle −1; None in 3-D
    kind: str


class Known(NamedTuple):
    """Critical points that have been found."""

    places: Floats  # (n, d), those of which H tells the index
    indices: Whole  # (n,)
    level: Floats  # (m, d), others: of valleys, or H decides nothing


class Odd(NamedTuple):
    """What known critical points do not account for."""

    places: Floats  # (k, d), the middles of cells
    side: float = 0.0  # of those cells
    cubes: Whole = np.zeros(0, dtype=np.int64)  # (k,), which grid they belong to
    valleys: Sequence[Valley] = ()  # edges and plains that are full of critical points
    total: int = 0  # of their indices
    leaves: bool = False  # whether they reach the border
    bent: bool = False  # whether the gradient jumps


def suspicious(window: Window, grid: Grid, known: Known, expected: int | None) -> bool:
    """Whether the corners of the cells tell of more than is known, or gradients jump from one to the next: then the
    surface may have kinks."""
    cells = cells_of(window, grid)
    rest, reach = _rest(grid, cells, known), BESIDE * grid.side
    everything = np.concatenate([known.places, known.level])
    odd = _middles(grid, np.argwhere((rest != 0) & ~cells.loose))
    stray = ~near(cells.sharp.mean(axis=1), everything, reach)
    return bool(
        (expected is not None and (cells.loose.any() or cells.turns.sum() != expected))
        or (not len(known.level) and rest[~cells.loose].sum() != 0)
        or not near(odd, everything, reach).all()
        or (len(window.low) == 2 and followed(window, cells.sharp[stray], cells.slopes[stray]).jumps.any())
    )


def unexplained(window: Window, grid: Grid, losses: Floats, known: Known) -> Odd:
    """The cells of a grid whose index known points do not explain, and the edges and plains that are level."""
    reach = BESIDE * grid.side
    cells = cells_of(window, grid, lambda middles: ~near(middles, known.level, reach))
    rest = _rest(grid, cells, known)
    alone = np.argwhere((rest != 0) & ~cells.loose)
    alone = alone[~near(_middles(grid, alone), known.level, reach)]
    odd = [(_middles(grid, cell), cell[0]) for cell in alone]
    valleys, total, leaves = _edges(window, grid, cells) if grid.side > NARROW else [], 0, False
    for blob in _blobs(cells.loose):
        middles, turns = _middles(grid, blob), int(rest[tuple(blob.T)].sum())
        if near(middles, known.level, reach).any():
            continue
        if np.ptp(blob[:, 1:], axis=0).max() + 1 < BOX:
            odd += [(middles.mean(axis=0), blob[0, 0])] if turns else []
        elif grid.side > NARROW:
            outside = bool((blob[:, 1:] == 0).any() or (blob[:, 1:] == cells.loose.shape[1] - 1).any())
            leaves |= outside
            total += 0 if outside else turns
            valleys += [] if outside else _plateau(window, grid, losses, blob)
    places = np.array([place for place, _ in odd]).reshape(-1, len(window.low))
    cubes = np.array([cube for _, cube in odd], dtype=np.int64)
    bent = any(met.jumps.any() for met in cells.met)
    return Odd(places, grid.side, cubes, valleys, total, leaves, bent)


def _middles(grid: Grid, cells: Whole) -> Floats:
    return grid.nodes(cells) + grid.side / 2


def _blobs(loose: Flags) -> list[Whole]:
    """Cells that hang together, (m, 1 + d) each: which grid, and which cell of it."""
    cells = np.argwhere(loose)
    apart = cells * np.append(9, np.ones(cells.shape[1] - 1))  # those of different grids are no neighbours
    label = components(len(cells), *neighbours(apart, 1.5))
    return [cells[label == first] for first in np.unique(label)]


def _edges(window: Window, grid: Grid, cells: Cells) -> list[Valley]:
    """Curves along which the gradient jumps to its opposite: floors and ridges of a surface that is bent there."""
    valleys = []
    for up in (True, False):
        crossed = [
            met.edges[(met.sides[:, 1, axis] > met.sides[:, 0, axis]) == up] for axis, met in enumerate(cells.met)
        ]
        places = np.concatenate([*crossed, np.empty((0, len(window.low)))])
        for line, closed in walk(places, LINK * grid.side):
            if len(line) > BOX:
                valleys.append(_valley(window, places[line], "minimum" if up else "maximum", closed, 1, grid.side))
    return valleys


def _plateau(window: Window, grid: Grid, losses: Floats, blob: Whole) -> list[Valley]:
    """The plain that a blob of cells is."""
    corner = np.array(list(np.ndindex(*len(window.low) * (2,))))
    nodes = np.unique((blob[:, None] + np.pad(corner, ((0, 0), (1, 0)))).reshape(-1, blob.shape[1]), axis=0)
    norms, heights = np.linalg.norm(grid.slopes[(slice(None), *nodes.T)], axis=0), losses[tuple(nodes.T)]
    level = norms <= PLAIN * window.steepest
    if level.sum() < 2 or level.all():
        return []
    inside, outside = heights[level], heights[~level]
    kind = "minimum" if outside.min() > inside.max() else "maximum" if outside.max() < inside.min() else "degenerate"
    return [_valley(window, grid.nodes(nodes[level]), kind, False, len(window.low), grid.side)]


def _valley(window: Window, places: Floats, kind: str, closed: bool, dimension: int, side: float) -> Valley:
    return Valley(
        points=window.low + places * window.size,
        loss=float(np.mean(window.slopes(places)[0])),
        kind=kind,
        closed=closed,
        leaves=bool(not closed and np.minimum(places, 1 - places).min() < side),
        dimension=dimension,
        across=(float("nan"), float("nan")),
    )


def _rest(grid: Grid, cells: Cells, known: Known) -> Whole:
    """The index of each cell less those of the known points in it."""
    rest = cells.turns.copy()
    at = np.floor((known.places - grid.low[:, None]) / grid.side).astype(np.int64)  # (k, n, d)
    cube, point = np.nonzero(((at >= 0) & (at < rest.shape[1])).all(axis=2))
    np.subtract.at(rest, (cube, *at[cube, point].T), known.indices[point])
    return rest


def zoomed(window: Window, odd: Odd, known: Known, end: float) -> Odd:
    """Follow the turns of the gradient into ever smaller cells, to those of side ``end`` or as far as they are told
    apart. Valleys are those that are seen on the way: smaller than a box."""
    places, side, ended, valleys = odd.places, odd.side, [odd.places[:0]], []
    while len(places) and side > end:
        places = places[np.unique(np.rint(places / side), axis=0, return_index=True)[1]][:BOXES]
        inside = unexplained(window, *survey(window, places - BOX * side / 2, side / PARTS, BOX * PARTS), known)
        clear = (np.bincount(inside.cubes, minlength=len(places)) == 1) | (side > NARROW)
        ended.append(places[~clear])  # of several, or of none, only rounding tells
        places, side = inside.places[clear[inside.cubes]], inside.side
        valleys += list(inside.valleys)
    places = np.concatenate([*ended, places])
    return Odd(places, side, np.arange(len(places)), *_circled(window, valleys), odd.leaves)


def _circled(window: Window, valleys: list[Valley]) -> tuple[list[Valley], int]:
    """Small valleys, each once, and the sum of their indices."""
    kept: list[Valley] = []
    index = 0
    for valley in valleys:
        places = (valley.points - window.low) / window.size
        centre = (places.min(axis=0) + places.max(axis=0)) / 2
        reach = np.linalg.norm(places - centre, axis=1).max()
        others = [(other.points - window.low) / window.size for other in kept]
        if all(np.linalg.norm(other - centre, axis=1).min() > reach for other in others):
            kept.append(valley)
            index += int(around(window, centre[None], AROUND * reach)[0])
    return kept, index


# ---- what they are ---------------------------------------------------------------------------------------------------


def once(places: Floats) -> Floats:
    """Each place once, the first of those that share a circle."""
    kept: list[Floats] = []
    for place in places:
        if all(np.abs(place - other).max() > 2 * NARROW for other in kept):
            kept.append(place)
    return np.array(kept).reshape(-1, places.shape[1])


def extremes(window: Window, places: Floats) -> Whole:
    """What the losses on two circles around places say: −1 where all are higher, 1 where all are lower, else 0."""
    offsets = (np.array([NARROW, 10 * NARROW])[:, None, None] * circle(len(window.low))).reshape(-1, len(window.low))
    others = places[:, None] + offsets
    others = window.slopes(others.reshape(-1, len(window.low)))[0].reshape(others.shape[:2])
    losses = window.slopes(places)[0][:, None]
    return np.subtract((others < losses).all(axis=1), (others > losses).all(axis=1), dtype=np.int64)


def described(window: Window, places: Floats, turns: Whole) -> list[Kink]:
    """The kinks at places, lowest first. Along an edge a pass may be so flat that only the turns tell it."""
    points, losses, signs = window.low + places * window.size, window.slopes(places)[0], extremes(window, places)
    width = len(window.low)
    likely = signs != 0 if width == 3 else turns == (1 if width == 2 else -signs)
    words = [SAID[sign] if sure else "neither" for sign, sure in zip(signs.tolist(), likely, strict=True)]
    kinks = map(Kink, points, losses.tolist(), turns.tolist() if width < 3 else len(points) * [None], words)
    return sorted(kinks, key=lambda kink: kink.loss)
