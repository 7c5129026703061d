"""A long narrow bowl: one learning rate is too large across it and too small along it."""

import math
from typing import Annotated

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def narrow_valley(
    condition: Annotated[float, Knob(1.0, 1e4, "log", "κ", Words("condition number", "条件数"))] = 100.0,
    angle: Annotated[float, Knob(0.0, 90.0, symbol="φ", label=Words("angle in degrees", "角度（度）"))] = 0.0,
) -> Loss:
    """(u^2 / condition + v^2) / 2, with (u, v) the axes turned by the angle.

    The steep eigenvalue is 1 for every condition number, so that gradient descent is stable below 2, always.
    """

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        turn = angle * (math.pi / 180)
        u = jnp.cos(turn) * x + jnp.sin(turn) * y  # along the floor
        v = jnp.cos(turn) * y - jnp.sin(turn) * x  # across it
        return (u**2 / condition + v**2) / 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Narrow valley", "狭长山谷"),
    make=narrow_valley,
    start=(-9.0, 1.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"\tfrac12\left(u^2/\kappa+v^2\right)\\"
    r"u=x\cos\varphi^\circ+y\sin\varphi^\circ,\quad v=y\cos\varphi^\circ-x\sin\varphi^\circ",
    rate=1.0,
    minima=((0.0, 0.0),),
    lecture="E1 E2 E7 F1",
    about=Words(
        "Just below rate 2 the path bounces between the walls; a small rate never arrives. Turn the valley: "
        "rates per coordinate stop helping.",
        "学习率略小于 2，路径在两壁间来回弹跳；学习率小，又迟迟到不了。转动山谷，逐坐标的学习率就不管用了。",
    ),
    source="Lecture notes on adaptive learning rates; a quadratic with eigenvalues 1/κ and 1",
)
