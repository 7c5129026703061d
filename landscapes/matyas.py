"""A gentle valley along the diagonal: coordinates are the wrong axes."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def matyas() -> Loss:
    """0.26 (x^2 + y^2) - 0.48 xy; eigenvalues 0.04 and 1."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return 0.26 * (x**2 + y**2) - 0.48 * x * y

    return loss


LANDSCAPE = Landscape(
    name=Words("Matyas", "Matyas 函数"),
    make=matyas,
    start=(-9.0, -5.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"0.26(x^2+y^2)-0.48xy",
    rate=1.0,
    minima=((0.0, 0.0),),
    about=Words(
        "A valley at 45 degrees, 25 times flatter along than across: a rate per coordinate cannot straighten it.",
        "45 度方向的山谷，沿谷比横向平缓 25 倍：逐坐标调学习率也拉不直它。",
    ),
    source="Jamil & Yang 2013, function 71",
)
