"""The straight line between two solutions, and a part beyond both."""

import numpy as np

from engine.networks.planes.base import Given, Laid, Plane
from engine.networks.slices import Slice
from records import Words

BEYOND = 0.35  # of the line's length, drawn at both of its ends


def line(given: Given) -> Laid:
    """Between the ends of the first two."""
    if len(given.ends) < 2:
        raise ValueError(f"a line needs two optimizers, not {len(given.ends)}")
    along = given.ends[1] - given.ends[0]
    if not along.any():
        raise ValueError("the two solutions are the same")
    return Laid(Slice(given.ends[0], np.stack([along, np.zeros_like(along)])), (-BEYOND, 1 + BEYOND, 0.0, 1.0))


PLANE = Plane(
    name=Words("line between two solutions", "两个解之间的直线"),
    along=Words("0: first, 1: second", "0：第一个，1：第二个"),
    across=None,
    lay=line,
    source="Goodfellow, Vinyals & Saxe 2015, ICLR",
    missing=Words(
        "A line needs two optimizers that do not diverge and end in different places: here are the paths' own "
        "directions.",
        "一条直线需要两个没有发散、且终点不同的优化器：这里改为路径自身的主方向。",
    ),
    place=7,
)
