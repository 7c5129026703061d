"""NAdam: Adam with Nesterov's look ahead."""

import jax.numpy as jnp
import optax

from optimizers.base import Epsilon, Mean, Optimizer, Rate, Rule, Square, from_optax
from records import Words


def nadam(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-8) -> Rule:
    """Adam with b1 m_hat + (1 - b1) g_hat in the place of m_hat, without the paper's schedule of b1."""

    def scale(state):
        adam = state[0]
        return jnp.sqrt(adam.nu / (1 - b2**adam.count)) + eps

    return from_optax(optax.nadam(learning_rate, b1, b2, eps), scale)


OPTIMIZER = Optimizer(
    name=Words("NAdam", "NAdam"),
    make=nadam,
    formula=(
        r"\theta \leftarrow \theta - \eta \left(\beta_1 \hat m + (1-\beta_1) \hat g\right) "
        r"/ (\sqrt{\hat v} + \varepsilon)"
    ),
    about=Words(
        "Adam that counts the newest gradient twice, like Nesterov's momentum.",
        "像 Nesterov 动量那样，把最新的梯度多算一次的 Adam。",
    ),
    source="Dozat 2016, Incorporating Nesterov Momentum into Adam, ICLR workshop",
    year=2016,
    pace="length",
)
