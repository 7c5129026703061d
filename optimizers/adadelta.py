"""Adadelta: the step's size comes from the steps before it, so no learning rate has to be chosen."""

from typing import Annotated

import jax.numpy as jnp
import optax

from optimizers.base import Epsilon, Optimizer, Rate, Rule, from_optax, lines
from records import Knob, Words

Memory = Annotated[float, Knob(0.0, 0.999, "linear", "ρ", Words("decay of both mean squares", "两个均方的衰减"))]


def adadelta(learning_rate: Rate = 1.0, rho: Memory = 0.9, eps: Epsilon = 1e-6) -> Rule:
    """u = RMS(u before) / RMS(g) g;  theta <- theta - eta u.  sigma is RMS(g), m_t is RMS(u before) g.

    The paper has no eta. As in Optax and PyTorch it multiplies the step, not the u that is remembered.
    """

    def scale(state):
        return jnp.sqrt(state[1].e_g + eps)

    return from_optax(optax.adadelta(learning_rate, rho, eps), scale)


OPTIMIZER = Optimizer(
    name=Words("Adadelta", "Adadelta"),
    make=adadelta,
    formula=lines(
        r"v \leftarrow \rho v + (1-\rho)\, g^2,\quad u = \frac{\sqrt{s + \varepsilon}}{\sqrt{v + \varepsilon}}\, g",
        r"\theta \leftarrow \theta - \eta\, u,\quad s \leftarrow \rho s + (1-\rho)\, u^2",
    ),
    about=Words(
        "RMSProp whose rate is the root mean square of its own recent steps u; it starts very small. "
        "The paper has no η: here it multiplies the step and leaves what is remembered as it is.",
        "学习率取自己近期步 u 的均方根的 RMSProp；开始时步子很小。论文中没有 η：这里它只乘在步上，不进入被记住的 u。",
    ),
    source=(
        "Zeiler 2012, arXiv:1212.5701, algorithm 1; survey: Ruder 2016, arXiv:1609.04747, section 4.4; "
        "η: Optax, PyTorch"
    ),
    year=2016,
    pace="whole",
)
