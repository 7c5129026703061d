"""A shallow bowl under regular ripples."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def griewank() -> Loss:
    """Sum of t^2 / 4000 minus the product of cos(t_i / sqrt(i)), plus 1."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (x**2 + y**2) / 4000 - jnp.cos(x) * jnp.cos(y / math.sqrt(2)) + 1

    return loss


LANDSCAPE = Landscape(
    name=Words("Griewank", "Griewank 函数"),
    make=griewank,
    start=(-7.5, 5.5),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"\tfrac1{4000}(x^2+y^2)-\cos x\cos\tfrac{y}{\sqrt2}+1",
    rate=0.5,
    minima=((0.0, 0.0),),
    about=Words(
        "Seen from afar a bowl, from near a field of dents: descent stays in the first.",
        "远看是一只碗，近看满是小坑：梯度下降停在第一个坑里。",
    ),
    source="Griewank 1981, J. Optim. Theory Appl. 34(1); star on the global minimum only",
)
