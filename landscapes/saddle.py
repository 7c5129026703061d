"""The plain saddle: down to a halt along x, then away along y."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def saddle() -> Loss:
    """x^2 - y^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return x**2 - y**2

    return loss


LANDSCAPE = Landscape(
    name=Words("Saddle", "鞍点"),
    make=saddle,
    start=(-1.5, 0.01),
    window=((-2.0, 2.0), (-2.0, 2.0)),
    formula=r"x^2-y^2",
    rate=5e-3,
    lecture="C1 C3",
    about=Words(
        "Eigenvalues 2 and −2: the path nearly stops at the origin, then leaves along the negative one.",
        "特征值为 2 和 −2：路径在原点附近几乎停住，再沿负特征值的方向离开。",
    ),
    source="Lecture notes on critical points",
)
