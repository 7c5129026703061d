"""The recipe of the transformer: linear warm-up, then the inverse square root of the step."""

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup
from records import Words


def transformer(steps: Steps = 1000.0, warmup: Warmup = 50) -> Curve:
    """min(t^-1/2, t w^-3/2) / w^-1/2 = min(sqrt(w / t), t / w), t = 1, 2, ….

    The paper's rate is d^-1/2 times the first min. Divided by its peak, at t = w, so eta is the peak rate and the
    width d of the model is absorbed in it.
    """
    del steps  # the paper's schedule does not know when the run ends

    def curve(step):
        peak, count = jnp.maximum(warmup, 1.0), step + 1
        return jnp.minimum(jnp.sqrt(peak / count), count / peak)

    return curve


SCHEDULE = Schedule(
    name=Words("Transformer recipe", "Transformer 配方"),
    make=transformer,
    formula=r"\eta_t = \eta \sqrt{w} \cdot \min\!\left(t^{-1/2},\; t\, w^{-3/2}\right),\quad t = 1, 2, \dots",
    about=Words(
        "Linear warm-up, then 1/√t; η is the rate at the peak, t = w.",
        "线性预热，然后 1/√t；η 是峰值（t = w）处的学习率。",
    ),
    source="Vaswani et al. 2017, arXiv:1706.03762, eq. 3",
)
