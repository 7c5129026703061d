"""Numbers beside a map of names, such as basins: how large each part is, and how ragged its edge."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats

BOX = 5  # cells along the side of a box whose entropy is taken, as in Daza et al. 2016
SHIFTS = (1, 2, 4, 8, 16)  # cells by which two starts differ
WHOLE = 2  # boxes of the grid along its side, at least, that are counted

Labels = NDArray[np.int64]  # (n, n)


class Share(NamedTuple):
    """How much of the map has a name, and the standard error of that share as if its cells were drawn at random, which
    is more than that of a grid."""

    label: int
    share: float
    error: float


class Slope(NamedTuple):
    """A slope of a line through points in a log-log picture, with its standard error; nan where there are too few."""

    value: float
    error: float


class Figures(NamedTuple):
    """shares: of all names, the most frequent first.
    entropy: of the basins, the mean over boxes of 5 × 5 cells of −Σ p ln p (Daza et al. 2016); edge_entropy: the mean
    over those boxes alone that have several names; above ln 2 it proves a fractal edge.
    uncertainty: the exponent α of f(ε) ~ ε^α, f being the share of pairs of cells ε apart with different names
    (Grebogi, McDonald, Ott & Yorke 1983): 1 for a smooth edge, less for a fractal one.
    dimension: of the edge, by counting boxes.
    """

    shares: tuple[Share, ...]
    entropy: float
    edge_entropy: float
    uncertainty: Slope
    dimension: Slope


def figures(labels: Labels) -> Figures:
    """All of them, of a square map of names."""
    names, counts = np.unique(labels, return_counts=True)
    shares = counts / labels.size
    order = np.argsort(-shares, kind="stable")
    errors = np.sqrt(shares * (1 - shares) / labels.size)
    entropies = _entropies(labels)
    mixed = entropies[entropies > 0]
    return Figures(
        shares=tuple(Share(int(names[at]), float(shares[at]), float(errors[at])) for at in order),
        entropy=float(entropies.mean()) if entropies.size else float("nan"),
        edge_entropy=float(mixed.mean()) if mixed.size else 0.0,
        uncertainty=uncertainty(labels),
        dimension=dimension(edge_of(labels)),
    )


def edge_of(labels: Labels) -> NDArray[np.bool_]:
    """Cells with another name to the right or above."""
    edge = np.zeros(labels.shape, dtype=bool)
    edge[:, :-1] |= labels[:, 1:] != labels[:, :-1]
    edge[:-1] |= labels[1:] != labels[:-1]
    return edge


def _entropies(labels: Labels) -> Floats:
    """−Σ p ln p of each whole box of BOX × BOX cells."""
    side = len(labels) // BOX * BOX
    boxes = labels[:side, :side].reshape(side // BOX, BOX, side // BOX, BOX).swapaxes(1, 2).reshape(-1, BOX * BOX)
    entropy = np.zeros(len(boxes))
    for name in np.unique(boxes):
        share = (boxes == name).mean(axis=1)
        entropy -= share * np.log(np.where(share > 0, share, 1.0))
    return entropy


def uncertainty(labels: Labels) -> Slope:
    """The exponent of the share of pairs with different names, over their distance in cells."""
    shares = [
        ((labels[:, shift:] != labels[:, :-shift]).mean() + (labels[shift:] != labels[:-shift]).mean()) / 2
        for shift in SHIFTS
        if shift < len(labels) / 4
    ]
    return _slope(np.array(SHIFTS[: len(shares)], dtype=float), np.array(shares))


def dimension(edge: NDArray[np.bool_]) -> Slope:
    """−d ln N(s)/d ln s: N boxes of s cells along the side hold a cell of the edge; s = 1, 2, 4, …"""
    sizes, counts = [], []
    side = 1
    while len(edge) // side >= 2 ** (WHOLE + 1):
        whole = len(edge) // side * side
        boxes = edge[:whole, :whole].reshape(whole // side, side, whole // side, side).any(axis=(1, 3))
        sizes.append(float(side))
        counts.append(float(boxes.sum()))
        side *= 2
    slope = _slope(np.array(sizes), np.array(counts))
    return Slope(-slope.value, slope.error)


def _slope(x: Floats, y: Floats) -> Slope:
    """Least squares through (ln x, ln y); nan with fewer than three points above 0."""
    there = y > 0
    if there.sum() < 3:
        return Slope(float("nan"), float("nan"))
    logs, heights = np.log(x[there]), np.log(y[there])
    spread = ((logs - logs.mean()) ** 2).sum()
    slope = ((logs - logs.mean()) * (heights - heights.mean())).sum() / spread
    rest = heights - heights.mean() - slope * (logs - logs.mean())
    return Slope(float(slope), float(np.sqrt((rest**2).sum() / (len(logs) - 2) / spread)))
