"""Few parameters can be enumerated, many must be descended on: a grid of g values each costs g^d, a descent does not.

The surface is the mean squared error of a linear model of d features, each of mean 0 and deviation 1, whose true
weights lie within the grid.
"""

from typing import NamedTuple

import numpy as np

from engine.arrays import Floats

EXAMPLES = 100
NOISE = 0.3
REACH = 2.0  # of the grid, to both sides of 0
RATE = 0.2
MOST = 200_000  # points of a grid that are tried
STEPS = 500  # of a descent, at most
REST = 0.1  # of the noise's variance
BLOCK = 20_000  # points of a grid that are there at once
GRADIENT = 3  # times as dear as a loss, about


class Raced(NamedTuple):
    """A grid and a descent on the same surface of d weights."""

    points: int  # of the grid, g^d
    best: float  # loss at the lowest of them; nan where there are too many to try
    steps: int  # of the descent until it is as low, or within REST of the lowest loss where no grid was tried
    lowest: float  # the least loss there is, by least squares
    path: Floats  # (t, d), of the descent


def surface(d: int, seed: int = 0) -> tuple[Floats, Floats]:
    """Features (n, d), standardised, and targets (n,)."""
    draws, weights, errors = np.random.default_rng(seed).spawn(3)
    x = draws.standard_normal((EXAMPLES, d))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y = x @ weights.uniform(-0.7 * REACH, 0.7 * REACH, d) + NOISE * errors.standard_normal(EXAMPLES)
    return x, y - y.mean()


def losses(x: Floats, y: Floats, thetas: Floats) -> Floats:
    """At several θ, (m, d) -> (m,)."""
    return np.asarray(np.mean((thetas @ x.T - y) ** 2, axis=1))


def values(per_axis: int) -> Floats:
    """What is tried for each weight."""
    return np.linspace(-REACH, REACH, per_axis)


def raced(d: int, per_axis: int, seed: int = 0) -> Raced:
    """Try the grid if it has at most MOST points; descend from 0 until that is reached."""
    x, y = surface(d, seed)
    best_theta = np.asarray(np.linalg.lstsq(x, y, rcond=None)[0], dtype=np.float64)
    lowest = float(losses(x, y, best_theta[None])[0])
    best = _tried(x, y, per_axis) if per_axis**d <= MOST else np.nan
    goal = best if np.isfinite(best) else lowest + REST * NOISE**2
    theta, path = np.zeros(d), [np.zeros(d)]
    while losses(x, y, theta[None])[0] > goal and len(path) <= STEPS:
        theta = theta - RATE * 2 * x.T @ (x @ theta - y) / len(y)
        path.append(theta)
    return Raced(per_axis**d, best, len(path) - 1, lowest, np.stack(path))


def _tried(x: Floats, y: Floats, per_axis: int) -> float:
    """The lowest loss on the grid, some points at a time."""
    axis, shape = values(per_axis), (per_axis,) * x.shape[1]
    blocks = np.array_split(np.arange(per_axis ** x.shape[1]), -(-(per_axis ** x.shape[1]) // BLOCK))
    points = (axis[np.stack(np.unravel_index(block, shape), axis=1)] for block in blocks)
    return min(float(losses(x, y, some).min()) for some in points)
