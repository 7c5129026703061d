"""The smallest network with a saddle: y = w1 w2 x, one example. The gradient vanishes at 0, which is no minimum."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def error() -> Loss:
    """1 - w1 w2: of y = w1 w2 x on the one example x = 1, target 1. The minima fill both branches of w1 w2 = 1."""

    def off(point: Array) -> Array:  # point: (2,), w1 and w2
        w1, w2 = point
        return 1 - w1 * w2

    return off


def toy_network() -> Loss:
    """(1 - w1 w2)^2: the squared error."""
    off = error()
    return lambda point: off(point) ** 2


LANDSCAPE = Landscape(
    name=Words("Toy network", "玩具网络"),
    make=toy_network,
    start=(-0.6, 0.9),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"(1-w_1w_2)^2",
    rate=0.05,
    minima=((1.0, 1.0), (-1.0, -1.0)),
    valley=error,
    axes=("w₁", "w₂"),
    lecture="C4 C5",
    about=Words(
        "A network of two weights. The origin is a saddle; the minima fill the curve w₁w₂ = 1.",
        "只有两个权重的网络。原点是鞍点；最小值布满曲线 w₁w₂ = 1。",
    ),
    source="Lecture notes on critical points: y = w₁w₂x, x = 1, target 1",
)
