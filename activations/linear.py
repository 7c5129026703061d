"""No bend at all: layers of it make a deep linear network."""

from jax import Array

from activations.base import Activation
from records import Words


def linear(z: Array) -> Array:
    """z as it is."""
    return z


ACTIVATION = Activation(
    name=Words("none (linear)", "无（线性）"),
    of=linear,
    formula="z",
    about=Words("However many layers, what comes out is linear in x.", "无论多少层，输出都是 x 的线性函数。"),
    source="Saxe, McClelland & Ganguli 2014, arXiv:1312.6120",
    place=6,
)
