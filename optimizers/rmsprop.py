"""RMSProp: Adagrad that forgets, so a coordinate can brake and then accelerate again."""

import jax.numpy as jnp

from optimizers.base import Epsilon, Optimizer, Rate, Rule, Smoothing
from records import Words


def rmsprop(learning_rate: Rate = 1e-2, decay: Smoothing = 0.9, eps: Epsilon = 1e-8) -> Rule:
    """v <- alpha v + (1 - alpha) g^2;  theta <- theta - eta g / (sqrt(v) + eps).

    v starts at 0 without a correction, as in Optax and PyTorch: the first step is eta / sqrt(1 - alpha) long.
    """

    def scale(square):
        return jnp.sqrt(square) + eps

    def init(params):
        return jnp.zeros_like(params)

    def update(grads, square, params=None, **extra):
        del params, extra
        square = decay * square + (1 - decay) * grads**2  # (d,), v
        return -learning_rate * grads / scale(square), square

    return Rule(init, update, scale)


OPTIMIZER = Optimizer(
    name=Words("RMSProp", "RMSProp"),
    make=rmsprop,
    formula=(
        r"v \leftarrow \alpha v + (1-\alpha) g^2,\quad "
        r"\theta \leftarrow \theta - \eta\, g / (\sqrt{v} + \varepsilon)"
    ),
    about=Words(
        "Divides each coordinate's step by the root mean square of its recent gradients: it brakes and accelerates.",
        "每个坐标的步长除以它近期梯度的均方根：能刹车，也能再加速。",
    ),
    source="Tieleman & Hinton 2012, Neural Networks for Machine Learning, lecture 6e",
    year=2012,
    pace="length",
)
