"""A model of a chemical reaction: three wells joined by a crooked path over two passes."""

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words

# A, a, b, c, p, q of each term
TERMS = (
    (-200.0, -1.0, 0.0, -10.0, 1.0, 0.0),
    (-100.0, -1.0, 0.0, -10.0, 0.0, 0.5),
    (-170.0, -6.5, 11.0, -6.5, -0.5, 1.5),
    (15.0, 0.7, 0.6, 0.7, -1.0, 1.0),
)

CONSTANTS = [  # as the formula shows them
    f"{name} = ({', '.join(f'{value:g}' for value in column)})"
    for name, column in zip("Aabcpq", zip(*TERMS, strict=True), strict=True)
]


def muller_brown() -> Loss:
    """Sum of A exp(a (x - p)^2 + b (x - p)(y - q) + c (y - q)^2) over the four terms."""

    def term(point, height, a, b, c, p, q):
        x, y = point
        return height * jnp.exp(a * (x - p) ** 2 + b * (x - p) * (y - q) + c * (y - q) ** 2)

    def loss(point: Array) -> Array:  # point: (2,)
        return sum(term(point, *constants) for constants in TERMS)

    return loss


LANDSCAPE = Landscape(
    name=Words("Müller–Brown", "Müller–Brown 势能面"),
    make=muller_brown,
    start=(-0.8, 0.55),
    window=((-1.5, 1.2), (-0.2, 2.0)),
    formula=r"\sum_{k=1}^4A_k\,e^{a_k(x-p_k)^2+b_k(x-p_k)(y-q_k)+c_k(y-q_k)^2}"
    rf"\\{CONSTANTS[0]},\quad {CONSTANTS[1]},\quad {CONSTANTS[2]}"
    rf"\\{CONSTANTS[3]},\quad {CONSTANTS[4]},\quad {CONSTANTS[5]}",
    rate=5e-4,
    minima=(
        (-0.5582236346330243, 1.4417258418046686),
        (0.6234994049308765, 0.028037758528685668),
        (-0.05001082299820609, 0.4666941048719721),
    ),
    about=Words(
        "A reaction as a landscape: two states, one in between, and the passes that join them.",
        "把化学反应画成地形：两个稳态、一个中间态，以及连接它们的隘口。",
    ),
    source="Müller & Brown 1979, Theor. Chim. Acta 53",
)
