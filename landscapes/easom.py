"""A plain with one hole: a few units away the gradient underflows."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def easom() -> Loss:
    """-cos x cos y exp(-(x - pi)^2 - (y - pi)^2)."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2)

    return loss


LANDSCAPE = Landscape(
    name=Words("Easom", "Easom 函数"),
    make=easom,
    start=(4.2, 2.1),
    window=((-10.0, 16.0), (-10.0, 16.0)),
    formula=r"-\cos x\cos y\;e^{-(x-\pi)^2-(y-\pi)^2}",
    rate=0.2,
    minima=((math.pi, math.pi),),
    about=Words(
        "One hole in an endless plain: start a few units away and nothing moves.",
        "无边平原上只有一个洞：起点离开几个单位，就纹丝不动。",
    ),
    source="Easom 1990; Jamil & Yang 2013, function 50; ripples below 1e-4 around the hole are left out",
)
