"""A new moon: y needs a small rate on the first tip, a large one in the thick middle, a small one on the far tip."""

from typing import Annotated

from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def crescent(
    middle: Annotated[
        float, Knob(0.01, 1.0, "log", "w", Words("steepness across the thick middle", "中部的横向陡度"))
    ] = 0.1,
) -> Loss:
    """(middle + (x + 1)^2) (x^2 + y^2 - 1)^2 + (x^2 + (y + 1)^2) / 100.

    The floor is the unit circle. The curvature across it is 8 (middle + (x + 1)^2): 0.8 at the middle (-1, 0) and 8.8
    at the tips (0, 1) and (0, -1). The second term, the squared distance to the lower tip, is the only pull along it.
    """

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        across = (middle + (x + 1) ** 2) * (x**2 + y**2 - 1) ** 2
        along = (x**2 + (y + 1) ** 2) / 100
        return across + along

    return loss


LANDSCAPE = Landscape(
    name=Words("Crescent", "新月形山谷"),
    make=crescent,
    start=(-0.3, 1.3),
    window=((-1.8, 1.4), (-1.6, 1.6)),
    formula=r"\left(w+(x+1)^2\right)(x^2+y^2-1)^2+\tfrac1{100}\left(x^2+(y+1)^2\right)",
    rate=0.2,
    minima=((0.0, -1.0),),
    lecture="E4",
    about=Words(
        "At rate 0.02 RMSProp walks the arc to the lower tip; Adagrad remembers the first steep wall and stalls.",
        "学习率 0.02 时，RMSProp 沿弧线走到下端；Adagrad 忘不掉开头的陡壁，停滞不前。",
    ),
    source="Designed for Descent Lab after the crescent-shaped surface of the lecture notes on RMSProp",
)
