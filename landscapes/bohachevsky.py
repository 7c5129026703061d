"""A bowl with fine ripples."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def bohachevsky() -> Loss:
    """x^2 + 2 y^2 - 0.3 cos 3 pi x - 0.4 cos 4 pi y + 0.7: number 1 of three."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return x**2 + 2 * y**2 - 0.3 * jnp.cos(3 * math.pi * x) - 0.4 * jnp.cos(4 * math.pi * y) + 0.7

    return loss


LANDSCAPE = Landscape(
    name=Words("Bohachevsky", "Bohachevsky 函数"),
    make=bohachevsky,
    start=(-1.7, 1.3),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"x^2+2y^2-0.3\cos3\pi x-0.4\cos4\pi y+0.7",
    rate=0.01,
    minima=((0.0, 0.0),),
    about=Words(
        "The bowl wins far out, the ripples win near the middle: momentum passes some of them.",
        "外围由大碗主导，靠近中央由波纹主导：动量能越过其中一些。",
    ),
    source="Bohachevsky, Johnson & Stein 1986, Technometrics 28(3); star on the global minimum only",
)
