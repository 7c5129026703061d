"""The recipe of the transformer: linear warm-up, then the inverse square root of the step."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps
from records import Knob, Words

Rise = Annotated[float, Knob(1, 5000, "whole", "w", Words("steps of linear warm-up", "线性预热的步数"))]


def transformer(steps: Steps = 1000.0, warmup: Rise = 50) -> Curve:
    """min(n^-1/2, n w^-3/2) / w^-1/2 = min(sqrt(w / n), n / w) for the n-th step, n = t + 1.

    The paper's rate is d^-1/2 times the first min. Divided by its peak, at n = w, so eta is the peak rate and the
    width d of the model is absorbed in it.
    """
    del steps  # the paper's schedule does not know when the run ends

    def curve(step):
        count = step + 1
        return jnp.minimum(jnp.sqrt(warmup / count), count / warmup)

    return curve


SCHEDULE = Schedule(
    name=Words("Transformer recipe", "Transformer 配方"),
    make=transformer,
    formula=r"\eta_t = \eta \sqrt{w} \cdot \min\!\left((t+1)^{-1/2},\; (t+1)\, w^{-3/2}\right)",
    about=Words(
        "Linear warm-up, then 1/√t; η is the rate at the peak, reached with step w.",
        "线性预热，然后 1/√t；η 是第 w 步达到的峰值学习率。",
    ),
    source="Vaswani et al. 2017, arXiv:1706.03762, eq. 3",
)
