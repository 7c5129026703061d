"""The best of many useless models: each flips a coin for every answer, and one of them looks good on a small public
test (row H5). On a private test it is what it is, a coin.
"""

from functools import lru_cache
from itertools import accumulate
from math import comb
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats

MODELS = 1000
PUBLIC = 1000  # examples that the public test has at most
PRIVATE = 1000  # examples of the private test


class Scores(NamedTuple):
    """Shares of right answers of N models."""

    public: Floats  # (N,)
    private: Floats  # (N,)

    @property
    def chosen(self) -> int:
        """The best on the public test; of several the first."""
        return int(np.argmax(self.public))

    @property
    def chosen_of_first(self) -> NDArray[np.intp]:
        """The same of the first 1, 2, … N models, (N,)."""
        best = np.maximum.accumulate(self.public)
        leads = np.append(True, best[1:] > best[:-1])
        return np.maximum.accumulate(np.where(leads, np.arange(len(best)), 0))


def scores(models: int, public: int, seed: int) -> Scores:
    """Of so many models on so many public examples. Fewer models are the first of more, and so are examples.

    Raises:
        ValueError: for more models or examples than there are, or none.
    """
    for name, value, most in (("models", models, MODELS), ("public examples", public, PUBLIC)):
        if not 1 <= value <= most:
            raise ValueError(f"{name} must lie between 1 and {most}, not {value}")
    right = _right(seed)[:models]
    return Scores(right[:, :public].mean(axis=1), right[:, PUBLIC:].mean(axis=1))


@lru_cache(maxsize=8)
def _right(seed: int) -> NDArray[np.bool_]:
    """Which answers are right, (MODELS, PUBLIC + PRIVATE)."""
    random = np.random.default_rng(seed)
    true = random.integers(2, size=PUBLIC + PRIVATE, dtype=np.int8)
    said = random.integers(2, size=(MODELS, PUBLIC + PRIVATE), dtype=np.int8)
    return np.asarray(said == true)


def expected_best(models: ArrayLike, public: int) -> Floats:
    """E[max] / M of N binomials (M, 1/2), exactly: Σ P(max > j) for j = 0 … M - 1, P(max > j) = 1 - P(X ≤ j)^N.

    Args:
        models: N, any shape (…).
        public: M.
    """
    above = _above(public)
    with np.errstate(divide="ignore"):  # P(X > 0) may round to 1: then no N makes it less
        longer = np.asarray(models, float)[..., None] * np.log1p(-above)
    return np.asarray(-np.expm1(longer).sum(axis=-1) / public)


@lru_cache(maxsize=64)
def _above(public: int) -> Any:
    """P(X > j) of a binomial (M, 1/2), each rounded once, (M,)."""
    ways = 2**public
    below = accumulate(comb(public, right) for right in range(public))
    return np.array([(ways - count) / ways for count in below])
