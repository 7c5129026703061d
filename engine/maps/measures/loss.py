"""Final loss: how low a path is after its last step."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import Measure
from records import Words


def loss(seen: Seen) -> Floats:
    """The loss at the end; nan where it diverged."""
    return np.array([np.where(ends.diverged_at < 0, ends.loss, np.nan) for ends in seen.ends])


MEASURE = Measure(
    name=Words("Final loss", "最终损失"),
    about=Words("The loss after the last step.", "最后一步之后的损失。"),
    of=loss,
    place=2,
    kind="loss",
    log=True,
    empty=Words("diverged", "发散"),
)
