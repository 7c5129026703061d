"""Naive Bayes denies its only positive example: 13 examples, two features, exact numbers (G11).

It takes the features to be independent within each class, so it expects examples of class 2 with both features though
it has seen none. H.-y. Lee, Machine Learning, "Logistic regression": discriminative against generative.
"""

from fractions import Fraction
from typing import NamedTuple

FEATURES = ((1, 1), (1, 0), (0, 1), (0, 0))  # (x₁, x₂), in the order of all tables here
LECTURE = (1, 0, 4, 4, 4)  # examples of class 1, all (1, 1); of class 2, by FEATURES


class Naive(NamedTuple):
    """What naive Bayes learns, as exact fractions; each pair belongs to the classes 1 and 2."""

    priors: tuple[Fraction, Fraction]
    first: tuple[Fraction, Fraction]  # P(x₁ = 1 | C)
    second: tuple[Fraction, Fraction]  # P(x₂ = 1 | C)

    def joint(self, x: tuple[int, int]) -> tuple[Fraction, Fraction]:
        """P(C) P(x₁ | C) P(x₂ | C) for both classes."""
        shares = zip(self.priors, self.first, self.second, strict=True)
        one, two = (prior * _chance(a, x[0]) * _chance(b, x[1]) for prior, a, b in shares)
        return one, two

    def posterior(self, x: tuple[int, int]) -> Fraction | None:
        """P(C₁ | x); None where the model takes x to be impossible."""
        one, two = self.joint(x)
        return one / (one + two) if one + two else None


def _chance(share: Fraction, value: int) -> Fraction:
    return share if value else 1 - share


def naive(counts: tuple[int, int, int, int, int] = LECTURE) -> Naive:
    """Maximum likelihood from counts: how many examples of class 1, all with x = (1, 1), and of class 2 with each x of
    FEATURES.

    Raises:
        ValueError: if a class has no examples: its shares are 0/0.

    Example:
        >>> naive().posterior((1, 1))
        Fraction(3, 7)
    """
    ones, *others = counts
    total = sum(others)
    if not ones or not total:
        raise ValueError("each class needs an example")
    both, first, second, _ = others
    everybody = ones + total
    return Naive(
        (Fraction(ones, everybody), Fraction(total, everybody)),
        (Fraction(1), Fraction(both + first, total)),
        (Fraction(1), Fraction(both + second, total)),
    )


def seen(counts: tuple[int, int, int, int, int], x: tuple[int, int]) -> Fraction | None:
    """The share of class 1 among the examples with these features; None where there are none."""
    ones = counts[0] if x == FEATURES[0] else 0
    others = counts[1:][FEATURES.index(x)]
    return Fraction(ones, ones + others) if ones + others else None
