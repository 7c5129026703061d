"""Adadelta: the step's size comes from the steps before it, so no learning rate has to be chosen."""

from typing import Annotated

import jax.numpy as jnp
import optax

from optimizers.base import Epsilon, Optimizer, Rate, Rule, from_optax
from records import Knob, Words

Memory = Annotated[float, Knob(0.0, 0.999, "linear", "ρ", Words("decay of both mean squares", "两个均方的衰减"))]


def adadelta(learning_rate: Rate = 1.0, rho: Memory = 0.9, eps: Epsilon = 1e-6) -> Rule:
    """theta <- theta - eta RMS(steps before) / RMS(g) g.  sigma is RMS(g), m_t is RMS(steps before) g."""

    def scale(state):
        return jnp.sqrt(state[1].e_g + eps)

    return from_optax(optax.adadelta(learning_rate, rho, eps), scale)


OPTIMIZER = Optimizer(
    name=Words("Adadelta", "Adadelta"),
    make=adadelta,
    formula=(
        r"\Delta\theta \leftarrow -\eta\, \frac{\sqrt{E[\Delta\theta^2] + \varepsilon}}"
        r"{\sqrt{E[g^2] + \varepsilon}}\, g,\quad \theta \leftarrow \theta + \Delta\theta"
    ),
    about=Words(
        "RMSProp whose learning rate is the root mean square of its own recent steps; it starts very small.",
        "学习率取自己近期步长均方根的 RMSProp；开始时步子很小。",
    ),
    source="Zeiler 2012, arXiv:1212.5701, algorithm 1; survey: Ruder 2016, arXiv:1609.04747, section 4.4",
    year=2016,
    pace="whole",
)
