"""A generative model of classes: a Gaussian for each, and what Bayes' rule makes of them (G6, G10).

Formulas: H.-y. Lee, Machine Learning, "Classification: probabilistic generative model"; C. Bishop 2006, Pattern
Recognition and Machine Learning, section 4.2. Here a class has a number from 0; what cannot be said of one is nan.
"""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats

Kind = Literal[
    "shared", "own", "naive"
]  # one Σ for all, one for each class, one for each with its features independent
Labels = NDArray[np.int64]
EMPTY, SINGULAR, NEVER = "empty", "singular", "never"  # why a class has no say
TEST = 10_000  # examples of a test set
FLAT = 1e-9  # of the larger eigenvalue of Σ: a smaller one is 0, and the class has no density


class Gaussians(NamedTuple):
    """P(C_k), μ_k and Σ_k of K classes."""

    priors: Floats  # (K,)
    means: Floats  # (K, 2)
    covariances: Floats  # (K, 2, 2)


class Examples(NamedTuple):
    """Points and their classes, 0 … K − 1."""

    inputs: Floats  # (n, 2)
    labels: Labels  # (n,)


# ---- where examples come from ----------------------------------------------------------------------------------------


class Clump(NamedTuple):
    """A part of a class: how much of it, where, and how it spreads."""

    share: float
    mean: tuple[float, float]
    spread: tuple[float, float, float]  # see ``covariance_of``


CLOUDS: dict[str, tuple[tuple[Clump, ...], ...]] = {  # the clumps of each class
    "alike": ((Clump(1, (-1.5, 0.5), (1.2, 0.8, 0.7)),), (Clump(1, (1.5, -0.5), (1.2, 0.8, 0.7)),)),
    "unlike": ((Clump(1, (-1.0, 0.0), (0.6, 0.3, 0.4)),), (Clump(1, (1.0, 0.0), (0.4, 1.8, 1.3)),)),
    "clumps": (
        (Clump(1, (-1.0, 0.0), (0.8, 0.0, 0.8)),),
        (Clump(0.8, (1.0, 0.0), (0.8, 0.0, 0.8)), Clump(0.2, (5.5, -4.0), (0.5, 0.0, 0.5))),
    ),
    "three": (
        (Clump(1, (-2.0, -0.8), (0.9, 0.4, 0.6)),),
        (Clump(1, (0.0, 1.4), (1.2, 0.0, 0.6)),),
        (Clump(1, (2.0, -0.8), (0.6, -0.8, 0.5)),),
    ),
}
OUTLYING = Clump(1, (7.0, -4.5), (0.5, 0.0, 0.5))  # far on the right side of the last class


def covariance_of(spread: ArrayLike) -> Floats:
    """Σ from half an axis of its ellipse (a₁, a₂) and the length b of the other, across it.

    Args:
        spread: a₁, a₂, b.

    Returns:
        a aᵀ + b² n nᵀ, n the unit vector across a, (2, 2).

    Example:
        >>> covariance_of((2.0, 0.0, 1.0)).tolist()
        [[4.0, 0.0], [0.0, 1.0]]
    """
    first, second, across = np.asarray(spread, dtype=np.float64)
    axis = np.array([first, second])
    length = float(np.hypot(first, second))
    normal = np.array([-second, first]) / length if length else np.array([0.0, 1.0])
    return np.asarray(np.outer(axis, axis) + across**2 * np.outer(normal, normal))


def spread_of(covariance: ArrayLike, upright: bool = False) -> tuple[float, float, float]:
    """The other way round: (a₁, a₂, b) with a the longer axis, a₁ ≥ 0; or, ``upright``, along the first coordinate.

    Example:
        >>> spread_of([[1.0, 0.0], [0.0, 4.0]], upright=True)
        (1.0, 0.0, 2.0)
    """
    matrix = np.asarray(covariance, dtype=np.float64)
    if upright:
        return float(np.sqrt(matrix[0, 0])), 0.0, float(np.sqrt(matrix[1, 1]))
    values, vectors = np.linalg.eigh(matrix)
    short, long = np.sqrt(np.maximum(values, 0.0))
    axis = long * vectors[:, 1] * (-1 if vectors[0, 1] < 0 else 1)
    return float(axis[0]), float(axis[1]), float(short)


def drawn(cloud: str, counts: ArrayLike, seed: int = 0, outliers: int = 0, wrong: float = 0.0) -> Examples:
    """Examples of a cloud. More of them begin with those that fewer are.

    Args:
        cloud: of CLOUDS.
        counts: how many of each class, (K,).
        outliers: so many more of the last class, far on its right side.
        wrong: the share of the others whose label is that of the next class.

    Example:
        >>> few, many = drawn("alike", (3, 2)), drawn("alike", (3, 20))
        >>> bool((few.inputs == many.inputs[:5]).all())
        True
    """
    parts, labels = [], []
    for label, (clumps, count) in enumerate(zip(CLOUDS[cloud], np.asarray(counts), strict=True)):
        chance = np.random.default_rng([seed, label])
        parts.append(_of_class(clumps, int(count), chance))
        turned = np.random.default_rng([seed, label, 1]).random(int(count)) < wrong
        labels.append(np.where(turned, (label + 1) % len(CLOUDS[cloud]), label))
    parts.append(_of_class((OUTLYING,), outliers, np.random.default_rng([seed, 99])))
    labels.append(np.full(outliers, len(CLOUDS[cloud]) - 1))
    return Examples(np.concatenate(parts), np.concatenate(labels).astype(np.int64))


def _of_class(clumps: tuple[Clump, ...], count: int, chance: np.random.Generator) -> Floats:
    rows = chance.standard_normal((count, 3))  # a row for each example, so that more of them leave these as they are
    at = np.zeros((count, 2))
    edges = np.cumsum([clump.share for clump in clumps])
    choice = np.searchsorted(edges, _uniform(rows[:, 2]), side="right").clip(max=len(clumps) - 1)
    for number, clump in enumerate(clumps):
        root = np.linalg.cholesky(covariance_of(clump.spread))
        mine = choice == number
        at[mine] = np.array(clump.mean) + rows[mine, :2] @ root.T
    return at


def _uniform(normal: Floats) -> Floats:
    """Shares from normal numbers: the logistic curve that is closest to their distribution, which is enough here."""
    return np.asarray(1 / (1 + np.exp(-1.702 * normal)))


def held_out(cloud: str) -> Examples:
    """The test set of a cloud, always the same: TEST examples, as many of each class, without outliers."""
    many = len(CLOUDS[cloud])
    return drawn(cloud, [TEST // many + (label < TEST % many) for label in range(many)], seed=2**20)


def truth(cloud: str, points: ArrayLike) -> Floats:
    """ln of the true density of each class at points (n, 2), with equal priors, up to a constant, (n, K)."""
    places = np.asarray(points, dtype=np.float64)
    return np.stack([_mixture(clumps, places) for clumps in CLOUDS[cloud]], axis=1)


def _mixture(clumps: tuple[Clump, ...], places: Floats) -> Floats:
    logs = [np.log(each.share) + log_density(places, each.mean, covariance_of(each.spread)) for each in clumps]
    return np.asarray(np.logaddexp.reduce(logs, axis=0))


# ---- the model -------------------------------------------------------------------------------------------------------


def fitted(examples: Examples, many: int, kind: Kind) -> Gaussians:
    """Maximum likelihood: shares, means, and mean squares about the means (divided by n, not by n − 1).

    Args:
        many: how many classes there are; one without examples has the prior 0 and nan for the rest.
        kind: "shared" takes Σ_k P(C_k) Σ_k for all; "naive" keeps the diagonals.

    Example:
        >>> model = fitted(drawn("alike", (60, 40)), 2, "shared")
        >>> model.priors.tolist(), bool((model.covariances[0] == model.covariances[1]).all())
        ([0.6, 0.4], True)
    """
    inputs, labels = examples
    counts = np.bincount(labels, minlength=many)
    groups = [inputs[labels == label] for label in range(many)]
    means = np.array([group.mean(axis=0) if len(group) else [np.nan, np.nan] for group in groups])
    spreads = np.array([_mean_square(group) for group in groups])
    if kind == "shared" and len(labels):
        pooled = sum(count * each for count, each in zip(counts, spreads, strict=True) if count) / len(labels)
        spreads = np.broadcast_to(np.asarray(pooled), (many, 2, 2)).copy()
    return Gaussians(counts / max(len(labels), 1), means, diagonal(spreads) if kind == "naive" else spreads)


def _mean_square(group: Floats) -> Floats:
    if not len(group):
        return np.full((2, 2), np.nan)
    away = group - group.mean(axis=0)
    return np.asarray(away.T @ away / len(group))


def diagonal(covariances: Floats) -> Floats:
    """Without what one feature says of the other."""
    return np.asarray(covariances * np.eye(2))


def silent(model: Gaussians) -> dict[int, str]:
    """The classes that have no say, and why: EMPTY: no mean; SINGULAR: no density; NEVER: the prior 0."""
    found = {}
    for label, (prior, mean, covariance) in enumerate(zip(*model, strict=True)):
        if not np.isfinite(mean).all() or not np.isfinite(covariance).all():
            found[label] = EMPTY
        elif is_singular(covariance):
            found[label] = SINGULAR
        elif prior <= 0:
            found[label] = NEVER
    return found


def is_singular(covariance: Floats) -> bool:
    """Whether an ellipse has no width: its density would be infinite on a line and 0 beside it."""
    low, high = np.linalg.eigvalsh(covariance)
    return bool(low <= FLAT * max(high, FLAT))


def log_density(points: ArrayLike, mean: Any, covariance: ArrayLike) -> Floats:
    """ln N(x; μ, Σ) at points (n, 2), (n,).

    Raises:
        LinAlgError: if Σ is not positive definite.
    """
    root = np.linalg.cholesky(np.asarray(covariance, dtype=np.float64))
    scaled = np.linalg.solve(root, (np.asarray(points, dtype=np.float64) - mean).T)
    return np.asarray(-0.5 * (scaled**2).sum(axis=0) - np.log(np.diag(root)).sum() - np.log(2 * np.pi))


def scores(model: Gaussians, points: ArrayLike) -> Floats:
    """ln P(C_k) + ln N(x; μ_k, Σ_k) at points (n, 2), (n, K); −∞ for a class that has no say."""
    places = np.asarray(points, dtype=np.float64)
    dumb = silent(model)
    columns = [
        np.full(len(places), -np.inf) if label in dumb else np.log(prior) + log_density(places, mean, covariance)
        for label, (prior, mean, covariance) in enumerate(zip(*model, strict=True))
    ]
    return np.stack(columns, axis=1)


def posterior(logits: Floats) -> Floats:
    """P(C_k | x) from ln P(C_k) p(x | C_k), (n, K); nan where no class has a say.

    Example:
        >>> posterior(np.log([[0.2, 0.6]])).round(3).tolist()
        [[0.25, 0.75]]
    """
    top = logits.max(axis=1, keepdims=True, initial=-np.inf)
    known = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(invalid="ignore"):
        shares = np.exp(logits - known)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def log_likelihood(model: Gaussians, examples: Examples) -> float:
    """Σ_n ln P(C) p(xⁿ | C), C the class of example n; −∞ where a class with examples has no say."""
    logits = scores(model, examples.inputs)
    return float(logits[np.arange(len(logits)), examples.labels].sum())


def weights(model: Gaussians) -> Floats | None:
    """With one Σ for all the posterior is softmax of W x + b: rows (w₁, w₂, b), each less the last class's, (K − 1, 3).

        w = Σ⁻¹ (μ₁ − μ₂),   b = −½ μ₁ᵀ Σ⁻¹ μ₁ + ½ μ₂ᵀ Σ⁻¹ μ₂ + ln (P(C₁) / P(C₂))

    None where there is no such line: a class has no say, or its Σ is another one.

    Example:
        >>> same = np.stack([np.eye(2)] * 2)
        >>> weights(Gaussians(np.array([0.5, 0.5]), np.array([[1.0, 0.0], [-1.0, 0.0]]), same)).tolist()
        [[2.0, 0.0, 0.0]]
    """
    first = model.covariances[0]
    if silent(model) or not all(np.array_equal(first, each) for each in model.covariances):
        return None
    slopes = np.linalg.solve(first, model.means.T).T  # (K, 2)
    shifts = np.log(model.priors) - 0.5 * (slopes * model.means).sum(axis=1)
    rows = np.column_stack([slopes, shifts])
    return np.asarray(rows[:-1] - rows[-1])


def ellipse(mean: Floats, covariance: Floats, radius: float = 2.0, corners: int = 73) -> Floats:
    """The points ``radius`` standard deviations away, (corners, 2)."""
    turn = np.linspace(0, 2 * np.pi, corners)
    values, vectors = np.linalg.eigh(covariance)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    return np.asarray(mean + radius * (vectors * np.sqrt(np.maximum(values, 0.0)) @ circle).T)


def accuracy(logits: Floats, labels: Any) -> float:
    """The share of examples whose class has the highest score; nan of none."""
    return float(np.mean(logits.argmax(axis=1) == labels)) if len(logits) else np.nan
