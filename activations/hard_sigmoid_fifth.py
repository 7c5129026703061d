"""Hard sigmoid as the lecture notes write it: 0.2 z + 0.5 between its two levels."""

import jax
from jax import Array

from activations.base import Activation
from records import Words


def hard_sigmoid_fifth(z: Array) -> Array:
    """Two ReLUs: 0, then a line of slope 1/5 from −2.5 to 2.5, then 1."""
    return jax.nn.relu(z / 5 + 0.5) - jax.nn.relu(z / 5 - 0.5)


ACTIVATION = Activation(
    name=Words("hard sigmoid 0.2 z + 0.5", "hard sigmoid 0.2 z + 0.5"),
    of=hard_sigmoid_fifth,
    formula=r"\begin{cases} 0 & z < -2.5 \\ 0.2 z + 0.5 & -2.5 \le z \le 2.5 \\ 1 & z > 2.5 \end{cases}",
    about=Words(
        "Two ReLUs: a straight line of slope 1/5, flat beyond ±2.5; within 0.08 of the sigmoid, where slope 1/4 is "
        "off by 0.12.",
        "两个 ReLU：斜率 1/5 的直线，±2.5 以外是平的；与 sigmoid 相差不到 0.08，而斜率 1/4 的要差到 0.12。",
    ),
    source="Lecture notes on regression and classification; the hard sigmoid of Theano and of Keras up to version 2",
    kinked=True,
    place=2.5,
)
