"""What a caller gives becomes a record: a name is looked up, a bare JAX function or Optax transformation is wrapped.

A program is compiled for a function *object*: the same one compiles once, a lambda made anew for each call compiles
anew. What is wrapped is remembered; after REMEMBERED of them all programs are dropped, so that a loop cannot fill the
memory.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from inspect import Parameter, signature
from threading import Lock
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import ArrayLike

from engine import xla
from engine.arrays import Numbers
from landscapes import LANDSCAPES
from landscapes.base import Landscape, Loss
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.base import Optimizer, is_transformation, without_rate
from optimizers.schedules.base import Schedule
from records import Words, settings

Subject = str | Landscape | Callable[..., Any]  # a name, a record, a loss θ -> number, or a factory of losses
Ruler = str | Optimizer | Any  # a name, a record, or a transformation of Optax
Span = Sequence[tuple[float, float]]  # the range of each coordinate, d pairs

REMEMBERED = 64  # bare functions and transformations that are remembered

_wrapped: dict[Hashable, Any] = {}
_lock = Lock()


def _once(key: Hashable, wrap: Callable[[], Any]) -> Any:
    """What ``wrap`` gave when this key was first met."""
    with _lock:
        if key not in _wrapped:
            if len(_wrapped) >= REMEMBERED:
                _wrapped.clear()
                xla.drop_programs()
            _wrapped[key] = wrap()
        return _wrapped[key]


# ---- surfaces --------------------------------------------------------------------------------------------------------


def factory_of(of: Subject, knobs: Iterable[str] = ()) -> Callable[..., Loss]:
    """``make(**knobs) -> loss`` of a surface. A function that needs one argument beside ``knobs`` is a loss; one that
    needs no more than them is a factory already."""
    if isinstance(of, str | Landscape):
        return surface_of(of).make
    if not callable(of):
        raise TypeError(f"a surface is a name, a Landscape or a function θ -> number, not {of!r}")
    missing = [name for name in _needed(of) if name not in knobs]
    if not missing:
        return of
    if len(missing) > 1:
        raise TypeError(f"a loss takes θ, one array of shape (d,): {_called(of)} needs {', '.join(missing)}")
    if extra := list(knobs):
        raise ValueError(f"unknown knob {extra[0]!r}: a bare function has none; functools.partial binds a number")
    try:
        factory: Callable[..., Loss] = _once(of, lambda: _factory(of))
    except TypeError as error:
        raise TypeError(f"a loss must be hashable, as functions are: {_called(of)} is not") from error
    return factory


def _needed(function: Callable[..., Any]) -> list[str]:
    """The arguments without which it cannot be called; of one in C that does not tell, one."""
    try:
        parameters = signature(function).parameters.values()
    except ValueError:
        return ["θ"]
    optional = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    return [one.name for one in parameters if one.default is one.empty and one.kind not in optional]


def _called(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__)


def _factory(bare: Callable[[Array], Any]) -> Callable[[], Loss]:
    """A factory without knobs. What the function gives is looked at while it is traced."""
    name = _called(bare)

    def loss(point: Array) -> Array:
        try:
            value = bare(point)
        except (jax.errors.TracerArrayConversionError, jax.errors.ConcretizationTypeError) as error:
            raise TypeError(
                f"{name} must be written for JAX: jax.numpy in the place of numpy, no float(), no if on θ"
            ) from error
        if not _real(value):
            given = f"{value.dtype} of shape {value.shape}" if isinstance(value, Array) else repr(value)
            raise TypeError(f"{name} must give one real number for θ of shape {point.shape}, not {given}")
        return jnp.asarray(value).astype(point.dtype)

    def make() -> Loss:
        return loss

    make.__name__ = name
    return make


def _real(value: Any) -> bool:
    if not isinstance(value, Array | np.ndarray | np.generic | int | float) or np.shape(value):
        return False
    kind = jnp.result_type(value)
    return bool(jnp.issubdtype(kind, jnp.floating) or jnp.issubdtype(kind, jnp.integer))


def surface_of(of: Subject, window: Span | None = None, start: ArrayLike | None = None) -> Landscape:
    """The record of a surface.

    Args:
        window: in the place of the surface's own. A bare function has none: without one it reaches as far to all sides
            of the starts as they are from 0, 1 at least.
        start: (d,) or (N, d); what is known of a bare function.

    Raises:
        ValueError: for an unknown name, or a window that is none.
    """
    if isinstance(of, str):
        of = looked_up(LANDSCAPES, of, "landscape")
    if isinstance(of, Landscape):
        return of if window is None else replace(of, window=_window(window, of.dimension))
    make = factory_of(of)
    called = make.__name__
    if window is None:
        if start is None:
            raise ValueError(
                f"{called} is a bare function, without a window: give window=((low, high), …), one pair for each "
                "coordinate, or a start to descend from"
            )
        window = _around(start)
    ranges = _window(window, len(window) if start is None else np.shape(np.atleast_1d(start))[-1])
    middle = tuple((low + high) / 2 for low, high in ranges)
    name, nothing = Words(called, called), Words("", "")
    return Landscape(name, make, middle, ranges, formula="", rate=float("nan"), about=nothing, source="")


def _around(start: ArrayLike) -> list[tuple[float, float]]:
    """As far to all sides of the starts, (d,) or (N, d), as they are from 0, 1 at least."""
    points = np.asarray(start, dtype=np.float64)
    if points.ndim not in (1, 2) or not points.size:
        raise ValueError(f"start must have shape (d,) or (N, d), not {points.shape}")
    points = np.atleast_2d(np.where(np.isfinite(points), points, 0.0))
    reach = max(float(np.linalg.norm(points, axis=1).max()), 1.0)
    return [(low - reach, high + reach) for low, high in zip(points.min(axis=0), points.max(axis=0), strict=True)]


def _window(window: Span, dimension: int) -> tuple[tuple[float, float], ...]:
    ranges = np.asarray(window, dtype=np.float64)
    if ranges.shape != (dimension, 2) or not np.isfinite(ranges).all() or not (ranges[:, 0] < ranges[:, 1]).all():
        raise ValueError(f"window must be {dimension} pairs (low, high) of finite numbers, low < high, not {window!r}")
    return tuple((float(low), float(high)) for low, high in ranges)


# ---- rules and schedules ---------------------------------------------------------------------------------------------


def rule_of(of: Ruler) -> Optimizer:
    """The record of a rule; a bare transformation is used as it is, its learning rate within it."""
    if isinstance(of, str):
        rule: Optimizer = looked_up(OPTIMIZERS, of, "optimizer")
        return rule
    if isinstance(of, Optimizer):
        return of
    if not is_transformation(of):
        hint = f"; call it: {_called(of)}(…)" if callable(of) else ""
        raise TypeError(f"an optimizer is a name, an Optimizer or a transformation of Optax, not {of!r}{hint}")
    bare: Optimizer = _once((of, getattr(of, "scale", None)), lambda: without_rate(of))
    return bare


def schedule_of(of: str | Schedule) -> Schedule:
    """The record of a schedule."""
    schedule: Schedule = looked_up(SCHEDULES, of, "schedule")
    return schedule


def looked_up(table: Mapping[str, Any], name: Any, what: str) -> Any:
    """The record of a name; what is no name is one already."""
    if not isinstance(name, str):
        return name
    if name not in table:
        raise ValueError(f"unknown {what} {name!r}: choose one of {', '.join(table)}")
    return table[name]


def complete(make: Callable[..., Any], given: Numbers, what: str) -> dict[str, float]:
    """The factory's defaults with ``given`` in their place."""
    known = settings(make)
    for name in given:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}: {make.__name__} has {', '.join(known) or 'none'}")
    return {name: float(given.get(name, setting.default)) for name, setting in known.items()}
