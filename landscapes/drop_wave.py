"""Rings of a drop on water: every ring is a trap."""

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def drop_wave() -> Loss:
    """-(1 + cos 12 r) / (r^2 / 2 + 2), r the distance from 0."""

    def loss(point: Array) -> Array:  # point: (2,)
        square = jnp.sum(point**2)
        angle = 144 * square  # (12 r)^2: near 0 the cosine is its series, since the slope of sqrt at 0 is infinite
        near = angle < 0.01
        series = 1 - angle / 2 + angle**2 / 24 - angle**3 / 720 + angle**4 / 40320
        wave = jnp.where(near, series, jnp.cos(jnp.sqrt(jnp.where(near, 1.0, angle))))
        return -(1 + wave) / (square / 2 + 2)

    return loss


LANDSCAPE = Landscape(
    name=Words("Drop-Wave", "水滴波函数"),
    make=drop_wave,
    start=(-1.1, 0.75),
    window=((-5.12, 5.12), (-5.12, 5.12)),
    formula=r"-\dfrac{1+\cos12r}{\tfrac12r^2+2},\quad r=\sqrt{x^2+y^2}",
    rate=0.01,
    minima=((0.0, 0.0),),
    about=Words(
        "Ring after ring: descent settles in the nearest, never in the middle.",
        "一圈又一圈：梯度下降停在最近的一圈，到不了中心。",
    ),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments; star on the global minimum only",
)
