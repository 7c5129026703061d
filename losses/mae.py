"""Mean absolute error: every error pulls alike, however large. The best constant is the median."""

import jax.numpy as jnp
import numpy as np
from jax import Array

from losses.base import Numbers, PointLoss
from records import Words


def mae(prediction: Array, target: Array) -> Array:
    """Σ |ŷ − y|."""
    return jnp.sum(jnp.abs(prediction - target), axis=0)


def missed(shares: Numbers, outputs: int) -> float:
    """Of an answer that is always the commonest class."""
    return float(1 - shares.max()) * (1 if outputs == 1 else 2)


LOSS = PointLoss(
    name=Words("mean absolute error", "平均绝对误差"),
    of=mae,
    formula=r"\sum_i |\hat y_i - y_i|",
    about=Words(
        "The best constant is the median: all errors pull alike.", "最佳常数是中位数：误差无论大小，拉力相同。"
    ),
    source="Laplace 1774; Boscovich 1757",
    constant_class=missed,
    constant_number=lambda wanted: float(np.abs(wanted - np.median(wanted)).mean()),
    kinked=True,
    place=2,
)
