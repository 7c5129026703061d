"""Constant: the learning rate never changes."""

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup
from records import Words


def constant(steps: Steps = 1000.0, warmup: Warmup = 0) -> Curve:
    """1."""
    return after_warmup(warmup, steps, lambda step, rest: jnp.ones_like(step))


SCHEDULE = Schedule(
    name=Words("Constant", "恒定"),
    make=constant,
    formula=r"\eta_t = \eta",
    about=Words("The learning rate never changes.", "学习率始终不变。"),
    source="",
)
