"""AMSGrad: Adam whose sigma never shrinks, so that no burst follows a calm stretch."""

import jax.numpy as jnp
import optax

from optimizers.base import CORRECTED, MOMENTS, Epsilon, Mean, Optimizer, Rate, Rule, Square, from_optax, lines
from records import Words


def amsgrad(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-8) -> Rule:
    """v_max <- max(v_max, v_hat);  theta <- theta - eta m_hat / (sqrt(v_max) + eps).

    As in Optax, with both bias corrections; the paper has none and PyTorch corrects v after the maximum.
    """

    def scale(state):
        return jnp.sqrt(state[0].nu_max) + eps

    return from_optax(optax.amsgrad(learning_rate, b1, b2, eps), scale)


OPTIMIZER = Optimizer(
    name=Words("AMSGrad", "AMSGrad"),
    make=amsgrad,
    formula=lines(
        MOMENTS,
        CORRECTED,
        r"v_{\max} \leftarrow \max(v_{\max}, \hat v),\quad "
        r"\theta \leftarrow \theta - \eta\, \hat m / (\sqrt{v_{\max}} + \varepsilon)",
    ),
    about=Words(
        "Adam with the largest mean square seen so far: η/σ of a coordinate never grows unless η does. "
        "The paper leaves Adam's bias corrections out; here both are made, before the maximum is taken.",
        "使用至今最大均方的 Adam：只要 η 不变大，坐标的 η/σ 就不会再变大。论文省去了 Adam 的偏差修正；"
        "这里两个都做，然后再取最大值。",
    ),
    source="Reddi, Kale & Kumar 2018, arXiv:1904.09237, algorithm 2; with bias corrections: Optax, amsgrad",
    year=2018,
    pace="length",
    share=3.0,  # its steps only shrink
    memory="b1",
)
