"""What was a minimum over two coordinates is a saddle over three: the third one leads out."""

from jax import Array

from landscapes.base import Landscape, Loss
from landscapes.held_coordinate import bowl
from records import Words


def freed_coordinate() -> Loss:
    """((x - z)^2 + y^2) / 2 + (z^2 - 1)^2 / 4: the surface of ``held_coordinate`` with z free."""

    def loss(point: Array) -> Array:  # point: (3,)
        x, y, z = point
        return bowl(x, y, z)

    return loss


LANDSCAPE = Landscape(
    name=Words("Bowl with z free", "放开 z 的碗"),
    make=freed_coordinate,
    start=(1.4, 1.2, 0.1),
    window=((-2.0, 2.0), (-2.0, 2.0), (-1.5, 1.5)),
    formula=r"\tfrac12\left((x-z)^2+y^2\right)+\tfrac14(z^2-1)^2",
    rate=0.1,
    minima=((1.0, 0.0, 1.0), (-1.0, 0.0, -1.0)),
    lecture="C10",
    about=Words(
        "With z = 0 held, the origin is the minimum of a bowl; with z free it is a saddle, and two minima lie at "
        "(±1, 0, ±1).",
        "固定 z = 0 时，原点是碗底的极小值；放开 z，它就是鞍点，两个极小值在 (±1, 0, ±1)。",
    ),
    source="Lecture notes on critical points; formula designed for Descent Lab",
)
