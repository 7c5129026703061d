"""Crooked hills without order; the lowest point lies on the border of the window."""

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def sine_of_root(value: Array) -> Array:
    """sin sqrt|value|; at the cusp, where the slope is infinite, its derivative is given as 0."""
    size = jnp.abs(value)
    return jnp.where(size > 0, jnp.sin(jnp.sqrt(jnp.where(size > 0, size, 1.0))), 0.0)


def eggholder() -> Loss:
    """-(y + 47) sin sqrt|y + x/2 + 47| - x sin sqrt|x - (y + 47)|."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return -(y + 47) * sine_of_root(y + x / 2 + 47) - x * sine_of_root(x - (y + 47))

    return loss


LANDSCAPE = Landscape(
    name=Words("Eggholder", "蛋托函数"),
    make=eggholder,
    start=(300.0, 200.0),
    window=((-512.0, 512.0), (-512.0, 512.0)),
    formula=r"-(y+47)\sin\sqrt{|y+\tfrac x2+47|}-x\sin\sqrt{|x-(y+47)|}",
    rate=0.2,
    minima=((512.0, 404.23180511375784),),
    about=Words(
        "The lowest point is on the border, where the slope still points outward: optimizers walk out of the window.",
        "最低点在边界上，那里的坡度仍指向窗外：优化器会走出窗口。",
    ),
    source="Jamil & Yang 2013, function 41; minimum within [−512, 512]² only",
)
