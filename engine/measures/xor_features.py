"""XOR by hand: in the distances to two opposite corners a line separates what none separates in the plane."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats
from engine.measures.logistic import boundaries

CORNERS = np.array([(0.0, 0.0), (1.0, 1.0)])  # of one class
ANGLES, RADII = 181, 400  # of the outline of what one side of a line is in the plane


class Separation(NamedTuple):
    """The line w·x + b = 0 of logistic regression, and how many examples it gets right."""

    line: Floats  # (3,): w₁, w₂, b
    right: float  # the share

    @classmethod
    def of(cls, features: Floats, line: Floats, side: NDArray[np.int64]) -> "Separation":
        """What a line makes of features (n, 2) of classes 0 and 1."""
        return cls(line, float(np.mean((features @ line[:2] + line[2] > 0) == (side == 1))))


def distances(points: ArrayLike) -> Floats:
    """Of points (n, 2) to (0, 0) and to (1, 1), (n, 2)."""
    apart = np.asarray(points, dtype=np.float64)[:, None] - CORNERS
    return np.asarray(np.hypot(*apart.T).T)


def separated(features: Floats, side: NDArray[np.int64]) -> Separation:
    """By logistic regression."""
    return Separation.of(features, boundaries(features, side).logistic, side)


def outline(line: Floats) -> Floats:
    """Where a line of the distances runs in the plane, seen from (½, ½), (ANGLES, 2); nan where it is not met."""
    angles, radii = np.linspace(0, 2 * np.pi, ANGLES), np.linspace(0, 2, RADII)
    rays = 0.5 + radii[:, None] * np.stack([np.cos(angles), np.sin(angles)])[:, None]  # (2, RADII, ANGLES)
    side = distances(rays.reshape(2, -1).T).reshape(RADII, ANGLES, 2) @ line[:2] + line[2]
    crossed = np.sign(side[1:]) != np.sign(side[:-1])
    first = crossed.argmax(axis=0)
    at = np.arange(ANGLES)
    inner, outer = side[first, at], side[first + 1, at]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(crossed.any(axis=0), inner / (inner - outer), np.nan)
    return np.asarray((rays[:, first, at] * (1 - share) + rays[:, first + 1, at] * share).T)
