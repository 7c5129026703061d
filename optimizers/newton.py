"""Newton: one step to the critical point of the local parabola, be it a minimum, a maximum or a saddle."""

import jax
import jax.numpy as jnp

from optimizers.base import Optimizer, Rate, Rule
from records import Words


def newton(learning_rate: Rate = 1.0) -> Rule:
    """theta <- theta - eta H^+ g.

    H^+ is the pseudo-inverse: a direction without curvature gets no step, so that a singular H stays finite.
    """

    def init(params):
        return jnp.zeros_like(params)

    def update(grads, curvatures, params, *, value_fn, **extra):
        del extra, curvatures
        curvatures, directions = jnp.linalg.eigh(jax.hessian(value_fn)(params))  # (d,), the last ones; (d, d)
        noise = jnp.finfo(params.dtype).eps * params.size * jnp.max(jnp.abs(curvatures))
        curved = jnp.abs(curvatures) > noise
        inverse = jnp.where(curved, 1 / jnp.where(curved, curvatures, 1), 0)
        return -learning_rate * (directions @ (inverse * (directions.T @ grads))), curvatures

    return Rule(init, update, evaluations=lambda curvatures: jnp.full((), 1.0 + curvatures.size))


OPTIMIZER = Optimizer(
    name=Words("Newton", "牛顿法"),
    make=newton,
    formula=r"\theta \leftarrow \theta - \eta\, H^{+} g",
    about=Words(
        "Divides by the curvature: with η = 1 exact on a parabola, but drawn to saddles and maxima as well. H⁺ inverts "
        "H and takes no step where there is no curvature.",
        "除以曲率：η = 1 时在抛物面上一步到位，但也会被鞍点和极大值吸引。H⁺ 是 H 的（伪）逆：没有曲率的方向上不走。",
    ),
    source="Newton 1669, Raphson 1690; its saddles: Dauphin et al. 2014, arXiv:1406.2572, section 3",
    year=2014,
    pace="whole",
    cost=20.0,
)
