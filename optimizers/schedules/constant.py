"""Constant: no decay; the learning rate changes while it is warmed up, if at all."""

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup, warmed
from records import Words


def constant(steps: Steps = 1000.0, warmup: Warmup = 0) -> Curve:
    """1."""
    return after_warmup(warmup, steps, lambda step, rest: jnp.ones_like(step))


SCHEDULE = Schedule(
    name=Words("Constant", "恒定"),
    make=constant,
    formula=warmed(r"\eta"),
    about=Words("The learning rate does not change, once it is warm.", "学习率始终不变（若有预热，则在预热之后）。"),
    source="",
)
