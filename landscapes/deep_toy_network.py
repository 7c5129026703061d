"""Three layers of one weight each: at 0 the Hessian vanishes too, so curvature shows no way out."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def deep_toy_network() -> Loss:
    """(1 - w1 w2 w3)^2: squared error of y = w1 w2 w3 x on the one example x = 1, target 1."""

    def loss(point: Array) -> Array:  # point: (3,), the weights
        w1, w2, w3 = point
        return (1 - w1 * w2 * w3) ** 2

    return loss


# The minima fill a surface. A sample fine enough to measure a distance by would be millions of points: none is listed.
LANDSCAPE = Landscape(
    name=Words("Deep toy network", "深层玩具网络"),
    make=deep_toy_network,
    start=(0.2, -0.3, -0.3),
    window=((-2.0, 2.0), (-2.0, 2.0), (-2.0, 2.0)),
    formula=r"(1-w_1w_2w_3)^2",
    rate=0.1,
    axes=("w₁", "w₂", "w₃"),
    lecture="C4 C5",
    about=Words(
        "Flat to second order at the origin: descent crawls there first. The minima fill the surface w₁w₂w₃ = 1 "
        "and are not marked.",
        "原点处连二阶导数也为零，下降一开始很慢。最小值布满曲面 w₁w₂w₃ = 1，图中不标出。",
    ),
    source="Lecture notes on critical points, with one more layer: y = w₁w₂w₃x, x = 1, target 1",
)
