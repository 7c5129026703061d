"""A straight line fitted by absolute error: facets that meet in edges, and a minimum where nothing is smooth."""

import jax.numpy as jnp
import numpy as np
from jax import Array

from landscapes.base import Examples, Landscape, Loss, Point
from landscapes.examples import Noise, Offset, Outliers, Penalty, Scale, line
from records import Words


def linear_regression_absolute_error(
    noise: Noise = 0.5, outliers: Outliers = 0.0, scale: Scale = 2.0, offset: Offset = 1.0, penalty: Penalty = 0.0
) -> Loss:
    """Mean of |y - b - w x| over the examples, plus penalty w^2.

    Not smooth: along each line y_n = b + w x_n of the plane the gradient jumps. Exactly there JAX gives the derivative
    of the absolute value as 0, one of its subgradients.
    """

    def loss(point: Array) -> Array:  # point: (2,), w and b
        w, b = point
        x, y = line(noise, outliers, scale, offset, point.dtype)
        return jnp.mean(jnp.abs(y - b - w * x)) + penalty * w**2

    return loss


def lowest(noise: float, outliers: float, scale: float, offset: float, penalty: float) -> tuple[Point, ...]:
    """The best line goes through an example, for their number is odd: on a facet the slope along b is never 0.

    Of the lines through example n the best goes through a second one or, with a penalty, is level between two. All
    these candidates are tried, with weights d_k = |x_k - x_n| in the order of the slopes (y_k - y_n)/(x_k - x_n).
    """
    x, y = line(noise, outliers, scale, offset)
    others = ~np.eye(len(x), dtype=bool)
    run = (x - x[:, None])[others].reshape(len(x), -1)  # (n, n - 1)
    slopes = (y - y[:, None])[others].reshape(run.shape) / run
    if penalty > 0:
        order = np.argsort(slopes, axis=1)
        weights = np.take_along_axis(np.abs(run), order, axis=1) / len(x)
        passed = np.pad(np.cumsum(weights, axis=1), ((0, 0), (1, 0)))
        slopes = np.concatenate([slopes, (passed[:, -1:] - 2 * passed) / (2 * penalty)], axis=1)
    w = slopes.ravel()
    b = (y[:, None] - slopes * x[:, None]).ravel()
    best = np.argmin(np.abs(y - b[:, None] - w[:, None] * x).mean(axis=1) + penalty * w**2)
    return ((float(w[best]), float(b[best])),)


LANDSCAPE = Landscape(
    name=Words("Linear regression, absolute error", "线性回归：绝对误差"),
    make=linear_regression_absolute_error,
    start=(-3.0, -6.0),
    window=((-4.0, 6.0), (-8.0, 8.0)),
    formula=r"\tfrac1N\sum_n\left|y_n-b-wx_n\right|+\lambda w^2",
    rate=0.02,
    minima=lowest,
    axes=("w", "b"),
    examples=Examples(line, "line"),
    lecture="A1 A6 F1",
    about=Words(
        "Flat facets with edges between them. Outliers hardly move the minimum, but the gradient does not shrink on "
        "the way there: a constant learning rate rattles around it.",
        "一块块平面，以棱相接。离群点几乎移不动最小值；可是走近时梯度并不变小，学习率不减，就在最小值周围抖动。",
    ),
    source="Boscovich 1757, Laplace 1793: least absolute deviations; examples drawn once for Descent Lab",
)
