"""A minimum while one coordinate is held: the same place is a saddle once it is free, see ``freed_coordinate``."""

from typing import Annotated, Any

from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def held_coordinate(z: Annotated[float, Knob(-1.5, 1.5, label=Words("held coordinate", "固定的坐标"))] = 0.0) -> Loss:
    """((x - z)^2 + y^2) / 2 + (z^2 - 1)^2 / 4."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return bowl(x, y, z)

    return loss


def bowl(x: Array, y: Array, z: Any) -> Array:
    """The loss at a place, whoever says what z is."""
    return ((x - z) ** 2 + y**2) / 2 + (z**2 - 1) ** 2 / 4


LANDSCAPE = Landscape(
    name=Words("Bowl with z held", "固定 z 的碗"),
    make=held_coordinate,
    start=(1.4, 1.2),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"\tfrac12\left((x-z)^2+y^2\right)+\tfrac14(z^2-1)^2",
    rate=0.1,
    minima=lambda z: ((z, 0.0),),
    lecture="C10",
    about=Words(
        "A bowl over x and y for every z that is held: one minimum, at (z, 0). Move z: its loss falls from ¼ at z = 0 "
        "to 0 at z = ±1.",
        "无论 z 固定在哪里，对 x 和 y 都是一个碗：唯一的极小值在 (z, 0)。移动 z：它的损失从 z = 0 处的 ¼ 降到 z = ±1 处"
        "的 0。",
    ),
    source="Lecture notes on critical points; formula designed for Descent Lab",
)
