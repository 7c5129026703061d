"""Hyperbolic tangent: a sigmoid around 0, with slope 1 there."""

import jax.numpy as jnp

from activations.base import Activation
from records import Words

ACTIVATION = Activation(
    name=Words("tanh", "tanh"),
    of=jnp.tanh,
    formula=r"\frac{e^z - e^{-z}}{e^z + e^{-z}}",
    about=Words(
        "From −1 to 1; the slope is 1 at 0 and vanishes on both sides.", "从 −1 到 1；在 0 处斜率为 1，向两侧趋于 0。"
    ),
    source="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.4",
    place=3,
)
