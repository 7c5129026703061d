"""What curvature predicts for a descent: how fast it is near a minimum, how long it stays at a saddle, and how sharp a
surface each rule can bear."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.curvature import BLOCK, curved_at, place, subject
from engine.descent import Floats, Trajectory, as_numbers
from landscapes.base import Landscape, Loss
from optimizers import OPTIMIZERS
from optimizers.base import Optimizer
from records import settings

FILTER = 32_768  # alternating gradients that a rule is shown: the longest memory, λ = 0.999, fades to 1e-14


@partial(jax.jit, static_argnames="make", compiler_options=xla.OPTIONS)
def _gain(make, hyperparameters, size):
    """−σ·step / (η g) after many gradients size, −size, size, …; and the gradients that a step costs."""
    rule = make(**hyperparameters)
    rate = hyperparameters["learning_rate"]
    params = jnp.zeros((1,))

    def one(index, carry):
        _, state, _ = carry
        grads = jnp.where(index % 2 == 0, size, -size) * jnp.ones((1,))
        step, state = rule.update(
            grads, state, params, value=jnp.zeros(()), grad=grads, value_fn=lambda point: grads @ point
        )
        scale = jnp.broadcast_to(rule.scale(state), (1,))
        return -(scale * step / (rate * grads))[0], state, rule.evaluations(state).astype(float)

    first = one(0, (jnp.zeros(()), rule.init(params), jnp.zeros(())))
    gain, _, cost = lax.fori_loop(1, jnp.where(first[2] == 1, FILTER, 1), one, first)
    return gain, cost


class LocalRates(NamedTuple):
    """The best constant settings on a parabola, and the factor by which the error shrinks per step with them."""

    gradient_descent_rate: float  # η
    gradient_descent_factor: float
    heavy_ball_rate: float  # η
    heavy_ball_momentum: float  # λ
    heavy_ball_factor: float


def local_rates(eigenvalues: ArrayLike) -> LocalRates:
    """Gradient descent: η = 2/(λ₁+λ_n), factor (κ−1)/(κ+1). Heavy ball: η = (2/(√λ₁+√λ_n))², λ = ((√κ−1)/(√κ+1))²,
    factor √λ (Polyak 1964)."""
    values = np.asarray(eigenvalues, dtype=np.float64)
    low, high = float(values.min()), float(values.max())
    if not low > 0 or not np.isfinite(high):
        raise ValueError(f"rates are predicted at a minimum: eigenvalues must be positive, not {low:g} to {high:g}")
    root = (np.sqrt(high) - np.sqrt(low)) / (np.sqrt(high) + np.sqrt(low))
    return LocalRates(
        gradient_descent_rate=2 / (low + high),
        gradient_descent_factor=(high - low) / (high + low),
        heavy_ball_rate=float((2 / (np.sqrt(low) + np.sqrt(high))) ** 2),
        heavy_ball_momentum=float(root**2),
        heavy_ball_factor=float(root),
    )


def escape_steps(rate: float, curvature: float, near: float, far: float) -> float:
    """Steps that gradient descent takes from distance ``near`` to ``far`` along an eigenvector with λ < 0:
    ln(far/near) / ln(1 + η|λ|)."""
    if not (curvature < 0 < rate and near > 0 and far > 0):
        raise ValueError(
            f"needs λ < 0, η > 0 and distances > 0, not λ = {curvature:g}, η = {rate:g}, {near:g}, {far:g}"
        )
    return float(np.log(far / near) / np.log1p(-rate * curvature))


def stability_limit(optimizer: str | Optimizer, **hyperparameters: float) -> float:
    """The largest eigenvalue of D^−½ H D^−½, D = diag(σ), that a rule tolerates on a parabola; nan where none exists.

    A step too long makes θ change sides, so the rule is shown the gradients 1, −1, 1, −1, … and answers −(η/σ)·G each
    time: θ stays bounded while λ < 2/(ηG). That gives 2/η for gradient descent, 2(1+λ)/η for the heavy ball,
    2(1+λ)/((1+2λ)η) for Nesterov, 2(1+β₁)/((1−β₁)η) for a running mean as in Adam. Rules that are not linear in the
    gradient but for σ (Lion), or look at more than one gradient a step (SAM, Newton, L-BFGS), have no such limit.
    """
    if isinstance(optimizer, str) and optimizer not in OPTIMIZERS:
        raise ValueError(f"unknown optimizer {optimizer!r}: choose one of {', '.join(OPTIMIZERS)}")
    rule = OPTIMIZERS[optimizer] if isinstance(optimizer, str) else optimizer
    known = settings(rule.make)
    if unknown := [name for name in hyperparameters if name not in known]:
        raise ValueError(f"unknown hyperparameter {unknown[0]!r}: {rule.make.__name__} has {', '.join(known)}")
    numbers = {**{name: setting.default for name, setting in known.items()}, **hyperparameters}
    rate = float(numbers.pop("learning_rate"))
    return _steepest_step(rule.make, tuple(numbers.items())) / rate


@lru_cache(maxsize=1024)
def _steepest_step(make: Callable[..., Any], rest: tuple[tuple[str, float], ...]) -> float:
    """The limit times the learning rate, which depends on the other hyperparameters alone."""
    numbers = as_numbers({**dict(rest), "learning_rate": 1.0})
    gain, cost = map(float, _gain(make, numbers, np.float64(1.0)))
    other, _ = map(float, _gain(make, numbers, np.float64(0.01)))
    linear = cost == 1 and gain > 0 and abs(other - gain) <= 1e-6 * gain
    return 2 / gain if linear else float("nan")


def limits_along(optimizer: str | Optimizer, trajectory: Trajectory, **hyperparameters: float) -> Floats:
    """The stability limit at every row of a path, (T+1,): that of the step's own learning rate η_t, infinite while
    η_t is 0; the last row, from which no step is taken, has that of the step before."""
    rates = np.append(trajectory.learning_rate, trajectory.learning_rate[-1:])
    limit = stability_limit(optimizer, **{**hyperparameters, "learning_rate": 1.0})
    return np.divide(limit, rates, out=np.full(rates.shape, limit * np.inf), where=rates > 0)


def sharpness_along(landscape: str | Landscape, trajectory: Trajectory, **knobs: float) -> Floats:
    """The largest eigenvalue of D^−½ H D^−½ at every row of a single start's path, (T+1,), nan where H is not finite.

    D = diag(σ_t) of the step that begins there, where the trajectory has its terms; 1 otherwise.
    """
    make, numbers = subject(landscape, knobs)
    path = trajectory.params
    place(landscape, path[0] if path.ndim == 2 else path)
    ones = np.ones_like(path[:-1]) if trajectory.scale is None else trajectory.scale
    scale = np.concatenate([ones, ones[-1:]])  # (T+1, d)
    blocks = [slice(first, first + BLOCK) for first in range(0, len(path), BLOCK)]  # each fits into the cache
    return np.concatenate([_sharpest(make, numbers, path[block], scale[block]) for block in blocks])


def _sharpest(make: Callable[..., Loss], knobs: dict[str, Any], points: Floats, scale: Floats) -> Floats:
    """The largest eigenvalue of D^−½ H D^−½ at points (n, d), D = diag(scale), (n,)."""
    root = np.sqrt(scale)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        matrices = curved_at(make, knobs, points)[2] / (root[:, :, None] * root[:, None, :])
    finite = np.isfinite(matrices).all(axis=(1, 2))
    largest = np.full(len(points), np.nan)
    largest[finite] = _largest(matrices[finite])
    return largest


def _largest(matrices: Floats) -> Floats:
    """The largest eigenvalue of each symmetric matrix, (n, d, d) -> (n,)."""
    if matrices.shape[1] != 2:
        return np.asarray(np.linalg.eigvalsh(matrices)[:, -1])
    (a, b), (_, c) = matrices.transpose(1, 2, 0)
    with np.errstate(over="ignore"):
        return np.asarray(a / 2 + c / 2 + np.hypot(a / 2 - c / 2, b))  # LAPACK needs 15 times as long for a long run


def crossings(sharpness: Floats, limits: ArrayLike) -> NDArray[np.int64]:
    """Steps at which the sharpness goes from within a rule's limit to above it; 0 if it starts above."""
    with np.errstate(invalid="ignore"):
        above = sharpness > np.broadcast_to(limits, sharpness.shape)
    return np.flatnonzero(above & ~np.concatenate([[False], above[:-1]]))
