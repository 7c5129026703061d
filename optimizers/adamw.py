"""AdamW: Adam with a weight decay that is not divided by sigma."""

from optimizers.adam import adam
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

    plain = adam(learning_rate, b1, b2, eps)

    def update(grads, state, params=None, **extra):
        del extra
        step, state = plain.update(grads, state)
        return step - learning_rate * weight_decay * params, state

    return Rule(plain.init, update, plain.scale)


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
