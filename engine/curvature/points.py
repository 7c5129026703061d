"""What second derivatives say about a point: its eigenvalues, and the verdict on their signs."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine import notebook
from engine.arrays import Floats, upright
from engine.curvature.derivatives import curved_at, derivatives, place, slopes_at, subject, symmetric
from engine.given import Subject
from landscapes import LANDSCAPES
from landscapes.base import Landscape, Loss

FLOOR, RELATIVE = 1e-9, 1e-9  # of the tolerance: an eigenvalue, a share of the largest one
NEAR = 1e-3  # of the window's width: a Newton step beyond it says that the point is not critical; about a pixel
WIDE, NARROW, TINY = 1e-3, 1e-5, 1e-7  # of the window's width: distances at which gradients are compared
UNSURE = 3.0  # times what an eigenvalue changes by over a Newton step: one below it may change its sign farther on
VANISHES = 1e-6  # of the gradient at distance WIDE
SMOOTH = 0.03  # a smooth gradient changes 100 times less over a 100th of the way, that of √r 10 times, a cone's equally


class Verdict(NamedTuple):
    """kind: "minimum", "maximum", "saddle" or "degenerate" (H cannot tell); how many eigenvalues have which sign."""

    kind: str
    positive: int
    zero: int
    negative: int


class CriticalPoint(NamedTuple):
    """What is known of a point to second order, and the verdict. Float64 NumPy arrays. A notebook shows it as a table;
    ``figure()`` draws its eigenvalues.

    kind: of a critical point "minimum", "maximum", "saddle" or "degenerate". Two more words say that no verdict is due:
        "sloped": the gradient is not 0, see ``newton_step``; "not smooth": H does not describe the surface there.
    """

    point: Floats  # (d,)
    loss: float
    gradient_norm: float
    eigenvalues: Floats  # (d,), ascending
    eigenvectors: Floats  # (d, d), in columns, the largest component of each positive
    positive: int
    zero: int
    negative: int
    tolerance: float  # τ: an eigenvalue within ±τ counts as 0
    kind: str
    gradient: Floats  # (d,)
    hessian: Floats  # (d, d)

    def _repr_html_(self) -> str:
        """What a notebook shows: the numbers as a table."""
        return notebook.point_table(self)

    def figure(self) -> Any:
        """A Plotly figure: the eigenvalues with ±τ, and the parabola through the point along the eigenvectors."""
        return notebook.point_figure(self)

    @property
    def condition(self) -> float:
        """max|λ| / min|λ|."""
        sizes = np.abs(self.eigenvalues)
        return float(sizes.max() / sizes.min()) if sizes.min() > 0 else float("inf")

    @property
    def newton_step(self) -> Floats:
        """Where the parabola through this point is level, as seen from here, (d,); flat directions are left alone."""
        curved = np.abs(self.eigenvalues) > self.tolerance
        inverse = np.where(curved, 1 / np.where(curved, self.eigenvalues, 1), 0)
        return -(self.eigenvectors * inverse) @ (self.eigenvectors.T @ self.gradient)

    @property
    def escape(self) -> Floats | None:
        """The unit eigenvector of the most negative eigenvalue, None where no eigenvalue is negative."""
        return self.eigenvectors[:, 0] if self.eigenvalues[0] < -self.tolerance else None


# ---- curvature at a point --------------------------------------------------------------------------------------------


def inspect(landscape: Subject, point: ArrayLike, tolerance: float | None = None, **knobs: Any) -> CriticalPoint:
    """Value, gradient, Hessian and verdict at any point, critical or not.

    Args:
        landscape: a name in LANDSCAPES, a record, a loss of your own, θ (d,) -> one number, or a factory of losses.
        point: θ, (d,).
        tolerance: τ, of eigenvalues; by default what ``sign_tolerance`` gives.
        knobs: of the surface; what is omitted keeps its default.

    Returns:
        CriticalPoint: its ``kind`` is "sloped" where the gradient is not 0, "not smooth" where H means nothing.

    Raises:
        ValueError: for an unknown surface or knob, or a point of the wrong shape.
        TypeError: for what is no surface.

    Example:
        >>> pass_between = inspect("saddle", (0.0, 0.0))
        >>> pass_between.kind, pass_between.positive, pass_between.negative
        ('saddle', 1, 1)
        >>> inspect("booth", (0.0, 0.0)).kind
        'sloped'
    """
    make, numbers = subject(landscape, knobs)
    theta, size = place(landscape, point)
    loss, gradient, matrix = derivatives(make, numbers, theta)
    around = np.asarray(slopes_at(make, numbers, theta + _rose(theta.size, size))[1])
    record = _inspected(theta, loss, gradient, matrix, around, size, surface_scale(landscape, make, numbers))
    return record if tolerance is None else judged(record, tolerance)


def inspect_all(landscape: str | Landscape, points: ArrayLike, **knobs: Any) -> list[CriticalPoint]:
    """What ``inspect`` says of each of a few points (n, d), for small d: all from one call of one program."""
    make, numbers = subject(landscape, knobs)
    surface = LANDSCAPES[landscape] if isinstance(landscape, str) else landscape
    thetas = np.asarray(points, dtype=np.float64).reshape(-1, surface.dimension)
    if not len(thetas):
        return []
    size = place(surface, thetas[0])[1]
    roses = thetas[:, None] + _rose(surface.dimension, size)  # (n, 3k, d)
    places = _places(surface)
    asked = np.concatenate([thetas, places, roses.reshape(-1, surface.dimension)])
    losses, slopes, matrices = curved_at(make, numbers, asked)
    scale = _scale(surface, slopes[len(thetas) : len(thetas) + len(places)])
    arounds = slopes[len(thetas) + len(places) :].reshape(roses.shape)
    return [
        _inspected(point, float(loss), slope, symmetric(matrix), around, size, scale)
        for point, loss, slope, matrix, around in zip(thetas, losses, slopes, matrices, arounds, strict=False)
    ]


def _inspected(
    point: Floats, loss: float, gradient: Floats, matrix: Floats, around: Floats, size: Floats, scale: float
) -> CriticalPoint:
    """Described, with the gradients around, (3k, d), as witnesses: whether H means anything here, and whether its signs
    are still the same at the critical point that the parabola promises: beside x = 0 those of x³ are not."""
    with np.errstate(invalid="ignore", over="ignore"):
        changes = around - gradient
        wide, narrow, tiny = np.split(changes, 3)
        vanishes = (
            np.linalg.norm(gradient * size) <= VANISHES * np.linalg.norm(np.split(around, 3)[0] * size, axis=1).max()
        )
        calm = smooth(wide, narrow) or (vanishes and smooth(narrow, tiny))  # an edge near by does no harm
    record = described(point, loss, gradient, matrix, size, scale) if calm else _unknown(point, loss, gradient)
    if record.kind in ("sloped", "not smooth"):
        return record
    if point.size > 3:
        return record  # a few random directions do not tell how H changes
    offsets = np.split(_rose(point.size, size), 3)[0]
    change = _change(offsets, wide - offsets @ matrix, record.newton_step)
    moved = np.abs(np.linalg.eigvalsh(record.hessian + change) - record.eigenvalues)
    unsure = UNSURE * moved[UNSURE * moved > np.abs(record.eigenvalues)]
    limit = float(unsure.max(initial=0.0))
    return judged(record, limit) if limit > record.tolerance else record


def _change(offsets: Floats, left: Floats, step: Floats) -> Floats:
    """How H changes over a small step, (d, d), from what it leaves of the gradient's changes at offsets (k, d): that is
    ½ T[δ, δ], whose symmetric tensor of third derivatives T is fitted."""
    pairs = [(a, b) for a in range(step.size) for b in range(a, step.size)]
    products = np.stack([offsets[:, a] * offsets[:, b] * (1 + (a != b)) for a, b in pairs], axis=1)
    third = np.linalg.lstsq(products, 2 * left, rcond=None)[0] @ step
    change = np.empty((step.size, step.size))
    for (a, b), value in zip(pairs, third, strict=True):
        change[a, b] = change[b, a] = value
    return change


def surface_scale(of: Subject, make: Callable[..., Loss], knobs: dict[str, Any]) -> float:
    """A curvature that counts as large on a surface: how much the gradient changes over its window; 1 without a window.
    From 64 places that are always the same."""
    surface = LANDSCAPES.get(of) if isinstance(of, str) else of
    return _scale(surface, slopes_at(make, knobs, _places(surface))[1]) if isinstance(surface, Landscape) else 1.0


def _places(surface: Landscape) -> Floats:
    """64 places in the window, (64, d)."""
    low, high = np.array(surface.window).T
    return np.asarray(low + (high - low) * np.random.default_rng(0).random((64, low.size)))


def _scale(surface: Landscape, gradients: ArrayLike) -> float:
    low, high = np.array(surface.window).T
    slopes = np.abs(np.asarray(gradients)) / (high - low)
    return float(np.max(slopes, where=np.isfinite(slopes), initial=0.0)) or 1.0


def described(
    point: Floats, loss: float, gradient: Floats, matrix: Floats, size: Floats, scale: float = 1.0
) -> CriticalPoint:
    """The record of a point from its derivatives."""
    with np.errstate(over="ignore"):
        norm = float(np.linalg.norm(gradient))
    if not (np.isfinite(loss) and np.isfinite(norm) and np.isfinite(matrix).all()):
        return _unknown(point, loss, gradient)
    values, vectors = np.linalg.eigh(matrix)
    vectors, limit = upright(vectors), sign_tolerance(values, 0.0, point, scale)
    kind, positive, zero, negative = judge(values, limit)
    signs = positive, zero, negative
    record = CriticalPoint(point, loss, norm, values, vectors, *signs, limit, kind, gradient, matrix)
    if _sloped(record, size):
        return record._replace(kind="sloped")
    return judged(record, sign_tolerance(values, norm, point, scale))  # what is left of ‖g‖ is an error


def _unknown(point: Floats, loss: float, gradient: Floats) -> CriticalPoint:
    """The record of a point where H does not describe the surface: its curvatures are nan."""
    with np.errstate(over="ignore"):
        norm = float(np.linalg.norm(gradient))
    values, table = np.full(point.size, np.nan), np.full((point.size, point.size), np.nan)
    return CriticalPoint(point, loss, norm, values, table, 0, 0, 0, float("nan"), "not smooth", gradient, table)


def judged(point: CriticalPoint, tolerance: float) -> CriticalPoint:
    """The same point with another τ; what is sloped or not smooth stays so."""
    kind, positive, zero, negative = judge(point.eigenvalues, tolerance)
    if point.kind in ("sloped", "not smooth"):
        kind = point.kind
    return point._replace(kind=kind, positive=positive, zero=zero, negative=negative, tolerance=float(tolerance))


def judge(eigenvalues: ArrayLike, tolerance: float) -> Verdict:
    """All positive: a minimum. All negative: a maximum. Both signs: a saddle, zeros or not. Else H does not decide."""
    values = np.asarray(eigenvalues, dtype=np.float64)
    if not np.isfinite(values).all():
        return Verdict("not smooth", 0, 0, 0)
    positive, negative = int(np.sum(values > tolerance)), int(np.sum(values < -tolerance))
    zero = values.size - positive - negative
    if positive and negative:
        return Verdict("saddle", positive, zero, negative)
    kind = "degenerate" if zero else "minimum" if positive else "maximum"
    return Verdict(kind, positive, zero, negative)


def sign_tolerance(eigenvalues: Floats, gradient_norm: float, point: Floats, scale: float = 1.0) -> float:
    """τ = max(floor, relative·max|λ|, ‖g‖ / max(‖θ‖, 1)): below it the sign of an eigenvalue means nothing.

    scale: of curvatures on this surface; the floor is a share of it.
    """
    largest = float(np.max(np.abs(eigenvalues)))
    with np.errstate(over="ignore"):
        slope = gradient_norm / max(float(np.linalg.norm(point)), 1.0)
    return float(np.nanmax([FLOOR * scale, RELATIVE * largest, slope]))


def _sloped(point: CriticalPoint, size: Floats) -> bool:
    """Whether the next critical point is farther than a pixel, or a slope along a direction without curvature is more
    than a pixel of the strongest curvature makes."""
    far = np.max(np.abs(point.newton_step) / size) > NEAR
    flat = np.abs(point.eigenvalues) <= point.tolerance
    uphill = np.max(np.abs(point.eigenvectors.T @ point.gradient) * flat)
    return bool(far or uphill > max(point.tolerance, np.max(np.abs(point.eigenvalues))) * NEAR * np.max(size))


def _rose(dimension: int, size: Floats) -> Floats:
    """Small offsets around a point: at WIDE, NARROW and TINY, (3k, d). In high dimension a few random directions."""
    around = rose(dimension) if dimension <= 3 else np.random.default_rng(0).standard_normal((4, dimension))
    if dimension > 3:
        around = np.concatenate([around, -around]) / np.linalg.norm(np.concatenate([around, around]), axis=1)[:, None]
    return np.concatenate([WIDE * around, NARROW * around, TINY * around]) * size


def rose(dimension: int) -> Floats:
    """Directions in one, two or three dimensions, unit vectors, (k, d); the second half is opposite to the first. In
    two dimensions in turn around the circle."""
    if dimension == 2:
        turn = np.pi * (np.arange(8) + 0.3) / 8
        half = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    else:
        grid = np.stack(np.meshgrid(*dimension * [[-1.0, 0.0, 1.0]]), axis=-1).reshape(-1, dimension)
        half = grid[: len(grid) // 2] / np.linalg.norm(grid[: len(grid) // 2], axis=1)[:, None]
    return np.concatenate([half, -half])


def smooth(wide: Floats, narrow: Floats) -> NDArray[np.bool_]:
    """Whether a gradient is smooth, from its changes at two distances, the one a hundredth of the other, along a rose,
    (…, k, d) -> (…).

    The changes must shrink with the distance. What is left of them beside a linear function, which is most of it where
    H jumps and little where H is continuous, must shrink with its square.
    """
    with np.errstate(invalid="ignore"):
        far, near = (np.linalg.norm(changes, axis=-1).max(axis=-1) for changes in (wide, narrow))
        odder, odd = (np.linalg.norm(_crooked(changes), axis=-1).max(axis=-1) for changes in (wide, narrow))
        shrinks = (near <= SMOOTH * far) | (far == 0)
        straight = (odd <= 0.1 * near) | (odd <= SMOOTH**2 * odder)
    return np.asarray(shrinks & straight)  # what is not finite compares as False


def _crooked(changes: Floats) -> Floats:
    """What no linear function of the offsets of a rose explains, (…, k, d): all that does not change sign with them;
    and of the rest what the best one leaves, if there are directions enough."""
    half, width = changes.shape[-2] // 2, changes.shape[-1]
    first, second = changes[..., :half, :], changes[..., half:, :]
    if width > 3:
        return first + second
    ways = rose(width)[:half]
    left = np.eye(half) - ways @ np.linalg.pinv(ways)
    return np.concatenate([first + second, left @ (first - second)], axis=-2)
