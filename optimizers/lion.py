"""Lion: only the sign of a momentum, so every coordinate moves by exactly eta."""

from typing import Annotated

import optax

from optimizers.base import Decay, Optimizer, Rate, Rule, from_optax
from records import Knob, Words

Share = Annotated[float, Knob(0.0, 0.999, "linear", "β₁", Words("share of the memory in the step", "记忆在步中的占比"))]
Memory = Annotated[float, Knob(0.0, 0.999, "linear", "β₂", Words("decay of the memory", "记忆的衰减"))]


def lion(learning_rate: Rate = 1e-2, b1: Share = 0.9, b2: Memory = 0.99, weight_decay: Decay = 0.0) -> Rule:
    """theta <- theta - eta (sign(b1 m + (1 - b1) g) + lambda theta);  then m <- b2 m + (1 - b2) g.

    Without weight decay unless asked: a surface has its minimum where it is. sigma is 1, m_t is the sign.
    """
    return from_optax(optax.lion(learning_rate, b1, b2, weight_decay=weight_decay))


OPTIMIZER = Optimizer(
    name=Words("Lion", "Lion"),
    make=lion,
    formula=(
        r"\theta \leftarrow \theta - \eta \left(\mathrm{sign}(\beta_1 m + (1-\beta_1) g) + \lambda_w \theta\right),"
        r"\quad m \leftarrow \beta_2 m + (1-\beta_2) g"
    ),
    about=Words(
        "Moves every coordinate by exactly the learning rate, in the direction of a momentum's sign: it does not slow "
        "down by itself. A weight decay, if any, comes on top.",
        "每个坐标恰好移动一个学习率，方向取动量的符号，自己不会减速；若有权重衰减，则另外加上。",
    ),
    source="Chen et al. 2023, arXiv:2302.06675, algorithm 2",
    year=2023,
    pace="length",
    share=0.3,  # it never slows down: the paper takes 3 to 10 times less than for AdamW
)
