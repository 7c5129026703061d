"""Two equal wells and a saddle between them."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def double_well() -> Loss:
    """(x^2 - 1)^2 + y^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return (x**2 - 1) ** 2 + y**2

    return loss


LANDSCAPE = Landscape(
    name=Words("Double well", "双阱"),
    make=double_well,
    start=(0.02, 1.5),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"(x^2-1)^2+y^2",
    rate=0.1,
    minima=((1.0, 0.0), (-1.0, 0.0)),
    about=Words(
        "Beside the ridge the path first runs towards the saddle at 0, waits, then picks a well.",
        "在山脊附近出发，路径先奔向 0 处的鞍点，停一停，再选一个阱。",
    ),
    source="Textbook example; two minima − one saddle = 1",
)
