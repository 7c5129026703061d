"""What curvature predicts for a descent: how fast it is near a minimum, how long it stays at a saddle, and how sharp a
surface each rule can bear."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.arrays import Floats, as_numbers
from engine.curvature.derivatives import BLOCK, curved_at, place, subject
from engine.given import Ruler, Subject, complete, rule_of
from engine.surfaces.descent import Trajectory
from landscapes.base import Loss
from records import settings

MEMORY = 32_768  # steps after which a rule is what it stays: the longest memory, λ = 0.999, has faded to 1e-14


class _Response(NamedTuple):
    """A rule with learning rate 1 whose every step just reverses θ = size·(1, −1, 1, …)/2."""

    gradients: Any  # (MEMORY,), what it must be shown for that, by the size and the sign of θ
    newest: Any  # (MEMORY,), how much of −σ·step is the newest gradient
    error: Any  # (), how far it was from reversing, by the size: 0 unless −σ·step is not linear in the gradient
    pull: Any  # (), by how much a step shrinks θ = 1 where there is no gradient


def _shown(rule: Any, state: Any, slope: Array, place: Array | float = 0.0) -> Any:
    """One step of a rule that is shown a slope at a place: −σ·step, the step and the state afterwards."""
    grads, params = slope * jnp.ones(1), place * jnp.ones(1)
    step, state = rule.update(
        grads, state, params, value=jnp.zeros(()), grad=grads, value_fn=lambda point: grads @ point
    )
    return -(jnp.broadcast_to(rule.scale(state), (1,)) * step)[0], step[0], state


@xla.program("make")
def _cost(make: Callable[..., Any], hyperparameters: dict[str, Any]) -> Any:
    """The gradients that a step costs."""
    rule = make(**hyperparameters)
    return rule.evaluations(_shown(rule, rule.init(jnp.zeros(1)), jnp.ones(()))[-1])


@xla.program("make")
def _reversing(make: Callable[..., Any], hyperparameters: dict[str, Any], size: Array) -> Any:
    rule = make(**hyperparameters)
    start = rule.init(jnp.zeros(1))

    def one(index: Array, carry: Any) -> Any:
        state, response = carry
        wanted = jnp.where(index % 2 == 0, size, -size)
        up, down = jax.vmap(lambda slope: _shown(rule, state, slope)[0])(jnp.stack([size, -size]))
        newest = (up - down) / (2 * size)
        slope = (wanted - (up + down) / 2) / newest
        answer, _, state = _shown(rule, state, slope)
        response = response._replace(
            gradients=response.gradients.at[index].set(slope / wanted),
            newest=response.newest.at[index].set(newest),
            error=jnp.maximum(response.error, jnp.abs(answer / wanted - 1)),
        )
        return state, response

    steps = jax.vmap(lambda place: _shown(rule, start, jnp.zeros(()), place)[1])(jnp.arange(2.0))
    blank = _Response(jnp.zeros(MEMORY), jnp.zeros(MEMORY), jnp.zeros(()), steps[0] - steps[1])
    return lax.fori_loop(0, MEMORY, one, (start, blank))[1]


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


def stability_limit(optimizer: Ruler, **hyperparameters: float) -> float:
    """The largest eigenvalue of D^−½ H D^−½, D = diag(σ), that a rule tolerates on a parabola; nan where none exists.

    That is 2/η for gradient descent, 2(1+λ)/η for the heavy ball, 2(1+λ)/((1+2λ)η) for Nesterov, 2(1+β₁)/((1−β₁)η) for
    a running mean as in Adam, once its bias correction has faded, and with a decoupled decay λ_w (2/η − λ_w) in the
    place of 2/η. Rules that are not linear in the gradient but for σ (Lion), or look at more than one gradient a step
    (SAM, Newton, L-BFGS), have no such limit.

    Args:
        optimizer: a name in OPTIMIZERS, a record, or a transformation of Optax with its learning rate within it, whose
            σ counts as 1: of an adaptive one there is no limit then.
        hyperparameters: of the rule; what is omitted keeps its default.

    Returns:
        float: loss per θ squared where σ is 1; nan where no limit exists.

    Raises:
        ValueError: for an unknown rule or hyperparameter.

    Example:
        >>> round(stability_limit("momentum", learning_rate=0.1, momentum=0.9), 6)  # 2 (1 + λ) / η
        38.0
        >>> round(stability_limit(optax.sgd(0.1)), 6)
        20.0
    """
    rule = rule_of(optimizer)
    numbers = complete(rule.make, hyperparameters, "hyperparameter")
    return float(limits_at(rule, numbers.pop("learning_rate", 1.0), MEMORY, **numbers))


def limits_at(optimizer: Ruler, rates: ArrayLike, steps: ArrayLike, **hyperparameters: float) -> Floats:
    """The stability limit at the steps ``steps`` = 0, 1, … with learning rates ``rates``, infinite where η_t is 0.

    At the limit a step just reverses θ. With a bias correction the first steps are those of a shorter memory: from rest
    θ goes 1, −1, 1, … for ever if the curvature is 2(1+β₁−2β₁^{t+1})/((1−β₁)η), which rises from 2/η.
    """
    rule = rule_of(optimizer)
    numbers = complete(rule.make, hyperparameters, "hyperparameter")
    own = "learning_rate" not in numbers  # within the rule, whose limit is already the one asked for
    borne, pull = _bearing(rule.make, tuple((n, v) for n, v in numbers.items() if n != "learning_rate"))
    rates = np.ones(np.shape(rates)) if own else np.asarray(rates, dtype=float)
    most = np.divide(2, rates, out=np.full(rates.shape, np.inf), where=rates > 0) - pull
    return np.asarray(most * borne[np.minimum(steps, len(borne) - 1)])


@lru_cache(maxsize=256)
def _bearing(make: Callable[..., Any], rest: tuple[tuple[str, float], ...]) -> tuple[Floats, float]:
    """Limit over (2/η − pull) at the steps 0, 1, … as long as it changes, and the pull of the decay over η: both depend
    on the other hyperparameters alone."""
    unit = {"learning_rate": 1.0} if "learning_rate" in settings(make) else {}
    numbers = as_numbers({**dict(rest), **unit})
    if float(_cost(make, numbers)) != 1:
        return np.array([np.nan]), 0.0
    response, other = (jax.tree.map(np.asarray, _reversing(make, numbers, np.float64(size))) for size in (1.0, 0.01))
    last = response.gradients[-1]
    linear = max(response.error, other.error) < 1e-6 and np.allclose(response.gradients, other.gradients, 1e-6)
    if not (linear and last > 0):
        return np.array([np.nan]), 0.0
    if np.allclose(response.newest, response.newest[-1], 1e-9):  # the same rule at every step
        return response.gradients[-1:], float(response.pull)
    changing = np.flatnonzero(np.abs(response.gradients / last - 1) > 1e-9)
    return np.append(response.gradients[: changing[-1] + 1], last), float(response.pull)


def limits_along(optimizer: Ruler, trajectory: Trajectory, **hyperparameters: float) -> Floats:
    """The stability limit at every row of a path, (T+1,): that of the step which begins there; the last row, from which
    no step is taken, has that of the step before."""
    steps = np.arange(len(trajectory.learning_rate))
    rows = np.append(steps, steps[-1])
    return limits_at(optimizer, trajectory.learning_rate[rows], rows, **hyperparameters)


def sharpness_along(landscape: Subject, trajectory: Trajectory, **knobs: float) -> Floats:
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
