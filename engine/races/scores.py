"""Who is ahead of whom, and whether that is decided: paired by start, with bootstrap intervals.

Two runs from one start are compared, never two means: first by the loss at the end of the budget, where all that is
within the tolerance is as good, then by the evaluations until it was. So a lost run is behind every other, by how much
does not matter, and no loss needs a scale.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats

RESAMPLES = 20_000
FAMILY = 0.05  # chance that any pair at all is called decided though its rules are equally good
SINGLE = 0.05  # and of a single interval
CHUNK = 2_000  # resamples at a time


class Ranking(NamedTuple):
    """Of K rules. A rule's score is the share of the others' runs from the same starts that its runs are ahead of, a
    tie counting half."""

    score: Floats  # (K,)
    interval: Floats  # (K, 2)
    lead: Floats  # (K, K), share of starts at which k is ahead of l, less the share at which it is behind
    decided: NDArray[np.bool_]  # (K, K), k is ahead of l, and that is not chance
    order: NDArray[np.int64]  # (K,), the rules from the highest score on

    def place(self, rule: int) -> tuple[int, int]:
        """The best and the worst place that it may have by what is decided."""
        return 1 + int(self.decided[:, rule].sum()), len(self.score) - int(self.decided[rule].sum())


def ordinals(above: ArrayLike, solved_at: ArrayLike, tolerance: float) -> NDArray[np.int64]:
    """The place of every run among all from its start, (K, N), the best is 0: by the loss at the end, (K, N), then by
    the evaluations until it was solved."""
    floored = np.maximum(np.asarray(above, dtype=np.float64), tolerance)
    at = np.where(floored <= tolerance, np.asarray(solved_at, dtype=np.float64), np.inf)
    columns = zip(floored.T, at.T, strict=True)
    return np.array([np.unique(np.column_stack(both), axis=0, return_inverse=True)[1].ravel() for both in columns]).T


def ranked(places: ArrayLike, groups: ArrayLike | None = None, seed: int = 0) -> Ranking:
    """The ranking.

    Args:
        places: (K, N), lower is better; only comparisons within a column count.
        groups: (N,), to which surface each column belongs: starts are drawn again within each.
        seed: of the bootstrap.
    """
    rows = np.asarray(places)
    rules, many = rows.shape
    signs = np.sign(rows[None, :, :] - rows[:, None, :]).astype(float)  # (K, K, N), +1 where k is ahead of l
    lead = signs.mean(axis=2)
    others = max(rules - 1, 1)
    scores = 0.5 + signs.sum(axis=1) / (2 * others)  # (K, N); a rule against itself is 0
    first, second = np.triu_indices(rules, 1)
    columns = np.concatenate([signs[first, second], scores])  # (P + K, N)
    drawn = _resampled(columns, np.zeros(many, int) if groups is None else np.asarray(groups), seed)
    pairs = len(first)
    tail = FAMILY / max(pairs, 1) / 2
    low, high = np.quantile(drawn[:, :pairs], [tail, 1 - tail], axis=0) if pairs else np.zeros((2, 0))
    decided = np.zeros((rules, rules), bool)
    decided[first, second], decided[second, first] = low > 0, high < 0
    interval = np.clip(np.quantile(drawn[:, pairs:], [SINGLE / 2, 1 - SINGLE / 2], axis=0).T, 0, 1)  # it is a share
    score = scores.mean(axis=1)
    return Ranking(score, interval, lead, decided, np.argsort(-score, kind="stable"))


def difference(one: ArrayLike, other: ArrayLike, seed: int = 0) -> Floats:
    """Of paired numbers (N,): the mean of one − other, and its interval, (3,); what is not finite on either side is
    left out, nan if nothing stays."""
    apart = np.asarray(one, dtype=np.float64) - np.asarray(other, dtype=np.float64)
    apart = apart[np.isfinite(apart)]
    if len(apart) < 2:
        return np.full(3, np.nan)
    drawn = _resampled(apart[None], np.zeros(len(apart), int), seed)[:, 0]
    return np.array([apart.mean(), *np.quantile(drawn, [SINGLE / 2, 1 - SINGLE / 2])])


def _resampled(columns: Floats, groups: NDArray[np.int64], seed: int) -> Floats:
    """Means over columns drawn again with replacement, within each group, (RESAMPLES, rows). Spread as with N − 1: a
    mean of few is less certain than drawing from these few again says (Hesterberg 2015, Am. Stat. 69(4), 3.1)."""
    random = np.random.default_rng(seed)
    total = np.zeros((RESAMPLES, len(columns)))
    for group in np.unique(groups):
        members = columns[:, groups == group]
        many = members.shape[1]
        middle = members.mean(axis=1)
        wider = np.sqrt(many / max(many - 1, 1))
        for at in range(0, RESAMPLES, CHUNK):
            drawn = random.integers(0, many, (CHUNK, many)) + many * np.arange(CHUNK)[:, None]
            counts = np.bincount(drawn.ravel(), minlength=CHUNK * many).reshape(CHUNK, many)
            total[at : at + CHUNK] += many * (middle + wider * (counts @ members.T / many - middle))
    return np.asarray(total / columns.shape[1])


def profile(solved_at: ArrayLike, shares: ArrayLike) -> Floats:
    """Of K rules on P problems: the share that each solves within a factor τ of the evaluations of the fastest, (K, F)
    for F factors (Dolan & Moré 2002, Math. Program. 91). What nobody solves counts as unsolved by all.

    Args:
        solved_at: (K, P), infinite where it is not solved.
        shares: (F,), the factors τ ≥ 1.
    """
    at = np.maximum(np.asarray(solved_at, dtype=np.float64), 1.0)  # a start that is solved costs one gradient to see
    best = at.min(axis=0)
    with np.errstate(invalid="ignore"):
        factor = np.where(np.isfinite(at), at / best, np.inf)  # (K, P)
    within = factor[:, None, :] <= np.asarray(shares, dtype=np.float64)[:, None] + 1e-12
    return np.asarray(within.mean(axis=2))
