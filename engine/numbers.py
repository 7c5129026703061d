"""Small arrays taken apart into their numbers: what is left of a step on the plane is arithmetic alone.

A rule and a surface are written for points (d,). Carried out for many lanes at once, points are stacked, sliced, padded
and turned, and XLA's loops do little else. Here what has been traced is carried out number by number: whatever only
moves numbers within small arrays is done once, by NumPy, while the program is made.
"""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.extend.core import Literal

MOST = 16  # numbers of an array that is taken apart

Held = Any  # a small array as a NumPy array of JAX's numbers; a larger one as it is

ONE_BY_ONE = (  # what is done with every number alone
    "abs acos acosh add add_any and asin asinh atan atan2 atanh cbrt ceil clamp convert_element_type copy cos cosh div "
    "eq erf erf_inv erfc exp exp2 expm1 floor ge gt integer_pow is_finite le log log1p logistic lt max min mul ne neg "
    "nextafter not or pow rem round rsqrt select_n sign sin sinh sqrt square stop_gradient sub tan tanh xor"
)
EACH = frozenset(ONE_BY_ONE.split())
CALLED = frozenset(["jit", "pjit", "closed_call", "custom_jvp_call", "custom_vjp_call"])  # what has another body


def by_number(function: Callable[..., Any], *like: Any) -> Callable[..., Any]:
    """The same function, of arguments and with results that are ``apart``; ``like`` are arguments as it takes them, or
    their shapes."""
    traced, told = jax.make_jaxpr(function, return_shape=True)(*like)
    takes, form = _flat(like)

    def carried_out(*arguments: Any) -> Any:
        parts = form.flatten_up_to(arguments)
        held = [_held(part, leaf.shape) for part, leaf in zip(parts, takes, strict=True)]
        found = _run(traced.jaxpr, traced.consts, held)
        return _flat(told)[1].unflatten(map(_parts, found))

    return carried_out


def apart(tree: Any) -> Any:
    """A tuple of numbers in the place of each small array; a number stays as it is. Lanes are the last axis."""

    def parted(leaf: Any) -> Any:
        return tuple(leaf.reshape(-1, leaf.shape[-1])) if leaf.ndim > 1 and _small(leaf.shape[:-1]) else leaf

    return jax.tree.map(parted, tree)


def together(parts: Any, like: Any) -> Any:
    """What was taken apart, as arrays again; ``like`` are their shapes without the lanes."""
    leaves, form = _flat(like)
    whole = zip(form.flatten_up_to(parts), leaves, strict=True)
    return form.unflatten(
        [jnp.stack(part).reshape(*leaf.shape, -1) if isinstance(part, tuple) else part for part, leaf in whole]
    )


def _flat(tree: Any) -> Any:
    return jax.tree.flatten(tree)


def _small(shape: Sequence[int]) -> bool:
    return int(np.prod(shape)) <= MOST


def _held(part: Any, shape: Sequence[int]) -> Held:
    """What is held of an array that is whole, or a tuple of its numbers."""
    if not _small(shape):
        return part
    held = np.empty(shape, object)
    held.reshape(-1)[:] = np.fromiter(part if shape else (part,), object)
    return held


def _parts(held: Held) -> Any:
    return held if not _is_held(held) else tuple(held.flat) if held.ndim else held[()]


def _is_held(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.hasobject


def _whole(held: Held) -> Any:
    if not _is_held(held):
        return held
    return jnp.stack([*held.flat]).reshape(held.shape) if held.ndim else held[()]


def _run(jaxpr: Any, constants: Sequence[Any], held: Sequence[Held]) -> list[Held]:
    """A traced function, equation by equation."""
    known = dict(zip((*jaxpr.constvars, *jaxpr.invars), (*map(_taken, constants), *held), strict=True))

    def read(atom: Any) -> Held:
        return _taken(atom.val) if isinstance(atom, Literal) else known[atom]

    for equation in jaxpr.eqns:
        found = _done(equation, [read(atom) for atom in equation.invars])
        known |= zip(equation.outvars, found, strict=True)
    return [read(atom) for atom in jaxpr.outvars]


def _taken(value: Any) -> Held:
    """A whole array as it is held."""
    shape = np.shape(value)
    return _held([value[place] for place in np.ndindex(*shape)] if shape and _small(shape) else value, shape)


def _done(equation: Any, held: Sequence[Held]) -> list[Held]:
    name, more = equation.primitive.name, equation.params
    if name in CALLED:
        inner = more.get("jaxpr") or more["call_jaxpr"]
        return _run(inner.jaxpr, inner.consts, held)
    if all(_small(atom.aval.shape) for atom in (*equation.invars, *equation.outvars)):
        if name in EACH:
            return [_each(partial(equation.primitive.bind, **more), held)]
        if name in MOVED:
            found = MOVED[name](*held, **more)
            return found if isinstance(found, list) else [found]
    found = equation.primitive.bind(*map(_whole, held), **equation.primitive.get_bind_params(more))
    return [*map(_taken, found)] if equation.primitive.multiple_results else [_taken(found)]


def _each(operation: Callable[..., Any], held: Sequence[Held]) -> Held:
    found = np.frompyfunc(operation, len(held), 1)(*held)
    return found if _is_held(found) else _held(found, ())


# ---- what only moves numbers, or adds them up ------------------------------------------------------------------------


def _spread(held: Held, shape: Sequence[int], broadcast_dimensions: Sequence[int], **more: Any) -> Held:
    del more
    sizes = np.ones(len(shape), int)
    sizes[list(broadcast_dimensions)] = held.shape
    return np.broadcast_to(held.reshape(sizes), shape)


def _padded(held: Held, fill: Held, padding_config: Sequence[tuple[int, int, int]]) -> Held:
    """With gaps between its numbers; what sticks out where an end is negative is cut off."""
    low, high, gap = np.array(padding_config).T
    inner = np.array(held.shape) + np.maximum(np.array(held.shape) - 1, 0) * gap
    wide = np.empty(inner + np.maximum(low, 0) + np.maximum(high, 0), object)
    wide[...] = fill
    wide[tuple(map(slice, np.maximum(low, 0), np.maximum(low, 0) + inner, gap + 1))] = held
    return wide[tuple(map(slice, np.maximum(-low, 0), np.array(wide.shape) - np.maximum(-high, 0)))]


def _over(both: Callable[[Any, Any], Any], held: Held, axes: Sequence[int], **more: Any) -> Held:
    del more
    for axis in sorted(axes, reverse=True):
        held = reduce(lambda one, other: _each(both, (one, other)), [_cell(row) for row in np.moveaxis(held, axis, 0)])
    return held


def _cell(row: Any) -> Held:
    """A row of numbers; a single one is held by itself."""
    return row if _is_held(row) else _held(row, ())


MOVED: dict[str, Callable[..., Any]] = {
    "broadcast_in_dim": _spread,
    "concatenate": lambda *parts, dimension: np.concatenate(parts, dimension),
    "pad": _padded,
    "reduce_and": partial(_over, lax.bitwise_and),
    "reduce_max": partial(_over, lax.max),
    "reduce_min": partial(_over, lax.min),
    "reduce_or": partial(_over, lax.bitwise_or),
    "reduce_prod": partial(_over, lax.mul),
    "reduce_sum": partial(_over, lax.add),
    "reshape": lambda held, new_sizes, **more: held.reshape(new_sizes),
    "rev": lambda held, dimensions: np.flip(held, dimensions),
    "slice": lambda held, start_indices, limit_indices, strides: held[
        tuple(map(slice, start_indices, limit_indices, strides or (1,) * held.ndim))
    ],
    "split": lambda held, sizes, axis: np.split(held, np.cumsum(sizes)[:-1], axis),
    "squeeze": lambda held, dimensions: held.squeeze(tuple(dimensions)),
    "transpose": lambda held, permutation: held.transpose(permutation),
}
