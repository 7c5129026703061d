"""Adagrad: each coordinate divided by the root of the sum of its squared gradients, so steps only ever shrink."""

from typing import Annotated

import jax.numpy as jnp

from optimizers.base import Epsilon, Optimizer, Rate, Rule, lines
from records import Knob, Words

Outside = Annotated[float, Knob(0, 1, "switch", "o", Words("ε outside the root", "根号外的 ε"))]


def adagrad(learning_rate: Rate = 1e-1, eps: Epsilon = 1e-7, outside: Outside = 0.0) -> Rule:
    """s <- s + g^2;  theta <- theta - eta g / sqrt(s + eps), or, outside, theta - eta g / (sqrt(s) + eps).

    The first as in Optax with ``initial_accumulator_value=0``; the second as in the paper and PyTorch.
    """

    def scale(total):
        return jnp.sqrt(total + (1 - outside) * eps) + outside * eps

    def init(params):
        return jnp.zeros_like(params)

    def update(grads, total, params=None, **extra):
        del params, extra
        total = total + grads**2  # (d,), s
        return -learning_rate * grads / scale(total), total

    return Rule(init, update, scale)


OPTIMIZER = Optimizer(
    name=Words("Adagrad", "Adagrad"),
    make=adagrad,
    formula=lines(
        r"s \leftarrow s + g^2",
        r"\theta \leftarrow \theta - \eta\, g / (\sqrt{s + (1-o)\varepsilon} + o\, \varepsilon)",
    ),
    about=Words(
        "Divides each coordinate's step by the root of the sum of its squared gradients: while these keep their size, "
        "steps shrink like 1/√t. With o = 1 ε stands outside the root.",
        "每个坐标的步长除以梯度平方和的平方根：只要梯度大小不变，步长就像 1/√t 一样缩小。o = 1 时 ε 在根号外。",
    ),
    source="Duchi, Hazan & Singer 2011, JMLR 12 (o = 1); ε under the root: Ruder 2016, arXiv:1609.04747, section 4.3",
    year=2011,
    pace="length",
    share=10.0,  # its steps shrink like 1/sqrt(t): over a few hundred steps about a tenth is left on average
)
