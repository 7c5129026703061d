"""How long an update and an epoch take on this machine, against the size of a batch: plain gradient descent, measured.

A processor is not busy with one example: it works on several at once, so an update on a few takes hardly longer.
"""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import ArrayLike

from engine import xla
from engine.arrays import Floats
from engine.networks.batches import Batches, updates_per_epoch
from engine.networks.network import Architecture, initial
from engine.networks.objective import objective

CALL = 0.02  # seconds that a measured call should take
REPEATS = 7
TABLE = 16  # batches that take turns
RATE = 1e-3  # so that nothing diverges: the time does not depend on it
MOST_UPDATES = 1_000_000  # updates of one call


class Timing(NamedTuple):
    """Seconds; nan where nothing has been measured yet."""

    points: int
    batches: tuple[int, ...]  # V
    updates: Floats  # (V, R), of one update, in each repeat

    @property
    def per_epoch(self) -> list[int]:
        """Updates that see every example once, V."""
        return [updates_per_epoch(self.points, batch) for batch in self.batches]

    @property
    def update(self) -> Floats:
        """The least of the repeats, (V,): the one that other work on the machine has disturbed least."""
        known = np.where(np.isnan(self.updates), np.inf, self.updates).min(axis=1)
        return np.where(np.isfinite(known), known, np.nan)

    @property
    def epoch(self) -> Floats:
        """Of all updates that see every example once, (V,)."""
        return np.asarray(self.update * np.array(self.per_epoch))


def doubling(points: int) -> tuple[int, ...]:
    """1, 2, 4, … and all."""
    return (*(2**power for power in range(points.bit_length()) if 2**power < points), points)


@xla.program("make")
def _updates(make: Callable[..., Any], theta: Array, table: Any, count: Any, inputs: Array, targets: Array) -> Any:
    """``count`` updates on batches that take turns, table (TABLE, batch)."""
    decay = jnp.zeros((), inputs.dtype)

    def update(index: Array, params: Any) -> Any:
        rows = table[index % len(table)]
        return params - jnp.asarray(RATE, params.dtype) * jax.grad(make(inputs, targets, decay, rows))(params)

    return lax.fori_loop(0, count, update, theta)


def measure(
    architecture: Architecture,
    loss: str,
    classes: int,
    inputs: ArrayLike,
    targets: ArrayLike,
    batches: Sequence[int],
    repeats: int = REPEATS,
) -> Iterator[tuple[float, Timing]]:
    """Measure all batch sizes, round after round; yields the share that is done, and what is known.

    In single precision. Compiling and a first call to warm up are not counted; rounds, so that a disturbance does not
    hit one size alone.
    """
    make = objective(architecture, loss, classes)
    columns, wanted = np.asarray(inputs, np.float32), np.asarray(targets, np.float32)
    theta = initial(architecture, 0).astype(np.float32)
    points = len(columns)
    timing = Timing(points, tuple(batches), np.full((len(batches), repeats), np.nan))
    tables = [_table(points, batch) for batch in batches]
    counts = []

    def seconds(table: Any, count: int) -> float:
        began = perf_counter()
        with jax.enable_x64(False):  # of this thread alone
            np.asarray(_updates(make, theta, table, np.int32(count), columns, wanted))
        return perf_counter() - began

    total = (1 + repeats) * len(batches)
    for done, table in enumerate(tables, 1):
        counts.append(_enough(table, seconds))
        yield done / total, timing
    for repeat in range(repeats):
        for place, (table, count) in enumerate(zip(tables, counts, strict=True)):
            timing.updates[place, repeat] = seconds(table, count) / count
            yield ((1 + repeat) * len(batches) + place + 1) / total, timing


def _table(points: int, batch: int) -> Any:
    return Batches(points, batch, 0).take(min(TABLE, max(points // batch, 1)))


def _enough(table: Any, seconds: Any) -> int:
    """Compile, and find how many updates take CALL."""
    seconds(table, 1)
    count = 1
    while (taken := seconds(table, count)) < CALL / 2 and count < MOST_UPDATES:
        count = min(MOST_UPDATES, max(2 * count, int(count * CALL / max(taken, 1e-6))))
    return count
