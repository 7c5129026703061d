"""Every rate of a rule from many starts at once: where each run ends, and when it was low enough. No path is kept.

Runs at the same start share their noise. A run ends with its budget of gradient evaluations, and not with a number of
steps: a rule that asks for two gradients a step makes half as many steps.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats, as_numbers
from engine.races.value import TUNING, FairRace
from engine.surfaces.arrival import rounding
from engine.surfaces.descent import ROWS, _nearby, gradient_noise, schedule_factors
from engine.surfaces.relief import lowest

ABREAST = 5  # rates in one call: with some dozens of starts all that is remembered stays in the processor's cache
LOOK = 32  # steps between two looks whether anybody still runs


class Ends(NamedTuple):
    """Of R rates and N starts."""

    above: Floats  # (R, N), the last loss above the known lowest; infinite of a lost run
    solved_at: Floats  # (R, N), gradient evaluations until the loss is within the tolerance; infinite if it never is
    lost: Floats  # (R, N), whether it diverged


@xla.program("make_loss", "make_rule")
def _program(
    make_loss: Callable[..., Any],
    make_rule: Callable[..., Any],
    going: Any,
    first: Any,
    last: Any,
    limits: Any,
    near: Any,
    knobs: dict[str, Any],
    hyperparameters: dict[str, Any],
    rates: Array,
    factors: Array,
    noise: Array,
) -> Any:
    """Steps ``first`` to ``last`` of all runs, rates by starts.

    ``going``: points (d, R, N), the rule's state, and (R, N) each: evaluations so far, the last loss within the budget,
    evaluations when it was first at the level, and whether the run is lost. ``noise``: (ROWS, d, N).
    """
    loss = make_loss(**knobs)
    budget, level = limits
    slope_of = jax.value_and_grad(lambda coordinates: loss(jnp.stack(coordinates)))
    value_and_slope = jax.vmap(jax.vmap(slope_of))

    def move(factor: Array, params: Array, tilt: Array, value: Array, slope: Array, state: Any, rate: Array) -> Any:
        def tilted(point: Array) -> Any:
            return loss(point) + tilt @ point

        rule = make_rule(**{**hyperparameters, "learning_rate": rate * factor})
        grads = slope + tilt
        step, state = rule.update(grads, state, params, value=value + tilt @ params, grad=grads, value_fn=tilted)
        cost = jnp.reshape(rule.evaluations(state), ()).astype(value.dtype)
        return params + step, state, cost

    along = jax.vmap(move, in_axes=(None, -1, -1, -1, -1, -1, None), out_axes=-1)
    every_move = jax.vmap(along, in_axes=(None, -2, None, -2, -2, -2, -1), out_axes=-2)

    def body(index: Array, carry: Any) -> Any:
        points, state, spent, held, at, lost = carry
        value, slopes = value_and_slope(tuple(points))
        within = spent <= budget
        fine = (jnp.abs(points - near[0]) <= near[1]).all(axis=0) & jnp.isfinite(value)
        fine = fine & jnp.isfinite(sum(slope * slope for slope in slopes))
        lost = lost | (within & ~fine)
        held = jnp.where(within, value, held)
        at = jnp.where(within & (value <= level) & jnp.isinf(at), spent, at)
        points, state, cost = every_move(factors[index], points, noise[index], value, jnp.stack(slopes), state, rates)
        return points, state, spent + cost, held, at, lost

    def some(carry: Any) -> Any:
        index, inner = carry
        until = jnp.minimum(index + LOOK, last - first + 1)
        return until, lax.fori_loop(index, until, body, inner)

    def goes_on(carry: Any) -> Any:
        index, (_, _, spent, _, _, lost) = carry
        return (index <= last - first) & ((spent <= budget) & ~lost).any()

    points, state, *others = going
    fresh = _first_state(make_rule, points, hyperparameters)
    state = jax.tree.map(lambda new, old: jnp.where(first == 0, new, old), fresh, state)
    return lax.while_loop(goes_on, some, (jnp.zeros_like(first), (points, state, *others)))[1]


def _first_state(make_rule: Callable[..., Any], points: Array, hyperparameters: dict[str, Any]) -> Any:
    along = jax.vmap(make_rule(**hyperparameters).init, in_axes=-1, out_axes=-1, axis_size=points.shape[-1])
    return jax.vmap(along, in_axes=-2, out_axes=-2, axis_size=points.shape[-2])(points)


@lru_cache(maxsize=256)
def _blank(make_rule: Callable[..., Any], names: tuple[str, ...], shape: tuple[int, ...]) -> Any:
    numbers = {name: jax.ShapeDtypeStruct((), np.float64) for name in names}
    shapes = jax.eval_shape(partial(_first_state, make_rule), jax.ShapeDtypeStruct(shape, np.float64), numbers)
    return jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), shapes)


@lru_cache(maxsize=4)
def noises(noise: float, seeds: tuple[int, ...], steps: int, dimension: int) -> Floats:
    """What every run from a start sees added to its gradient, as ``descend`` adds it, (steps + 1, d, N)."""
    return np.stack([gradient_noise(noise, seed, steps, dimension) for seed in seeds], axis=-1)


def padded(starts: int) -> int:
    """16, 32, 64, …: the numbers of starts that have a program."""
    return max(16, 1 << (starts - 1).bit_length())


def blocks(race: FairRace) -> Iterator[tuple[int, int]]:
    """The calls that tuning takes: a lane, and the first of its rates."""
    for lane in range(len(race.lanes)):
        for place in range(0, len(race.rates_of(race.lanes[lane])), ABREAST):
            yield lane, place


def tried(race: FairRace, lane: int, place: int) -> Ends:
    """ABREAST rates of a lane from ``place`` on, on the starts and seeds for tuning."""
    racer, own, draw = race.lanes[lane], race.experiment, race.draw(TUNING)
    rates = race.rates_of(racer)[place : place + ABREAST]
    many, starts = len(rates), padded(race.starts)
    low = lowest(own.landscape)
    points = np.repeat(np.resize(draw.starts, (starts, own.surface.dimension)).T[:, None], ABREAST, axis=1)
    numbers = as_numbers(racer.optimizer.numbers)
    shape = (ABREAST, starts)
    state = _blank(racer.rule.make, tuple(numbers), points.shape)
    none, infinite = np.zeros(shape), np.full(shape, np.inf)
    going: Any = (np.ascontiguousarray(points), state, none, infinite, infinite, np.zeros(shape, bool))
    limits = np.float64(race.budget), np.float64(low + own.tolerance)
    near = tuple(edge[:, :, None] for edge in _nearby(own.surface))
    tilts = noises(own.noise, tuple(np.resize(draw.seeds, starts).tolist()), race.budget, points.shape[0])
    for first in range(0, race.budget + 1, ROWS):
        last = min(first + ROWS - 1, race.budget)
        factors = schedule_factors(racer.timetable, first, race.budget, racer.schedule.values)
        part = tilts[first : last + 1]
        part = np.concatenate([part, np.zeros((ROWS - len(part), *part.shape[1:]))])
        going = _program(
            own.surface.make, racer.rule.make, going, np.int32(first), np.int32(last), limits, near,
            as_numbers(own.landscape.numbers), numbers, np.resize(rates, ABREAST), factors, part,
        )  # fmt: skip
    *_, held, at, lost = (np.asarray(each)[:many, : race.starts] for each in going[2:])
    return Ends(above(held, lost, low), at, lost.astype(float))


def above(loss: Floats, lost: NDArray[Any], low: float) -> Floats:
    """Losses above the known lowest. A lost run's are infinite, and so is what is lower than the lowest: only outside
    the window can a place be so, and there is no more surface to race on."""
    beyond = np.asarray(lost, bool) | ~np.isfinite(loss) | (loss < low - rounding(low))
    return np.where(beyond, np.inf, np.maximum(loss - low, 0.0))
