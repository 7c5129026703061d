"""One well per quadrant, each of another depth."""

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def styblinski_tang() -> Loss:
    """Half the sum of t^4 - 16 t^2 + 5 t over the coordinates."""

    def loss(point: Array) -> Array:  # point: (2,)
        return jnp.sum(point**4 - 16 * point**2 + 5 * point) / 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Styblinski–Tang", "Styblinski–Tang 函数"),
    make=styblinski_tang,
    start=(0.4, -0.4),
    window=((-5.0, 5.0), (-5.0, 5.0)),
    formula=r"\tfrac12(x^4-16x^2+5x)+\tfrac12(y^4-16y^2+5y)",
    rate=0.02,
    minima=(
        (-2.903534027771177, -2.903534027771177),
        (-2.903534027771177, 2.746802770990837),
        (2.746802770990837, -2.903534027771177),
        (2.746802770990837, 2.746802770990837),
    ),
    about=Words(
        "Four wells, one in each quadrant; only the lower left is the global minimum.",
        "四个象限各有一个阱，只有左下角是全局最小值。",
    ),
    source="Styblinski & Tang 1990, Neural Networks 3(4)",
)
