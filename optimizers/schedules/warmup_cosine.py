"""Warm-up, then cosine: the usual timetable of large models."""

from optimizers.schedules.base import Curve, Schedule, Steps, Warmup
from optimizers.schedules.cosine import FORMULA, Final, cosine
from records import Words


def warmup_cosine(steps: Steps = 1000.0, warmup: Warmup = 50, final: Final = 0.0) -> Curve:
    """(t + 1) / w for the first w steps, then the cosine over the rest."""
    return cosine(steps, final, warmup)


SCHEDULE = Schedule(
    name=Words("Warm-up and cosine", "预热加余弦"),
    make=warmup_cosine,
    formula=FORMULA,
    about=Words(
        "Rises linearly while σ is still a guess, then falls along half a cosine wave.",
        "先在 σ 还不准的时候线性升高，再沿半个余弦波下降。",
    ),
    source="Goyal et al. 2017, arXiv:1706.02677; Loshchilov & Hutter 2017, arXiv:1608.03983",
)
