"""The fixed examples of the regression surfaces, the knobs that move them, and Newton's method for the minima."""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from records import Knob, Words

Floats = NDArray[np.float64]

Noise = Annotated[float, Knob(0.0, 2.0, symbol="s", label=Words("standard deviation of the noise", "噪声的标准差"))]
Outliers = Annotated[
    float, Knob(0.0, 10.0, symbol="D", label=Words("how far five examples are thrown down", "五个样本被抛下多远"))
]
Scale = Annotated[float, Knob(0.5, 10.0, "log", "ρ", Words("standard deviation of x", "x 的标准差"))]
Offset = Annotated[float, Knob(0.0, 2.0, symbol="m", label=Words("mean of x", "x 的均值"))]
Penalty = Annotated[float, Knob(0.0, 2.0, label=Words("penalty λw²", "惩罚 λw²"))]
Spread = Annotated[
    float, Knob(0.6, 2.0, symbol="s", label=Words("overlap: standard deviation of a class", "重叠：类内标准差"))
]
SmallPenalty = Annotated[float, Knob(0.0, 0.2, label=Words("penalty λw²", "惩罚 λw²"))]

INTERCEPT, SLOPE = 2.0, 2.0  # of the line, over the normalised feature
TURNS = 100  # of Newton's method at most; about ten are needed


def _normalised(values: Floats) -> Floats:
    """(value - mean)/std along the last axis."""
    centred = values - values.mean(axis=-1, keepdims=True)
    return np.asarray(centred / centred.std(axis=-1, keepdims=True))


_places, _errors = np.random.default_rng(2).spawn(2)
FEATURE = _normalised(np.sort(_places.uniform(-1, 1, 41)))  # (41,); an odd number, so that a median is one of them
ERROR = _normalised(_errors.standard_normal(41))  # (41,)
THROWN = np.isin(np.arange(41), (30, 33, 35, 37, 39)).astype(float)  # on the right: they turn the line and pull it down
SIDE = np.repeat([-1.0, 1.0], 20)  # (40,), the centre of each example's class
AWAY = _normalised(np.random.default_rng(4).standard_normal((2, 20))).ravel()  # (40,), from the centre


def line(noise: Any, outliers: Any, scale: Any, offset: Any, dtype: Any = np.float64, **others: Any) -> tuple[Any, Any]:
    """x and y of 41 examples: y = 2 + 2u + noise e - outliers for five of them; x = offset + scale u; mean u 0, std 1.

    Scale and offset are units of the feature: they leave y as it is. The knobs may be numbers or traced; those that do
    not move the examples are passed over.
    """
    del others
    unit, error, thrown = (column.astype(dtype) for column in (FEATURE, ERROR, THROWN))
    return offset + scale * unit, INTERCEPT + SLOPE * unit + noise * error - outliers * thrown


def classes(spread: Any, dtype: Any = np.float64, **others: Any) -> tuple[Any, Any]:
    """x and y of 40 examples: class 0 around x = -1, class 1 around x = 1."""
    del others
    side, away = SIDE.astype(dtype), AWAY.astype(dtype)
    return side + spread * away, (side + 1) / 2


def lowered(
    derivatives: Callable[[Floats], tuple[Floats, Floats, Floats]], x: Floats, penalty: float, start: Floats
) -> Floats:
    """Newton's method for mean e(w x + b) + penalty w^2, damped until the loss falls; (w, b).

    derivatives: loss, slope and curvature of each example with respect to its output, (n,) -> three of (n,).
    """
    columns = np.stack([x, np.ones_like(x)], axis=1)  # (n, 2)
    ridge = np.diag([2 * penalty, 0.0])

    def height(point: Floats) -> float:
        return float(derivatives(columns @ point)[0].mean() + penalty * point[0] ** 2)

    point, here = start, height(start)
    for _ in range(TURNS):
        _, slope, curvature = derivatives(columns @ point)
        gradient = columns.T @ slope / len(x) + ridge @ point
        values, vectors = np.linalg.eigh((columns.T * curvature) @ columns / len(x) + ridge)
        step = -vectors @ (vectors.T @ gradient / np.maximum(np.abs(values), 1e-6 * np.abs(values).max()))
        share = 1.0
        while share > 1e-3 and not height(point + share * step) < here:
            share /= 2
        if share <= 1e-3:  # no lower in floating point: a last whole step is as good as it gets
            return np.asarray(point + step)
        point, here = point + share * step, height(point + share * step)
    return point
