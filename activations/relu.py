"""ReLU: the positive part. What is negative passes nothing on, neither a value nor a gradient."""

import jax

from activations.base import Activation
from records import Words

ACTIVATION = Activation(
    name=Words("ReLU", "ReLU"),
    of=jax.nn.relu,
    formula=r"\max(0, z)",
    about=Words("The slope is 1 above 0 and 0 below.", "大于 0 时斜率为 1，小于 0 时斜率为 0。"),
    source="Nair & Hinton 2010, ICML; Glorot, Bordes & Bengio 2011, AISTATS",
    kinked=True,
    place=4,
)
