"""One sigmoid: what its weight, bias and height do to the curve, and where its slope vanishes."""

from typing import Annotated

import jax
from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def one_sigmoid(
    w: Annotated[float, Knob(-8.0, 8.0, label=Words("weight: how steep", "权重：有多陡"))] = 1.0,
    b: Annotated[float, Knob(-8.0, 8.0, label=Words("bias: how far to the side", "偏置：左右平移"))] = 0.0,
    c: Annotated[float, Knob(-3.0, 3.0, label=Words("height, and its sign", "高度，以及正负"))] = 1.0,
) -> Loss:
    """c / (1 + exp(-b - w x))."""

    def loss(point: Array) -> Array:  # point: (1,)
        (x,) = point
        return c * jax.nn.sigmoid(b + w * x)

    return loss


LANDSCAPE = Landscape(
    name=Words("One sigmoid", "一个 sigmoid"),
    make=one_sigmoid,
    start=(1.0,),
    window=((-6.0, 6.0),),
    formula=r"\dfrac{c}{1+e^{-b-wx}}",
    rate=1.0,
    lecture="A8",
    about=Words(
        "c·σ(b + w·x), one piece of a network's curve: steepest at x = −b/w, with the slope c·w/4; flat on both sides, "
        "where descent hardly moves.",
        "c·σ(b + w·x)，网络曲线的一段：在 x = −b/w 处最陡，斜率 c·w/4；两侧平坦，下降几乎不动。",
    ),
    source="Lecture notes on sums of sigmoids",
)
