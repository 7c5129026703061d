"""A dented plain with a funnel: the bottom is the tip of a cone, not a critical point."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def ackley() -> Loss:
    """-20 exp(-0.2 sqrt(mean of t^2)) - exp(mean of cos 2 pi t) + 20 + e."""

    def loss(point: Array) -> Array:  # point: (2,)
        square = jnp.mean(point**2)
        # the slope of sqrt at 0 is infinite: at the tip of the cone its derivative is given as 0
        root = jnp.where(square > 0, jnp.sqrt(jnp.where(square > 0, square, 1.0)), 0.0)
        return -20 * jnp.exp(-0.2 * root) - jnp.exp(jnp.mean(jnp.cos(2 * math.pi * point))) + 20 + math.e

    return loss


LANDSCAPE = Landscape(
    name=Words("Ackley", "Ackley 函数"),
    make=ackley,
    start=(-2.6, 3.4),
    window=((-5.0, 5.0), (-5.0, 5.0)),
    formula=r"-20\exp\left(-0.2\sqrt{\tfrac12(x^2+y^2)}\right)-\exp\left(\tfrac12(\cos2\pi x+\cos2\pi y)\right)+20+e",
    rate=0.01,
    minima=((0.0, 0.0),),
    about=Words(
        "Dents stop plain descent far from the funnel; at the very bottom the gradient does not shrink.",
        "小坑让普通梯度下降远远停下；到了漏斗底，梯度也不会变小。",
    ),
    source="Ackley 1987; star on the global minimum only",
)
