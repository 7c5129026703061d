"""A straight line fitted by the Huber error: near the examples squared, far from them linear, smooth in between."""

import jax.numpy as jnp
import numpy as np
from jax import Array

from landscapes.base import Examples, Landscape, Loss, Point
from landscapes.examples import Floats, Noise, Offset, Outliers, Penalty, Scale, line, lowered
from records import Words

DELTA = 1.0  # where the error turns from quadratic to linear


def linear_regression_huber(
    noise: Noise = 0.5, outliers: Outliers = 0.0, scale: Scale = 2.0, offset: Offset = 1.0, penalty: Penalty = 0.0
) -> Loss:
    """Mean of h(y - b - w x) over the examples, plus penalty w^2; h(r) = r^2/2 for |r| <= 1, |r| - 1/2 beyond.

    The gradient is continuous; the Hessian jumps wherever an example passes |r| = 1.
    """

    def loss(point: Array) -> Array:  # point: (2,), w and b
        w, b = point
        x, y = line(noise, outliers, scale, offset, point.dtype)
        size = jnp.abs(y - b - w * x)
        near = jnp.minimum(size, DELTA)
        return jnp.mean(near * (size - near / 2)) + penalty * w**2

    return loss


def lowest(noise: float, outliers: float, scale: float, offset: float, penalty: float) -> tuple[Point, ...]:
    """Newton's method from the line of least squares: exact as soon as it knows which examples are near."""
    x, y = line(noise, outliers, scale, offset)

    def derivatives(output: Floats) -> tuple[Floats, Floats, Floats]:
        off = output - y
        pull = np.clip(off, -DELTA, DELTA)
        return pull * (off - pull / 2), pull, (np.abs(off) <= DELTA).astype(float)

    columns = np.stack([x, np.ones_like(x)], axis=1)
    w, b = lowered(derivatives, x, penalty, np.linalg.lstsq(columns, y, rcond=None)[0])
    return ((float(w), float(b)),)


LANDSCAPE = Landscape(
    name=Words("Linear regression, Huber error", "线性回归：Huber 误差"),
    make=linear_regression_huber,
    start=(-3.0, -6.0),
    window=((-4.0, 6.0), (-8.0, 8.0)),
    formula=r"\tfrac1N\sum_nh\left(y_n-b-wx_n\right)+\lambda w^2,\quad "
    r"h(r)=\begin{cases}\tfrac12r^2&|r|\le1\\|r|-\tfrac12&|r|>1\end{cases}",
    rate=0.1,
    minima=lowest,
    axes=("w", "b"),
    examples=Examples(line, "line"),
    lecture="A1 A6 F1",
    about=Words(
        "Far up the slopes are steady, like those of the absolute error; at the bottom it is a bowl, like the squared "
        "error. Outliers pull only so hard, however far they are.",
        "远处坡度平稳，像绝对误差；底部是碗，像平方误差。离群点再远，拉力也有上限。",
    ),
    source="Huber 1964, Ann. Math. Stat. 35(1), with δ = 1; examples drawn once for Descent Lab",
)
