"""The second-best valley is far from the best: local slopes mislead."""

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words

BEST = 420.9687463599821  # where t sin sqrt(t) is largest
HEIGHT = 418.98288727243374  # and its value there: the usual 418.9829 would leave 2.5e-5


def schwefel() -> Loss:
    """418.98... d - sum of t sin sqrt|t|."""

    def loss(point: Array) -> Array:  # point: (2,)
        size = jnp.abs(point)
        root = jnp.where(size > 0, jnp.sqrt(jnp.where(size > 0, size, 1.0)), 0.0)  # the slope of sqrt at 0 is infinite
        return 2 * HEIGHT - jnp.sum(point * jnp.sin(root))

    return loss


LANDSCAPE = Landscape(
    name=Words("Schwefel", "Schwefel 函数"),
    make=schwefel,
    start=(330.0, 250.0),
    window=((-500.0, 500.0), (-500.0, 500.0)),
    formula=rf"2\cdot{HEIGHT}-x\sin\sqrt{{|x|}}-y\sin\sqrt{{|y|}}",
    rate=2.0,
    minima=((BEST, BEST),),
    about=Words(
        "The next best valleys lie in other corners: going downhill tells nothing about where the lowest is.",
        "次优的谷在别的角落：往下走，并不告诉你最低点在哪里。",
    ),
    source="Schwefel 1981; star on the global minimum only",
)
