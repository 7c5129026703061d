"""Many descents at once, of which only the ends are kept: what maps and races are made of.

Each lane has a start, hyperparameters, knobs, schedule and length of its own. A program is compiled once for each
surface, rule and schedule; all numbers are its data. Lanes go in blocks that fit into the processor's nearest cache,
and a block is left as soon as all of its lanes have ended. A whole path is had from the same program, bit for bit: as
many lanes of the same numbers, each of which stops one step later.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.arrays import Floats
from engine.given import Ruler, Subject, complete, rule_of, schedule_of, surface_of
from engine.numbers import apart, together
from engine.surfaces.descent import LONGEST, NEVER, ROWS, near_of, schedule_factors
from engine.surfaces.step import (
    Step,
    by_lane,
    everywhere,
    initial_state,
    looked,
    nearby,
    of_lane,
    one_step,
    plain,
    rows,
)
from engine.threads import threads
from optimizers.schedules.base import Schedule

BLOCK = 256  # lanes that a core's cache holds while they descend
BLOCKS = 16  # of a call: 4096 lanes, a square of 64 by 64
CALL = BLOCK * BLOCKS
CHECKED = 32  # steps between two looks at whether anybody in a block is still under way
PACE = 256  # that may become, as long as nothing happens
SURE = 0.5  # of the way to where a path counts as lost, summed over the steps between two looks: nobody has been there
QUIET = 64  # steps that change no bit of a place, each on a slope of SMALL times that at the start: it has ended there
SMALL = 1e-6
WORKERS = 2

Row = ArrayLike  # a number of all lanes, or one for each, (N,)


class Ends(NamedTuple):
    """Where N lanes came to. -1 stands for never."""

    params: Floats  # (N, d)
    loss: Floats  # (N,), without the noise; nan or infinite where it diverged
    gradient_norm: Floats  # (N,), without the noise
    first_norm: Floats  # (N,), ‖∇L‖ at the start
    reached: NDArray[np.int64]  # (N,), first step with a loss of the target or less
    diverged_at: NDArray[np.int64]  # (N,), as in a ``Trajectory``
    evaluations: Floats  # (N,), gradients that the steps up to there cost


@xla.program("make_loss", "make_rule", "make_plan")
def _program(
    make_loss: Callable[..., Any],
    make_rule: Callable[..., Any],
    make_plan: Callable[..., Any],
    going: Any,
    first: Any,
    last: Any,
    near: Array,
    lanes: dict[str, Any],
    tilts: Array,
    factors: Array,
    alike: Array,
) -> Any:
    """Rows ``first`` to ``last`` of all blocks, and what the places are where they stand then. Of a block a lane is the
    last axis. If noise and schedule are ``alike`` for all, ``tilts`` (ROWS, d) are the noise and ``factors`` (ROWS,)
    those of the learning rates. If not, ``tilts`` are of deviation 1, and each lane makes its own of both.

    A block goes some steps at a time, with nothing written down but when the target was reached. If a lane that is
    under way may have been lost in them, or ended, they are gone once more, and each is looked at. So are all steps
    where lanes differ in noise or schedule, and those of a rule that takes more than one gradient for some.
    """
    own_like, points_like, state_like = jax.tree.map(partial(of_lane, before=1), (lanes, *going[:2]))

    def lane_step(tilt: Array, factor: Array, own: Any, params: Array, state: Any) -> Step:
        numbers = {n: v * factor if n == "learning_rate" else v for n, v in own["rule"].items()}
        return one_step(make_loss, make_rule, tilt, numbers, own["knobs"], params, state)

    def conditions(tilt: Array, index: Array, own: Any) -> Any:
        return own["noise"] * tilt, make_plan(steps=own["steps"], **own["plan"])(index.astype(float))

    step = by_lane(lane_step, 0, tilts[0], factors[0], own_like, points_like, state_like)
    own_conditions = by_lane(conditions, 2, tilts[0], first, own_like)
    look = by_lane(partial(looked, make_loss), 0, own_like["knobs"], points_like)
    near = apart(near)

    def block(everything: Any) -> Any:
        (points, state, spent, reached, lost, quiet, live), own = everything
        begins = first == 0
        points = jnp.where(begins, own["start"], points)
        state = jax.tree.map(partial(jnp.where, begins), initial_state(make_rule, points, own["rule"]), state)
        spent = jnp.where(begins, 0.0, spent)
        reached, lost = jnp.where(begins, NEVER, reached), jnp.where(begins, NEVER, lost)
        quiet, live = jnp.where(begins, 0, quiet), jnp.where(begins, own["stop"] >= 0, live)
        own = {name: apart(rows) for name, rows in own.items()}
        first_norm = jnp.sqrt(look(own["knobs"], own["start"])[1])
        nobody = jnp.zeros((), bool)

        def shared(index: Array) -> Any:
            row = jax.tree.map(jnp.squeeze, apart(tilts[index - first][:, None])), factors[index - first]
            return jax.tree.map(lambda part: jnp.broadcast_to(part[..., None], (*part.shape, BLOCK)), row)

        def conditions_at(index: Array) -> Any:
            drawn = jax.tree.map(jnp.squeeze, apart(tilts[index - first][:, None]))
            return lax.cond(alike, partial(shared, index), partial(own_conditions, drawn, index, own))

        def quick_step(index: Array, carry: Any) -> Any:
            points, state, reached, doubt = carry
            ahead = step(*shared(index), own, points, state)
            reached = jnp.where(ahead.loss <= own["target"], jnp.minimum(reached, index), reached)
            away = jax.tree.map(lambda at, centre, far: jnp.abs(at - centre) / far, points, *near)
            doubt += sum(rows(away)) + 0.0 * ahead.loss + 0.0 * ahead.square  # nan where these are not finite
            return ahead.params, ahead.state, reached, doubt

        def full_step(index: Array, carry: Any) -> Any:
            points, state, spent, reached, lost, quiet, live = carry
            ahead = step(*conditions_at(index), own, points, state)
            alive = nearby(points, near) & jnp.isfinite(ahead.loss) & jnp.isfinite(ahead.square)
            lost = jnp.where(live & ~alive, jnp.minimum(lost, index), lost)
            reached = jnp.where(live & alive & (ahead.loss <= own["target"]), jnp.minimum(reached, index), reached)
            still = everywhere(jax.tree.map(jnp.equal, points, ahead.params))
            still &= (jnp.sqrt(ahead.square) <= SMALL * first_norm) & (own["noise"] == 0)
            quiet = jnp.where(still, quiet + 1, 0)
            paid = spent + ahead.evaluations
            live &= alive & (index < own["stop"]) & (paid <= own["budget"]) & (quiet < QUIET)
            points = jax.tree.map(partial(jnp.where, live), ahead.params, points)
            return points, ahead.state, jnp.where(live, paid, spent), reached, lost, quiet, live

        def quick(index: Array, many: Array, going: Any) -> Any:
            """Whether nothing happened in these steps, whether nobody moved in them, and where everybody is then."""
            points, state, spent, reached, lost, quiet, live = going
            trial = points, state, reached, jnp.zeros_like(spent)
            there, state_there, met, doubt = lax.fori_loop(index, index + many, quick_step, trial)
            paid = spent + many.astype(float)
            fine = (many > 0) & ~(live & ~((doubt <= SURE) & (paid <= own["budget"]))).any()
            stood = ~(live & ~everywhere(jax.tree.map(jnp.equal, points, there))).any()
            points, spent, reached = jax.tree.map(
                partial(jnp.where, live & fine), (there, paid, met), (points, spent, reached)
            )
            after = state_there, jnp.zeros_like(quiet)
            state, quiet = jax.tree.map(partial(jnp.where, fine), after, (state, quiet))
            return fine, stood, (points, state, spent, reached, lost, quiet, live)

        def some_steps(carry: Any) -> Any:
            index, pace, going = carry
            fine = stood = nobody
            rest, (stop, live) = last + 1 - index, (own["stop"], going[-1])
            many = jnp.minimum(jnp.minimum(jnp.where(alike, pace, 0), rest), jnp.where(live, stop, NEVER).min() - index)
            if plain(make_rule):
                fine, stood, going = quick(index, many, going)
            index += jnp.where(fine, many, 0)
            to_end = jnp.where(live, stop, -1).max() + 1 - index
            again = jnp.where(fine, 0, jnp.minimum(jnp.minimum(CHECKED, rest), to_end))
            going = lax.fori_loop(index, index + again, full_step, going)
            *_, quiet, live = going
            resting = jnp.where(fine, stood, ~(live & (quiet == 0)).any())
            pace = jnp.where(resting, 0, jnp.where(fine, jnp.minimum(2 * many, PACE), CHECKED))
            return index + again, pace, going

        def anybody(carry: Any) -> Array:
            index, _, going = carry
            return jnp.asarray((index <= last) & going[-1].any())

        begun = *apart((points, state)), spent, reached, lost, quiet, live
        *_, (points, state, *rest) = lax.while_loop(anybody, some_steps, (first, jnp.int32(CHECKED), begun))
        value, square = look(own["knobs"], points)
        whole = together((points, state), (points_like, state_like))
        return (*whole, *rest), {"loss": value, "gradient_norm": jnp.sqrt(square), "first_norm": first_norm}

    return lax.map(block, (going, lanes))


@lru_cache(maxsize=256)
def _blank(make_rule: Callable[..., Any], names: tuple[str, ...], width: int) -> Any:
    """What the first stretch is given in the place of lanes that are under way."""
    points = jax.ShapeDtypeStruct((width, BLOCK), np.float64)
    numbers = {name: jax.ShapeDtypeStruct((BLOCK,), np.float64) for name in names}
    state = jax.eval_shape(partial(initial_state, make_rule), points, numbers)
    number, count, flag = (np.zeros((BLOCKS, BLOCK), kind) for kind in (np.float64, np.int32, bool))
    blank = jax.tree.map(lambda leaf: np.zeros((BLOCKS, *leaf.shape), leaf.dtype), state)
    return np.zeros((BLOCKS, width, BLOCK)), blank, number, count, count, count, flag


@dataclass(frozen=True)
class Many:
    """What N lanes of one rule are to do on one surface. What differs from lane to lane is (N,), the rest a number.

    stop: rows that a lane takes; ``steps`` if None. The schedules are those of ``steps``.
    budget: gradients that it may take; target: the loss of which it is told when it has been reached.
    """

    landscape: Subject
    optimizer: Ruler
    start: ArrayLike  # (N, d) or (d,)
    steps: Row = 500
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)
    knobs: Mapping[str, Any] = field(default_factory=dict)
    schedule: str | Schedule = "constant"
    schedule_knobs: Mapping[str, Any] = field(default_factory=dict)
    noise: Row = 0.0
    seed: int = 0
    target: Row = -np.inf
    budget: Row = np.inf
    stop: Row | None = None

    @property
    def lanes(self) -> int:
        """N: as many as the longest row has."""
        rows = [*self.hyperparameters.values(), *self.knobs.values(), *self.schedule_knobs.values()]
        rows += [self.steps, self.noise, self.target, self.budget, 0 if self.stop is None else self.stop]
        return max(len(np.atleast_2d(np.asarray(self.start))), *(int(np.size(row)) for row in rows))


def ends(many: Many) -> Ends:
    """Where all lanes come to.

    Raises:
        ValueError: for an unknown name, a start of the wrong shape or a number of steps out of range.

    Example:
        >>> rates = np.array([0.01, 0.05, 1.0])
        >>> far = ends(Many("booth", "gradient_descent", (0.0, 0.0), 200, {"learning_rate": rates}, target=1e-3))
        >>> far.params[:2].round(3).tolist(), (far.diverged_at < 0).tolist()
        ([[1.0, 3.0], [1.0, 3.0]], [True, True, False])
    """
    parts = list(ending(many))
    return Ends(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def ending(many: Many, workers: int = WORKERS) -> Iterator[Ends]:
    """The same, CALL lanes at a time, in their order. Who closes this drops what has not begun."""
    lanes, call = _prepared(many)
    chunks = [slice(at, at + CALL) for at in range(0, many.lanes, CALL)]
    with threads(min(workers, len(chunks))) as mapped:
        yield from mapped(lambda chunk: call({name: _part(row, chunk) for name, row in lanes.items()}), chunks)


def _part(rows: Any, chunk: slice) -> Any:
    return jax.tree.map(lambda row: row[..., chunk], rows)


def _prepared(many: Many) -> tuple[dict[str, Any], Callable[[dict[str, Any]], Ends]]:
    """The rows of all lanes by name, the lanes on the last axis, and what descends with some of them."""
    count = many.lanes
    starts = np.asarray(many.start, dtype=np.float64)
    surface, rule, plan = surface_of(many.landscape, None, starts), rule_of(many.optimizer), schedule_of(many.schedule)
    if starts.ndim not in (1, 2) or starts.shape[-1] != surface.dimension:
        raise ValueError(
            f"start must have shape ({surface.dimension},) or (N, {surface.dimension}), not {starts.shape}"
        )
    steps = np.asarray(many.steps)
    if not (steps.min() >= 1 and steps.max() <= LONGEST):
        raise ValueError(f"steps must lie between 1 and {LONGEST}, not {steps.min()} to {steps.max()}")

    def row(values: Row, kind: Any = np.float64) -> Any:
        return np.broadcast_to(np.asarray(values, dtype=kind), (count,))

    def rows_of(make: Callable[..., Any], given: Mapping[str, Any], what: str) -> dict[str, Any]:
        usual = complete(make, dict.fromkeys(given, 0.0), what)
        return {name: row(given.get(name, value)) for name, value in usual.items()}

    lanes = {
        "start": np.broadcast_to(np.atleast_2d(starts), (count, surface.dimension)).T,
        "rule": rows_of(rule.make, many.hyperparameters, "hyperparameter"),
        "knobs": rows_of(surface.make, many.knobs, "knob"),
        "plan": rows_of(plan.make, many.schedule_knobs, "knob"), "steps": row(steps), "noise": row(many.noise),
        "target": row(many.target), "budget": row(many.budget),
        "stop": row(steps if many.stop is None else many.stop, np.int32),
    }  # fmt: skip
    tilts = _tilts(many.seed if np.any(many.noise) else None, int(lanes["stop"].max()), surface.dimension)
    alike = not any(map(np.ndim, (steps, many.noise, *many.schedule_knobs.values())))
    tilts = lanes["noise"][0] * tilts if alike else tilts
    first = tuple((name, float(values[0])) for name, values in lanes["plan"].items())
    factors = partial(schedule_factors, plan, steps=int(lanes["steps"][0]), knobs=first)
    return lanes, partial(_descended, surface, rule.make, plan.make, tilts, factors, np.bool_(alike))


@lru_cache(maxsize=8)
def _tilts(seed: int | None, steps: int, width: int) -> Floats:
    """The noise of deviation 1, as ``gradient_noise`` has it, for whole stretches, (≥ steps + 1, d)."""
    rows = -(-(steps + 1) // ROWS) * ROWS
    drawn = np.zeros((rows, width))
    if seed is not None:
        drawn[: steps + 1] = np.random.default_rng(seed).standard_normal((steps + 1, width))
    return drawn


def _descended(
    surface: Any, make_rule: Any, make_plan: Any, tilts: Floats, factors: Any, alike: Any, lanes: dict[str, Any]
) -> Ends:
    """At most CALL lanes, to their ends."""
    count, last = lanes["stop"].size, int(lanes["stop"].max())
    packed = jax.tree.map(_packed, {**lanes, "stop": np.append(lanes["stop"], np.full(CALL - count, -1, np.int32))})
    going = _blank(make_rule, tuple(lanes["rule"]), surface.dimension)
    for first in range(0, last + 1, ROWS):
        going, seen = _program(
            surface.make, make_rule, make_plan, going, np.int32(first), np.int32(min(first + ROWS - 1, last)),
            near_of(surface), packed, tilts[first : first + ROWS], factors(first=first), alike,
        )  # fmt: skip
        if not np.asarray(going[-1]).any():
            break
    points, _, spent, reached, lost, *_ = going
    flat = {name: np.asarray(row).reshape(-1)[:count] for name, row in seen.items()}
    return Ends(
        params=np.asarray(points).transpose(0, 2, 1).reshape(CALL, -1)[:count],
        reached=_told(reached, count), diverged_at=_told(lost, count),
        evaluations=np.asarray(spent).reshape(-1)[:count], **flat,
    )  # fmt: skip


def _packed(row: Any) -> Any:
    """(…, N) as blocks, (BLOCKS, …, BLOCK), filled up with the last lane, which does nothing there."""
    full = np.empty((*row.shape[:-1], CALL), row.dtype)
    full[..., : row.shape[-1]] = row
    full[..., row.shape[-1] :] = row[..., -1:]
    return np.ascontiguousarray(np.moveaxis(full.reshape(*row.shape[:-1], BLOCKS, BLOCK), -2, 0))


def _told(steps: Any, count: int) -> NDArray[np.int64]:
    flat = np.asarray(steps).reshape(-1)[:count].astype(np.int64)
    return np.where(flat == NEVER, -1, flat)
