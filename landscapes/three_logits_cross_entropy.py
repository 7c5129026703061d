"""Softmax and cross-entropy over two logits: steep wherever the answer is wrong."""

import jax
import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def three_logits_cross_entropy() -> Loss:
    """-log softmax(z1, z2, -1000)_1: the target is (1, 0, 0)."""

    def loss(point: Array) -> Array:  # point: (2,), z1 and z2
        return -jax.nn.log_softmax(jnp.append(point, -1000.0))[0]

    return loss


LANDSCAPE = Landscape(
    name=Words("Three logits, cross-entropy", "三个 logit：交叉熵"),
    make=three_logits_cross_entropy,
    start=(-7.0, 6.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"-\ln y_1,\quad y=\operatorname{softmax}(z_1,z_2,-1000)",
    rate=0.5,
    axes=("z₁", "z₂"),
    lecture="G2",
    about=Words(
        "Wrong at the top left, and steep there: descent leaves at once. The minimum is at infinity.",
        "左上角答案是错的，坡度也大：梯度下降立刻离开。最小值在无穷远处。",
    ),
    source="Lecture notes on classification: target (1, 0, 0), logits (z₁, z₂, −1000)",
)
