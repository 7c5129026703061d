"""Mean squared error: large errors count most. The best constant is the mean."""

import jax.numpy as jnp
import numpy as np
from jax import Array

from losses.base import Numbers, PointLoss
from records import Words


def mse(prediction: Array, target: Array) -> Array:
    """Σ (ŷ − y)²."""
    return jnp.sum((prediction - target) ** 2, axis=0)


def spread(shares: Numbers, outputs: int) -> float:
    """Of an answer that says of each class its share."""
    return float(np.sum(shares * (1 - shares))) / (2 if outputs == 1 else 1)


LOSS = PointLoss(
    name=Words("mean squared error", "均方误差"),
    of=mse,
    formula=r"\sum_i (\hat y_i - y_i)^2",
    about=Words("The best constant is the mean: large errors count most.", "最佳常数是均值：大误差的影响最大。"),
    source="Gauss 1809; Legendre 1805",
    constant_class=spread,
    constant_number=lambda wanted: float(wanted.var()),
    place=1,
)
