"""Huber's error: squared near 0, absolute beyond, so that outliers pull only so hard."""

import jax.numpy as jnp
import numpy as np
from jax import Array

from losses.base import Numbers, PointLoss
from losses.mse import spread
from records import Words


def huber(prediction: Array, target: Array) -> Array:
    """Σ h(ŷ − y), with δ = 1."""
    error = jnp.abs(prediction - target)
    return jnp.sum(jnp.where(error <= 1, error**2 / 2, error - 0.5), axis=0)


def constant_number(wanted: Numbers) -> float:
    """By halving: where the slope, which only rises, is 0."""
    low, high = float(wanted.min()), float(wanted.max())
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.clip(wanted - middle, -1, 1).sum() > 0 else (low, middle)
    errors = np.abs(wanted - middle)
    return float(np.where(errors <= 1, errors**2 / 2, errors - 0.5).mean())


LOSS = PointLoss(
    name=Words("Huber", "Huber 损失"),
    of=huber,
    formula=r"\sum_i h(\hat y_i - y_i),\quad h(r) = \begin{cases} r^2/2 & |r| \le 1 \\ |r| - 1/2 & |r| > 1 \end{cases}",
    about=Words("Squared for small errors, absolute for large ones.", "误差小时为平方，误差大时为绝对值。"),
    source="Huber 1964, Ann. Math. Statist. 35(1), with δ = 1",
    constant_class=lambda shares, outputs: spread(shares, outputs) / 2,  # no probability is off by more than 1
    constant_number=constant_number,
    kinked=True,
    place=3,
)
