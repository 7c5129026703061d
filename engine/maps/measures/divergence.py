"""Divergence: the step at which a path is lost."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import Measure
from records import Words


def divergence(seen: Seen) -> Floats:
    """The first step that is not finite, or a million windows away; nan where there is none."""
    return np.array([np.where(ends.diverged_at >= 0, ends.diverged_at, np.nan) for ends in seen.ends])


MEASURE = Measure(
    name=Words("Step of divergence", "发散的步"),
    about=Words(
        "The first step at which the place, the loss or the slope is not finite, or a million windows away.",
        "位置、损失或梯度首次不再有限，或远离窗口宽度一百万倍的那一步。",
    ),
    of=divergence,
    place=3,
    kind="steps",
    log=True,
    empty=Words("did not diverge", "没有发散"),
)
