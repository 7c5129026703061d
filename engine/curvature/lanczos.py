"""Spectra of Hessians that are too large to write down: extreme eigenpairs, density and trace from products Hv alone.

Lanczos builds an orthonormal basis in which H is tridiagonal. Rounding would spoil the basis and bring ghosts, copies
of eigenvalues found already, so each new vector is made orthogonal to all before it, twice. Where the basis fills an
invariant subspace the iteration breaks down: it goes on from a random vector orthogonal to all before.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike, NDArray

from engine import xla
from engine.arrays import Floats
from engine.curvature.derivatives import place, subject
from engine.curvature.points import inspect
from engine.given import Subject

EXACT = 2000  # parameters; below, the whole spectrum is affordable
STEPS = (20, 40, 80, 160, 320)  # lengths that have a program
BREAKDOWN = 1e-10  # of the largest entry so far: what is left of a vector is rounding
PROBES = 64  # for the trace, at once at most


class Eigenpairs(NamedTuple):
    """Extreme eigenpairs. Float64 NumPy arrays."""

    eigenvalues: Floats  # (k,), ascending
    eigenvectors: Floats  # (d, k), in columns
    residuals: Floats  # (k,), ‖Hv − λv‖
    steps: int  # products Hv that it took; 0 where the whole spectrum was computed
    breakdowns: int  # how often the basis had filled an invariant subspace

    @property
    def exact(self) -> bool:
        """Whether the whole spectrum was computed instead."""
        return self.steps == 0


class Density(NamedTuple):
    """Where eigenvalues lie: masses at nodes, which sum to 1."""

    nodes: Floats  # (n,), ascending, all between the smallest and the largest eigenvalue
    weights: Floats  # (n,)
    probe: NDArray[np.int64]  # (n,), from which random vector each comes
    probes: int

    def histogram(self, bins: int = 64) -> tuple[Floats, Floats]:
        """Mass in each bin between the outermost nodes, (bins,), and the edges of the bins, (bins + 1,)."""
        return np.histogram(self.nodes, bins=bins, weights=self.weights)


class Trace(NamedTuple):
    """An estimate of the sum of all eigenvalues."""

    estimate: float
    standard_error: float
    probes: int


@xla.program("make")
def _tridiagonal(make: Callable[..., Any], knobs: dict[str, Any], point: Array, noise: Array) -> Any:
    """The basis (m, d), the diagonal and what is beside it (m,), and where it broke down, (m,), from m random vectors:
    the first one starts, another one takes over after a breakdown."""
    turn = jax.linearize(jax.grad(make(**knobs)), point)[1]
    steps = noise.shape[0]

    def orthogonal(vector: Array, basis: Any) -> Any:  # rows that are not there yet are 0
        for _ in range(2):
            vector = vector - (basis @ vector) @ basis
        return vector

    def unit(vector: Array) -> Any:
        return vector / jnp.sqrt(vector @ vector)

    def body(index: Array, carry: Any) -> Any:
        basis, vector, diagonal, beside, broken, scale = carry
        basis = lax.dynamic_update_index_in_dim(basis, vector, index, 0)
        image = turn(vector)
        along = vector @ image
        rest = orthogonal(image, basis)
        length = jnp.sqrt(rest @ rest)
        scale = jnp.maximum(scale, jnp.abs(along) + length)
        ends = length <= BREAKDOWN * scale
        vector = lax.cond(
            ends,
            lambda: unit(orthogonal(noise[jnp.minimum(index + 1, steps - 1)], basis)),
            lambda: rest / length,
        )
        now = jnp.arange(steps) == index
        diagonal = jnp.where(now, along, diagonal)
        beside = jnp.where(now, jnp.where(ends, 0, length), beside)
        return basis, vector, diagonal, beside, broken | (now & ends), scale

    empty = jnp.zeros(steps)
    start = (jnp.zeros_like(noise), unit(noise[0]), empty, empty, jnp.zeros(steps, dtype=bool), jnp.zeros(()))
    basis, _, diagonal, beside, broken, _ = lax.fori_loop(0, steps, body, start)
    return basis, diagonal, beside, broken


@xla.program("make")
def _forms(make: Callable[..., Any], knobs: dict[str, Any], point: Array, vectors: Array) -> Any:
    """vᵀHv for each of the vectors, (n, d) -> (n,)."""
    turn = jax.linearize(jax.grad(make(**knobs)), point)[1]
    return lax.map(lambda vector: vector @ turn(vector), vectors)


def lanczos(
    landscape: Subject, point: ArrayLike, k: int = 5, steps: int | None = None, seed: int = 0, **knobs: Any
) -> Eigenpairs:
    """The k smallest and the k largest eigenvalues with their eigenvectors; all of them where d ≤ 2k. They are nan
    where the Hessian is not finite.

    Args:
        steps: products Hv, at most d; by default enough for well separated ends. Read the residuals.
    """
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    rounded = _rounded(min(8 * k, STEPS[-1]) if steps is None else steps)
    length = min(rounded, theta.size) if theta.size > 2 * k else theta.size
    noise = np.random.default_rng(seed).standard_normal((length, theta.size))
    basis, diagonal, beside, broken = map(np.asarray, _tridiagonal(make, numbers, theta, noise))
    values, turns = _solved(diagonal, beside)
    ends = np.arange(length) if length <= 2 * k else np.r_[:k, length - k : length]
    residuals = np.abs(beside[-1] * turns[-1, ends])
    whole = length == theta.size  # the last step then breaks down for want of directions
    return Eigenpairs(values[ends], basis.T @ turns[:, ends], residuals, length, int(broken.sum()) - whole)


def extreme_eigenpairs(landscape: Subject, point: ArrayLike, k: int = 5, **knobs: Any) -> Eigenpairs:
    """The k smallest and largest eigenpairs: from the whole spectrum up to EXACT parameters, by Lanczos beyond."""
    if np.size(point) > EXACT:
        return lanczos(landscape, point, k, **knobs)
    inspected = inspect(landscape, point, **knobs)
    values, vectors = inspected.eigenvalues, inspected.eigenvectors
    ends = np.arange(values.size) if values.size <= 2 * k else np.r_[:k, values.size - k : values.size]
    return Eigenpairs(values[ends], vectors[:, ends], np.zeros(len(ends)), 0, 0)


def spectral_density(
    landscape: Subject, point: ArrayLike, probes: int = 8, steps: int = 80, seed: int = 0, **knobs: Any
) -> Density:
    """Stochastic Lanczos quadrature (Ubaru, Chen & Saad 2017): from each random start the eigenvalues of the
    tridiagonal matrix, weighted with the squared first components of its eigenvectors (Golub & Welsch 1969). They are
    nan where the Hessian is not finite."""
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    if probes < 1:
        raise ValueError(f"probes must be at least 1, not {probes}")
    length = min(_rounded(steps), theta.size)
    chance = np.random.default_rng(seed)
    nodes, weights = [], []
    for _ in range(probes):
        noise = chance.standard_normal((length, theta.size))
        _, diagonal, beside, _ = map(np.asarray, _tridiagonal(make, numbers, theta, noise))
        values, turns = _solved(diagonal, beside)
        nodes.append(values)
        weights.append(turns[0] ** 2 / probes)
    order = np.argsort(np.concatenate(nodes), kind="stable")
    return Density(np.concatenate(nodes)[order], np.concatenate(weights)[order], order // length, probes)


def trace(landscape: Subject, point: ArrayLike, probes: int = 64, seed: int = 0, **knobs: Any) -> Trace:
    """Hutchinson's estimate: the mean of vᵀHv over vectors of random signs, and its standard error."""
    make, numbers = subject(landscape, knobs)
    theta, _ = place(landscape, point)
    if probes < 2:
        raise ValueError(f"probes must be at least 2, not {probes}")
    chance = np.random.default_rng(seed)
    forms: list[Floats] = []
    for first in range(0, probes, PROBES):
        signs = chance.choice([-1.0, 1.0], (PROBES, theta.size))
        forms.append(np.asarray(_forms(make, numbers, theta, signs))[: probes - first])
    values = np.concatenate(forms)
    return Trace(float(values.mean()), float(values.std(ddof=1) / np.sqrt(probes)), probes)


def _solved(diagonal: Floats, beside: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues (m,) and eigenvectors (m, m) of the tridiagonal matrix; nan where an entry is not finite."""
    matrix = np.diag(diagonal) + np.diag(beside[:-1], 1) + np.diag(beside[:-1], -1)
    if not np.isfinite(matrix).all():
        return np.full(len(matrix), np.nan), np.full(matrix.shape, np.nan)
    values, turns = np.linalg.eigh(matrix)
    return values, turns


def _rounded(steps: int) -> int:
    """The next length that has a program."""
    if not 1 <= steps <= STEPS[-1]:
        raise ValueError(f"steps must lie between 1 and {STEPS[-1]}, not {steps}")
    return next(length for length in STEPS if steps <= length)
