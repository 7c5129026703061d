"""Curvature through training: the spectrum of the Hessian at rows of a path, and how sharp each rule finds the surface.

Up to EXACT parameters every eigenvalue is computed; beyond, Lanczos gives the extreme ones and the density of the rest.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, as_arrays
from engine.curvature.derivatives import SHARED, derivatives
from engine.curvature.lanczos import EXACT, spectral_density
from engine.curvature.points import FLOOR, RELATIVE
from engine.networks.experiment import NetworkExperiment
from engine.networks.stretch import FAR
from engine.networks.training import Training
from engine.surfaces.experiment import Lane
from engine.surfaces.stability import limits_at
from engine.threads import finishing
from landscapes.base import Loss

Ints = NDArray[np.int64]

FEWEST, MOST = 11, 61  # rows of a path that are looked at
ENTRIES = 4e6  # of all the Hessians of one lane, about
PROBES, PRODUCTS = 4, 320  # random vectors, and products Hv for each, where the spectrum is estimated
ENDS = 80  # products Hv for the largest eigenvalue alone
RESOLVED = 2e-3  # of the largest |λ|: what is smaller, so few products do not tell from 0
SURE = 2.0  # standard errors on either side
PULSE = 0.03  # seconds after which the caller is asked whether to go on
OVERHEAD = 1e-3  # seconds for each place that is looked at
PRODUCT, SPECTRUM = 1.5e9, 1.2e10  # d·n of products Hv, and d³ of spectra, that take a second


class Spectra(NamedTuple):
    """L lanes, P rows of their paths, m eigenvalues. Float64; nan is still to come, or nothing finite was there."""

    rows: Ints  # (P,), among those of which the training keeps θ
    steps: Ints  # (P,), updates made
    eigenvalues: Floats  # (L, P, m), ascending: all d of them, or where Lanczos found some
    weights: Floats  # (L, P, m), the share of all d that each stands for
    probe: Ints  # (L, P, m), the random vector from which Lanczos found it; 0 where nothing is estimated
    sharpness: Floats  # (L, P), the largest eigenvalue of D^−½ H D^−½, D = diag(σ): what the rule feels
    limits: Floats  # (L, P), the largest that the rule bears at its learning rate there; nan where none is known
    size: int  # d
    exact: bool
    done: float  # share of the work


ALONG = ("eigenvalues", "weights", "probe", "sharpness", "limits")  # of each row


class Counts(NamedTuple):
    """How many eigenvalues have which sign, (...), or by how much that may be off; estimates are no whole numbers."""

    positive: Floats
    zero: Floats
    negative: Floats


def spectra(net: NetworkExperiment, training: Training) -> Iterator[Spectra]:
    """The spectra along the paths of a training of ``net``; yields every PULSE seconds, and once all is done."""
    return along(*net.surface(), net.plan.lanes, training)


def blank(net: NetworkExperiment, training: Training) -> Spectra:
    """Before anything is computed."""
    rows = picked(len(training.path_rows), net.size)
    return _empty(net.plan.lanes, training, rows, 1, net.size <= EXACT)


def so_far(spectrum: Spectra) -> Spectra:
    """As many rows as have been looked at of all lanes, at least one; not the last, at which another thread may be."""
    last = max(int(spectrum.done * len(spectrum.rows)) - 1, 1)
    whole = {name: getattr(spectrum, name)[:, :last].copy() for name in ALONG}  # others write there meanwhile
    return spectrum._replace(rows=spectrum.rows[:last], steps=spectrum.steps[:last], **whole)


def along(
    make: Callable[..., Loss], knobs: dict[str, Any], lanes: Sequence[Lane], training: Training
) -> Iterator[Spectra]:
    """The spectra along the paths on any surface whose factory and data are given."""
    size = training.path.shape[2]
    exact = size <= EXACT
    rows = picked(len(training.path_rows), size)
    record = _empty(lanes, training, rows, size if exact else PROBES * PRODUCTS, exact)
    numbers = as_arrays(knobs)
    jobs = [(lane, place) for place in range(len(rows)) for lane in range(len(lanes))]

    def work(job: tuple[int, int]) -> None:
        lane, place = job
        theta, scale = training.path[lane, rows[place]], training.path_scale[lane, rows[place]]
        if not (np.abs(theta) <= FAR).all():
            return
        plain = bool((scale == 1).all())
        if not plain and (record.steps[place] == 0 or not _divides(scale)):
            scale = None  # before the first update a rule has no σ
        look = whole if exact else estimated
        values, weights, probe, sharpest = look(make, numbers, theta, scale, plain)
        record.weights[lane, place], record.probe[lane, place] = weights, probe
        record.sharpness[lane, place] = sharpest
        record.eigenvalues[lane, place] = values  # last: where they are, all is

    return _shared(work, jobs, record, 1 if size >= SHARED or not exact else 2)


def _shared(
    work: Callable[[tuple[int, int]], None], jobs: list[tuple[int, int]], record: Spectra, count: int
) -> Iterator[Spectra]:
    """Do the jobs in threads; the first one alone: it compiles what the others need."""
    done = 0
    for some in (jobs[:1], jobs[1:]):
        for finished in finishing(work, some, count, PULSE):
            done += len(finished)
            yield record._replace(done=done / len(jobs))


def picked(rows: int, size: int) -> Ints:
    """Which of the rows of a path are looked at: fewer where a Hessian is larger."""
    count = int(np.clip(ENTRIES / size**2, FEWEST, MOST))
    return np.unique(np.linspace(0, rows - 1, count).round().astype(int))


def seconds(net: NetworkExperiment) -> float:
    """How long the spectra of all parts take, about."""
    return sum(_seconds(part.net) for part in net.parts)


def _seconds(net: NetworkExperiment) -> float:
    size, plan = net.size, net.plan
    looks = len(plan.lanes) * len(picked(len(plan.marks), size))
    if size > EXACT:
        return looks * product_seconds(size, net.points, PROBES * PRODUCTS + ENDS)
    return looks * spectrum_seconds(size, net.points)


def product_seconds(size: int, points: int, products: int) -> float:
    """How long so many products Hv of d parameters and n examples take, about."""
    return products * size * points / PRODUCT


def spectrum_seconds(size: int, points: int) -> float:
    """How long a whole spectrum takes, about, with that under σ."""
    return OVERHEAD + product_seconds(size, points, size) + 1.5 * size**3 / SPECTRUM


def count(values: Floats, weights: Floats, size: int, tolerance: Floats) -> Counts:
    """Signs of the eigenvalues (..., m), of which each stands for a share (..., m) of ``size``; what lies within ±τ
    (...) counts as 0."""
    known = np.isfinite(values).all(axis=-1)
    limit = np.asarray(tolerance)[..., None]
    with np.errstate(invalid="ignore"):
        parts = (values > limit, np.abs(values) <= limit, values < -limit)
    return Counts(*(np.where(known, size * np.sum(weights * part, axis=-1), np.nan) for part in parts))


def counted(values: Floats, weights: Floats, probe: Ints, size: int, tolerance: Floats) -> tuple[Counts, Counts]:
    """The signs of estimated eigenvalues, and by how much each count may be off.

    A probe is a random vector v; the eigenvalues below x have a share of it, |P v|², whose mean is their share of all d
    and whose variance is that of a beta distribution. Its nodes do not tell this share, though they bound it
    (Chebyshev, Markov, Stieltjes): the weights of all nodes below x but the nearest are less, those and the next one
    are more. And of no sign are there fewer eigenvalues than nodes (Cauchy's interlacing).
    """
    order = np.argsort(probe, axis=-1, kind="stable")
    count = int(probe.max(initial=0)) + 1
    nodes, masses = (
        np.take_along_axis(part, order, axis=-1).reshape(*part.shape[:-1], count, -1) for part in (values, weights)
    )
    limit = np.asarray(tolerance)[..., None, None]
    with np.errstate(invalid="ignore"):
        less, up_to = np.sum(nodes < -limit, axis=-1), np.sum(nodes <= limit, axis=-1)
    known = np.isfinite(nodes).all(axis=(-1, -2))
    (under, over), (up, above) = (_shares(masses * count, among) for among in (less, up_to))
    most = nodes.shape[-1]
    bounds = (
        (1 - above, 1 - up, (most - up_to).max(axis=-1)),
        (up - over, above - under, 0 * most),
        (under, over, less.max(axis=-1)),
    )
    ends = [_sure(low, high, least, size, count) for low, high, least in bounds]
    positive, _, negative = ((low + high) / 2 for low, high in ends)
    middles = positive, size - positive - negative, negative
    halves = [np.maximum(high - middle, middle - low) for middle, (low, high) in zip(middles, ends, strict=True)]
    counts, off = (Counts(*(np.where(known, part, np.nan) for part in parts)) for parts in (middles, halves))
    return counts, off


def _shares(masses: Floats, among: Ints) -> tuple[Floats, Floats]:
    """The mass (..., probes, m) below a place is more and less than these, if it lies behind so many nodes: the means
    over the probes, (...)."""
    total = np.concatenate([np.zeros_like(masses[..., :1]), np.cumsum(masses, axis=-1)], axis=-1)
    nearest = (np.maximum(among - 1, 0), np.minimum(among + 1, masses.shape[-1]))
    low, high = (np.take_along_axis(total, place[..., None], axis=-1)[..., 0].mean(axis=-1) for place in nearest)
    return low, high


def _sure(low: Floats, high: Floats, least: Any, size: int, probes: int) -> tuple[Floats, Floats]:
    """Bounds on a share as bounds on a count of ``size``, with what so few random vectors leave to chance."""
    low, high = np.clip(low, 0, 1), np.clip(high, 0, 1)
    below, above = (SURE * np.sqrt(2 * share * (1 - share) / (size + 2) / probes) for share in (low, high))
    low = np.maximum(size * np.maximum(low - below, 0), least)
    return low, np.maximum(size * np.minimum(high + above, 1), low)


def tolerances(values: Floats, share: float = RELATIVE, exact: bool = True, slope: ArrayLike = 0.0) -> Floats:
    """τ = max(floor, share·max|λ|, slope) for eigenvalues (..., m), as ``curvature.sign_tolerance`` has it; the floor
    falls with a share below the usual one, which it would hide. Estimated eigenvalues have no sign below RESOLVED.

    slope: ‖g‖ / max(‖θ‖, 1), (...).
    """
    share = share if exact else max(share, RESOLVED)
    floor = FLOOR * min(1.0, share / RELATIVE)
    return np.asarray(np.maximum(np.maximum(floor, share * np.max(np.abs(values), axis=-1)), slope))


# ---- one place of a path ---------------------------------------------------------------------------------------------


def whole(
    make: Callable[..., Loss], knobs: dict[str, Any], theta: Floats, scale: Floats | None, plain: bool
) -> tuple[Floats, Floats, Ints, float]:
    """All eigenvalues (d,), their weights, 0 for their probe, and the sharpness under σ (d,); nan without σ."""
    matrix = derivatives(make, knobs, theta)[2]
    values = np.linalg.eigvalsh(matrix) if np.isfinite(matrix).all() else np.full(theta.size, np.nan)
    weights, probe = np.full(theta.size, 1 / theta.size), np.zeros(theta.size, dtype=np.int64)
    if scale is None or plain or not np.isfinite(values).all():
        return values, weights, probe, values[-1] if scale is not None else np.nan
    root = np.sqrt(scale)
    return values, weights, probe, float(np.linalg.eigvalsh(matrix / root / root[:, None])[-1])


def estimated(
    make: Callable[..., Loss], knobs: dict[str, Any], theta: Floats, scale: Floats | None, plain: bool
) -> tuple[Floats, Floats, Ints, float]:
    """Eigenvalues by Lanczos from PROBES random vectors: nodes and weights of the density, whose ends are the extremes;
    their probes; and the sharpness."""
    density = spectral_density(make, theta, PROBES, PRODUCTS, **knobs)
    nodes = density.nodes, density.weights, density.probe
    if scale is None or plain:
        return *nodes, density.nodes[-1] if scale is not None else np.nan
    felt = spectral_density(preconditioned(make), theta * np.sqrt(scale), 1, ENDS, scale=scale, **knobs)
    return *nodes, felt.nodes[-1]


@cache
def preconditioned(make: Callable[..., Loss]) -> Callable[..., Loss]:
    """The factory of the surface as a rule with σ = ``scale`` sees it: at u = D^½ θ its Hessian is D^−½ H D^−½."""

    def scaled(scale: Any, **knobs: Any) -> Loss:
        loss, root = make(**knobs), jnp.sqrt(scale)
        return lambda point: loss(point / root)

    return scaled


def _divides(scale: Floats) -> bool:
    return bool((np.isfinite(scale) & (scale > 0)).all())


def _empty(lanes: Sequence[Lane], training: Training, rows: Ints, many: int, exact: bool) -> Spectra:
    marks = training.path_rows[rows]
    shape = (len(lanes), len(rows))
    steps = training.steps[marks]
    return Spectra(
        rows=rows,
        steps=steps,
        eigenvalues=np.full((*shape, many), np.nan),
        weights=np.full((*shape, many), np.nan),
        probe=np.zeros((*shape, many), dtype=np.int64),
        sharpness=np.full(shape, np.nan),
        limits=np.stack([limits(lane, training.learning_rate[at, marks], steps) for at, lane in enumerate(lanes)]),
        size=training.path.shape[2],
        exact=exact,
        done=0.0,
    )


def limits(lane: Lane, rates: Floats, steps: Ints) -> Floats:
    """The stability limit of a lane's rule at updates ``steps`` with learning rates (P,): infinite where η_t = 0."""
    return limits_at(lane.optimizer.name, rates, steps, **lane.optimizer.numbers)
