"""Waves across a bowl, in two different rhythms."""

import math

import jax.numpy as jnp
from jax import Array

from landscapes.base import Landscape, Loss
from records import Words


def levy() -> Loss:
    """sin^2(pi v) + (v - 1)^2 (1 + 10 sin^2(pi v + 1)) + (w - 1)^2 (1 + sin^2(2 pi w)), v and w = 1 + (t - 1) / 4."""

    def loss(point: Array) -> Array:  # point: (2,)
        v, w = 1 + (point - 1) / 4
        across = (v - 1) ** 2 * (1 + 10 * jnp.sin(math.pi * v + 1) ** 2)
        along = (w - 1) ** 2 * (1 + jnp.sin(2 * math.pi * w) ** 2)
        return jnp.sin(math.pi * v) ** 2 + across + along

    return loss


LANDSCAPE = Landscape(
    name=Words("Levy", "Levy 函数"),
    make=levy,
    start=(-4.0, 8.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"\sin^2\pi v+(v-1)^2(1+10\sin^2(\pi v+1))+(w-1)^2(1+\sin^22\pi w),\ v=\tfrac{x+3}4,\ w=\tfrac{y+3}4",
    rate=0.01,
    minima=((1.0, 1.0),),
    about=Words(
        "Parallel furrows with ripples: descent stops at a ripple, momentum slides on, neither leaves its furrow.",
        "一道道带波纹的沟：梯度下降停在波纹上，动量沿沟滑下去，但都出不了这条沟。",
    ),
    source="Levy & Montalvo 1985; Surjanovic & Bingham; star on the global minimum only",
)
