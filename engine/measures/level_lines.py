"""The lines of a picture: where classes are equally likely, and where a surface has a height."""

from collections.abc import Iterable

import contourpy
import numpy as np

from engine.arrays import Floats


def between(scores: Floats, across: Floats, up: Floats) -> list[Floats]:
    """The curves along which two classes share the highest score.

    Args:
        scores: of K classes at the nodes of a grid, (ny, nx, K); −∞ for a class that is never meant.
        across, up: where the nodes are, (nx,) and (ny,).

    Returns:
        Places of each piece of a curve, (n, 2).

    Example:
        >>> across = up = np.linspace(-1, 1, 5)
        >>> x, _ = np.meshgrid(across, up)
        >>> (line,) = between(np.stack([x, -x], axis=-1), across, up)
        >>> bool(np.allclose(line[:, 0], 0))
        True
    """
    known = [k for k in range(scores.shape[2]) if np.isfinite(scores[..., k]).all()]
    found: list[Floats] = []
    for place, k in enumerate(known[:-1]):
        for other in known[place + 1 :]:
            rest = [scores[..., each] for each in known if each not in (k, other)]
            heights = scores[..., k] - scores[..., other]
            for each in at_heights(heights, across, up, [0.0]):
                found += _leading(each, scores[..., k], rest, across, up)
    return found


def at_heights(heights: Floats, across: Floats, up: Floats, levels: Iterable[float]) -> list[Floats]:
    """The pieces of the level lines of a surface, each (n, 2); heights (ny, nx) as above."""
    generator = contourpy.contour_generator(across, up, heights, name="serial", line_type="Separate")
    return [np.asarray(piece) for level in levels for piece in generator.lines(level)]


def _leading(line: Floats, mine: Floats, rest: list[Floats], across: Floats, up: Floats) -> list[Floats]:
    """The parts of a line along which no other class has a higher score."""
    if not rest:
        return [line]
    here = _at(line, mine, across, up)
    leads = np.all([here >= _at(line, each, across, up) for each in rest], axis=0)
    edges = np.flatnonzero(np.diff(leads)) + 1
    return [part for part, kept in zip(np.split(line, edges), np.split(leads, edges), strict=True) if kept[0]]


def _at(points: Floats, grid: Floats, across: Floats, up: Floats) -> Floats:
    """Between the nodes of a grid, bilinear, (n,)."""
    u = (points[:, 0] - across[0]) / (across[1] - across[0])
    v = (points[:, 1] - up[0]) / (up[1] - up[0])
    i, j = np.clip(u.astype(int), 0, len(across) - 2), np.clip(v.astype(int), 0, len(up) - 2)
    s, t = u - i, v - j
    low = (1 - s) * grid[j, i] + s * grid[j, i + 1]
    high = (1 - s) * grid[j + 1, i] + s * grid[j + 1, i + 1]
    return np.asarray((1 - t) * low + t * high)
