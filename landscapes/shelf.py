"""A slope, a long shelf, then a well: plain descent crawls on the shelf, momentum coasts across."""

from typing import Annotated

from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words

Slope = Annotated[float, Knob(1e-4, 1.0, "log", "s", Words("slope of the shelf", "平台坡度"))]


def shelf(slope: Slope = 0.01) -> Loss:
    """x^6/6 - 2 x^5/5 + 32/15 + slope (x - 2)^2 / 2.

    Its derivative is (x - 2) (x^4 + slope): -2 slope on the shelf, at 0, and one minimum, at 2, where the loss is 0.
    """

    def loss(point: Array) -> Array:  # point: (1,)
        (x,) = point
        quartic = 5 * x**4 + 8 * x**3 + 12 * x**2 + 16 * x + 16
        return (x - 2) ** 2 * (quartic / 30 + slope / 2)  # factored: never below 0 by rounding

    return loss


LANDSCAPE = Landscape(
    name=Words("Shelf", "平台"),
    make=shelf,
    start=(-1.2,),
    window=((-1.5, 2.7),),
    formula=r"\tfrac16x^6-\tfrac25x^5+\tfrac{32}{15}+\tfrac{s}{2}(x-2)^2",
    rate=0.05,
    minima=((2.0,),),
    lecture="D3",
    about=Words(
        "Gradient descent slows to a crawl on the flat shelf; momentum carries its speed across.",
        "梯度下降在平台上几乎走不动；动量带着速度滑过去。",
    ),
    source="Lecture notes on momentum; polynomial designed for Descent Lab",
)
