"""Nesterov: momentum that takes its gradient one movement ahead, and so brakes before it overshoots."""

import jax.numpy as jnp

from optimizers.base import Factor, Optimizer, Rate, Rule
from records import Words


def nesterov(learning_rate: Rate = 1e-3, momentum: Factor = 0.9) -> Rule:
    """m <- lambda m - eta g;  theta <- theta + lambda m - eta g.

    Here theta is the point that looks ahead, theta' + lambda m of Nesterov's theta': g is the gradient there, and only
    where the path is drawn differs. The rate goes into the movement, as in the source. Optax (``nesterov=True``) and
    PyTorch remember the gradients and multiply by the rate of the step: the same only while the rate does not change.
    """

    def init(params):
        return jnp.zeros_like(params)

    def update(grads, movement, params=None, **extra):
        del params, extra
        movement = momentum * movement - learning_rate * grads  # (d,)
        return momentum * movement - learning_rate * grads, movement

    return Rule(init, update)


OPTIMIZER = Optimizer(
    name=Words("Nesterov", "Nesterov 加速梯度"),
    make=nesterov,
    formula=(
        r"m \leftarrow \lambda m - \eta\, g,\quad "
        r"\theta \leftarrow \theta + \lambda m - \eta\, g"
    ),
    about=Words(
        "Momentum that takes its gradient one movement ahead, and so brakes earlier.",
        "先按动量往前看一步，再取那里的梯度：比动量法更早刹车。",
    ),
    source="Nesterov 1983, Soviet Math. Dokl. 27(2); this form: Bengio et al. 2012, arXiv:1212.0901",
    year=1983,
    share=0.5,  # at gradient descent's own rate the steps that add up leave some surfaces
    memory="momentum",
    remembers="movements ahead",
)
