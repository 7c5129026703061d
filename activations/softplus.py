"""Softplus: a ReLU without its kink; its slope is the sigmoid."""

import jax

from activations.base import Activation
from records import Words

ACTIVATION = Activation(
    name=Words("softplus", "softplus"),
    of=jax.nn.softplus,
    formula=r"\ln(1 + e^z)",
    about=Words("A smooth ReLU; the slope is the sigmoid.", "光滑的 ReLU；斜率就是 sigmoid。"),
    source="Dugas, Bengio, Bélisle, Nadeau & Garcia 2001, NIPS 13",
    place=5,
)
