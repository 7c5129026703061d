"""Derivatives of any surface, exact, from JAX alone: losses, gradients, Hessians, and products with them.

Wherever a surface is asked for, a name, a record, a loss θ -> number, or any factory ``make(**knobs) -> loss`` will do.
A program is compiled once per function and dimension: knobs and points are its data. It must therefore be one function
that stays, not a lambda made anew for each call.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.arrays import Floats, as_arrays
from engine.given import Subject, factory_of
from engine.threads import threads
from landscapes import LANDSCAPES
from landscapes.base import Landscape, Loss
from records import settings

COLUMNS = 8  # of the Hessian that are computed at once
SHARED = 256  # parameters from which on two threads share the columns
BLOCK = 1024  # points that one call takes, of a path or of several ends with their surroundings


def subject(of: Subject, knobs: dict[str, Any]) -> tuple[Callable[..., Loss], dict[str, Any]]:
    """The factory and all its knobs as arrays. A factory without sliders takes whatever it is given, data too."""
    make = factory_of(of, knobs)
    known = settings(make)
    if unknown := [name for name in knobs if name not in known and (known or isinstance(of, str | Landscape))]:
        raise ValueError(f"unknown knob {unknown[0]!r}: {make.__name__} has {', '.join(known) or 'none'}")
    return make, as_arrays({**{name: setting.default for name, setting in known.items()}, **knobs})


def place(of: Subject, point: ArrayLike) -> tuple[Floats, Floats]:
    """The point as float64, (d,), and the size of its surroundings: the window, or max(‖θ‖, 1) without one, (d,)."""
    theta = np.asarray(point, dtype=np.float64)
    surface = LANDSCAPES.get(of) if isinstance(of, str) else of
    if theta.ndim != 1 or not theta.size:
        raise ValueError(f"point must have shape (d,), not {theta.shape}")
    if not isinstance(surface, Landscape):
        return theta, np.full(theta.shape, max(float(np.linalg.norm(theta)), 1.0))
    if theta.size != surface.dimension:
        raise ValueError(f"point must have shape ({surface.dimension},), not {theta.shape}")
    low, high = np.array(surface.window).T
    return theta, high - low


# ---- programs --------------------------------------------------------------------------------------------------------


@xla.program("make", "count")
def _columns(make: Callable[..., Any], knobs: dict[str, Any], point: Array, first: Any, count: Any) -> Any:
    """Loss, gradient (d,) and at least ``count`` columns of the Hessian from ``first`` on, as rows; what is beyond the
    last is 0. Forward over reverse."""
    loss = make(**knobs)
    value, gradient = jax.value_and_grad(loss)(point)
    turn = jax.linearize(jax.grad(loss), point)[1]  # v -> Hv
    chunk = min(COLUMNS, count)
    every = jnp.arange(point.size, dtype=np.int32)

    def columns(index: Array) -> Any:
        places = first + index * chunk + jnp.arange(chunk, dtype=np.int32)
        return jax.vmap(turn)((places[:, None] == every[None, :]).astype(point.dtype))

    return value, gradient, lax.map(columns, jnp.arange(-(-count // chunk), dtype=np.int32)).reshape(-1, point.size)


def derivatives(make: Callable[..., Loss], knobs: dict[str, Any], point: NDArray[Any]) -> tuple[float, Any, Any]:
    """Loss, gradient (d,) and symmetric Hessian (d, d), in the precision of the point. Large ones on two threads."""
    whole = COLUMNS * -(-point.size // COLUMNS) if point.size > COLUMNS else point.size
    half = COLUMNS * -(-point.size // (2 * COLUMNS)) if point.size >= SHARED else whole

    def part(first: int) -> tuple[Any, ...]:
        with jax.enable_x64(point.dtype == np.float64):  # of this thread alone
            return tuple(map(np.asarray, _columns(make, knobs, point, np.int32(first), half)))

    firsts = range(0, point.size, half)
    if len(firsts) == 1:
        value, gradient, rows = part(0)
        return float(value), gradient, symmetric(rows[: point.size])
    with threads(len(firsts)) as shared:
        parts = list(shared(part, firsts))
    rows = np.concatenate([rows for _, _, rows in parts])[: point.size]
    return float(parts[0][0]), parts[0][1], symmetric(rows)


@xla.program("make")
def _turned(make: Callable[..., Any], knobs: dict[str, Any], point: Array, vector: Array) -> Any:
    return jax.jvp(jax.grad(make(**knobs)), (point,), (vector,))[1]


@xla.program("make")
def slopes_at(make: Callable[..., Any], knobs: dict[str, Any], points: Array) -> Any:
    """Losses (n,) and gradients (n, d) at points (n, d)."""
    return jax.vmap(jax.value_and_grad(make(**knobs)))(points)


def gradients_at(of: Subject, points: Floats, **knobs: float) -> Floats:
    """Gradients at any number of points, (n, d): one program, whatever it is asked for."""
    make, numbers = subject(of, knobs)
    parts = []
    for first in range(0, len(points), BLOCK):
        some = points[first : first + BLOCK]
        block = np.concatenate([some, np.broadcast_to(some[-1], (BLOCK - len(some), points.shape[1]))])
        parts.append(np.asarray(slopes_at(make, numbers, block)[1])[: len(some)])
    return np.concatenate(parts)


@xla.program("make")
def _curved(make: Callable[..., Any], knobs: dict[str, Any], points: Array) -> Any:
    """Losses (n,), gradients (n, d) and Hessians (n, d, d) at points (n, d), for small d."""
    loss = make(**knobs)
    return *jax.vmap(jax.value_and_grad(loss))(points), jax.vmap(jax.hessian(loss))(points)


def curved_at(make: Callable[..., Loss], knobs: dict[str, Any], points: Floats) -> tuple[Floats, Floats, Floats]:
    """Losses, gradients and Hessians at any number of points: one program, whatever it is asked for."""
    parts = []
    for first in range(0, len(points), BLOCK):
        some = points[first : first + BLOCK]
        block = np.concatenate([some, np.broadcast_to(some[-1], (BLOCK - len(some), points.shape[1]))])
        parts.append([np.asarray(part)[: len(some)] for part in _curved(make, knobs, block)])
    losses, slopes, matrices = (
        part[0] if len(parts) == 1 else np.concatenate(part) for part in zip(*parts, strict=True)
    )
    return losses, slopes, matrices


# ---- at one point ----------------------------------------------------------------------------------------------------


def hessian(landscape: Subject, point: ArrayLike, **knobs: Any) -> Floats:
    """The exact Hessian. Columns come in chunks: beside H itself thousands of parameters need tens of MB.

    Args:
        landscape: a name in LANDSCAPES, a record, a loss of your own, θ (d,) -> one number, or a factory of losses.
        point: θ, (d,).
        knobs: of the surface; of a factory without sliders whatever it takes, data too.

    Returns:
        Floats: (d, d), symmetric, float64: loss per θ squared.

    Raises:
        ValueError: for an unknown surface or knob, or a point of the wrong shape.
        TypeError: for what is no surface.

    Example:
        >>> hessian("toy_network", (0.0, 0.0)).tolist()
        [[0.0, -2.0], [-2.0, 0.0]]
        >>> hessian(lambda p: p[0] ** 2 * p[1], (1.0, 3.0)).tolist()
        [[6.0, 2.0], [2.0, 0.0]]
    """
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    return np.asarray(derivatives(make, numbers, theta)[2])


def hvp(landscape: Subject, point: ArrayLike, vector: ArrayLike, **knobs: Any) -> Floats:
    """H times a vector, (d,), for the price of about two gradients."""
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    along = np.asarray(vector, dtype=np.float64)
    if along.shape != theta.shape:
        raise ValueError(f"vector must have the shape of the point, {theta.shape}, not {along.shape}")
    return np.asarray(_turned(make, numbers, theta, along))


def spectrum(landscape: Subject, point: ArrayLike, precision: str = "float64", **knobs: Any) -> Floats:
    """All eigenvalues, ascending, (d,), with derivatives and eigenvalues computed in "float32" or "float64"."""
    if precision not in ("float32", "float64"):
        raise ValueError(f"precision must be 'float32' or 'float64', not {precision!r}")
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    rounded = {name: value.astype(precision) for name, value in numbers.items()}
    return _eigenvalues(derivatives(make, rounded, theta.astype(precision))[2]).astype(np.float64)


def symmetric(matrix: NDArray[Any]) -> NDArray[Any]:
    """The mean with the transpose, in as little memory as that takes."""
    mean: NDArray[Any] = matrix + matrix.T
    mean *= 0.5
    return mean


def _eigenvalues(matrix: NDArray[Any]) -> NDArray[Any]:
    return np.linalg.eigvalsh(matrix) if np.isfinite(matrix).all() else np.full(len(matrix), np.nan)
