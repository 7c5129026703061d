"""A stretch of training as one program: several seeds, one rule, many updates, and the record of some of them.

It is compiled once per (architecture, loss, rule, shapes of the data and of a batch). Hyperparameters, schedule, decay,
dropout's share, seeds, the order of the points and the number of steps are its data.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from engine import xla
from engine.networks import network
from engine.networks.objective import accuracy, evaluated, penalty

FRAMES = 64  # rows that one call can record
STRETCH = 512  # updates of one call at most
AVERAGED = 0.9  # of the moving averages, at each update: torch's momentum of 0.1
FAR = 1e6  # a parameter beyond it has diverged
ROW = ("objective", "gradient_norm", "train_loss", "train_accuracy", "test_loss", "test_accuracy")  # of the record
HELD = ("held_loss", "held_accuracy")  # with points for validation


class Best(NamedTuple):
    """Where S seeds had the lowest loss on the points that are kept for validation, among the rows of the record."""

    loss: Any  # (S,)
    theta: Any  # (S, d)
    moments: Any  # (S, layers, 2, width)
    step: Any  # (S,)


class Going(NamedTuple):
    """Where S seeds are."""

    theta: Any  # (S, d)
    state: Any  # of the rule, (S, …)
    moments: Any  # (S, layers, 2, width), moving averages of mean and unbiased variance
    lost: Any  # (S,), the step at which each was lost
    best: Any = None  # None without points for validation


class Look(NamedTuple):
    """What a network and its surface are like on all points that it learns from, at one place."""

    value: Any  # ()
    mean: Any  # (), without the penalty
    outputs: Any  # (k, n)
    moments: Any  # (layers, 2, width)
    grads: Any  # (d,)


class Span(NamedTuple):
    """A stretch of training: row f of the record is written, then ``counts[f]`` updates are made, and so on."""

    first: Any  # (), the first update
    frames: Any  # (), rows that are recorded
    counts: Any  # (FRAMES,)
    factors: Any  # (STRETCH,), of the learning rate at each update
    tables: Any  # None if every update sees all points, else (S, length, batch), indices of points
    sizes: Any  # None, or (length,), how many of them count
    keys: Any  # None without dropout, or (S, 2)
    judged: Any = None  # None without points for validation, or (FRAMES,): which rows stay in the record


class Points(NamedTuple):
    columns: Any  # (p, n)
    targets: Any  # (n,) or (n, k)


@xla.program("structure", "make_rule")
def stretch(
    structure: tuple[network.Architecture, str, int],
    make_rule: Callable[..., Any],
    going: Going,
    span: Span,
    train: Points,
    test: Points,
    hyperparameters: dict[str, Any],
    decay: Any,
    share: Any,
    held: Points | None = None,
) -> Any:
    """A stretch of training of several seeds with one rule: where it goes on, and the record, rows in front.

    held: points for validation, neither learned from nor tested on.
    """
    architecture = structure[0]

    def picked(place: Array, table: Any) -> Any:
        """The points of an update, and their weights; None for equal ones."""
        if table is None:
            return train.columns, train.targets, None
        rows = table[place]
        weights = (jnp.arange(len(rows), dtype=np.int32) < span.sizes[place]).astype(train.columns.dtype)
        pick = partial(jnp.take, indices=rows, mode="clip")
        return pick(train.columns, axis=1), pick(train.targets, axis=0), weights

    def surface(theta: Array, columns: Array, targets: Array, weights: Array | None = None, chance: Any = None) -> Any:
        mean, passed = evaluated(*structure, theta, columns, targets, weights, chance=chance)
        return mean + decay * penalty(architecture, theta), (mean, passed)

    def bad(value: Array, theta: Array, grads: Array) -> Any:
        """Lost; also where the square of the gradient is beyond numbers: rules that divide by it would stand still."""
        return ~(jnp.isfinite(value) & jnp.isfinite(grads @ grads) & (jnp.max(jnp.abs(theta)) <= FAR))

    def look(theta: Array) -> Look:
        (value, (mean, passed)), grads = jax.value_and_grad(surface, has_aux=True)(theta, *train)
        return Look(value, mean, passed.outputs, passed.moments, grads)

    def update(step: Any, going: Going, seen: Any, table: Any, key: Any) -> Going:
        place = step - span.first
        columns, targets, weights = picked(place, table)
        chance = None if key is None else (jax.random.fold_in(key, step), share)
        at = partial(surface, columns=columns, targets=targets, weights=weights, chance=chance)
        if seen is None:
            (value, (_, passed)), grads = jax.value_and_grad(at, has_aux=True)(going.theta)
            found = passed.moments
        else:
            value, grads, found = seen.value, seen.grads, seen.moments
        # Built inside the loop, so that any rule takes any schedule.
        rate = hyperparameters["learning_rate"] * span.factors[place]
        rule = make_rule(**{**hyperparameters, "learning_rate": rate})
        move, state = rule.update(
            grads, going.state, going.theta, value=value, grad=grads, value_fn=lambda theta: at(theta)[0]
        )
        count = np.int32(columns.shape[1]) if table is None else span.sizes[place]
        many = network.seen(architecture, count)
        new = jnp.where(count > 1, 1 - AVERAGED, 0).astype(value.dtype)  # one point alone has no variance
        moments = going.moments + new * (unbiased(found, many) - going.moments)
        lost = jnp.where(bad(value, going.theta, grads), jnp.minimum(going.lost, step), going.lost)
        return Going(going.theta + move, state, moments, lost, going.best)

    def row(step: Any, going: Going, seen: Any) -> tuple[Going, dict[str, Any]]:
        value, mean, outputs, found, grads = look(going.theta) if seen is None else seen
        if architecture.normalisation.over_batch:
            many = network.seen(architecture, train.columns.shape[1])
            fresh = unbiased(found, many)  # the averages begin with the moments of all
            going = going._replace(moments=jnp.where(step == 0, fresh, going.moments))
            mean, passed = evaluated(*structure, going.theta, *train, moments=going.moments)
            outputs = passed.outputs
        test_mean, tested = evaluated(*structure, going.theta, *test, moments=going.moments)
        classes = structure[2]
        lost = jnp.where(bad(value, going.theta, grads), jnp.minimum(going.lost, step), going.lost)
        validated = {}
        if held is not None:
            held_mean, judged = evaluated(*structure, going.theta, *held, moments=going.moments)
            validated = {"held_loss": held_mean, "held_accuracy": accuracy(classes, judged.outputs, held.targets)}
        return going._replace(lost=lost), {
            "objective": value,
            "gradient_norm": jnp.sqrt(grads @ grads),
            "train_loss": mean,
            "train_accuracy": accuracy(classes, outputs, train.targets),
            "test_loss": test_mean,
            "test_accuracy": accuracy(classes, tested.outputs, test.targets),
            **validated,
        }

    def followed(going: Any) -> Any:
        """What is kept of the first seed alone."""
        state = jax.tree.map(lambda leaf: leaf[0], going.state)
        scale = make_rule(**hyperparameters).scale(state)  # σ of the update that led here
        theta = going.theta[0]
        return {"path": theta, "path_scale": jnp.broadcast_to(scale, theta.shape), "path_moments": going.moments[0]}

    def kept_best(step: Any, going: Going, losses: Array, judged: Array) -> Any:
        now = Best(losses, going.theta, going.moments, jnp.full(losses.shape, step, np.int32))
        better = judged & (losses < going.best.loss)
        return jax.tree.map(
            lambda new, old: jnp.where(better.reshape(-1, *[1] * (new.ndim - 1)), new, old), now, going.best
        )

    every_look, every_update = jax.vmap(look), jax.vmap(update, in_axes=(None, 0, 0, 0, 0))
    every_row = jax.vmap(row, in_axes=(None, 0, 0))
    alike = span.tables is None and span.keys is None  # what a row is told is what the next update asks for

    def turn(index: Array, at: Any, now: Any) -> Any:
        going, seen = now
        if not alike:
            return every_update(at, going, None, span.tables, span.keys), None
        going = lax.cond(index < 0, lambda: going, lambda: every_update(at, going, seen, None, None))
        return going, every_look(going.theta)

    def frame(index: Array, carry: Any) -> Any:
        """Before the first one, at -1, it is only looked, so that this stands once in the program."""
        step, going, seen, record = carry
        noted, rows = every_row(step, going, seen)
        if held is not None:
            noted = noted._replace(best=kept_best(step, noted, rows["held_loss"], span.judged[index]))
        rows |= followed(noted)
        record = jax.tree.map(lambda all, one: lax.dynamic_update_index_in_dim(all, one, index, 0), record, rows)
        going = chosen(index < 0, going, noted) if alike else noted
        last = step + jnp.where(index < 0, 1, span.counts[index])
        going, seen = lax.fori_loop(step, last, partial(turn, index), (going, seen))
        return jnp.where(index < 0, step, last), going, seen, record

    fresh = going._replace(state=_initial_state(make_rule, going.theta, hyperparameters))
    going = chosen(span.first == 0, fresh, going)
    names = ROW if held is None else (*ROW, *HELD)
    shapes = dict.fromkeys(names, going.theta[:, 0]) | followed(going)  # said, not asked for: that would trace it twice
    record = jax.tree.map(lambda one: jnp.zeros((FRAMES, *one.shape), one.dtype), shapes)
    seen, first = None, 0
    if alike:
        answers = jnp.zeros((len(going.theta), architecture.outputs, train.columns.shape[1]), going.theta.dtype)
        seen, first = Look(going.theta[:, 0], going.theta[:, 0], answers, going.moments, going.theta), -1  # shapes
    _, going, _, record = lax.fori_loop(first, span.frames, frame, (span.first, going, seen, record))
    return going, record


def chosen(which: Any, one: Any, other: Any) -> Any:
    """The first where ``which`` is so, else the other."""
    return jax.tree.map(lambda one, other: jnp.where(which, one, other), one, other)


def unbiased(moments: Any, count: Any) -> Any:
    """Moments (layers, 2, width) of a batch of ``count`` points, () or of each layer (layers, 1), with m/(m − 1) times
    the variance: what is expected of other points (Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 2)."""
    count = jnp.asarray(count, moments.dtype)
    return moments.at[:, 1].multiply(count / jnp.maximum(count - 1, 1))


def _initial_state(make_rule: Callable[..., Any], thetas: Any, hyperparameters: dict[str, Any]) -> Any:
    return jax.vmap(make_rule(**hyperparameters).init)(thetas)


@cache
def blank_state(make_rule: Callable[..., Any], names: tuple[str, ...], lanes: int, width: int, dtype: str) -> Any:
    """Zeros of the state's shape: what the first stretch is given in place of a state."""
    thetas = jax.ShapeDtypeStruct((lanes, width), np.dtype(dtype))
    numbers = {name: jax.ShapeDtypeStruct((), np.dtype(dtype)) for name in names}
    shapes = jax.eval_shape(partial(_initial_state, make_rule), thetas, numbers)
    return jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), shapes)
