"""Cosine: half a wave from the full learning rate down to a final one."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup, warmed
from records import Knob, Words

Final = Annotated[float, Knob(0.0, 1.0, "linear", "η_T/η", Words("final share of the rate", "最终学习率的比例"))]

FORMULA = warmed(r"\eta_T + \tfrac{\eta-\eta_T}{2}\left(1+\cos\tfrac{\pi (t-w)}{T-w}\right)")


def cosine(steps: Steps = 1000.0, final: Final = 0.0, warmup: Warmup = 0) -> Curve:
    """f + (1 - f) (1 + cos(pi t / T)) / 2."""
    return after_warmup(
        warmup,
        steps,
        lambda step, rest: final + (1 - final) * (1 + jnp.cos(jnp.pi * jnp.minimum(step / rest, 1.0))) / 2,
    )


SCHEDULE = Schedule(
    name=Words("Cosine", "余弦"),
    make=cosine,
    formula=FORMULA,
    about=Words("Half a cosine wave from the full rate down to a final one.", "沿半个余弦波从满学习率降到最终学习率。"),
    source="Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5 without restarts",
)
