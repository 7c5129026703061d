"""The recipe of residual networks: a tenth of the rate until training has begun, the full rate, then two drops."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps
from records import Knob, Words

Begin = Annotated[float, Knob(0.0, 0.5, "linear", "p₀", Words("share of the run at a tenth", "十分之一学习率的占比"))]
Drop1 = Annotated[float, Knob(0.0, 1.0, "linear", "p₁", Words("first drop, share of the run", "首次下降的位置"))]
Drop2 = Annotated[float, Knob(0.0, 1.0, "linear", "p₂", Words("second drop, share of the run", "再次下降的位置"))]


def residual_network(steps: Steps = 1000.0, begin: Begin = 0.05, drop1: Drop1 = 0.5, drop2: Drop2 = 0.75) -> Curve:
    """0.1, then 1, then 0.1, then 0.01: the paper's rates 0.01, 0.1, 0.01, 0.001 with eta = 0.1.

    The paper drops at 32k and 48k of 64k steps, as here; its warm-up of about 400 steps would be a share of 0.006.
    A second drop that is set before the first one waits for it.
    """

    def curve(step):
        dropped = jnp.where(step < drop2 * steps, 0.1, 0.01)
        return jnp.where(step < begin * steps, 0.1, jnp.where(step < drop1 * steps, 1.0, dropped))

    return curve


SCHEDULE = Schedule(
    name=Words("Residual network recipe", "残差网络配方"),
    make=residual_network,
    formula=(
        r"\eta_t = \eta \cdot \begin{cases} 0.1 & t < p_0 T \\ 1 & t < p_1 T \\ "
        r"0.1 & t < p_2 T \\ 0.01 & t \ge p_1 T,\ t \ge p_2 T \end{cases}"
    ),
    about=Words(
        "A tenth of the rate to begin, then the full rate, then divided by ten twice.",
        "开始用十分之一，然后用全部学习率，之后两次除以十。",
    ),
    source="He, Zhang, Ren & Sun 2015, arXiv:1512.03385, section 4.2, 110 layers",
)
