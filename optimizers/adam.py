"""Adam: RMSProp's step size with momentum's direction, both corrected for their start at zero."""

from typing import Annotated, NamedTuple

import jax.numpy as jnp
from jax import Array

from optimizers.base import CORRECTED, MOMENTS, Epsilon, Mean, Optimizer, Rate, Rule, Square, lines
from records import Knob, Words

Correction = Annotated[float, Knob(0, 1, "switch", "m̂, v̂", Words("bias correction", "偏差修正"))]


class Moments(NamedTuple):
    mean: Array  # (d,), m in the paper
    square: Array  # (d,), v in the paper
    mean_weight: Array  # (), 1 - b1^t: what the mean would be if every gradient were 1
    square_weight: Array  # (), 1 - b2^t


def adam(
    learning_rate: Rate = 1e-2,
    b1: Mean = 0.9,
    b2: Square = 0.999,
    eps: Epsilon = 1e-8,
    bias_correction: Correction = 1.0,
) -> Rule:
    """m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;  theta <- theta - eta m_hat / (sqrt(v_hat) + eps).

    Without the bias correction m and v stand in the place of m_hat and v_hat.
    """

    def corrected(moment, weight):
        return jnp.where(bias_correction > 0, moment / weight, moment)

    def scale(state):
        return jnp.sqrt(corrected(state.square, state.square_weight)) + eps

    def init(params):
        none = jnp.zeros((), params.dtype)
        return Moments(jnp.zeros_like(params), jnp.zeros_like(params), none, none)

    def update(grads, state, params=None, **extra):
        del params, extra
        state = Moments(
            b1 * state.mean + (1 - b1) * grads,
            b2 * state.square + (1 - b2) * grads**2,
            b1 * state.mean_weight + (1 - b1),
            b2 * state.square_weight + (1 - b2),
        )
        return -learning_rate * corrected(state.mean, state.mean_weight) / scale(state), state

    return Rule(init, update, scale)


OPTIMIZER = Optimizer(
    name=Words("Adam", "Adam"),
    make=adam,
    formula=lines(MOMENTS, CORRECTED, r"\theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat v} + \varepsilon)"),
    about=Words(
        "RMSProp's step size per coordinate with momentum's direction. "
        "With the bias correction (m̂, v̂) switched off, m̂ = m and v̂ = v.",
        "每个坐标用 RMSProp 的步长，方向用动量。关掉偏差修正（m̂, v̂）时，m̂ = m，v̂ = v。",
    ),
    source="Kingma & Ba 2015, arXiv:1412.6980, algorithm 1",
    year=2014,
    pace="length",
    memory="b1",
)
