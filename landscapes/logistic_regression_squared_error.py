"""Logistic regression by squared error: the gradient has the factor f (1 - f), and far away there is a plateau."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from landscapes.base import Examples, Landscape, Loss, Point
from landscapes.examples import Floats, SmallPenalty, Spread, classes, lowered
from records import Words


def logistic_regression_squared_error(spread: Spread = 1.0, penalty: SmallPenalty = 0.0) -> Loss:
    """Mean of (f - y)^2, f = 1/(1 + exp(-w x - b)), plus penalty w^2."""

    def loss(point: Array) -> Array:  # point: (2,), w and b
        w, b = point
        x, y = classes(spread, point.dtype)
        return jnp.mean((jax.nn.sigmoid(w * x + b) - y) ** 2) + penalty * w**2

    return loss


def lowest(spread: float, penalty: float) -> tuple[Point, ...]:
    """Newton's method from 0, where f (1 - f) is largest."""
    x, y = classes(spread)

    def derivatives(logit: Floats) -> tuple[Floats, Floats, Floats]:
        share = 1 / (1 + np.exp(-logit))
        off, change = share - y, share * (1 - share)
        return off**2, 2 * off * change, 2 * change * (change + off * (1 - 2 * share))

    w, b = lowered(derivatives, x, penalty, np.zeros(2))
    return ((float(w), float(b)),)


LANDSCAPE = Landscape(
    name=Words("Logistic regression, squared error", "逻辑回归：平方误差"),
    make=logistic_regression_squared_error,
    start=(-4.0, 3.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"\tfrac1N\sum_n(f_n-y_n)^2+\lambda w^2,\quad f_n=\tfrac1{1+e^{-wx_n-b}}",
    rate=2.0,
    minima=lowest,
    axes=("w", "b"),
    examples=Examples(classes, "logistic"),
    lecture="A6 G3",
    about=Words(
        "f(1−f) is nearly 0 wherever f is sure, right or wrong: on the left most answers are wrong, and yet the "
        "surface is almost flat.",
        "只要 f 接近 0 或 1，无论对错，f(1−f) 都接近零：左侧答案大多是错的，曲面却几乎是平的。",
    ),
    source="Lecture notes on logistic regression: why not squared error; examples drawn once for Descent Lab",
)
