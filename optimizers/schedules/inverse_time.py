"""Inverse time: the learning rate falls like 1/t once tau steps have passed."""

from typing import Annotated

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup, after_warmup, warmed
from records import Knob, Words

Halving = Annotated[float, Knob(1.0, 10_000.0, "log", "τ", Words("steps until the rate is halved", "学习率减半的步数"))]


def inverse_time(steps: Steps = 1000.0, tau: Halving = 100.0, warmup: Warmup = 0) -> Curve:
    """1 / (1 + t / tau)."""
    return after_warmup(warmup, steps, lambda step, rest: 1 / (1 + step / tau))


SCHEDULE = Schedule(
    name=Words("Inverse time", "时间倒数衰减"),
    make=inverse_time,
    formula=warmed(r"\eta / (1 + (t-w)/\tau)"),
    about=Words(
        "Falls like 1/t: slow enough to still reach any point, fast enough for noise to average out.",
        "像 1/t 一样下降：慢到仍能走到任何地方，快到能把噪声平均掉。",
    ),
    source="Robbins & Monro 1951, Ann. Math. Statist. 22(3)",
)
