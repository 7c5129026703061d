"""Sharpness-aware minimisation: the gradient is taken at the worst point nearby, so sharp minima push away."""

from typing import Annotated

import jax
import jax.numpy as jnp

from optimizers.base import Optimizer, Rate, Rule
from records import Knob, Words

Radius = Annotated[float, Knob(1e-3, 10.0, "log", "ρ", Words("distance looked uphill", "向上坡看的距离"))]


def sam(learning_rate: Rate = 1e-3, rho: Radius = 0.05) -> Rule:
    """theta <- theta - eta grad L(theta + rho g / |g|).

    Written out because optax.contrib.sam divides 0 by 0 where g is 0; elsewhere the two agree.
    """

    def init(params):
        del params
        return ()

    def update(grads, state, params, *, value_fn, **extra):
        del extra
        length = jnp.sqrt(grads @ grads)
        uphill = params + rho * grads / jnp.where(length > 0, length, 1)
        return -learning_rate * jax.grad(value_fn)(uphill), state

    return Rule(init, update, evaluations=lambda state: jnp.full((), 2.0))


OPTIMIZER = Optimizer(
    name=Words("SAM", "SAM（锐度感知）"),
    make=sam,
    formula=r"\theta \leftarrow \theta - \eta\, \nabla L\!\left(\theta + \rho\, g / \|g\|\right)",
    about=Words(
        "Steps with the gradient found a little way uphill: it favours minima that are flat.",
        "用上坡方向不远处的梯度来走步：偏向平坦的极小值。",
    ),
    source="Foret et al. 2021, arXiv:2010.01412, algorithm 1",
    year=2020,
)
