"""One step of a rule down a surface, of one lane: what a recorded run and the ends of many are both made of.

Taken apart into numbers it is the same arithmetic in both, so that a run ends at the same bits wherever it is had.
"""

from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

from engine.numbers import by_number
from optimizers.base import one_gradient


class Step(NamedTuple):
    """What a lane sees where it is, and what it does there."""

    loss: Any  # without the noise, as is
    square: Any  # of the gradient's norm
    grads: Any  # what the rule sees
    step: Any
    params: Any  # after the step
    state: Any
    scale: Any
    evaluations: Any


def one_step(
    make_loss: Callable[..., Any], make_rule: Callable[..., Any], tilt: Array, numbers: Any, knobs: Any,
    params: Array, state: Any,
) -> Step:  # fmt: skip
    """A step of a rule made of ``numbers``. Noise is a random ``tilt`` of the surface: it is added to the gradient."""
    loss = make_loss(**knobs)

    def tilted(point: Array) -> Any:
        return loss(point) + tilt @ point

    value, slope = jax.value_and_grad(loss)(params)
    rule, grads = make_rule(**numbers), slope + tilt
    step, state = rule.update(grads, state, params, value=value + tilt @ params, grad=grads, value_fn=tilted)
    cost = jnp.reshape(rule.evaluations(state), ()).astype(value.dtype)
    scale = jnp.broadcast_to(rule.scale(state), params.shape)
    return Step(value, (slope * slope).sum(), grads, step, params + step, state, scale, cost)


def initial_state(make_rule: Callable[..., Any], points: Array, numbers: dict[str, Any]) -> Any:
    """The rule's state before its first step, the lanes on the last axis."""
    return jax.vmap(lambda own, point: make_rule(**own).init(point), in_axes=-1, out_axes=-1)(numbers, points)


@lru_cache(maxsize=256)
def plain(make_rule: Callable[..., Any]) -> bool:
    """Whether every step of the rule takes one gradient."""
    return make_rule().evaluations is one_gradient


def looked(make_loss: Callable[..., Any], knobs: Any, params: Array) -> tuple[Any, Any]:
    """The loss at a point, and the square of its gradient's norm."""
    value, slope = jax.value_and_grad(make_loss(**knobs))(params)
    return value, (slope * slope).sum()


def by_lane(function: Callable[..., Any], shared: int, *like: Any) -> Callable[..., Any]:
    """A function of one lane, made one of all lanes of a block: it takes and gives what is ``apart``. The first
    arguments are the same for all; ``like`` are those of one lane, or their shapes."""
    axes = [None] * shared + [-1] * (len(like) - shared)
    return jax.vmap(by_number(function, *like), in_axes=axes, out_axes=-1)


def of_lane(leaf: Any, before: int = 0) -> Any:
    """The shape of what one lane has of an array, lanes on its last axis, after some axes of other things."""
    return jax.ShapeDtypeStruct(leaf.shape[before:-1], leaf.dtype)


def rows(parts: Any) -> list[Array]:
    """What is apart, or is not, as rows of lanes."""
    return [row for part in jax.tree.leaves(parts) for row in jnp.atleast_2d(part)]


def everywhere(parts: Any) -> Array:
    """Of each lane whether all of it is true, (N,)."""
    return reduce(jnp.logical_and, rows(parts))


def nearby(points: Any, near: Any) -> Array:
    """Of each lane whether it is where a path has not diverged, (N,)."""
    middle, reach = near
    return everywhere(jax.tree.map(lambda at, centre, far: jnp.abs(at - centre) <= far, points, middle, reach))
