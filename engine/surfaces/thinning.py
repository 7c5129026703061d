"""A long run as a picture shows it: some of its steps, how far its curves go in between, and each stroke of its path.

A line through every hundredth step of a path that bounces would show strokes that nobody took. So only strokes of
single steps are drawn, or of several that stay within a pixel or so; and of those that look alike the first.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.surfaces.descent import Trajectory

Steps = NDArray[np.int64]

FINEST, COARSEST = 512, 64  # cells across a window: strokes between the same two look alike
ROW = 1 << 24  # more than there are cells on either side


class Strokes(NamedTuple):
    """Steps whose places are the corners of strokes, (k,), and whether a stroke leads there from the corner before."""

    steps: Steps
    drawn: NDArray[np.bool_]


def last_step(trajectory: Trajectory) -> int:
    """The last step of a run that can be drawn."""
    end = trajectory.diverged_at if trajectory.diverged_at >= 0 else len(trajectory.loss) - 1
    return int(end) if np.isfinite(trajectory.params[end]).all() else max(int(end) - 1, 0)


def frames(end: int, most: int, also: Iterable[int] = ()) -> Steps:
    """At most about ``most`` steps from 0 to ``end``: all of them; or half of them evenly, half closer towards the
    start, where most happens, the last two, and those that are asked for."""
    if end < most:
        return np.arange(end + 1)
    asked = [0, end - 1, end, *(step for step in also if 0 <= step <= end)]
    half = (most - len(asked)) // 2
    return np.unique(np.concatenate([np.linspace(0, end, half), np.geomspace(1, end, half), asked]).astype(np.int64))


def between(values: Floats, kept: Steps) -> tuple[Floats, Floats]:
    """The least and the greatest value from each of the kept steps to before the next, (k,) each."""
    lived = values[: kept[-1] + 1]
    return np.fmin.reduceat(lived, kept), np.fmax.reduceat(lived, kept)


def strokes(places: Floats, low: Floats, high: Floats, most: int) -> Strokes:
    """The strokes of a path.

    Args:
        places: (t, 2), in the picture.
        low, high: corners of its window, (2,) each. Far away from it cells are larger.
        most: corners, about.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        unit = np.arcsinh(2 * (places - (low + high) / 2) / (high - low))
    cells = FINEST
    while True:
        traced = _strokes(np.floor(unit * cells / 2))
        if len(traced.steps) <= most or cells <= COARSEST:
            return _fewer(traced, most)
        cells //= 2


def _strokes(cells: Floats) -> Strokes:
    """Of a path through cells (t, 2): from where it comes into a cell to where it comes into the next one, the first
    time that it goes from the one to the other or back."""
    whole = cells.astype(np.int64)
    _, place = np.unique(whole[:, 0] * ROW + whole[:, 1], return_inverse=True)
    comes = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    ends = place[comes].astype(np.int64)
    pairs = np.sort(np.stack([ends[:-1], ends[1:]]), axis=0)
    _, first = np.unique(pairs[0] * (int(place.max()) + 1) + pairs[1], return_index=True)
    drawn = np.zeros(len(comes), dtype=bool)
    drawn[first + 1] = True
    kept = drawn | np.append(drawn[1:], False)
    kept[0] = True
    return Strokes(comes[kept], drawn[kept])


def _fewer(strokes: Strokes, most: int) -> Strokes:
    """Of strokes without order, as noise makes them, the first ones and some of the others, each as it was."""
    if len(strokes.steps) <= most:
        return strokes
    first, rest = np.split(np.flatnonzero(strokes.drawn), [most // 4])
    last = np.concatenate([first, rest[:: -(-2 * len(rest) // (most - most // 4))]])
    drawn = np.zeros(len(strokes.steps), dtype=bool)
    drawn[last] = True
    kept = np.unique(np.concatenate([[0], last - 1, last]))
    return Strokes(strokes.steps[kept], drawn[kept])
