"""Three layers of one weight each: at 0 the Hessian vanishes too, so curvature shows no way out."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def error() -> Loss:
    """1 - w1 w2 w3: of y = w1 w2 w3 x on the one example x = 1, target 1. The minima fill the surface w1 w2 w3 = 1."""

    def off(point: Array) -> Array:  # point: (3,), the weights
        w1, w2, w3 = point
        return 1 - w1 * w2 * w3

    return off


def deep_toy_network() -> Loss:
    """(1 - w1 w2 w3)^2: the squared error."""
    off = error()
    return lambda point: off(point) ** 2


LANDSCAPE = Landscape(
    name=Words("Deep toy network", "深层玩具网络"),
    make=deep_toy_network,
    start=(0.2, -0.3, -0.3),
    window=((-2.0, 2.0), (-2.0, 2.0), (-2.0, 2.0)),
    formula=r"(1-w_1w_2w_3)^2",
    rate=0.1,
    minima=((1.0, 1.0, 1.0), (1.0, -1.0, -1.0), (-1.0, 1.0, -1.0), (-1.0, -1.0, 1.0)),
    valley=error,
    axes=("w₁", "w₂", "w₃"),
    lecture="C4 C5",
    about=Words(
        "Flat to second order at the origin: descent crawls there first. The minima fill the surface w₁w₂w₃ = 1; "
        "dotted: where the picture cuts it.",
        "原点处连二阶导数也为零，下降一开始很慢。最小值布满曲面 w₁w₂w₃ = 1；点线是它与图中平面的交线。",
    ),
    source="Lecture notes on critical points, with one more layer: y = w₁w₂w₃x, x = 1, target 1",
)
