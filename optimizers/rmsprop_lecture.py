"""RMSProp as the lecture writes it: sigma starts at the first gradient, so the first step is exactly eta long."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from optimizers.base import Optimizer, Rate, Rule, Smoothing
from records import Words


class Recent(NamedTuple):
    step: Array  # (), gradients seen so far
    square: Array  # (d,), sigma^2


def rmsprop_lecture(learning_rate: Rate = 1e-2, decay: Smoothing = 0.9) -> Rule:
    """sigma_0 = |g_0|;  sigma_t = sqrt(alpha sigma^2 + (1 - alpha) g^2);  theta <- theta - (eta / sigma) g.

    No epsilon: where every gradient so far was 0, sigma is 1.
    """

    def scale(state):
        return jnp.where(state.square > 0, jnp.sqrt(state.square), 1)

    def init(params):
        return Recent(jnp.zeros((), params.dtype), jnp.zeros_like(params))

    def update(grads, state, params=None, **extra):
        del params, extra
        kept = jnp.where(state.step > 0, decay, 0.0)  # nothing to keep before the first gradient
        state = Recent(state.step + 1, kept * state.square + (1 - kept) * grads**2)
        return -learning_rate * grads / scale(state), state

    return Rule(init, update, scale)


OPTIMIZER = Optimizer(
    name=Words("RMSProp (lecture)", "RMSProp（讲义版）"),
    make=rmsprop_lecture,
    formula=(
        r"\sigma_0 = |g_0|,\quad \sigma_t = \sqrt{\alpha \sigma_{t-1}^2 + (1-\alpha) g_t^2},\quad "
        r"\theta \leftarrow \theta - \tfrac{\eta}{\sigma_t}\, g_t"
    ),
    about=Words(
        "RMSProp whose root mean square starts at the first gradient instead of 0.",
        "均方根从第一个梯度开始、而不是从 0 开始的 RMSProp。",
    ),
    source="Lecture form of Tieleman & Hinton 2012, lecture 6e",
    year=2012,
    pace="length",
)
