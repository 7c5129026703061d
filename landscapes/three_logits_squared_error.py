"""Softmax and squared error over two logits: flat where the answer is most wrong."""

import jax
import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def three_logits_squared_error() -> Loss:
    """Sum of the squares of softmax(z1, z2, -1000) - (1, 0, 0)."""

    def loss(point: Array) -> Array:  # point: (2,), z1 and z2
        first, *others = jax.nn.softmax(jnp.append(point, -1000.0))
        return (first - 1) ** 2 + sum(other**2 for other in others)

    return loss


LANDSCAPE = Landscape(
    name=Words("Three logits, squared error", "三个 logit：平方误差"),
    make=three_logits_squared_error,
    start=(-7.0, 6.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"(y_1-1)^2+y_2^2+y_3^2,\quad y=\operatorname{softmax}(z_1,z_2,-1000)",
    rate=0.5,
    axes=("z₁", "z₂"),
    lecture="G2",
    about=Words(
        "Wrong at the top left too, yet nearly flat there: descent stays stuck at almost the largest loss.",
        "左上角损失接近最大，坡度却接近零：梯度下降卡住不动。",
    ),
    source="Lecture notes on classification: target (1, 0, 0), logits (z₁, z₂, −1000)",
)
