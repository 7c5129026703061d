"""Three equal minima in a row of wavy basins."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def branin() -> Loss:
    """(y - 5.1 x^2 / (4 pi^2) + 5x / pi - 6)^2 + 10 (1 - 1 / (8 pi)) cos x + 10."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        valley = y - 5.1 * x**2 / (4 * math.pi**2) + 5 * x / math.pi - 6
        return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * jnp.cos(x) + 10

    return loss


LANDSCAPE = Landscape(
    name=Words("Branin", "Branin 函数"),
    make=branin,
    start=(6.0, 12.0),
    window=((-5.0, 10.0), (0.0, 15.0)),
    formula=r"\left(y-\tfrac{5.1}{4\pi^2}x^2+\tfrac5\pi x-6\right)^2+10\left(1-\tfrac1{8\pi}\right)\cos x+10",
    rate=0.02,
    minima=((-math.pi, 12.275), (math.pi, 2.275), (3 * math.pi, 2.475)),
    about=Words(
        "Three minima of the same depth along one bent valley.",
        "一条弯曲的山谷里有三个同样深的最小值。",
    ),
    source="Branin 1972; Surjanovic & Bingham, Virtual Library of Simulation Experiments",
)
