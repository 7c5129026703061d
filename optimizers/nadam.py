"""NAdam: Adam with Nesterov's look ahead."""

import jax.numpy as jnp
import optax

from optimizers.base import MOMENTS, SQUARE_CORRECTED, Epsilon, Mean, Optimizer, Rate, Rule, Square, from_optax, lines
from records import Words


def nadam(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-8) -> Rule:
    """Adam with b1 m_hat + (1 - b1) g_hat in the place of m_hat, without the paper's schedule of b1.

    m_hat = m / (1 - b1^(t+2)) looks one step ahead, g_hat = g / (1 - b1^(t+1)).
    """

    def scale(state):
        adam = state[0]
        return jnp.sqrt(adam.nu / (1 - b2**adam.count)) + eps

    return from_optax(optax.nadam(learning_rate, b1, b2, eps), scale)


OPTIMIZER = Optimizer(
    name=Words("NAdam", "NAdam"),
    make=nadam,
    formula=lines(
        MOMENTS,
        r"\hat m = m/(1-\beta_1^{t+2}),\quad \hat g = g/(1-\beta_1^{t+1}),\quad " + SQUARE_CORRECTED,
        r"\theta \leftarrow \theta - \eta \left(\beta_1 \hat m + (1-\beta_1) \hat g\right) "
        r"/ (\sqrt{\hat v} + \varepsilon)",
    ),
    about=Words(
        "Adam that counts the newest gradient once more, like Nesterov's momentum; with a constant β₁.",
        "像 Nesterov 动量那样，把最新的梯度多算一次的 Adam；β₁ 恒定。",
    ),
    source="Dozat 2016, Incorporating Nesterov Momentum into Adam, ICLR workshop; with a constant β₁: Optax, nadam",
    year=2016,
    pace="length",
)
