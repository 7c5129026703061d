"""Yogi: Adam whose mean square moves by a bounded amount, so that it cannot forget a large gradient at once."""

import jax.numpy as jnp
import optax

from optimizers.base import Epsilon, Mean, Optimizer, Rate, Rule, Square, from_optax
from records import Words


def yogi(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-3) -> Rule:
    """v <- v - (1 - b2) sign(v - g^2) g^2;  theta <- theta - eta m_hat / (sqrt(v_hat) + eps).

    As in Optax: m and v start at 1e-6, and both are corrected as in Adam.
    """

    def scale(state):
        adam = state[0]
        return jnp.sqrt(adam.nu / (1 - b2**adam.count)) + eps

    return from_optax(optax.yogi(learning_rate, b1, b2, eps), scale)


OPTIMIZER = Optimizer(
    name=Words("Yogi", "Yogi"),
    make=yogi,
    formula=(
        r"v \leftarrow v - (1-\beta_2)\, \mathrm{sign}(v - g^2)\, g^2,\quad "
        r"\theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)"
    ),
    about=Words(
        "Adam whose mean square shrinks slowly, so that the rate cannot shoot up.",
        "均方只会慢慢变小的 Adam，所以学习率不会突然变大。",
    ),
    source="Zaheer et al. 2018, Adaptive Methods for Nonconvex Optimization, NeurIPS, algorithm 2",
    year=2018,
    pace="length",
    memory="b1",
)
