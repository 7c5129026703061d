"""AdaBelief: Adam that divides by how far the gradient strays from its own mean, not by its size."""

import jax.numpy as jnp
import optax

from optimizers.base import MEAN_CORRECTED, Epsilon, Mean, Optimizer, Rate, Rule, Square, from_optax, lines
from records import Words


def adabelief(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-16) -> Rule:
    """s <- b2 s + (1 - b2) (g - m)^2 + eps;  theta <- theta - eta m_hat / (sqrt(s_hat) + eps).

    The same eps twice, as in the paper; Optax has two, 1e-16 each.
    """

    def scale(state):
        belief = state[0]
        return jnp.sqrt(belief.nu / (1 - b2**belief.count)) + eps

    return from_optax(optax.adabelief(learning_rate, b1, b2, eps, eps_root=eps), scale)


OPTIMIZER = Optimizer(
    name=Words("AdaBelief", "AdaBelief"),
    make=adabelief,
    formula=lines(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\, g,\quad s \leftarrow \beta_2 s + (1-\beta_2)(g-m)^2 + \varepsilon",
        rf"{MEAN_CORRECTED},\quad \hat s = s/(1-\beta_2^{{t+1}})",
        r"\theta \leftarrow \theta - \eta\, \hat m / (\sqrt{\hat s} + \varepsilon)",
    ),
    about=Words(
        "Adam that takes long steps where the gradient is as expected, short ones where it surprises.",
        "梯度符合预期时迈大步、出乎意料时迈小步的 Adam。",
    ),
    source="Zhuang et al. 2020, arXiv:2010.07468, algorithm 2",
    year=2020,
    pace="length",
    memory="b1",
)
