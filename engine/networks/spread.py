"""How values of several seeds spread: the middle and the quarters around it, a lost seed counted as worse than all."""

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats


def quarters(values: ArrayLike, worst: float = np.inf) -> Floats:
    """Of values (S, …) of S seeds a quarter, the middle and three quarters, (3, …).

    What is not a number is ``worst``: if seeds that diverged were left out, a rule would look the better the more of
    them it loses. Where no seed has a number (no test examples) there is none. Between two seeds the values are
    blended; where one of them is infinite the worse one counts.
    """
    rows = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(rows).all(axis=0)
    filled = np.where(np.isnan(rows), worst, rows)
    shares = [0.25, 0.5, 0.75]
    with np.errstate(invalid="ignore"):
        blended = np.quantile(filled, shares, axis=0)
    upper = np.quantile(filled, shares, axis=0, method="higher" if worst > 0 else "lower")
    return np.where(known, np.where(np.isfinite(blended), blended, upper), np.nan)
