"""RAdam: Adam that trusts its sigma only once enough gradients have been seen: a warm-up without a schedule."""

import jax.numpy as jnp
import optax

from optimizers.base import CORRECTED, MOMENTS, Epsilon, Mean, Optimizer, Rate, Rule, Square, from_optax, lines
from records import Words

THRESHOLD = 5.0  # effective number of gradients, rho in the paper, from which sigma is used


def radam(learning_rate: Rate = 1e-2, b1: Mean = 0.9, b2: Square = 0.999, eps: Epsilon = 1e-8) -> Rule:
    """theta <- theta - eta r m_hat / (sqrt(v_hat) + eps) where rho_t >= 5, else theta <- theta - eta m_hat."""

    def scale(state):
        """(sqrt(v_hat) + eps) / r, or 1 as long as v_hat is not trusted."""
        adam = state[0]
        weight = b2**adam.count
        most = 2 / (1 - b2) - 1
        now = most - 2 * adam.count * weight / (1 - weight)
        trusted = now >= THRESHOLD
        now, most = jnp.where(trusted, now, THRESHOLD), jnp.where(trusted, most, THRESHOLD)
        rectified = jnp.sqrt((now - 4) * (now - 2) * most / ((most - 4) * (most - 2) * now))
        return jnp.where(trusted, (jnp.sqrt(adam.nu / (1 - weight)) + eps) / rectified, 1)

    return from_optax(optax.radam(learning_rate, b1, b2, eps, threshold=THRESHOLD), scale)


OPTIMIZER = Optimizer(
    name=Words("RAdam", "RAdam"),
    make=radam,
    formula=lines(
        MOMENTS,
        CORRECTED,
        r"\rho_\infty = \tfrac{2}{1-\beta_2} - 1,\quad "
        r"\rho_t = \rho_\infty - 2\,(t+1)\, \beta_2^{t+1} / (1-\beta_2^{t+1})",
        r"\theta \leftarrow \theta - \eta\, \hat m \cdot \begin{cases} "
        r"\sqrt{\tfrac{(\rho_t-4)(\rho_t-2)\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\rho_t}}"
        r" / (\sqrt{\hat v} + \varepsilon) & \rho_t \ge 5 \\ 1 & \rho_t < 5 \end{cases}",
    ),
    about=Words(
        "Adam whose first steps are a running mean of the gradients without σ; then it trusts σ more and more. "
        "With β₂ below ⅔ it never does.",
        "头几步只用梯度的滑动平均、不除以 σ，之后才逐渐相信 σ 的 Adam；β₂ 小于 ⅔ 时则始终不用 σ。",
    ),
    source="Liu et al. 2020, arXiv:1908.03265, algorithm 2 (there ρ > 4); ρ ≥ 5: Optax, radam",
    year=2019,
    pace="slope",  # its first steps, without sigma, are the rate times the slope
    memory="b1",
)
