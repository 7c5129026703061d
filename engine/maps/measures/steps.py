"""Steps: how many a path takes to come within the tolerance of the lowest known loss."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import SURFACE, Measure
from records import Words


def steps(seen: Seen) -> Floats:
    """The first step with a loss within the tolerance; nan where there is none."""
    return np.array([np.where(ends.reached >= 0, ends.reached, np.nan) for ends in seen.ends])


MEASURE = Measure(
    name=Words("Steps to the tolerance", "达到容差的步数"),
    about=Words(
        "The first step whose loss lies within the tolerance of the lowest known one.",
        "损失首次进入已知最低损失容差范围的那一步。",
    ),
    of=steps,
    place=1,
    kind="steps",
    log=True,
    empty=Words("not within these steps", "这些步之内没有达到"),
    over=(SURFACE,),
)
