"""Saddle-free Newton: divided by the size of the curvature, so that a saddle repels instead of attracting."""

from typing import Annotated

import jax
import jax.numpy as jnp

from optimizers.base import Optimizer, Rate, Rule
from records import Knob, Words

Floor = Annotated[float, Knob(1e-8, 10.0, "log", "μ", Words("smallest curvature used", "所用的最小曲率"))]


def saddle_free_newton(learning_rate: Rate = 1.0, damping: Floor = 1e-3) -> Rule:
    """theta <- theta - eta |H|^-1 g, |H| with the eigenvalues max(|lambda|, mu).

    The paper adds the damping to every |lambda|; as a floor it leaves Newton's step on a parabola exact.
    """

    def init(params):
        return jnp.zeros_like(params)

    def update(grads, curvatures, params, *, value_fn, **extra):
        del extra, curvatures
        curvatures, directions = jnp.linalg.eigh(jax.hessian(value_fn)(params))  # (d,), the last ones; (d, d)
        sizes = jnp.maximum(jnp.abs(curvatures), damping)
        return -learning_rate * (directions @ ((directions.T @ grads) / sizes)), curvatures

    return Rule(init, update, evaluations=lambda curvatures: jnp.full((), 1.0 + curvatures.size))


OPTIMIZER = Optimizer(
    name=Words("Saddle-free Newton", "无鞍牛顿法"),
    make=saddle_free_newton,
    formula=r"\theta \leftarrow \theta - \eta \sum_i \frac{u_i^{\top} g}{\max(|\lambda_i|, \mu)}\, u_i,\quad "
    r"H = \sum_i \lambda_i\, u_i u_i^{\top}",
    about=Words(
        "Newton with the size of every curvature, at least μ: along an eigenvector of negative curvature it steps away "
        "from the saddle, not towards it. The paper adds its damping to every size; μ is a floor.",
        "用每个曲率的绝对值（至少为 μ）的牛顿法：沿负曲率的特征向量，它远离鞍点而不是走向鞍点。论文把阻尼加到每个"
        "绝对值上；这里的 μ 是下限。",
    ),
    source="Dauphin et al. 2014, arXiv:1406.2572, algorithm 1",
    year=2014,
    pace="whole",
    cost=20.0,
)
