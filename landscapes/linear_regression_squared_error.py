"""A straight line fitted by squared error: a perfect bowl, whose shape is that of the feature."""

import jax.numpy as jnp
import numpy as np
from jax import Array

from landscapes.base import Examples, Landscape, Loss, Point
from landscapes.examples import Noise, Offset, Outliers, Penalty, Scale, line
from records import Words


def linear_regression_squared_error(
    noise: Noise = 0.5, outliers: Outliers = 0.0, scale: Scale = 2.0, offset: Offset = 1.0, penalty: Penalty = 0.0
) -> Loss:
    """Mean of (y - b - w x)^2 over the examples, plus penalty w^2.

    The Hessian is 2/N X^T X, X with columns x and 1, plus 2 penalty for w: at scale 1 and offset 0 it is twice the
    identity.
    """

    def loss(point: Array) -> Array:  # point: (2,), w and b
        w, b = point
        x, y = line(noise, outliers, scale, offset, point.dtype)
        return jnp.mean((y - b - w * x) ** 2) + penalty * w**2

    return loss


def normal_equations(noise: float, outliers: float, scale: float, offset: float, penalty: float) -> tuple[Point, ...]:
    """(X^T X/N + penalty for w) theta = X^T y/N."""
    x, y = line(noise, outliers, scale, offset)
    columns = np.stack([x, np.ones_like(x)], axis=1)  # (n, 2)
    w, b = np.linalg.solve(columns.T @ columns / len(x) + np.diag([penalty, 0.0]), columns.T @ y / len(x))
    return ((float(w), float(b)),)


LANDSCAPE = Landscape(
    name=Words("Linear regression, squared error", "线性回归：平方误差"),
    make=linear_regression_squared_error,
    start=(-3.0, -6.0),
    window=((-4.0, 6.0), (-8.0, 8.0)),
    formula=r"\tfrac1N\sum_n\left(y_n-b-wx_n\right)^2+\lambda w^2",
    rate=0.05,
    minima=normal_equations,
    axes=("w", "b"),
    examples=Examples(line, "line"),
    lecture="A1 A6 F1",
    about=Words(
        "A bowl as round as the feature is normalised: round at ρ = 1, m = 0; a large ρ makes it narrow, m tilts it. "
        "A few outliers D drag the minimum along.",
        "碗有多圆，取决于特征是否归一化：ρ = 1、m = 0 时正圆，ρ 大则狭长，m 使它倾斜。几个离群点（D）就能拖走最小值。",
    ),
    source="Legendre 1805; Gauss 1809, Theoria motus; examples drawn once for Descent Lab",
)
