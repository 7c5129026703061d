"""Minima or saddles: many small networks, each brought to a critical point, and the signs of its curvatures.

A network is trained for some updates and then brought to ‖g‖ = 0 by one of the two methods of ``polishing``.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import jax
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats
from engine.curvature.points import RELATIVE
from engine.measures.polishing import BLOCK, METHODS, SEEN, STRICT, Arrival, polished
from engine.measures.spectra import tolerances
from engine.networks import network
from engine.networks.experiment import NetworkExperiment
from landscapes.base import Loss
from optimizers import OPTIMIZERS

Ints = NDArray[np.int64]

FLAT = 0.01  # ‖Hg‖ / (‖H‖ ‖g‖) of a gradient-flat point; it is 1 where g lies along the strongest curvature
HEAVY, FEW = 4e6, 4  # d² n from which on only so few networks are worked on at once, so that Cancel is heard
RATE, UPDATES = 0.02, 100  # Adam's learning rate, and its updates in one call
LARGEST = 200  # parameters
STAGES = (5**0.5 - 1) / 2  # multiples of it, modulo 1, fill the unit interval evenly


@dataclass(frozen=True)
class Search:
    """Which networks are brought to a critical point.

    net: of what kind they are; its width does not matter. Its ``steps`` are the most updates of the training before.
    count: of networks, the same number of each width but for what is left over.
    """

    net: NetworkExperiment
    widths: tuple[int, ...]
    count: int
    method: str = METHODS[0]

    @property
    def groups(self) -> list[tuple[NetworkExperiment, range]]:
        """The networks of each width, and their seeds."""
        each, more = divmod(self.count, len(self.widths))
        first = self.net.seed
        return [
            (replace(self.net, width=width), range(first, first + each + (place < more)))
            for place, width in enumerate(sorted(self.widths))
        ]

    @property
    def largest(self) -> int:
        """Parameters of the widest network. Raises ValueError where the architecture does."""
        return max(net.size for net, _ in self.groups)

    @property
    def seconds(self) -> float:
        """How long this takes, about."""
        return sum(len(seeds) * _price(net) for net, seeds in self.groups)


class Way(NamedTuple):
    """The networks after so many steps of polishing; who has arrived stays."""

    steps: Ints  # (F,), from 0
    loss: Floats  # (F, n)
    gradient_norm: Floats  # (F, n)
    distance: Floats  # (F, n)
    eigenvalues: NDArray[np.float32]  # (F, n, m)


class Critical(NamedTuple):
    """What has been found so far, n networks in the order in which they arrived; m parameters has the largest of all.

    Float64. ``kind``: "critical"; "flat": gradient-flat; "short": neither, it did not arrive.
    """

    width: Ints  # (n,)
    seed: Ints  # (n,)
    updates: Ints  # (n,), of the training before
    steps: Ints  # (n,), of polishing
    loss: Floats  # (n,), the surface: mean loss + decay Σ w²
    gradient_norm: Floats  # (n,)
    residual: Floats  # (n,), ‖Hg‖ / (max|λ| ‖g‖), in [0, 1]
    distance: Floats  # (n,), ‖θ‖
    eigenvalues: Floats  # (n, m), ascending, then nan
    kind: NDArray[np.str_]  # (n,)
    done: float  # share of the work
    way: Way | None = None  # once all is done


class Signs(NamedTuple):
    """How many eigenvalues have which sign, (n,) or (F, n), and the two ratios."""

    positive: Ints
    zero: Ints
    negative: Ints
    of_signed: Floats  # positive / (positive + negative); nan where all are zero
    of_all: Floats  # positive / all


class Width(NamedTuple):
    """The critical points of one width."""

    width: int
    parameters: int
    critical: int
    hollow: int  # what has not reached ‖g‖ ≤ STRICT
    minima: int  # critical points without a negative eigenvalue
    median: float  # of positive / (positive + negative), over the critical points; nan without any


def critical_networks(search: Search) -> Iterator[Critical]:
    """Look for them; yields every 10 to 100 ms what is there so far, more slowly only where LARGEST Hessians of
    more than a thousand examples are computed, and once all is done."""
    rows: list[tuple[Any, ...]] = []
    total, spent = search.seconds, 0.0
    width = search.largest
    yield _record(rows, width, 0.0)
    for net, seeds in search.groups:
        share = len(seeds) * _price(net)
        make, knobs = net.surface()
        updates = stages(len(seeds), net.steps)
        thetas = network.initials(net.architecture, list(seeds), net.scheme, net.scale)
        for _ in trained(make, knobs, thetas, updates):
            yield _record(rows, width, spent / total)
        before = len(rows)
        block = FEW if net.size**2 * net.points > HEAVY else BLOCK
        for arrived in polished(make, knobs, thetas, search.method, block):
            rows += [
                (net.width, seeds[each.number], updates[each.number], *each[1:-1], (*each.way, each))
                for each in arrived
            ]
            yield _record(rows, width, (spent + share * (len(rows) - before) / len(seeds)) / total)
        spent += share
    yield _record(rows, width, 1.0)._replace(way=_way([line[-1] for line in rows], width))


def stages(count: int, most: int) -> Ints:
    """After how many updates each of so many trainings stops, (count,): from 0 to ``most``, evenly in log(1 + updates),
    so that the critical points near the first weights are seen as well as those near the end."""
    share = np.arange(count) * STAGES % 1
    return np.asarray(np.round((1.0 + most) ** share - 1), np.int64)


def ratios(there: Critical | Way, share: float = RELATIVE) -> Signs:
    """Signs with the τ of ``spectra.tolerances``."""
    values = there.eigenvalues
    slope = there.gradient_norm / np.maximum(there.distance, 1.0)
    with np.errstate(invalid="ignore"):
        limit = tolerances(np.nan_to_num(values, nan=0.0), share, slope=slope)[..., None]
        positive, negative = (np.sum(sign * values > limit, axis=-1) for sign in (1, -1))
    size = np.sum(np.isfinite(values), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Signs(positive, size - positive - negative, negative, positive / (positive + negative), positive / size)


def by_width(critical: Critical, signs: Signs) -> list[Width]:
    """One row for each width, the narrowest first."""
    rows = []
    for width in np.unique(critical.width):
        of_width, there = critical.width == width, (critical.width == width) & (critical.kind == "critical")
        known = signs.of_signed[there & (signs.positive + signs.negative > 0)]
        rows.append(
            Width(
                width=int(width),
                parameters=int(np.max(np.sum(np.isfinite(critical.eigenvalues[of_width]), axis=1))),
                critical=int(there.sum()),
                hollow=int(of_width.sum() - there.sum()),
                minima=int(np.sum(there & (signs.negative == 0))),
                median=float(np.median(known)) if len(known) else float("nan"),
            )
        )
    return rows


def _record(rows: list[tuple[Any, ...]], width: int, done: float) -> Critical:
    """The rows as columns: width, seed, updates, steps, loss, ‖g‖, residual, ‖θ‖, eigenvalues."""
    spectra = np.full((len(rows), width), np.nan)
    for row, line in zip(spectra, rows, strict=True):
        row[: len(line[8])] = line[8]
    wide, seed, updates, steps = np.array([line[:4] for line in rows], np.int64).reshape(-1, 4).T
    loss, norm, residual, distance = np.array([line[4:8] for line in rows], np.float64).reshape(-1, 4).T
    kind = np.where(norm <= STRICT, "critical", np.where(residual <= FLAT, "flat", "short"))
    return Critical(wide, seed, updates, steps, loss, norm, residual, distance, spectra, kind, done)


def _way(ways: Sequence[Sequence[Arrival]], width: int) -> Way:
    """Each network where it was last seen, at the steps of SEEN and at the last one of all."""
    most = max(way[-1].steps for way in ways)
    steps = np.unique([*SEEN[: np.searchsorted(SEEN, most)], most])
    rows = [np.searchsorted([each.steps for each in way], steps, "right") - 1 for way in ways]
    spectra = np.full((len(steps), len(ways), width), np.nan, np.float32)
    loss, norm, distance = plain = np.empty((3, len(steps), len(ways)))
    for number, (way, at) in enumerate(zip(ways, rows, strict=True)):
        spectra[:, number, : len(way[0].eigenvalues)] = np.stack([each.eigenvalues for each in way])[at]
        plain[:, :, number] = np.array([(each.loss, each.gradient_norm, each.distance) for each in way])[at].T
    return Way(steps, loss, norm, distance, spectra)


def _price(net: NetworkExperiment) -> float:
    """Seconds for one network, about: the steps of polishing and what stands around them, and the updates."""
    size, points = net.size, net.points
    step = 3e-5 + size**2 * points / 1.2e9 + size**3 / 7e8
    return 330 * step + net.steps * size * points / 4e9


# ---- training --------------------------------------------------------------------------------------------------------


@xla.program("make")
def _blank(make: Callable[..., Any], knobs: dict[str, Any], thetas: Any) -> Any:
    del make, knobs
    return jax.vmap(OPTIMIZERS["adam"].make(RATE).init)(thetas)


@xla.program("make")
def _updated(make: Callable[..., Any], knobs: dict[str, Any], thetas: Any, moments: Any, updates: Any, at: Any) -> Any:
    """UPDATES steps of Adam from number ``at`` on; each network stops after its own number of updates."""
    gradient = jax.grad(make(**knobs))
    rule = OPTIMIZERS["adam"].make(RATE)

    def one(theta: Array, state: Any, last: Any) -> Any:
        def body(step: Any, going: Any) -> Any:
            theta, state = going
            change, state = rule.update(gradient(theta), state)
            return jax.numpy.where(at + step < last, theta + change, theta), state

        return lax.fori_loop(0, UPDATES, body, (theta, state))

    return jax.vmap(one)(thetas, moments, updates)


def trained(make: Callable[..., Loss], knobs: dict[str, Any], thetas: Floats, updates: Ints) -> Iterator[None]:
    """Train each row of ``thetas`` (n, d), in place, for its own number of updates (n,)."""
    order = np.argsort(updates)
    for first in range(0, len(order), BLOCK):
        rows = order[first : first + BLOCK]
        filled = np.resize(rows, BLOCK)
        going = thetas[filled]
        moments = _blank(make, knobs, going)
        for at in range(0, int(updates[rows].max()), UPDATES):
            going, moments = _updated(make, knobs, going, moments, updates[filled], np.int64(at))
            yield
        thetas[rows] = np.asarray(going)[: len(rows)]
