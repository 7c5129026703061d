"""Hard sigmoid: a sigmoid made of two ReLUs, flat on both sides."""

import jax
from jax import Array

from activations.base import Activation
from records import Words


def hard_sigmoid(z: Array) -> Array:
    """Two ReLUs: 0, then a line with the sigmoid's slope ¼ at 0, then 1."""
    return jax.nn.relu(z / 4 + 0.5) - jax.nn.relu(z / 4 - 0.5)


ACTIVATION = Activation(
    name=Words("hard sigmoid", "hard sigmoid"),
    of=hard_sigmoid,
    formula=r"\begin{cases} 0 & z < -2 \\ z/4 + 1/2 & -2 \le z \le 2 \\ 1 & z > 2 \end{cases}",
    about=Words(
        "Two ReLUs: a straight line with the sigmoid’s slope at 0.", "两个 ReLU：一段直线，斜率与 sigmoid 在 0 处相同。"
    ),
    source="Courbariaux, Bengio & David 2015, arXiv:1511.00363, there with slope ½",
    kinked=True,
    place=2,
)
