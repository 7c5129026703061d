"""Cross-entropy: the surprise at the true class. Where the answer is surely wrong its slope stays."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from losses.base import Numbers, PointLoss
from records import Words


def cross_entropy(logits: Array, target: Array) -> Array:
    """−Σ y ln softmax(z)."""
    return -jnp.sum(target * jax.nn.log_softmax(logits, axis=0), axis=0)


def entropy(shares: Numbers, outputs: int) -> float:
    """Of an answer that says of each class its share."""
    del outputs  # one logit or two, it is the same
    known = shares[shares > 0]
    return -float(known @ np.log(known))


LOSS = PointLoss(
    name=Words("cross-entropy", "交叉熵"),
    of=cross_entropy,
    formula=r"-\sum_i y_i \ln \frac{\exp z_i}{\sum_j \exp z_j}",
    about=Words("−ln of the probability of the true class.", "真实类别概率的 −ln。"),
    source="Good 1952, J. R. Stat. Soc. B 14(1); softmax: Bridle 1990",
    constant_class=entropy,
    place=4,
)
