"""L-BFGS: curvature guessed from the last ten steps, and a line search that makes sure of progress."""

import jax
import jax.numpy as jnp
import optax

from optimizers.base import Optimizer, Rate, Rule
from records import Words


def lbfgs(learning_rate: Rate = 1.0) -> Rule:
    """theta <- theta - eta s P g: P approximates the inverse Hessian, s comes from the zoom line search.

    sigma is 1 / s, so m_t is P g. The rate only sets where the search begins.
    """
    transformation = optax.lbfgs(learning_rate)
    search = -1  # place of the line search in the state

    def scale(state):
        found = state[search].learning_rate
        return jnp.where(found > 0, 1 / jnp.where(found > 0, found, 1), 1)

    def evaluations(state):
        """One gradient for the direction, one for each point that the search tried."""
        return 1 + state[search].info.num_linesearch_steps

    def update(grads, state, params, *, value, grad, value_fn, **extra):
        del extra
        with jax.numpy_dtype_promotion("standard"):  # Optax adds its int32 counter to int64 indices
            return transformation.update(grads, state, params, value=value, grad=grad, value_fn=value_fn)

    return Rule(transformation.init, update, scale, evaluations)


OPTIMIZER = Optimizer(
    name=Words("L-BFGS", "L-BFGS"),
    make=lbfgs,
    formula=r"\theta \leftarrow \theta - \eta\, s\, P g,\quad P \approx H^{-1}",
    about=Words(
        "Learns the curvature from its last ten steps (P, near the inverse of H) and searches along the line for a "
        "good step length s.",
        "从最近十步学习曲率（P 近似 H 的逆），并沿直线搜索合适的步长 s。",
    ),
    source=(
        "Liu & Nocedal 1989, Math. Program. 45; line search of Nocedal & Wright 1999, algorithm 3.5; "
        "survey: Bottou, Curtis & Nocedal 2018, SIAM Review 60(2), section 6"
    ),
    year=2018,
    pace="whole",
    cost=60.0,
)
