"""Classes as the numbers 1, 2, 3: a regression on them takes class 2 to lie between the others (G9).

Beside it softmax on one-hot targets, which knows no order, on the same examples.
"""

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats
from engine.measures.gaussian_classes import Examples, Labels

COUNT = 40  # examples of each class
SPREAD = 0.7  # standard deviation, in every direction
_AWAY = np.random.default_rng(5).standard_normal((3, COUNT, 2))


def around(centres: ArrayLike) -> Examples:
    """COUNT examples around each of three centres (3, 2): wherever these are moved, the clouds keep their shape.

    Example:
        >>> around([(0, 0), (1, 0), (2, 0)]).inputs.shape
        (120, 2)
    """
    places = np.asarray(centres, dtype=np.float64)[:, None] + SPREAD * (_AWAY - _AWAY.mean(axis=1, keepdims=True))
    return Examples(places.reshape(-1, 2), np.repeat(np.arange(3), COUNT))


def numbered(examples: Examples) -> Floats:
    """Least squares on the numbers 1, 2, 3: (w₁, w₂, b) of ŷ = wᵀx + b, (3,).

    Example:
        >>> w1, w2, b = numbered(around([(-1, 0), (0, 0), (1, 0)]))
        >>> bool(0.5 < w1 < 1.0), bool(abs(w2) < 0.2), bool(abs(b - 2) < 1e-9)
        (True, True, True)
    """
    rows = np.column_stack([examples.inputs, np.ones(len(examples.labels))])
    return np.asarray(np.linalg.lstsq(rows, examples.labels + 1.0, rcond=None)[0])


def nearest(line: Floats, points: ArrayLike) -> Labels:
    """The class, from 0, whose number is closest to what the line answers at points (n, 2), (n,)."""
    answers = np.asarray(points, dtype=np.float64) @ line[:2] + line[2]
    return np.asarray(np.clip(np.rint(answers), 1, 3) - 1, dtype=np.int64)
