"""A diagonal wave on a trough: many minima along one line."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def mccormick() -> Loss:
    """sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return jnp.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1

    return loss


LANDSCAPE = Landscape(
    name=Words("McCormick", "McCormick 函数"),
    make=mccormick,
    start=(1.0, 3.0),
    window=((-1.5, 4.0), (-3.0, 4.0)),
    formula=r"\sin(x+y)+(x-y)^2-1.5x+2.5y+1",
    rate=0.1,
    minima=(
        (1 / 2 - math.pi / 3, -1 / 2 - math.pi / 3),
        (1 / 2 + 2 * math.pi / 3, -1 / 2 + 2 * math.pi / 3),
    ),
    about=Words(
        "Both minima lie on the line x − y = 1; a start on the upper right ends in the shallow one.",
        "两个最小值都在直线 x − y = 1 上；从右上方出发会停在较浅的那个。",
    ),
    source="McCormick 1976; Jamil & Yang 2013, function 72",
)
