"""One call of a stretch's program: what it is given, for a block of seeds, and what it gives; NumPy in, NumPy out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, as_numbers
from engine.networks import network
from engine.networks.batches import Batches
from engine.networks.plan import Ints, Plan
from engine.networks.stretch import FRAMES, STRETCH, Best, Going, Points, Span, blank_state, stretch
from engine.surfaces.descent import NEVER
from engine.surfaces.experiment import Lane


def start(plan: Plan, lane: Lane, block: Sequence[int], validates: bool = False) -> Going:
    """Where a block of seeds begins; ``validates``: whether the best of them is kept."""
    dtype = np.dtype(plan.dtype)
    theta = network.initials(plan.architecture, block, plan.scheme, plan.scale).astype(dtype)
    with jax.enable_x64(dtype == np.float64):
        names = tuple(lane.optimizer.numbers)
        state = blank_state(lane.rule.make, names, len(block), theta.shape[1], plan.dtype)
    moments = np.zeros((len(block), *network.moments_shape(plan.architecture)), dtype)
    never = np.full(len(block), NEVER, np.int32)
    best = Best(np.full(len(block), np.inf, dtype), theta, moments, never) if validates else None
    return Going(theta, state, moments, never, best)


def batch_tables(orders: list[list[Batches]], index: int, count: int, most: int) -> NDArray[np.int32] | None:
    """The batches of the next updates for each seed of a block, (S, most, batch); None where there is no order."""
    if not orders:
        return None
    tables = np.zeros((len(orders[index]), most, orders[index][0].batch), np.int32)
    for table, order in zip(tables, orders[index], strict=True):
        table[:count] = order.take(count)
    return tables


def factors_of(factors: Floats, at: int, last: int) -> Floats:
    """The factors of the updates from ``at`` to ``last``, filled up with zeros, (STRETCH,)."""
    part = np.zeros(STRETCH)
    part[: last - at] = factors[at:last]
    return part


def dropout_keys(plan: Plan, block: Sequence[int]) -> NDArray[np.uint32] | None:
    """Dropout's key for each seed."""
    return np.array([(seed, 2) for seed in block], np.uint32) if plan.architecture.dropout else None


def span_of(
    at: int,
    firsts: Ints,
    last: int,
    tables: NDArray[np.int32] | None,
    sizes: NDArray[np.int32] | None,
    keys: NDArray[np.uint32] | None,
    marks: Ints | None = None,
) -> Span:
    """The updates from ``at`` to ``last``, with a row of the record before each of ``firsts``; no factors yet. Rows at
    ``marks`` are judged, if there are points for validation."""
    counts = np.zeros(FRAMES, np.int32)
    counts[: len(firsts)] = np.diff(np.append(firsts, last))
    judged = None
    if marks is not None:
        judged = np.zeros(FRAMES, bool)
        judged[: len(firsts)] = np.isin(firsts, marks)
    return Span(np.int32(at), np.int32(len(firsts)), counts, None, tables, sizes, keys, judged)


def call(
    plan: Plan, lane: Lane, going: Going, span: Span, points: Points, test: Points, held: Points | None
) -> tuple[Going, dict[str, NDArray[Any]]]:
    """One call of the program, in the plan's precision: NumPy in, NumPy out."""
    dtype = np.dtype(plan.dtype).type
    structure = (replace(plan.architecture, dropout=0.0), plan.loss, plan.classes)
    numbers = {name: value.astype(dtype) for name, value in as_numbers(lane.optimizer.numbers).items()}
    decay, share = dtype(plan.decay), dtype(plan.architecture.dropout)
    span = span._replace(factors=span.factors.astype(dtype))
    with jax.enable_x64(dtype == np.float64):  # of this thread alone
        returned = stretch(structure, lane.rule.make, going, span, points, test, numbers, decay, share, held)
        going, rows = jax.tree.map(np.asarray, returned)
    return going, rows
