"""Four equal minima: the start decides which one."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def himmelblau() -> Loss:
    """(x^2 + y - 11)^2 + (x + y^2 - 7)^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2

    return loss


LANDSCAPE = Landscape(
    name=Words("Himmelblau", "Himmelblau 函数"),
    make=himmelblau,
    start=(-0.5, -0.5),
    window=((-6.0, 6.0), (-6.0, 6.0)),
    formula=r"(x^2+y-11)^2+(x+y^2-7)^2",
    rate=0.01,
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644036),
    ),
    about=Words(
        "Four minima, all 0: a small change of the start or of the optimizer ends in another one.",
        "四个最小值都是 0：起点或优化器稍有不同，就落到另一个。",
    ),
    source="Himmelblau 1972, Applied Nonlinear Programming",
)
