"""Training: several rules from the same weights on the same batches, many seeds at once, a bit of work at a time."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats
from engine.networks import network
from engine.networks.batches import Batches, batch_sizes, updates_per_epoch
from engine.networks.calls import batch_tables, call, dropout_keys, factors_of, span_of, start
from engine.networks.plan import Ints, Plan
from engine.networks.refusal import refuse
from engine.networks.stretch import FRAMES, HELD, ROW, STRETCH, Going, Points
from engine.surfaces.descent import NEVER, ROWS, schedule_factors
from engine.surfaces.experiment import Lane
from engine.threads import threads

CELLS = 65_536  # entries of one call's table of batches, per seed
CALL, CHUNK = 0.03, 0.02  # seconds: what a call should take, and after how much work the caller is asked
PATH = 2_000_000  # numbers of θ that one training keeps
THREADS = 2  # that share the lanes and the blocks of seeds


class Training(NamedTuple):
    """What has been recorded so far: L rules (of the plan's lanes), S seeds, R rows. Float64; nan is still to come.

    The arrays fill up while training goes on: copy what must not change.
    """

    steps: Ints  # (R,), updates made
    epochs: Ints  # (R,), epochs finished
    objective: Floats  # (L, S, R), the surface: mean loss on all training points, with their moments, + decay Σ w²
    gradient_norm: Floats  # (L, S, R), of that
    train_loss: Floats  # (L, S, R), mean loss as the finished network has it: moving averages, no dropout, no penalty
    train_accuracy: Floats  # (L, S, R), nan for numbers
    test_loss: Floats  # (L, S, R), nan without test points
    test_accuracy: Floats  # (L, S, R)
    held_loss: Floats  # (L, S, R), of the points for validation; nan without them
    held_accuracy: Floats  # (L, S, R)
    learning_rate: Floats  # (L, R), η_t of the update that begins here; the last row has the last update's
    diverged_at: Ints  # (L, S), the first update after which something is not finite or FAR away; -1 if none
    path_rows: Ints  # (P,), the rows of which θ is kept, for the first seed
    path: Floats  # (L, P, d)
    path_scale: Floats  # (L, P, d), σ of the update that led there; of the rule's first state at the start
    path_moments: Floats  # (L, P, layers, 2, width), the moving averages there
    final: Floats  # (L, S, d), θ where training is
    final_moments: Floats  # (L, S, layers, 2, width)
    best: Floats  # (L, S, d), θ at the row with the lowest held_loss; nan without points for validation
    best_moments: Floats  # (L, S, layers, 2, width)
    best_step: Ints  # (L, S), the updates made there; -1 without
    done: float  # share of the work

    @property
    def finished(self) -> bool:
        return self.done >= 1


CURVES = (*ROW, *HELD)


def train(
    plan: Plan,
    inputs: ArrayLike,
    targets: ArrayLike,
    test_inputs: ArrayLike | None = None,
    test_targets: ArrayLike | None = None,
    held_inputs: ArrayLike | None = None,
    held_targets: ArrayLike | None = None,
) -> Iterator[Training]:
    """Train all lanes, a bit at a time, so that who asks can show progress and stop.

    Args:
        plan: network, rules and how long; ``NetworkExperiment.plan`` is one.
        inputs: (n, p).
        targets: (n,), class numbers or numbers; (n, k) numbers for several outputs.
        test_inputs, test_targets: the same of other points; none if omitted.
        held_inputs, held_targets: of points for validation: where their loss is lowest, θ is kept; none if omitted.

    Returns:
        Iterator[Training]: the record after every 20 to 50 ms of work, the last time when it is ``finished``.

    Raises:
        ValueError: before anything runs, for a plan that cannot be trained, or data that does not fit it.

    Example:
        >>> net = NetworkExperiment.on("two_moons", width=4, steps=20)
        >>> last = finish(train(net.plan, *net.examples.train[:2]))
        >>> last.train_loss.shape, last.steps[-1].item()  # rules, seeds, rows; updates made
        ((3, 1, 21), 20)
    """
    train_points, test_points = _points(plan, inputs, targets), _points(plan, test_inputs, test_targets)
    held = None if held_inputs is None else _points(plan, held_inputs, held_targets)
    refuse(plan, train_points.columns.shape[1])
    return _trained(plan, train_points, test_points, held)


def finish(chunks: Iterator[Training]) -> Training:
    """Train to the end.

    Args:
        chunks: what ``train`` returns.

    Returns:
        Training: the last of them, whose record is complete.

    Raises:
        ValueError: where there is none.

    Example:
        >>> net = NetworkExperiment.on("xor", steps=3, seeds=2)
        >>> finish(train(net.plan, *net.examples.train[:2])).finished
        True
    """
    *_, last = chunks
    return last


def _points(plan: Plan, inputs: ArrayLike | None, targets: ArrayLike | None) -> Points:
    """As a program takes them; none at all if omitted."""
    width = plan.architecture.inputs
    dtype = np.dtype(plan.dtype)
    if inputs is None or targets is None:
        shape = (0,) if plan.classes or plan.architecture.outputs == 1 else (0, plan.architecture.outputs)
        return Points(np.zeros((width, 0), dtype), np.zeros(shape, dtype))
    rows, wanted = np.asarray(inputs), np.asarray(targets)
    if rows.ndim != 2 or rows.shape[1] != width:
        raise ValueError(f"inputs must have shape (n, {width}) as the architecture says, not {rows.shape}")
    several = not plan.classes and plan.architecture.outputs > 1
    if wanted.shape != ((len(rows), plan.architecture.outputs) if several else (len(rows),)):
        raise ValueError(f"targets of {len(rows)} points have shape {wanted.shape}")
    if not (np.isfinite(rows).all() and np.isfinite(wanted).all()):
        raise ValueError("inputs and targets must be finite")
    if plan.classes and not np.isin(wanted, np.arange(plan.classes)).all():
        raise ValueError(f"targets must be class numbers from 0 to {plan.classes - 1}")
    return Points(np.ascontiguousarray(rows.T, dtype), wanted.astype(dtype))


def _trained(plan: Plan, points: Points, test: Points, held: Points | None) -> Iterator[Training]:
    count = points.columns.shape[1]
    batch = 0 if plan.batch in (0, count) else plan.batch
    marks = plan.marks
    factors = [_factors(lane, plan.steps) for lane in plan.lanes]
    record = _empty(plan, marks, updates_per_epoch(count, batch), factors)
    blocks = _blocks(plan)
    orders = [[Batches(count, batch, seed) for seed in block] for block in blocks] if batch else []
    jobs = [(number, index) for index in range(len(blocks)) for number in range(len(plan.lanes))]
    validates = held is not None
    places = {(number, index): start(plan, plan.lanes[number], blocks[index], validates) for number, index in jobs}
    most = int(np.clip(CELLS // (batch or 1), 1, STRETCH))
    at, length, reported = 0, 1, perf_counter()

    def trained(job: tuple[int, int]) -> tuple[Going, dict[str, NDArray[Any]], float]:
        began, (number, index) = perf_counter(), job
        span = spans[index]._replace(factors=factors_of(factors[number], at, last))
        return *call(plan, plan.lanes[number], places[job], span, points, test, held), perf_counter() - began

    with threads(min(THREADS, len(jobs))) as pool:
        while at < plan.steps:
            stops = np.append(marks[(marks > at) & (marks < at + length)], min(at + length, plan.steps))[: FRAMES - 1]
            last = int(stops[-1])
            firsts = np.append(at, stops if last == plan.steps else stops[:-1])  # a row of the record before each
            sizes = batch_sizes(count, batch, at, most) if batch else None
            spans = [
                span_of(
                    at,
                    firsts,
                    last,
                    batch_tables(orders, index, last - at, most),
                    sizes,
                    dropout_keys(plan, block),
                    marks if validates else None,
                )
                for index, block in enumerate(blocks)
            ]
            slowest = 0.0
            for finished, (job, (going, rows, took)) in enumerate(zip(jobs, pool(trained, jobs), strict=True), 1):
                places[job] = going
                _note(record, plan, *job, firsts, rows, going)
                slowest = max(slowest, took)
                if perf_counter() - reported > CHUNK and finished < len(jobs):
                    yield record._replace(done=(at + finished / len(jobs) * (last - at)) / plan.steps)
                    reported = perf_counter()
            length = int(np.clip((last - at) * CALL / slowest, 1, min(4 * length, most)))
            at = last
            if at == plan.steps or perf_counter() - reported > CHUNK:
                yield record._replace(done=at / plan.steps)
                reported = perf_counter()


def _factors(lane: Lane, steps: int) -> Floats:
    """Of the learning rate at every update, (steps,)."""
    knobs = tuple(lane.schedule.numbers.items())
    parts = [schedule_factors(lane.timetable, first, steps, knobs) for first in range(0, steps, ROWS)]
    return np.concatenate(parts)[:steps]


def _blocks(plan: Plan) -> list[list[int]]:
    """The seeds of each call; the last block is filled up with its first seed."""
    seeds = list(range(plan.seed, plan.seed + plan.seeds))
    blocks = [seeds[first : first + plan.block] for first in range(0, len(seeds), plan.block)]
    return [block + block[:1] * (plan.block - len(block)) for block in blocks]


def _empty(plan: Plan, marks: Ints, per_epoch: int, factors: list[Floats]) -> Training:
    lanes, width = len(plan.lanes), network.size(plan.architecture)
    moments = network.moments_shape(plan.architecture)
    kept = int(np.clip(PATH // (lanes * width), 2, len(marks)))
    path_rows = np.unique(np.linspace(0, len(marks) - 1, kept).round().astype(int))
    rates = [lane.optimizer.numbers["learning_rate"] for lane in plan.lanes]

    def unknown(*shape: int) -> Floats:
        return np.full(shape, np.nan)

    curves = {name: unknown(lanes, plan.seeds, len(marks)) for name in CURVES}
    return Training(
        steps=marks,
        epochs=marks // per_epoch,
        **curves,
        learning_rate=np.stack(
            [rate * part[np.minimum(marks, plan.steps - 1)] for rate, part in zip(rates, factors, strict=True)]
        ),
        diverged_at=np.full((lanes, plan.seeds), -1),
        path_rows=path_rows,
        path=unknown(lanes, len(path_rows), width),
        path_scale=unknown(lanes, len(path_rows), width),
        path_moments=unknown(lanes, len(path_rows), *moments),
        final=unknown(lanes, plan.seeds, width),
        final_moments=unknown(lanes, plan.seeds, *moments),
        best=unknown(lanes, plan.seeds, width),
        best_moments=unknown(lanes, plan.seeds, *moments),
        best_step=np.full((lanes, plan.seeds), -1),
        done=0.0,
    )


def _note(
    record: Training,
    plan: Plan,
    number: int,
    index: int,
    firsts: Ints,
    rows: dict[str, NDArray[Any]],
    going: Going,
) -> None:
    """Write what a call returned into the record: the rows at the plan's marks, and where it is now."""
    marks = record.steps
    frames = np.flatnonzero(np.isin(firsts, marks))
    places = np.searchsorted(marks, firsts[frames])
    seeds = slice(index * plan.block, min((index + 1) * plan.block, plan.seeds))
    some = seeds.stop - seeds.start
    for name in CURVES if going.best else ROW:
        getattr(record, name)[number, seeds, places] = rows[name][frames, :some]
    if index == 0:
        kept = np.isin(places, record.path_rows)
        spots = np.searchsorted(record.path_rows, places[kept])
        record.path[number, spots] = rows["path"][frames[kept]]
        record.path_scale[number, spots] = rows["path_scale"][frames[kept]]
        record.path_moments[number, spots] = rows["path_moments"][frames[kept]]
    record.final[number, seeds] = going.theta[:some]
    record.final_moments[number, seeds] = going.moments[:some]
    if going.best:
        record.best[number, seeds] = going.best.theta[:some]
        record.best_moments[number, seeds] = going.best.moments[:some]
        record.best_step[number, seeds] = np.where(going.best.step == NEVER, -1, going.best.step)[:some]
    record.diverged_at[number, seeds] = np.where(going.lost == NEVER, -1, going.lost)[:some]
