"""What a schedule is: a factor of the learning rate for each step, 1 at its peak."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import jax.numpy as jnp
from jax import Array

from records import Knob, Words

Steps = float  # length of the run, given by the engine: not a slider
Curve = Callable[[Array], Array]  # step (), counted from 0 -> factor ()
Warmup = Annotated[float, Knob(0, 5000, "whole", "w", Words("steps of linear warm-up", "线性预热的步数"))]


@dataclass(frozen=True)
class Schedule:
    """One learning-rate schedule.

    make: ``make(steps, **knobs) -> (step -> factor)``; the factor multiplies the learning rate of any optimizer.
    formula: LaTeX of η_t, for the step t = 0, 1, … of a run of T.
    """

    name: Words
    make: Callable[..., Curve]
    formula: str
    about: Words
    source: str


def warmed(decay: str) -> str:
    """LaTeX of ``after_warmup``; ``decay`` is that of η_t once the w steps of warm-up are over."""
    return rf"\eta_t = \begin{{cases}} \eta\, (t+1)/w & t < w \\ {decay} & t \ge w \end{{cases}}"


def after_warmup(warmup: float, steps: Steps, decay: Callable[[Array, Array], Array]) -> Curve:
    """Linear warm-up, 1/w, 2/w, … 1, then ``decay(step, steps)`` on the steps that are left, counted from 0."""

    def curve(step: Array) -> Array:
        rise = (step + 1) / jnp.maximum(warmup, 1.0)
        rest = jnp.maximum(steps - warmup, 1.0)
        return jnp.where(step < warmup, rise, decay(jnp.maximum(step - warmup, 0.0), rest))

    return curve
