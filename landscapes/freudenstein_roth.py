"""A deep bent ravine with a wrong end."""

import math

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def freudenstein_roth() -> Loss:
    """(-13 + x + ((5 - y) y - 2) y)^2 + (-29 + x + ((y + 1) y - 14) y)^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (-13 + x + ((5 - y) * y - 2) * y) ** 2 + (-29 + x + ((y + 1) * y - 14) * y) ** 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Freudenstein–Roth", "Freudenstein–Roth 函数"),
    make=freudenstein_roth,
    start=(0.5, -2.0),
    window=((-5.0, 30.0), (-4.0, 6.0)),
    formula=r"(-13+x+((5-y)y-2)y)^2+(-29+x+((y+1)y-14)y)^2",
    rate=1e-3,
    minima=(
        (5.0, 4.0),
        ((53 - 4 * math.sqrt(22)) / 3, (2 - math.sqrt(22)) / 3),  # local
    ),
    about=Words(
        "From the usual start descent heads for the local minimum near (11.4, −0.9), where the loss is still 49.",
        "从常用起点出发，梯度下降走向 (11.4, −0.9) 附近的局部最小值，那里损失还有 49。",
    ),
    source="Freudenstein & Roth 1963; Moré, Garbow & Hillstrom 1981, problem 2",
)
