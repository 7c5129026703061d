"""Step decay: the learning rate is constant, then drops by a factor, again and again."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup, warmed
from records import Knob, Words

Every = Annotated[float, Knob(1, 10_000, "whole", "k", Words("steps between two drops", "两次下降之间的步数"))]
Drop = Annotated[float, Knob(0.01, 1.0, "log", "γ", Words("factor of each drop", "每次下降乘以的系数"))]


def step_decay(steps: Steps = 1000.0, every: Every = 100, factor: Drop = 0.5, warmup: Warmup = 0) -> Curve:
    """gamma^floor(t / k), and no less than 2^-1000, so that it never becomes 0."""

    def decay(step, rest):
        drops = jnp.floor((step + 0.5) / every)  # the half: a compiled division may fall short of a whole number
        return jnp.maximum(factor**drops, 2.0**-1000)

    return after_warmup(warmup, steps, decay)


SCHEDULE = Schedule(
    name=Words("Step decay", "阶梯衰减"),
    make=step_decay,
    formula=warmed(r"\eta\, \gamma^{\lfloor (t-w)/k \rfloor}"),
    about=Words("Multiplied by the same factor after every k steps.", "每 k 步乘以同一个系数。"),
    source="",
)
