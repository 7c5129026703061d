"""Three ways down, one for the tail: at 0 gradient and Hessian both vanish."""

from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def monkey_saddle() -> Loss:
    """x^3 - 3 x y^2."""

    def loss(point: Array) -> Array:  # point: (2,)
        x, y = point
        return x**3 - 3 * x * y**2

    return loss


LANDSCAPE = Landscape(
    name=Words("Monkey saddle", "猴鞍面"),
    make=monkey_saddle,
    start=(1.2, 0.05),
    window=((-1.5, 1.5), (-1.5, 1.5)),
    formula=r"x^3-3xy^2",
    rate=1e-3,
    lecture="C1 C3",
    about=Words(
        "A saddle with three ways down, and H = 0 at the origin: its eigenvalues cannot tell.",
        "有三条下山路的鞍点；原点处 H = 0，特征值说明不了问题。",
    ),
    source="Hilbert & Cohn-Vossen 1932, Anschauliche Geometrie",
)
