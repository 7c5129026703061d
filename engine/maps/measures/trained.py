"""Trainability: whether a training converges, and how fast, or how fast it is lost."""

import numpy as np

from engine.arrays import Floats
from engine.maps.grid import Seen
from engine.maps.measures.base import NETWORK, Measure
from records import Words


def trained(seen: Seen) -> Floats:
    """Below 0: −Σ L/L₀ of one that converged; above 0: Σ L₀/L of one that did not."""
    return np.array([ends.trained for ends in seen.ends])


MEASURE = Measure(
    name=Words("Trainability", "可训练性"),
    about=Words(
        "Converged: the mean loss of the last 20 updates lies below the first one. Converged runs and others have "
        "colours apart, each by rank: of Σ L/L₀ over all updates, or of Σ L₀/L (Sohl-Dickstein 2024). L/L₀ counts at "
        "most 10⁶, also after a divergence.",
        "收敛：最后 20 次更新的平均损失低于初始损失。收敛与未收敛用两组颜色，各按名次着色：前者按全部更新的 Σ L/L₀，"
        "后者按 Σ L₀/L（Sohl-Dickstein 2024）。L/L₀ 最多计为 10⁶，发散之后也如此。",
    ),
    of=trained,
    place=-1,
    kind="trained",
    over=(NETWORK,),
)
