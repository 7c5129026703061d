"""Rosenbrock's curved valley: finding the floor is easy, following it is not."""

from typing import Annotated

from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def rosenbrock(
    a: Annotated[float, Knob(0.5, 1.4)] = 1.0,
    b: Annotated[float, Knob(1.0, 1000.0, "log")] = 100.0,
) -> Loss:
    """(a - x)^2 + b (y - x^2)^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (a - x) ** 2 + b * (y - x**2) ** 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Rosenbrock", "Rosenbrock 函数"),
    make=rosenbrock,
    start=(-1.2, 1.0),
    window=((-2.0, 2.0), (-1.0, 3.0)),
    formula=r"(a-x)^2+b\,(y-x^2)^2",
    rate=1e-3,
    minima=lambda a, b: ((a, a**2),),
    about=Words(
        "A curved valley: finding its floor is easy, following it is not.",
        "一条弯曲的山谷：走到谷底容易，沿谷底前进很难。",
    ),
    source="Rosenbrock 1960; start from Moré, Garbow & Hillstrom 1981, problem 1",
)
