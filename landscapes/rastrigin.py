"""A bowl full of dents, ten to a side."""

import math
from typing import Annotated

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Knob, Words


def rastrigin(
    amplitude: Annotated[float, Knob(0.0, 20.0, symbol="A", label=Words("depth of the dents", "小坑的深度"))] = 10.0,
) -> Loss:
    """Sum of t^2 + A (1 - cos 2 pi t) over the coordinates."""

    def loss(point: Array) -> Array:  # point: (2,)
        return jnp.sum(point**2 + amplitude * (1 - jnp.cos(2 * math.pi * point)))

    return loss


LANDSCAPE = Landscape(
    name=Words("Rastrigin", "Rastrigin 函数"),
    make=rastrigin,
    start=(-3.7, 2.3),
    window=((-5.12, 5.12), (-5.12, 5.12)),
    formula=r"x^2+y^2+A\,(2-\cos2\pi x-\cos2\pi y)",
    rate=2e-3,
    minima=((0.0, 0.0),),
    about=Words(
        "About a hundred dents: descent stays in the one it starts in. Lower A and the bowl comes through.",
        "大约一百个小坑：从哪个坑出发就停在哪个坑。把 A 调小，大碗就显出来。",
    ),
    source="Rastrigin 1974; Jamil & Yang 2013; star on the global minimum only",
)
