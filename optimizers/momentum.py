"""Momentum: the step remembers a decaying sum of the steps before it."""

import jax.numpy as jnp

from optimizers.base import Factor, Optimizer, Rate, Rule
from records import Words


def momentum(learning_rate: Rate = 1e-3, momentum: Factor = 0.9) -> Rule:
    """m <- lambda m - eta g;  theta <- theta + m.

    The lecture's and Polyak's form: eta goes into the movement. Optax and PyTorch remember the gradients and multiply
    their sum by the rate of the step, which is the same only as long as the rate does not change.
    """

    def init(params):
        return jnp.zeros_like(params)

    def update(grads, movement, params=None, **extra):
        del params, extra
        movement = momentum * movement - learning_rate * grads  # (d,), m in the lecture
        return movement, movement

    return Rule(init, update)


OPTIMIZER = Optimizer(
    name=Words("Momentum", "动量法"),
    make=momentum,
    formula=r"m \leftarrow \lambda m - \eta\, g,\quad \theta \leftarrow \theta + m",
    about=Words(
        "The movement is λ times the last movement minus η times the gradient: a ball that keeps rolling on plateaus.",
        "这一步的移动 = λ × 上一步的移动 − η × 梯度：像小球一样在平台上继续滚动。",
    ),
    source="Polyak 1964, USSR Comput. Math. Math. Phys. 4(5)",
    year=1964,
    share=0.5,  # at gradient descent's own rate the steps that add up leave some surfaces
    memory="momentum",
    remembers="movements",
)
