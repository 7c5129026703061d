"""AdamW: Adam with a weight decay that is not divided by sigma."""

import jax.numpy as jnp
import optax

from optimizers.base import (
    CORRECTED,
    MOMENTS,
    Decay,
    Epsilon,
    Mean,
    Optimizer,
    Rate,
    Rule,
    Square,
    from_optax,
    lines,
)
from records import Words


def adamw(
    learning_rate: Rate = 1e-2,
    b1: Mean = 0.9,
    b2: Square = 0.999,
    eps: Epsilon = 1e-8,
    weight_decay: Decay = 1e-2,
) -> Rule:
    """Adam's step, minus eta lambda theta.  m_t of the summary rule is m_hat + sigma lambda theta.

    As in Optax and PyTorch eta is the whole learning rate; the paper's decay follows its schedule alone.
    """

    def scale(state):
        adam = state[0]
        return jnp.sqrt(adam.nu / (1 - b2**adam.count)) + eps

    return from_optax(optax.adamw(learning_rate, b1, b2, eps, weight_decay=weight_decay), scale)


OPTIMIZER = Optimizer(
    name=Words("AdamW", "AdamW"),
    make=adamw,
    formula=lines(
        MOMENTS,
        CORRECTED,
        r"\theta \leftarrow \theta - \eta \left( \hat m / (\sqrt{\hat v} + \varepsilon) + \lambda_w \theta \right)",
    ),
    about=Words(
        "Adam that also pulls every parameter towards 0, by the same share for all: η times its weight decay.",
        "Adam，同时把每个参数按同样的比例拉向 0：η 乘以权重衰减。",
    ),
    source="Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2; decay times the whole rate: Optax, PyTorch",
    year=2017,
    pace="length",
    memory="b1",
)
