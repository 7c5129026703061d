"""Three minima, the deepest at 0 (and its value there is 0, whatever some pages say)."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def three_hump_camel() -> Loss:
    """2 x^2 - 1.05 x^4 + x^6 / 6 + xy + y^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2

    return loss


LANDSCAPE = Landscape(
    name=Words("Three-hump camel", "三峰驼函数"),
    make=three_hump_camel,
    start=(2.4, -1.0),
    window=((-5.0, 5.0), (-5.0, 5.0)),
    formula=r"2x^2-1.05x^4+\tfrac16x^6+xy+y^2",
    rate=0.01,
    minima=(
        (0.0, 0.0),
        (1.7475523458302888, -0.8737761729151444),
        (-1.7475523458302888, 0.8737761729151444),
    ),
    about=Words(
        "Two side basins catch plain descent; momentum may jump over to the deepest at 0.",
        "两侧的盆地会截住普通梯度下降；动量可能越过去，到达 0 处最深的盆地。",
    ),
    source="Jamil & Yang 2013, function 29; the minimum value is 0",
)
