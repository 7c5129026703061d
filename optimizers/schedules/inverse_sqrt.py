"""Inverse square root: the decay that turns the lecture's root mean square into the published Adagrad."""

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup, warmed
from records import Words


def inverse_sqrt(steps: Steps = 1000.0, warmup: Warmup = 0) -> Curve:
    """1 / sqrt(t + 1)."""
    return after_warmup(warmup, steps, lambda step, rest: 1 / jnp.sqrt(step + 1))


SCHEDULE = Schedule(
    name=Words("Inverse square root", "平方根倒数衰减"),
    make=inverse_sqrt,
    formula=warmed(r"\eta / \sqrt{t-w+1}"),
    about=Words(
        "Falls like 1/√t: after 100 steps a tenth of the rate is left.", "像 1/√t 一样下降：100 步之后剩十分之一。"
    ),
    source="Zinkevich 2003, ICML, section 2",
)
