"""A plain bowl, a little stretched: everything converges, and the theory can be checked."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def booth() -> Loss:
    """(x + 2y - 7)^2 + (2x + y - 5)^2; eigenvalues 2 and 18."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Booth", "Booth 函数"),
    make=booth,
    start=(-8.0, -5.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"(x+2y-7)^2+(2x+y-5)^2",
    rate=0.05,
    minima=((1.0, 3.0),),
    about=Words(
        "A quadratic with eigenvalues 2 and 18: gradient descent diverges exactly above η = 2/18.",
        "特征值为 2 和 18 的二次函数：η 一超过 2/18，梯度下降就发散。",
    ),
    source="Jamil & Yang 2013, function 17",
)
