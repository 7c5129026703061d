"""The smallest network with a saddle: y = w1 w2 x, one example. The gradient vanishes at 0, which is no minimum."""

import numpy as np
from jax import Array

from landscapes.base import Landscape, Loss, Point
from records import Words


def toy_network() -> Loss:
    """(1 - w1 w2)^2: squared error of y = w1 w2 x on the one example x = 1, target 1."""

    def loss(point: Array) -> Array:  # point: (2,), w1 and w2
        w1, w2 = point
        return (1 - w1 * w2) ** 2

    return loss


def valley() -> tuple[Point, ...]:
    """Minima fill both branches of w1 w2 = 1; 2 x 2001 points, 0.001 apart or closer where the window shows them."""
    w1 = np.geomspace(0.5, 2.0, 2001)
    branch = np.stack([w1, 1 / w1], axis=1)
    return tuple(map(tuple, np.concatenate([branch, -branch]).tolist()))


LANDSCAPE = Landscape(
    name=Words("Toy network", "玩具网络"),
    make=toy_network,
    start=(-0.6, 0.9),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"(1-w_1w_2)^2",
    rate=0.05,
    minima=valley,
    valley=True,
    axes=("w₁", "w₂"),
    lecture="C4 C5",
    about=Words(
        "A network of two weights. The origin is a saddle; the minima fill the curve w₁w₂ = 1.",
        "只有两个权重的网络。原点是鞍点；最小值布满曲线 w₁w₂ = 1。",
    ),
    source="Lecture notes on critical points: y = w₁w₂x, x = 1, target 1",
)
