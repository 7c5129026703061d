"""Winner: whose loss is the lowest after as many gradients."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import NOBODY, TIE, Measure
from engine.surfaces.arrival import rounding
from records import Words


def winner(seen: Seen) -> Floats:
    """The number of the lane with the lowest loss; a tie where another's is the same to rounding."""
    losses = np.array([np.where(ends.diverged_at < 0, ends.loss, np.inf) for ends in seen.fair])
    losses = np.where(np.isfinite(losses), losses, np.inf)
    best = losses.min(axis=0)
    lanes = np.array(seen.map.lanes)[losses.argmin(axis=0)]
    with np.errstate(invalid="ignore"):
        several = (losses <= best + rounding(best)).sum(axis=0) > 1
    return np.where(np.isfinite(best), np.where(several, TIE, lanes), NOBODY).astype(float)[None]


MEASURE = Measure(
    name=Words("Winner", "胜者"),
    about=Words(
        "Whose loss is the lowest after the same number of gradient evaluations. Losses that are the same to rounding "
        "are a tie.",
        "计算同样多次梯度之后谁的损失最低。舍入误差之内相同的损失算平局。",
    ),
    of=winner,
    place=4,
    kind="winner",
)
