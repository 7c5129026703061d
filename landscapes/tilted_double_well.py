"""Two wells, one deeper: plain descent takes the nearer, momentum may roll on."""

import math
from typing import Annotated

from jax import Array

from landscapes.base import Landscape, Loss, Point
from records import Knob, Words


def tilted_double_well(
    tilt: Annotated[float, Knob(-1.5, 1.5, label=Words("tilt", "倾斜"))] = 0.4,
) -> Loss:
    """x^4 - 2 x^2 + tilt x."""

    def loss(point: Array) -> Array:  # point: (1,)
        (x,) = point
        return x**4 - 2 * x**2 + tilt * x

    return loss


def wells(tilt: float) -> tuple[Point, ...]:
    """Largest and smallest root of 4 x^3 - 4 x + tilt; all three are real while |tilt| < 8 / sqrt(27) = 1.5396."""
    third = math.acos(-tilt * math.sqrt(27) / 8) / 3
    return tuple((2 / math.sqrt(3) * math.cos(third - turn),) for turn in (0.0, 4 * math.pi / 3))


LANDSCAPE = Landscape(
    name=Words("Tilted double well", "倾斜双阱"),
    make=tilted_double_well,
    start=(1.7,),
    window=((-2.0, 2.0),),
    formula=r"x^4-2x^2+\mathrm{tilt}\cdot x",
    rate=0.02,
    minima=wells,
    lecture="A2 D3",
    about=Words(
        "Gradient descent from the right ends in the local minimum; enough momentum rolls over the bump.",
        "从右侧出发，梯度下降停在局部最小值；动量足够大就能翻过小丘。",
    ),
    source="Lecture notes on gradient descent and momentum",
)
