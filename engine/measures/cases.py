"""A linear model with if-conditions: y = Σ_k δ(kind = k)(b_k + w_k x) is linear in its features δ and δ·x."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats

KINDS = ((1.0, 0.4), (4.0, 1.2), (0.5, 2.2))  # b and w of each kind
MODELS = ("one", "own_b", "own")  # one line; δ_k and x; δ_k and δ_k x
TESTED = 0.3


class Examples(NamedTuple):
    x: Floats  # (n,)
    kind: NDArray[np.int64]  # (n,), 0, 1, …
    y: Floats  # (n,)


class Fitted(NamedTuple):
    """One of MODELS, by least squares."""

    names: tuple[str, ...]  # of its features
    features: Floats  # (n, p), of all examples
    weights: Floats  # (p,)
    lines: Floats  # (kinds, 2), b and w for each kind
    train: float  # mean squared error
    test: float


def examples(size: int, noise: float, seed: int = 0) -> Examples:
    """Kinds take turns; x uniform in [0, 4], noise standard normal."""
    places, errors = np.random.default_rng(seed).spawn(2)
    kind = np.arange(size) % len(KINDS)
    x = places.uniform(0, 4, size)
    shift, slope = np.array(KINDS).T
    return Examples(x, kind, shift[kind] + slope[kind] * x + noise * errors.standard_normal(size))


def features(model: str, x: Floats, kind: NDArray[np.int64]) -> tuple[tuple[str, ...], Floats]:
    """What a model is linear in: names, and columns (n, p)."""
    ones = np.ones_like(x)
    cases = [(f"δ{'₁₂₃'[k]}", (kind == k).astype(float)) for k in range(len(KINDS))]
    columns = {
        "one": [("1", ones), ("x", x)],
        "own_b": [*cases, ("x", x)],
        "own": [*cases, *((f"{name} x", case * x) for name, case in cases)],
    }[model]
    names, values = zip(*columns, strict=True)
    return names, np.stack(values, axis=1)


def fitted(model: str, given: Examples) -> Fitted:
    """On the first examples; tested on the last ones."""
    names, rows = features(model, given.x, given.kind)
    learned = len(given.x) - round(TESTED * len(given.x))
    weights = np.asarray(np.linalg.lstsq(rows[:learned], given.y[:learned], rcond=None)[0], dtype=np.float64)
    wrong = (rows @ weights - given.y) ** 2
    kinds = np.arange(len(KINDS))
    ends = [features(model, np.full(len(KINDS), place), kinds)[1] @ weights for place in (0.0, 1.0)]
    lines = np.stack([ends[0], ends[1] - ends[0]], axis=1)
    return Fitted(names, rows, weights, lines, float(wrong[:learned].mean()), float(wrong[learned:].mean()))
