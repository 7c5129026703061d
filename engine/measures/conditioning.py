"""How hard a surface is to descend, measured: the same data and network, raw against normalised.

Of a linear model with squared error everything is exact: the surface is a parabola. Of a network the spectrum at a
point and the updates that a training took stand for it.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats
from engine.curvature.derivatives import derivatives, slopes_at, subject
from engine.curvature.lanczos import lanczos
from engine.curvature.points import inspect, sign_tolerance
from engine.measures.spectra import product_seconds, spectrum_seconds
from engine.networks.network import Architecture
from engine.networks.objective import objective
from engine.networks.slices import line_heights
from engine.networks.spread import quarters
from engine.networks.stretch import FAR
from landscapes.base import Loss

WHOLE = 600  # parameters up to which the whole spectrum is computed
PRODUCTS = 40  # Hv for the sharpness of more
ALONE = 200  # test points that are normalised one by one
LONG = 2**40  # updates: beyond, nobody waits


class Bowl(NamedTuple):
    """The mean squared error of a linear model, L = L* + ½ Σ λ_i c_i², with c the place along each eigenvector, seen
    from the minimum. Gradient descent starts at θ = 0, where every version of the features predicts the same."""

    best: Floats  # (d,), the minimum: weights, then the bias
    lowest: float  # L*
    eigenvalues: Floats  # (d,), ascending, of the Hessian 2 XᵀX / n with a column of ones in X
    eigenvectors: Floats  # (d, d), in columns
    tolerance: float  # an eigenvalue below it counts as 0: features that depend on each other

    @property
    def start(self) -> Floats:
        """Where descent starts, along the eigenvectors, (d,); 0 where the surface is flat."""
        return np.where(self.curved, -self.eigenvectors.T @ self.best, 0.0)

    @property
    def curved(self) -> Any:
        """Which eigenvalues are not 0, (d,)."""
        return self.eigenvalues > self.tolerance

    @property
    def ends(self) -> Floats:
        """The smallest eigenvalue that is not 0, and the largest one, (2,)."""
        return np.asarray(self.eigenvalues[self.curved][[0, -1]])

    @property
    def condition(self) -> float:
        """κ = λ_max / λ_min."""
        return float(self.ends[1] / self.ends[0])

    @property
    def rate(self) -> float:
        """The constant learning rate with which the worst direction shrinks fastest, 2 / (λ_min + λ_max)."""
        return float(2 / self.ends.sum())

    def path(self, updates: ArrayLike) -> Floats:
        """Places c after so many updates (m,) at that rate, (m, d): each shrinks by 1 − ηλ at every update."""
        factors = 1 - self.rate * self.eigenvalues
        return self.start * factors ** np.asarray(updates, dtype=np.float64)[:, None]

    def excess(self, places: ArrayLike) -> Floats:
        """L − L* at places (…, d)."""
        return np.asarray(np.asarray(places, dtype=np.float64) ** 2 @ self.eigenvalues / 2)

    def updates_to(self, share: float) -> int:
        """The first update after which L − L* is at most a share of what it was at the start."""
        wanted = share * float(self.excess(self.start))

        def arrived(updates: int) -> bool:
            return float(self.excess(self.path([updates]))[0]) <= wanted

        low, high = 0, 1  # L falls with every update, so halving the interval finds it
        if arrived(0):
            return 0
        while not arrived(high) and high < LONG:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if arrived(middle) else (middle, high)
        return high


def bowl(inputs: ArrayLike, targets: ArrayLike) -> Bowl:
    """The surface of a linear model on points (n, p), (n,)."""
    x = np.asarray(inputs, dtype=np.float64)
    make = objective(Architecture(x.shape[1], 1, depth=0), "mse")
    bottom = inspect(make, np.zeros(x.shape[1] + 1), inputs=x, targets=targets, decay=0.0)
    best = bottom.newton_step
    limit = max(bottom.tolerance, sign_tolerance(bottom.eigenvalues, 0.0, best))
    lowest = float(line_heights(make, best[None], inputs=x, targets=targets, decay=0.0)[0])
    return Bowl(best, lowest, bottom.eigenvalues, bottom.eigenvectors, limit)


class Curvature(NamedTuple):
    """How a network's surface curves at a point. Directions in which nothing changes have the eigenvalue 0, and every
    normalised layer has some, so the condition number is one of the others."""

    sharpness: float  # λ_max
    condition: float  # λ_max over the median of the eigenvalues above τ; nan beyond WHOLE parameters
    positive: int  # eigenvalues above τ; −1 beyond WHOLE parameters and where H is not finite, and so below
    zero: int  # within ±τ
    negative: int


def curvature(make: Callable[..., Loss], theta: ArrayLike, **data: Any) -> Curvature:
    """Of a network's surface at θ; nan where it has diverged or the Hessian is not finite."""
    point = np.asarray(theta, dtype=np.float64)
    if not (np.abs(point) <= FAR).all():
        return Curvature(np.nan, np.nan, -1, -1, -1)
    if point.size > WHOLE:
        sharpest = lanczos(make, point, 1, PRODUCTS, **data).eigenvalues[-1]
        return Curvature(float(sharpest), np.nan, -1, -1, -1)
    factory, numbers = subject(make, data)
    matrix = derivatives(factory, numbers, point)[2]
    if not np.isfinite(matrix).all():
        return Curvature(np.nan, np.nan, -1, -1, -1)
    values = np.linalg.eigvalsh(matrix)
    limit = sign_tolerance(values, 0.0, point)
    above = values[values > limit]
    condition = float(values[-1] / np.median(above)) if len(above) else np.nan
    below = int((values < -limit).sum())
    return Curvature(float(values[-1]), condition, len(above), len(values) - len(above) - below, below)


def curvature_seconds(size: int, points: int) -> float:
    """How long that takes, about."""
    return product_seconds(size, points, PRODUCTS) if size > WHOLE else spectrum_seconds(size, points)


def after_one_step(make: Callable[..., Loss], theta: ArrayLike, rates: ArrayLike, **data: Any) -> Floats:
    """L(θ − η ∇L(θ)) for each η, (m,): a slice along the gradient, measured in learning rates."""
    point = np.asarray(theta, dtype=np.float64)
    factory, numbers = subject(make, data)
    slope = np.asarray(slopes_at(factory, numbers, point[None])[1])[0]
    steps = np.asarray(rates, dtype=np.float64)[:, None] * slope
    return line_heights(make, point - steps, **data)


def without_averages(make: Callable[..., Loss], theta: ArrayLike, inputs: ArrayLike, targets: ArrayLike) -> Floats:
    """The mean loss on test points (n, p), (n,) if batch normalisation takes their own moments, and if it takes those
    of each of them alone, (2,). A point alone is its own mean, so that only β is left of it."""
    point = np.asarray(theta, dtype=np.float64)[None]
    data = {"inputs": inputs, "targets": targets, "decay": 0.0}
    some = range(min(len(np.asarray(targets)), ALONE))
    alone = [line_heights(make, point, rows=[row], **data)[0] for row in some]
    return np.array([line_heights(make, point, **data)[0], np.mean(alone)])


def typical(losses: Floats) -> Floats:
    """The median over the seeds of (…, S, R), (…, R); a seed that has diverged counts as ∞."""
    middle = quarters(np.moveaxis(losses, -2, 0))[1]
    return np.where(np.isnan(middle), np.inf, middle)  # all of them have diverged


def first_below(steps: ArrayLike, losses: ArrayLike, level: float) -> int:
    """The updates after which a recorded loss (R,) is at most ``level`` for the first time, −1 if never."""
    below = np.flatnonzero(np.asarray(losses) <= level)
    return int(np.asarray(steps)[below[0]]) if len(below) else -1


def common_level(curves: list[Floats]) -> float:
    """The lowest loss that all reach: the curves of each competitor, (R,), or (L, R) if it may choose among L."""
    return float(max(np.min(each) for each in curves))
