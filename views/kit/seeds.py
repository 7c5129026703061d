"""How seeds are drawn: each a dot, the middle of them a line, the middle half a bar."""

import numpy as np

from engine.arrays import Floats
from engine.networks.spread import quarters
from views.kit.charts import SYMBOLS, Series, line, marks, variant_line, whiskers


def seeds_at(values: Floats, lane: int, name: str, worst: float) -> list[Series]:
    """Values (V, S) over their places 0, 1, …; lanes stand beside each other. ``worst``: what a lost seed counts as."""
    places = np.arange(len(values)) + (0.12 * lane - 0.06)
    low, middle, high = drawable(quarters(values.T, worst))
    look = variant_line(lane)
    each = np.repeat(places, values.shape[1])
    return [
        marks(each, drawable(values).ravel(), colour=look["colour"], size=2, alpha=0.35, mute=True),
        line(places, middle, name, **look, mute=True),
        whiskers(places, low, high, colour=look["colour"]),
        marks(places, middle, name, colour=look["colour"], symbol=SYMBOLS[lane], open="paper"),
    ]


def median(rows: Floats, worst: float) -> Floats:
    """Of rows (V, S) over the seeds, (V,)."""
    return drawable(quarters(rows.T, worst)[1])


def drawable(values: Floats) -> Floats:
    """What is infinite has no place in a picture."""
    return np.where(np.isfinite(values), values, np.nan)
