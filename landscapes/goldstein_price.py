"""Values from 3 to a million in one small window: the loss needs a logarithm to be seen."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def goldstein_price() -> Loss:
    """[1 + (x + y + 1)^2 (...)] [30 + (2x - 3y)^2 (...)], the two long brackets below."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        first = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
        second = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
        return (1 + (x + y + 1) ** 2 * first) * (30 + (2 * x - 3 * y) ** 2 * second)

    return loss


LANDSCAPE = Landscape(
    name=Words("Goldstein–Price", "Goldstein–Price 函数"),
    make=goldstein_price,
    start=(-1.2, -1.2),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"\begin{aligned}&\left[1+(x+y+1)^2(19-14x+3x^2-14y+6xy+3y^2)\right]\\"
    r"&\cdot\left[30+(2x-3y)^2(18-32x+12x^2+48y-36xy+27y^2)\right]\end{aligned}",
    rate=5e-5,
    minima=((0.0, -1.0), (-0.6, -0.4), (1.8, 0.2), (1.2, 0.8)),
    about=Words(
        "Values from 3 to a million: one learning rate fits only one height.",
        "数值从 3 到一百万：一个学习率只适合一个高度。",
    ),
    source="Goldstein & Price 1971, Math. Comp. 25(115)",
)
