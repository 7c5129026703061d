"""A flat cross of valleys with steep corners: gradients differ by a factor of a million."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def beale() -> Loss:
    """(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Beale", "Beale 函数"),
    make=beale,
    start=(1.0, 1.5),
    window=((-4.5, 4.5), (-4.5, 4.5)),
    formula=r"(1.5-x+xy)^2+(2.25-x+xy^2)^2+(2.625-x+xy^3)^2",
    rate=0.01,
    minima=((3.0, 0.5),),
    about=Words(
        "The corners are millions of times steeper than the valley floor: the rate that is safe outside crawls inside.",
        "四角比谷底陡得多：在外面安全的学习率，到了里面就爬不动。",
    ),
    source="Beale 1958; Moré, Garbow & Hillstrom 1981, problem 5",
)
