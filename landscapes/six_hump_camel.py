"""Six minima, two of them global."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def six_hump_camel() -> Loss:
    """(4 - 2.1 x^2 + x^4 / 3) x^2 + xy + (4 y^2 - 4) y^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2

    return loss


LANDSCAPE = Landscape(
    name=Words("Six-hump camel", "六峰驼函数"),
    make=six_hump_camel,
    start=(-1.2, -1.2),
    window=((-3.0, 3.0), (-2.0, 2.0)),
    formula=r"\left(4-2.1x^2+\tfrac13x^4\right)x^2+xy+(4y^2-4)y^2",
    rate=0.05,
    minima=(
        (0.08984201310031806, -0.7126564030207396),
        (-0.08984201310031806, 0.7126564030207396),
        (1.703606714969981, -0.796083568672625),
        (-1.703606714969981, 0.796083568672625),
        (1.6071047529201974, 0.5686514548841314),
        (-1.6071047529201974, -0.5686514548841314),
    ),
    about=Words(
        "Two global and four local minima: watch who falls into which.",
        "两个全局最小值，四个局部最小值：看谁落进哪一个。",
    ),
    source="Dixon & Szegö 1978; Surjanovic & Bingham, Virtual Library of Simulation Experiments",
)
