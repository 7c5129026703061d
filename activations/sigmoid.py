"""Sigmoid: a probability; its slope is at most ¼ and vanishes on both sides."""

import jax

from activations.base import Activation
from records import Words

ACTIVATION = Activation(
    name=Words("sigmoid", "sigmoid"),
    of=jax.nn.sigmoid,
    formula=r"\frac{1}{1 + e^{-z}}",
    about=Words("From 0 to 1; the slope is at most ¼.", "从 0 到 1；斜率至多 ¼。"),
    source="Verhulst 1838, Corresp. Math. Phys. 10; in networks: Rumelhart, Hinton & Williams 1986, Nature 323",
    place=1,
)
