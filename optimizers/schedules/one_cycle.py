"""One cycle: up to a rate that a constant schedule could not survive, then down to almost nothing."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.schedules.base import Curve, Schedule, Steps
from optimizers.schedules.cosine import Final
from records import Knob, Words

First = Annotated[float, Knob(0.001, 1.0, "log", "η₀/η", Words("first share of the rate", "起始学习率的比例"))]
Peak = Annotated[float, Knob(0.05, 0.95, "linear", "p", Words("share of the run before the peak", "到达峰值前的占比"))]


def one_cycle(steps: Steps = 1000.0, first: First = 0.04, peak: Peak = 0.3, final: Final = 0.0) -> Curve:
    """A line from the first share up to 1 at t = p T, then a line down to the final share at T.

    The paper goes back to the first share and adds a last short phase far below it; here one line does both.
    """

    def curve(step):
        done = jnp.minimum(step / steps, 1.0)
        up = first + (1 - first) * done / peak
        down = final + (1 - final) * (1 - done) / (1 - peak)
        return jnp.minimum(up, down)

    return curve


SCHEDULE = Schedule(
    name=Words("One cycle", "单周期"),
    make=one_cycle,
    formula=(
        r"\eta_t = \min\!\left(\eta_0 + (\eta-\eta_0)\tfrac{t}{pT},\; "
        r"\eta_T + (\eta-\eta_T)\tfrac{T-t}{(1-p)T}\right)"
    ),
    about=Words(
        "One line up to a large rate, one line down to a small one.", "先直线升到很大的学习率，再直线降到很小。"
    ),
    source="Smith & Topin 2017, arXiv:1708.07120",
)
