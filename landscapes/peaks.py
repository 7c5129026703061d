"""Hills and hollows, flat outside: the demo surface of MATLAB."""

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def peaks() -> Loss:
    """3 (1-x)^2 exp(-x^2-(y+1)^2) - 10 (x/5-x^3-y^5) exp(-x^2-y^2) - exp(-(x+1)^2-y^2) / 3."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        north = 3 * (1 - x) ** 2 * jnp.exp(-(x**2) - (y + 1) ** 2)
        middle = 10 * (x / 5 - x**3 - y**5) * jnp.exp(-(x**2) - y**2)
        west = jnp.exp(-((x + 1) ** 2) - y**2) / 3
        return north - middle - west

    return loss


LANDSCAPE = Landscape(
    name=Words("Peaks", "Peaks 函数"),
    make=peaks,
    start=(0.2, 1.2),
    window=((-3.0, 3.0), (-3.0, 3.0)),
    formula=r"3(1-x)^2e^{-x^2-(y+1)^2}-10\left(\tfrac x5-x^3-y^5\right)e^{-x^2-y^2}-\tfrac13e^{-(x+1)^2-y^2}",
    rate=0.02,
    minima=(
        (0.22827892055636917, -1.6255349574999964),
        (-1.3473962443682108, 0.20451886609700518),
        (0.2964455538468321, 0.3201962476668344),
    ),
    about=Words(
        "Three hollows among three hills: neighbouring starts part ways.",
        "三座山之间有三个洼地：相邻的起点会分道扬镳。",
    ),
    source="MATLAB, function peaks",
)
