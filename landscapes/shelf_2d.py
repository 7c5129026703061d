"""The shelf as a floor: down a wall, across a plain, into a basin."""

from jax import Array

from landscapes.base import Landscape, Loss
from landscapes.shelf import Slope, shelf
from records import Words


def shelf_2d(slope: Slope = 0.01) -> Loss:
    """shelf(x) + y^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        return shelf(slope)(point[:1]) + point[1] ** 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Shelf in two dimensions", "二维平台"),
    make=shelf_2d,
    start=(-1.2, 1.2),
    window=((-1.5, 2.7), (-2.0, 2.0)),
    formula=r"\tfrac16x^6-\tfrac25x^5+\tfrac{32}{15}+\tfrac{s}{2}(x-2)^2+y^2",
    rate=0.05,
    minima=((2.0, 0.0),),
    lecture="D3",
    about=Words(
        "Gradient descent reaches the plain around the origin and crawls; momentum glides on into the basin.",
        "梯度下降到了原点附近的平地就几乎不动；动量继续滑进盆地。",
    ),
    source="Lecture notes on momentum; polynomial designed for Descent Lab",
)
