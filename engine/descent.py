"""One race: a rule runs down a surface and every step is written down.

A program is compiled once per (surface, rule, number of starts, rounded-up length). Knobs, hyperparameters, schedule,
noise, start and number of steps are data of that program, so moving a slider never compiles.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from landscapes import LANDSCAPES
from landscapes.base import Landscape
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.base import Optimizer
from optimizers.schedules.base import Schedule
from records import settings

Floats = NDArray[np.float64]
Numbers = Mapping[str, float]

ROWS = 16_384  # steps that one call of a program can record; a longer run is several calls, between which it can stop
MANY = 1024  # the same with many starts
LONGEST = 100_000  # steps
FAR = 1e6  # window widths from the window's centre: a path beyond it has diverged


class Trajectory(NamedTuple):
    """What one rule did: row t belongs to step t, row 0 is the start. Float64 NumPy arrays.

    With several starts every array but ``learning_rate`` has a leading axis for them.
    """

    params: Floats  # (T+1, d), θ
    loss: Floats  # (T+1,), without the noise
    gradient_norm: Floats  # (T+1,), ‖∇L‖ without the noise
    learning_rate: Floats  # (T,), η_t
    diverged_at: Any  # first step that is not finite or FAR away, -1 if none; int, or (N,) for several starts
    grads: Floats | None = None  # (T, d), what the rule saw: ∇L plus the noise
    step: Floats | None = None  # (T, d), θ_{t+1} - θ_t
    scale: Floats | None = None  # (T, d), σ_t
    evaluations: Floats | None = None  # (T,), gradients that the step cost


@partial(jax.jit, static_argnames=("make_loss", "make_rule", "rows", "terms"), compiler_options=xla.OPTIONS)
def _program(make_loss, make_rule, rows, terms, points, state, first, last, knobs, hyperparameters, factors, noise):
    """Steps ``first`` to ``last`` of a run: the record (rows, columns, N), and where it goes on: points and state.

    A row is θ, loss and ‖∇L‖; with ``terms`` also g, the step, σ and the evaluations.
    """
    loss = make_loss(**knobs)

    def rule_at(index):  # built inside the loop, so that any rule takes any schedule
        return make_rule(**{**hyperparameters, "learning_rate": hyperparameters["learning_rate"] * factors[index]})

    def one_step(index, params, state):
        def tilted(point):  # noise is a random tilt of the surface: its gradient is ∇L plus the noise
            return loss(point) + noise[index] @ point

        value, slope = jax.value_and_grad(loss)(params)
        grads = slope + noise[index]
        rule = rule_at(index)
        step, state = rule.update(
            grads, state, params, value=value + noise[index] @ params, grad=grads, value_fn=tilted
        )
        record = [params, value[None], jnp.sqrt(slope @ slope)[None]]
        if terms:
            scale = jnp.broadcast_to(rule.scale(state), params.shape)
            record += [grads, step, scale, jnp.reshape(rule.evaluations(state), 1).astype(params.dtype)]
        return jnp.concatenate(record), params + step, state

    every_start = jax.vmap(one_step, in_axes=(None, -1, -1), out_axes=-1)

    def body(index, carry):
        params, state, record = carry
        row, params, state = every_start(index, params, state)
        return params, state, lax.dynamic_update_index_in_dim(record, row, index, 0)

    width, lanes = points.shape
    fresh = _initial_state(make_rule, points, hyperparameters)
    state = jax.tree.map(lambda new, old: jnp.where(first == 0, new, old), fresh, state)
    columns = width + 2 + (3 * width + 1 if terms else 0)
    empty = jnp.zeros((rows, columns, lanes), points.dtype)
    points, state, record = lax.fori_loop(0, last - first + 1, body, (points, state, empty))
    return record, points, state


def _initial_state(make_rule, points, hyperparameters):
    """The rule's state before its first step, the starts on the last axis."""
    init = make_rule(**hyperparameters).init
    return jax.vmap(init, in_axes=-1, out_axes=-1, axis_size=points.shape[-1])(points)


@cache
def _blank_state(make_rule: Callable[..., Any], names: tuple[str, ...], width: int, lanes: int) -> Any:
    """Zeros of the state's shape: what the first stretch of a run is given in place of a state."""
    points = jax.ShapeDtypeStruct((width, lanes), np.float64)
    numbers = {name: jax.ShapeDtypeStruct((), np.float64) for name in names}
    shapes = jax.eval_shape(partial(_initial_state, make_rule), points, numbers)
    return jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), shapes)


@partial(jax.jit, static_argnames=("make", "rows"))
def _factors(make, rows, first, steps, knobs):
    return jax.vmap(make(steps=steps, **knobs))(first + jnp.arange(rows, dtype=float))


def schedule_factors(schedule: Schedule, first: int, rows: int, steps: int, knobs: Numbers) -> Floats:
    """The factors of the learning rate at ``rows`` steps from ``first`` on, of a run of ``steps`` steps, (rows,)."""
    return np.asarray(_factors(schedule.make, rows, np.float64(first), np.float64(steps), as_numbers(knobs)))


@cache
def _padded_starts(starts: int) -> int:
    """1, 16, 64, 256, 1024, …: the numbers of starts that have a program."""
    return 1 if starts == 1 else max(16, 4 ** int(np.ceil(np.log(starts) / np.log(4))))


def gradient_noise(noise: float, seed: int, steps: int, dimension: int) -> Floats:
    """Gaussian noise on the gradient, (steps + 1, d): the same numbers for every rule and every start."""
    if not noise:
        return np.zeros((steps + 1, dimension))
    return noise * np.random.default_rng(seed).standard_normal((steps + 1, dimension))


def _stretch(table: Floats, first: int, rows: int) -> Floats:
    """Rows ``first`` onwards, filled up with zeros to ``rows``."""
    part = table[first : first + rows]
    return np.concatenate([part, np.zeros((rows - len(part), table.shape[1]))])


def as_numbers(values: Numbers) -> dict[str, np.float64]:
    """NumPy scalars: a Python float and a NumPy float would be two programs."""
    return {name: np.float64(value) for name, value in values.items()}


def _known(table: Mapping[str, Any], name: Any, what: str) -> Any:
    if not isinstance(name, str):
        return name
    if name not in table:
        raise ValueError(f"unknown {what} {name!r}: choose one of {', '.join(table)}")
    return table[name]


def _complete(make: Callable[..., Any], given: Numbers, what: str) -> dict[str, float]:
    """The factory's defaults with ``given`` in their place."""
    known = settings(make)
    for name in given:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}: {make.__name__} has {', '.join(known) or 'none'}")
    return {name: float(given.get(name, setting.default)) for name, setting in known.items()}


def descend(
    landscape: str | Landscape,
    optimizer: str | Optimizer,
    start: ArrayLike | None = None,
    steps: int = 500,
    *,
    knobs: Numbers | None = None,
    schedule: str | Schedule = "constant",
    schedule_knobs: Numbers | None = None,
    noise: float = 0.0,
    seed: int = 0,
    terms: bool = True,
    report: Callable[[float], None] = lambda share: None,
    **hyperparameters: float,
) -> Trajectory:
    """Run one rule from one start, or from many at once.

    Args:
        landscape: a name in LANDSCAPES, or a record.
        optimizer: a name in OPTIMIZERS, or a record; ``hyperparameters`` are its own, by Optax's names.
        start: (d,), or (N, d) for N starts; the surface's own start if omitted.
        steps: updates, 1 to 100 000.
        knobs: of the surface; ``schedule_knobs``: of the schedule. What is omitted keeps its default.
        noise: standard deviation of Gaussian noise on each coordinate of the gradient, the same for every rule.
        terms: whether to record g, the step, σ and the evaluations as well.
        report: called with the finished share of the run now and then; what it raises ends the run.

    Raises:
        ValueError: for an unknown name, a start of the wrong shape or a number of steps out of range.
    """
    surface = _known(LANDSCAPES, landscape, "landscape")
    rule = _known(OPTIMIZERS, optimizer, "optimizer")
    timetable = _known(SCHEDULES, schedule, "schedule")
    if not 1 <= steps <= LONGEST:
        raise ValueError(f"steps must lie between 1 and {LONGEST}, not {steps}")
    points = np.asarray(surface.start if start is None else start, dtype=np.float64)
    if not points.size or points.ndim not in (1, 2) or points.shape[-1] != surface.dimension:
        raise ValueError(
            f"start must have shape ({surface.dimension},) or (N, {surface.dimension}), not {points.shape}"
        )
    starts = np.atleast_2d(points)
    count, width = starts.shape
    padded = _padded_starts(count)
    rows = ROWS if padded == 1 else MANY
    numbers = as_numbers(_complete(rule.make, hyperparameters, "hyperparameter"))
    surface_numbers = as_numbers(_complete(surface.make, knobs or {}, "knob"))
    schedule_numbers = _complete(timetable.make, schedule_knobs or {}, "knob")
    tilts = gradient_noise(noise, seed, steps, width)
    here = np.ascontiguousarray(np.resize(starts, (padded, width)).T)
    state = _blank_state(rule.make, tuple(numbers), width, padded)
    records, rates = [], []
    for first in range(0, steps + 1, rows):
        last = min(first + rows - 1, steps)
        factors = schedule_factors(timetable, first, rows, steps, schedule_numbers)
        record, here, state = _program(
            surface.make, rule.make, rows, terms, here, state, np.int32(first), np.int32(last),
            surface_numbers, numbers, factors, _stretch(tilts, first, rows),
        )  # fmt: skip
        records.append(np.asarray(record)[: last - first + 1, :, :count])
        rates.append(numbers["learning_rate"] * factors[: last - first + 1])
        report((last + 1) / (steps + 1))
    record = records[0] if len(records) == 1 else np.concatenate(records)
    trajectory = _split(record, surface, np.concatenate(rates)[:steps], terms)
    return trajectory if points.ndim == 2 else _only(trajectory)


def _split(record: Floats, surface: Landscape, learning_rate: Floats, terms: bool) -> Trajectory:
    """Views of the record's columns, the starts in front."""
    width = surface.dimension
    params, (loss, norm) = np.moveaxis(record[:, :width], -1, 0), record[:, width : width + 2].transpose(1, 2, 0)
    trajectory = Trajectory(params, loss, norm, learning_rate, _first_divergence(params, loss, surface))
    if not terms:
        return trajectory
    grads, step, scale = (
        np.moveaxis(record[:-1, first : first + width], -1, 0) for first in width * np.arange(1, 4) + 2
    )
    return trajectory._replace(grads=grads, step=step, scale=scale, evaluations=record[:-1, -1].T)


def _first_divergence(params: Floats, loss: Floats, surface: Landscape) -> NDArray[np.int64]:
    """First step, for each start, that is not finite or FAR from the window; -1 if there is none."""
    low, high = np.array(surface.window).T
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(params - (low + high) / 2) <= FAR * (high - low)
    lost = ~(near.all(axis=-1) & np.isfinite(loss))
    return np.where(lost.any(axis=-1), lost.argmax(axis=-1), -1)


def _only(trajectory: Trajectory) -> Trajectory:
    """The only start's trajectory, without the axis for starts."""
    alone = {name: value[0] for name, value in trajectory._asdict().items() if value is not None}
    return Trajectory(**{**alone, "learning_rate": trajectory.learning_rate, "diverged_at": int(alone["diverged_at"])})
