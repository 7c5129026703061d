"""The parabola through a point, L(θ) ≈ L(θ') + (θ−θ')ᵀg + ½(θ−θ')ᵀH(θ−θ'), and its error, which grows with the cube of
the distance: by the fourth power where the third derivatives cancel, and not at all on a surface that is a parabola."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.curvature.derivatives import place, slopes_at, subject
from engine.curvature.points import CriticalPoint, rose
from engine.given import Subject

CUT = 129  # places along an eigenvector; odd, so that the point itself is one of them
DISTANCES, CLOSEST = 51, 1e-5  # at which the error is measured; the smallest one, as a share of the radius
ROUNDING = 1e-13  # of what is added up: an error below it says nothing
HUSH, LOUD = 1e-9, 10.0  # of the window's width: so close all error is rounding, and so many times it is none any more
FITTED = 10.0  # the slope is that of the smallest clean errors, up to this many times their distance
FEWEST = 4  # errors that make a slope
SUDDEN = 1e4  # times what is rounding: an error that begins so large is that of an edge farther out, not of a power


class Cuts(NamedTuple):
    """Surface and parabola along each eigenvector; along the axes where H is not finite and has none."""

    distance: Floats  # (n,), −radius to radius
    losses: Floats  # (d, n)
    model: Floats  # (d, n)


class Gap(NamedTuple):
    """How far the parabola is off, at worst, at a distance from the point."""

    distance: Floats  # (m,), ascending, evenly spaced on a log scale
    error: Floats  # (m,), the largest |L − model| around; nan where it is only rounding, or not finite
    slope: float  # of log error over log distance, close to the point; nan where no error is left


def model(at: CriticalPoint, places: Floats) -> Floats:
    """The second-order Taylor polynomial about a point, at places (..., d) -> (...)."""
    with np.errstate(over="ignore", invalid="ignore"):
        moves = places - at.point
        turned = moves @ at.eigenvectors
        return np.asarray(at.loss + moves @ at.gradient + 0.5 * (turned**2 @ at.eigenvalues))


def taylor(landscape: Subject, at: CriticalPoint, radius: float, **knobs: float) -> tuple[Cuts, Gap]:
    """Surface and parabola up to a distance from a point, for d ≤ 3: along the eigenvectors, and all around.

    Args:
        at: of this surface with these knobs.
    """
    if not 0 < radius < np.inf:
        raise ValueError(f"radius must be a positive number, not {radius:g}")
    make, numbers = subject(landscape, knobs)
    width, size = at.point.size, float(place(landscape, at.point)[1].max())
    along, away = np.linspace(-radius, radius, CUT), np.geomspace(CLOSEST * radius, radius, DISTANCES)
    axes = at.eigenvectors.T if np.isfinite(at.eigenvectors).all() else np.eye(width)
    cuts, rings = _places(at.point, axes, along), _places(at.point, rose(width), np.append(HUSH * size, away))
    places = np.concatenate([cuts.reshape(-1, width), rings.reshape(-1, width)])
    losses, parabola = np.asarray(slopes_at(make, numbers, places)[0]), model(at, places)
    split = width * CUT
    with np.errstate(over="ignore", invalid="ignore"):
        hush, *error = np.abs(losses - parabola)[split:].reshape(rings.shape[:2]).max(axis=0)  # nan if one of them is
    rounding = LOUD * hush + _rounding(at, away, size)
    clean = _clean(np.array(error), rounding)
    return (
        Cuts(along, losses[:split].reshape(width, CUT), parabola[:split].reshape(width, CUT)),
        Gap(away, clean, _slope(away, clean, rounding)),
    )


def _places(point: Floats, directions: Floats, distances: Floats) -> Floats:
    """Along each direction all distances from a point, (k, n, d)."""
    return point + distances[:, None] * directions[:, None, :]


def _rounding(at: CriticalPoint, distance: Floats, size: float) -> Floats:
    """Errors up to which L − model is rounding, (m,): that of L, and that of coordinates of this size on that slope."""
    with np.errstate(over="ignore"):
        slope = at.gradient_norm + np.abs(at.eigenvalues).max() * distance
        return np.asarray(ROUNDING * (abs(at.loss) + slope * (np.linalg.norm(at.point) + size)))


def _clean(error: Floats, rounding: Floats) -> Floats:
    """The errors with nan in place of what is not finite or not farther out than the last that is only rounding."""
    finite = np.isfinite(error)
    faint = np.flatnonzero(finite & ~(error > rounding))
    beyond = np.arange(error.size) > faint.max(initial=-1)
    return np.where(finite & beyond, error, np.nan)


def _slope(distance: Floats, error: Floats, rounding: Floats) -> float:
    """Of the smallest errors that are not nan, by least squares in log–log."""
    kept = np.flatnonzero(np.isfinite(error))
    kept = kept[distance[kept] <= FITTED * distance[kept[:1]]]
    sudden = kept.size and kept[0] > 0 and error[kept[0]] > SUDDEN * rounding[kept[0]]
    if kept.size < FEWEST or sudden:
        return float("nan")
    return float(np.polyfit(np.log(distance[kept]), np.log(error[kept]), 1)[0])
