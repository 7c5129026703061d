"""Logistic regression by cross-entropy: one bowl, steep wherever the answers are wrong."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from landscapes.base import Examples, Landscape, Loss, Point
from landscapes.examples import Floats, SmallPenalty, Spread, classes, lowered
from records import Words


def logistic_regression_cross_entropy(spread: Spread = 1.0, penalty: SmallPenalty = 0.0) -> Loss:
    """Mean of -y ln f - (1 - y) ln(1 - f), f = 1/(1 + exp(-w x - b)), plus penalty w^2.

    The Hessian is X^T diag(f (1 - f)) X/N, X with columns x and 1, plus 2 penalty for w.
    """

    def loss(point: Array) -> Array:  # point: (2,), w and b
        w, b = point
        x, y = classes(spread, point.dtype)
        logit = w * x + b
        return jnp.mean(jax.nn.softplus(logit) - y * logit) + penalty * w**2

    return loss


def lowest(spread: float, penalty: float) -> tuple[Point, ...]:
    """Newton's method; the classes overlap for every spread, so that the minimum is not at infinity."""
    x, y = classes(spread)

    def derivatives(logit: Floats) -> tuple[Floats, Floats, Floats]:
        share = 1 / (1 + np.exp(-logit))
        return np.logaddexp(0, logit) - y * logit, share - y, share * (1 - share)

    w, b = lowered(derivatives, x, penalty, np.zeros(2))
    return ((float(w), float(b)),)


LANDSCAPE = Landscape(
    name=Words("Logistic regression, cross-entropy", "逻辑回归：交叉熵"),
    make=logistic_regression_cross_entropy,
    start=(-4.0, 3.0),
    window=((-10.0, 10.0), (-10.0, 10.0)),
    formula=r"-\tfrac1N\sum_n\left(y_n\ln f_n+(1-y_n)\ln(1-f_n)\right)+\lambda w^2,\quad f_n=\tfrac1{1+e^{-wx_n-b}}",
    rate=0.5,
    minima=lowest,
    axes=("w", "b"),
    examples=Examples(classes, "logistic"),
    lecture="A6 G3",
    about=Words(
        "On the left most answers are wrong, and the slope is steep there. The surface is convex: one minimum, "
        "and every way down leads to it.",
        "左侧答案大多是错的，坡也陡。曲面是凸的：只有一个最小值，条条下坡路都通向它。",
    ),
    source="Cox 1958, J. R. Stat. Soc. B 20(2); examples drawn once for Descent Lab",
)
