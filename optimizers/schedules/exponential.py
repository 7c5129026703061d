"""Exponential: the learning rate halves again and again after the same number of steps."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup, warmed
from records import Knob, Words

HalfLife = Annotated[float, Knob(1.0, 10_000.0, "log", "h", Words("half-life in steps", "半衰期（步）"))]


def exponential(steps: Steps = 1000.0, half_life: HalfLife = 100.0, warmup: Warmup = 0) -> Curve:
    """2^(-t / h), and no less than 2^-1000, so that it never becomes 0."""
    return after_warmup(warmup, steps, lambda step, rest: jnp.exp2(-jnp.minimum(step / half_life, 1000.0)))


SCHEDULE = Schedule(
    name=Words("Exponential", "指数衰减"),
    make=exponential,
    formula=warmed(r"\eta \cdot 2^{-(t-w)/h}"),
    about=Words("Halves after every half-life, like radioactive decay.", "每过一个半衰期就减半，如同放射性衰变。"),
    source="",
)
