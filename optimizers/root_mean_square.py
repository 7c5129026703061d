"""Root mean square: the lecture's Adagrad, each coordinate divided by the typical size of its own gradients so far."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from optimizers.base import Optimizer, Rate, Rule
from records import Words


class Squares(NamedTuple):
    step: Array  # (), gradients seen so far, t + 1
    total: Array  # (d,), sum of g^2


def root_mean_square(learning_rate: Rate = 1e-1) -> Rule:
    """sigma = sqrt(mean of g^2 so far);  theta <- theta - (eta / sigma) g.

    With eta_t = eta / sqrt(t + 1) this is the published Adagrad. Where every gradient so far was 0, sigma is 1.
    """

    def scale(state):
        mean = state.total / jnp.maximum(state.step, 1)
        return jnp.where(mean > 0, jnp.sqrt(mean), 1)

    def init(params):
        return Squares(jnp.zeros((), params.dtype), jnp.zeros_like(params))

    def update(grads, state, params=None, **extra):
        del params, extra
        state = Squares(state.step + 1, state.total + grads**2)
        return -learning_rate * grads / scale(state), state

    return Rule(init, update, scale)


OPTIMIZER = Optimizer(
    name=Words("Root mean square", "均方根法"),
    make=root_mean_square,
    formula=(
        r"\sigma_t = \sqrt{\tfrac{1}{t+1} \textstyle\sum_{i \le t} g_i^2},\quad "
        r"\theta \leftarrow \theta - \tfrac{\eta}{\sigma_t}\, g_t"
    ),
    about=Words(
        "Divides each coordinate's step by the root mean square of all its gradients: the lecture's form of Adagrad.",
        "每个坐标的步长除以它至今所有梯度的均方根：讲义中的 Adagrad。",
    ),
    source="Lecture form of Duchi, Hazan & Singer 2011, JMLR 12",
    year=2011,
    pace="length",
)
