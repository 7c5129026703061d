"""A point where the slope vanishes and nothing is minimal."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def cubic() -> Loss:
    """x^3."""

    def loss(point: Array) -> Array:  # point: (1,)
        (x,) = point
        return x**3

    return loss


LANDSCAPE = Landscape(
    name=Words("Cubic", "三次函数"),
    make=cubic,
    start=(1.2,),
    window=((-1.5, 1.5),),
    formula=r"x^3",
    rate=0.1,
    lecture="C8",
    about=Words(
        "At 0 slope and curvature both vanish, yet it is no minimum: descent stops there, momentum falls off.",
        "在 0 处斜率和曲率都为零，却不是最小值：梯度下降停在那里，动量则会冲下去。",
    ),
    source="Lecture notes on critical points",
)
