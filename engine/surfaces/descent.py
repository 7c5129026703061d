"""One race: a rule runs down a surface and every step is written down.

A program is compiled once per (surface, rule, number of starts, rounded-up length). Knobs, hyperparameters, schedule,
noise, start and number of steps are data of that program, so moving a slider never compiles.
"""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike

from engine import notebook, xla
from engine.arrays import Floats, Numbers, as_numbers
from engine.given import Ruler, Span, Subject, complete, rule_of, schedule_of, surface_of
from engine.numbers import apart, together
from engine.surfaces.step import by_lane, initial_state, of_lane, one_step, plain
from landscapes.base import Landscape
from optimizers import SCHEDULES
from optimizers.base import Optimizer
from optimizers.schedules.base import Schedule

ROWS = 1024  # steps that one call of a program can record; a longer run is several calls, between which it can stop
NEVER = np.iinfo(np.int32).max  # the step at which a path that has not diverged diverges
LONGEST = 100_000  # steps
TERMS = ("grads", "step", "scale", "evaluations")
FAR_WIDTHS = 1e6  # window widths from the window's centre: a path beyond it has diverged


class Descent(NamedTuple):
    """What one rule is to do, from one start or from many; see ``descend``."""

    surface: Landscape
    rule: Optimizer
    start: ArrayLike  # (d,), or (N, d)
    steps: int
    hyperparameters: Numbers
    knobs: Numbers
    schedule: Schedule
    schedule_knobs: Numbers
    noise: float = 0.0
    seed: int = 0
    terms: bool = True


class Trajectory(NamedTuple):
    """What one rule did: row t belongs to step t, row 0 is the start. Float64 NumPy arrays. A notebook shows it as a
    table; ``figure()`` draws it.

    With several starts every array but ``learning_rate`` and ``knobs`` has a leading axis for them.
    """

    params: Floats  # (T+1, d), θ
    loss: Floats  # (T+1,), without the noise
    gradient_norm: Floats  # (T+1,), ‖∇L‖ without the noise
    learning_rate: Floats  # (T,), η_t; nan where it is within a transformation of somebody's own
    diverged_at: Any  # first step where θ, loss or ‖∇L‖ is not finite, or θ FAR_WIDTHS away; -1 if none; int, or (N,)
    grads: Floats | None = None  # (T, d), what the rule saw: ∇L plus the noise
    step: Floats | None = None  # (T, d), θ_{t+1} - θ_t
    scale: Floats | None = None  # (T, d), σ_t
    evaluations: Floats | None = None  # (T,), gradients that the step cost
    knobs: Floats | None = None  # (k,), of the surface, in the order of its sliders; None for the defaults

    def _repr_html_(self) -> str:
        """What a notebook shows: where each start came to, as a table."""
        return notebook.path_table(*self._many(), np.atleast_1d(self.diverged_at))

    def figure(self) -> Any:
        """A Plotly figure: loss and gradient norm over the steps and, in the plane, the paths."""
        return notebook.path_figure(*self._many())

    def _many(self) -> tuple[Floats, Floats, Floats]:
        """Params, loss and gradient norm with an axis for the starts, be it only one."""
        lead = () if self.loss.ndim == 2 else (None,)
        return self.params[lead], self.loss[lead], self.gradient_norm[lead]

    def of_start(self, number: int) -> "Trajectory":
        """That of one of several starts, without the axis for them."""
        shared = {"learning_rate": self.learning_rate, "knobs": self.knobs}
        own = {name: value for name, value in self._asdict().items() if value is not None and name not in shared}
        alone = {name: value[number] for name, value in own.items()}
        return Trajectory(**{**alone, **shared, "diverged_at": int(alone["diverged_at"])})

    @property
    def direction(self) -> Floats:
        """m_t = −σ_t·step/η_t, so that the step is −(η/σ)·m for every rule, (T, d); 0 where η is."""
        assert self.step is not None and self.scale is not None
        rate = self.learning_rate[:, None]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.asarray(np.where(rate == 0, 0.0, -self.scale * self.step / rate))

    @property
    def lived(self) -> Floats:
        """The path of a single start up to its divergence, (t, d)."""
        return self.params[: max(self.diverged_at, 1)] if self.diverged_at >= 0 else self.params


@xla.program("make_loss", "make_rule", "alone")
def _program(
    make_loss: Callable[..., Any],
    make_rule: Callable[..., Any],
    alone: bool,
    going: Any,
    first: Any,
    last: Any,
    near: Array,
    knobs: dict[str, Any],
    hyperparameters: dict[str, Any],
    factors: Array,
    noise: Array,
    again: dict[str, Any] | None,
) -> Any:
    """Steps ``first`` to ``last`` of a run, at most ROWS: where it goes on, and the record by name.

    Arrays have the starts on the last axis, where the processor works on several at once. ``going`` is the points
    (d, N), the rule's state, and the step at which each path was lost (N,). The record has the steps in front; of a
    start that is ``alone`` it holds the first lane, though some go: a loop over a single one is none, and rounds
    otherwise. ``again`` are the hyperparameters once more, if the terms are asked for: a step that is written down is
    made of these, or XLA would make the path of what it has written down, and round it otherwise than without. They are
    left out where steps take more than one gradient, and a second one would cost too much.
    """
    points, state, lost = going
    fresh = initial_state(make_rule, points, hyperparameters)
    state = jax.tree.map(lambda new, old: jnp.where(first == 0, new, old), fresh, state)
    like = jax.tree.map(of_lane, (hyperparameters, knobs, points, state))
    step = by_lane(partial(one_step, make_loss, make_rule), 1, noise[0], *like)

    def one(index: Array, points: Any, state: Any) -> Any:
        def made(numbers: dict[str, Any]) -> Any:  # inside the loop, so that any rule takes any schedule
            now = {n: v * factors[index] if n == "learning_rate" else v for n, v in numbers.items()}
            return step(jax.tree.map(jnp.squeeze, apart(noise[index][:, None])), now, knobs, points, state)

        ahead = made(hyperparameters)
        row = {"params": points, "loss": ahead.loss, "gradient_norm": jnp.sqrt(ahead.square)}
        if again is not None:
            shown = (made(again) if again else ahead)._asdict()
            row |= {name: shown[name] for name in TERMS}
        return (ahead.params, ahead.state), jax.tree.map(lambda cells: cells[:1], row) if alone else row

    def body(index: Array, carry: Any) -> Any:
        going, record = carry
        going, row = one(index, *going)
        return going, {name: _written(rows, index, row[name]) for name, rows in record.items()}

    parts = apart((points, state))
    _, row = jax.eval_shape(one, first, *parts)
    record = {name: jnp.zeros((ROWS, *_shape(cells)), float) for name, cells in row.items()}
    parts, record = lax.fori_loop(0, last - first + 1, body, (parts, record))
    alive = jnp.isfinite(record["loss"]) & jnp.isfinite(record["gradient_norm"])
    alive &= (jnp.abs(record["params"] - near[0][None]) <= near[1][None]).all(axis=1)
    gone = jnp.where(alive, NEVER, first + jnp.arange(ROWS, dtype=np.int32)[:, None]).min(axis=0)
    return (*together(parts, like[2:]), jnp.minimum(lost, gone)), record


def _shape(parts: Any) -> tuple[int, ...]:
    return (len(parts), *parts[0].shape) if isinstance(parts, tuple) else parts.shape


def _written(rows: Any, index: Array, parts: Any) -> Any:
    """With the row of a step."""
    if not isinstance(parts, tuple):
        return lax.dynamic_update_index_in_dim(rows, parts, index, 0)
    for place, part in enumerate(parts):
        rows = lax.dynamic_update_slice(rows, part[None, None], (index, np.int32(place), np.int32(0)))
    return rows


@lru_cache(maxsize=256)
def _blank_state(make_rule: Callable[..., Any], names: tuple[str, ...], width: int, lanes: int) -> Any:
    """Zeros of the state's shape: what the first stretch of a run is given in place of a state."""
    points = jax.ShapeDtypeStruct((width, lanes), np.float64)
    numbers = {name: jax.ShapeDtypeStruct((lanes,), np.float64) for name in names}
    shapes = jax.eval_shape(partial(initial_state, make_rule), points, numbers)
    return jax.tree.map(lambda leaf: _zeros(leaf.shape, leaf.dtype), shapes)


def _zeros(shape: tuple[int, ...], dtype: Any) -> Any:
    """NumPy's; a random key, which a transformation of somebody's own may carry, is no number of NumPy's."""
    return np.zeros(shape, dtype) if isinstance(dtype, np.dtype) else jnp.empty(shape, dtype)


@xla.program("make")
def _factors(make: Callable[..., Any], first: Any, steps: Any, knobs: dict[str, Any]) -> Any:
    return jax.vmap(make(steps=steps, **knobs))(first + jnp.arange(ROWS, dtype=float))


@lru_cache(maxsize=256)
def schedule_factors(schedule: Schedule, first: int, steps: int, knobs: tuple[tuple[str, float], ...]) -> Floats:
    """The factors of the learning rate at ROWS steps from ``first`` on, of a run of ``steps`` steps, (ROWS,)."""
    return np.asarray(_factors(schedule.make, np.float64(first), np.float64(steps), as_numbers(dict(knobs))))


def _padded_starts(starts: int) -> int:
    """16, 32, 64, …: the numbers of starts that have a program."""
    return max(16, 1 << (starts - 1).bit_length())


def gradient_noise(noise: float, seed: int, steps: int, dimension: int) -> Floats:
    """Gaussian noise on the gradient, (steps + 1, d): the same numbers for every rule and every start."""
    if not noise:
        return np.zeros((steps + 1, dimension))
    return noise * np.random.default_rng(seed).standard_normal((steps + 1, dimension))


@cache
def _calm(dimension: int) -> Floats:
    """No noise for ROWS steps, (ROWS, d)."""
    return np.zeros((ROWS, dimension))


def _stretch(table: Floats, first: int) -> Floats:
    """ROWS rows from ``first`` on, filled up with zeros."""
    part = table[first : first + ROWS]
    return np.concatenate([part, np.zeros((ROWS - len(part), table.shape[1]))])


def descend(
    landscape: Subject,
    optimizer: Ruler = "gradient_descent",
    start: ArrayLike | None = None,
    steps: int = 500,
    *,
    window: Span | None = None,
    knobs: Numbers | None = None,
    schedule: str | Schedule = "constant",
    schedule_knobs: Numbers | None = None,
    noise: float = 0.0,
    seed: int = 0,
    terms: bool = True,
    **hyperparameters: float,
) -> Trajectory:
    """Run one rule from one start, or from many at once.

    Args:
        landscape: a name in LANDSCAPES, a record, or a loss of your own: a function of θ, (d,), in jax.numpy, that
            gives one number. The same function object is compiled once.
        optimizer: a name in OPTIMIZERS, a record, or a transformation of Optax: used as it is, so that η_t is nan in
            the trajectory, σ is 1 and a step counts as one gradient.
        start: (d,), or (N, d) for N starts; if omitted the surface's own, or the middle of ``window`` if it has none.
        steps: updates, 1 to 100 000.
        window: d pairs (low, high): farther than a million times its width away a path has diverged. The surface's own
            if omitted; of a loss of your own as far to all sides of the starts as they are from 0, 1 at least.
        knobs: of the surface; what is omitted keeps its default.
        schedule: of the learning rate, a name in SCHEDULES or a record, with its ``schedule_knobs``.
        noise: standard deviation of Gaussian noise on each coordinate of the gradient, the same for every rule.
        seed: of the noise.
        terms: whether to record g, the step, σ and the evaluations as well.
        hyperparameters: of the rule, by Optax's names; what is omitted keeps its default.

    Returns:
        Trajectory: T + 1 rows for T steps, float64; with N starts its arrays have an axis for them in front.

    Raises:
        ValueError: for an unknown name, a start of the wrong shape or a number of steps out of range.
        TypeError: for what is neither surface nor rule, or a loss that does not give one real number.

    Example:
        >>> path = descend("booth", "momentum", start=(0.0, 0.0), steps=300, learning_rate=0.01)
        >>> path.params.shape, path.loss.shape, path.learning_rate.shape
        ((301, 2), (301,), (300,))
        >>> path.params[-1].round(3).tolist()  # Booth's minimum
        [1.0, 3.0]
        >>> bowl = descend(lambda p: p @ p, optax.sgd(0.1), start=[(1.0, 2.0), (3.0, 4.0)], steps=2)
        >>> bowl.loss.round(3).tolist()  # every step takes 0.8 of θ
        [[5.0, 3.2, 2.048], [25.0, 16.0, 10.24]]
    """
    surface = surface_of(landscape, window, start)
    descent = Descent(
        surface, rule_of(optimizer), surface.start if start is None else start, steps, hyperparameters, knobs or {},
        schedule_of(schedule), schedule_knobs or {}, noise, seed, terms,
    )  # fmt: skip
    *_, (_, trajectory) = descending(descent)
    assert trajectory is not None
    return trajectory


def descending(descent: Descent) -> Iterator[tuple[float, Trajectory | None]]:
    """Run it, ROWS steps at a time: the share that is done, and in the end the trajectory."""
    surface, rule, start, steps, hyperparameters, knobs, timetable, schedule_knobs, noise, seed, terms = descent
    if not 1 <= steps <= LONGEST:
        raise ValueError(f"steps must lie between 1 and {LONGEST}, not {steps}")
    points = np.asarray(start, dtype=np.float64)
    if not points.size or points.ndim not in (1, 2) or points.shape[-1] != surface.dimension:
        raise ValueError(
            f"start must have shape ({surface.dimension},) or (N, {surface.dimension}), not {points.shape}"
        )
    starts = np.atleast_2d(points)
    count, width = starts.shape
    padded = _padded_starts(count)
    numbers = as_numbers(complete(rule.make, hyperparameters, "hyperparameter"))
    surface_numbers = as_numbers(complete(surface.make, knobs, "knob"))
    rows = [{name: np.full(padded, number) for name, number in each.items()} for each in (surface_numbers, numbers)]
    schedule_numbers = tuple(complete(timetable.make, schedule_knobs, "knob").items())
    if "learning_rate" not in numbers and timetable is not SCHEDULES["constant"]:
        raise ValueError("a bare transformation has its own learning rate: give its schedule to Optax")
    again = None if not terms else rows[1] if plain(rule.make) else {}
    tilts = gradient_noise(noise, seed, steps, width) if noise else None
    coordinates = np.ascontiguousarray((starts if count == padded else np.resize(starts, (padded, width))).T)
    going = (
        coordinates,
        _blank_state(rule.make, tuple(numbers), width, padded),
        np.full(count if count == 1 else padded, NEVER, np.int32),
    )
    records, rates = [], []
    for first in range(0, steps + 1, ROWS):
        last = min(first + ROWS - 1, steps)
        factors = schedule_factors(timetable, first, steps, schedule_numbers)
        noises = _calm(width) if tilts is None else _stretch(tilts, first)
        going, record = _program(
            surface.make, rule.make, count == 1, going, np.int32(first), np.int32(last),
            near_of(surface), *rows, factors, noises, again,
        )  # fmt: skip
        records.append({name: np.asarray(rows)[: last - first + 1] for name, rows in record.items()})
        rates.append(numbers.get("learning_rate", np.float64("nan")) * factors[: last - first + 1])
        yield (last + 1) / (steps + 1), None
    lost = np.asarray(going[-1])[:count]
    trajectory = Trajectory(
        **_joined(records, steps, count),
        learning_rate=np.concatenate(rates)[:steps],
        diverged_at=np.where(lost == NEVER, -1, lost),
        knobs=np.array([*surface_numbers.values()], dtype=np.float64),
    )
    yield 1.0, trajectory if points.ndim == 2 else trajectory.of_start(0)


def _joined(records: list[dict[str, Floats]], steps: int, count: int) -> dict[str, Floats]:
    """The stretches of a run one after the other, the starts in front; what belongs to a move has no last row."""
    whole = records[0] if len(records) == 1 else {k: np.concatenate([part[k] for part in records]) for k in records[0]}
    states = ("params", "loss", "gradient_norm")
    rows = {name: array if name in states else array[:steps] for name, array in whole.items()}
    return {name: array[..., :count].transpose(-1, *range(array.ndim - 1)) for name, array in rows.items()}


@lru_cache(maxsize=256)
def near_of(surface: Landscape) -> tuple[Floats, Floats]:
    """The window's centre and FAR_WIDTHS times its width, (d, 1) each: a path farther away has diverged."""
    low, high = np.array(surface.window, dtype=float).T[:, :, None]
    return (low + high) / 2, FAR_WIDTHS * (high - low)
