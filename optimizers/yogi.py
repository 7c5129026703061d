"""Yogi: Adam whose mean square moves by a bounded amount, so that it cannot forget a large gradient at once."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from optimizers.base import Epsilon, Mean, Optimizer, Rate, Rule, Square, lines
from records import Words


class Moments(NamedTuple):
    step: Array  # (), gradients seen so far
    mean: Array  # (d,), m in the paper
    square: Array  # (d,), v in the paper


def yogi(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-3) -> Rule:
    """m <- b1 m + (1 - b1) g;  v <- v - (1 - b2) sign(v - g^2) g^2;  theta <- theta - eta m / (sqrt(v) + eps).

    m starts at 0 as in the paper's algorithm 2, and nothing is corrected. v starts at the square of the first gradient:
    the paper's experiments start it so, with the gradient's square over a large batch, and here it is that of the first
    batch, large or not. Optax starts both at 1e-6 and corrects both, and so moves where every gradient is 0.
    """

    def scale(state):
        return jnp.sqrt(state.square) + eps

    def init(params):
        return Moments(jnp.zeros((), params.dtype), jnp.zeros_like(params), jnp.zeros_like(params))

    def update(grads, state, params=None, **extra):
        del params, extra
        moved = state.square - (1 - b2) * jnp.sign(state.square - grads**2) * grads**2
        square = jnp.where(state.step > 0, moved, grads**2)
        state = Moments(state.step + 1, b1 * state.mean + (1 - b1) * grads, square)
        return -learning_rate * state.mean / scale(state), state

    return Rule(init, update, scale)


OPTIMIZER = Optimizer(
    name=Words("Yogi", "Yogi"),
    make=yogi,
    formula=lines(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\, g",
        r"v_0 = g_0^2,\quad v_t = v_{t-1} - (1-\beta_2)\, \mathrm{sign}(v_{t-1} - g_t^2)\, g_t^2",
        r"\theta \leftarrow \theta - \eta\, m / (\sqrt{v} + \varepsilon)",
    ),
    about=Words(
        "Adam whose mean square shrinks slowly, so that the rate cannot shoot up. Nothing is corrected: m starts at 0, "
        "so the first steps are short, and v at the square of the first gradient.",
        "均方只会慢慢变小的 Adam，所以学习率不会突然变大。没有偏差修正：m 从 0 开始，所以头几步很短；v 从第一个梯度的"
        "平方开始。",
    ),
    source="Zaheer et al. 2018, Adaptive Methods for Nonconvex Optimization, NeurIPS 31, algorithm 2; v₀ of its trials",
    year=2018,
    pace="length",
    memory="b1",
)
