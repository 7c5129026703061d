"""Training: several rules from the same weights on the same batches, many seeds at once, a bit of work at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter
from typing import Any, NamedTuple

import jax
import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, as_numbers
from engine.link import Notice, span
from engine.networks import network
from engine.networks.batches import Batches, batch_sizes, updates_per_epoch
from engine.networks.network import WRITTEN_OUT, Architecture
from engine.networks.objective import check
from engine.networks.stretch import FRAMES, STRETCH, Going, Points, Span, blank_state, stretch
from engine.surfaces.descent import LONGEST, NEVER, ROWS, schedule_factors
from engine.surfaces.experiment import Lane
from engine.threads import threads
from initialisations import INITIALISATIONS

Ints = NDArray[np.int64]

BLOCK = 8  # seeds that one call trains in float32: their state and activations stay in the cache
CELLS = 65_536  # entries of one call's table of batches, per seed
CALL, CHUNK = 0.03, 0.02  # seconds: what a call should take, and after how much work the caller is asked
PATH = 2_000_000  # numbers of θ that one training keeps
DENSE = 400  # parameters up to which a rule may write down the Hessian at every step
MOST_SEEDS = 512
MULTIPLICATIONS = 1.5e10  # a second, of networks large enough to notice
FEW = 32  # points: fewer take as long
HALF = 0.6  # of the time is what float32 takes, eight seeds at a time
ROW = 1.3  # evaluations that a row of the record takes
SEARCH = 4.0  # evaluations of a line search, about
SOLVE = 2e-10  # seconds for each d³ of the equations that Newton's rules solve
SIDE_BY_SIDE = 0.6  # of the processor time passes when two programs are compiled at a time
THREADS = 2  # that share the lanes and the blocks of seeds


@dataclass(frozen=True)
class Plan:
    """What is trained how, beside the data.

    The architecture but for dropout's share, loss, rule, batch size and precision are structure, as is the shape of the
    data: another value of them needs another program.

    lanes: all are trained; what is set aside is for the caller to leave out.
    classes: how many, if the targets are class numbers; 0 if they are numbers.
    scheme: of the first weights.
    batch: points per update; all of them if 0.
    decay: λ of the penalty λ Σ w².
    seed: the first of ``seeds`` that follow each other; each has its own weights and its own order of the points.
    rows: at how many steps the record is written, about.
    dtype: in "float64" each seed is trained by itself, and is to the last bit the training that it is alone; in
        "float32" several together, two to three times as fast, where they are only counted.
    """

    architecture: Architecture
    lanes: tuple[Lane, ...]
    loss: str = "mse"
    classes: int = 0
    scheme: str = "xavier"
    steps: int = 1000
    batch: int = 0
    decay: float = 0.0
    seed: int = 0
    seeds: int = 1
    rows: int = 200
    dtype: str = "float64"

    @property
    def every(self) -> int:
        """Updates from one row of the record to the next."""
        return -(-self.steps // self.rows)

    @property
    def marks(self) -> Ints:
        """The updates made at each row of the record, (R,): 0, every, 2 every, … and the last one."""
        return np.unique(np.append(np.arange(0, self.steps, self.every), self.steps))

    @property
    def block(self) -> int:
        """Seeds that one call trains."""
        return BLOCK if self.dtype == "float32" and self.seeds > 1 else 1


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
    learning_rate: Floats  # (L, R), η_t of the update that begins here; the last row has the last update's
    diverged_at: Ints  # (L, S), the first update after which something is not finite or FAR away; -1 if none
    path_rows: Ints  # (P,), the rows of which θ is kept, for the first seed
    path: Floats  # (L, P, d)
    path_scale: Floats  # (L, P, d), σ of the update that led there; of the rule's first state at the start
    path_moments: Floats  # (L, P, layers, 2, width), the moving averages there
    final: Floats  # (L, S, d), θ where training is
    final_moments: Floats  # (L, S, layers, 2, width)
    done: float  # share of the work

    @property
    def finished(self) -> bool:
        return self.done >= 1


CURVES = ("objective", "gradient_norm", "train_loss", "train_accuracy", "test_loss", "test_accuracy")


class Untrainable(ValueError):
    """A plan that cannot be trained: says so to a programmer, and with its ``notice`` to a person."""

    def __init__(self, sentence: str, notice: Notice) -> None:
        super().__init__(sentence)
        self.notice = notice


def refuse(plan: Plan, points: int) -> None:
    """Whether a plan can be trained on so many points.

    Raises:
        Untrainable: says what is wrong, with which value, and what to change.
        ValueError: for a loss that does not suit the network.
    """
    check(plan.architecture, plan.loss, plan.classes)
    for name, low, high in (("steps", 1, LONGEST), ("seeds", 1, MOST_SEEDS), ("rows", 1, 400), ("seed", 0, 2**31)):
        value = getattr(plan, name)
        if not low <= value <= high:
            problem = f"{name} must lie between {low} and {high}, not {value}"
            raise Untrainable(problem, Notice("range", name, str(value), span(low, high)))
    if plan.dtype not in ("float32", "float64"):
        problem = f"dtype must be 'float32' or 'float64', not {plan.dtype!r}"
        raise Untrainable(problem, Notice("unknown", "dtype", plan.dtype))
    if plan.scheme not in INITIALISATIONS:
        problem = f"unknown scheme {plan.scheme!r}: choose one of {', '.join(INITIALISATIONS)}"
        raise Untrainable(problem, Notice("unknown", "scheme", plan.scheme))
    if not points:
        problem = "there are no points to train on: lower the share of test points"
        raise Untrainable(problem, Notice("range", "test", "1", "0 … 0.9"))
    if not 0 <= plan.batch <= points:
        problem = f"batch must lie between 1 and the {points} training points, or be 0 for all: not {plan.batch}"
        raise Untrainable(problem, Notice("batch", "batch", str(plan.batch), str(points)))
    if plan.architecture.normalisation.over_batch and 1 in (plan.batch, points):
        problem = "batch normalisation needs at least 2 points in a batch: raise the batch size"
        raise Untrainable(problem, Notice("lonely", "batch", "1", "2"))
    width = network.size(plan.architecture)
    for lane in plan.lanes:
        if writes_hessian(lane, width):
            problem = (
                f"{lane.rule.name} writes down the whole Hessian at every step, affordable up to {DENSE} parameters, "
                f"not {width}: lower the width or the depth"
            )
            raise Untrainable(problem, Notice("dense", lane.rule.name, str(width), str(DENSE)))
    if not plan.lanes:
        raise Untrainable("choose at least one optimizer", Notice("idle", "lanes", "0"))


def writes_hessian(lane: Lane, width: int) -> bool:
    """Whether a rule writes down the whole Hessian of more than DENSE parameters: its first state says what a step
    costs, in gradients; of a line search only the beginning."""
    if width <= DENSE:
        return False
    return gradients(lane, width) > width


@lru_cache(maxsize=1024)
def gradients(lane: Lane, width: int) -> float:
    """How many gradients of d parameters an update of a rule takes, about; of a line search a few."""
    names = tuple(lane.optimizer.numbers)
    state = jax.tree.map(lambda leaf: leaf[0], blank_state(lane.rule.make, names, 1, width, "float64"))
    told = float(lane.rule.make(**lane.optimizer.numbers).evaluations(state))
    return max(told, min(lane.rule.cost, SEARCH))


def evaluation(net: Architecture, points: int) -> float:
    """Seconds that the loss and its gradient on so many points take: what each layer and each parameter costs however
    few points there are, the activations, and the multiplications. ``benchmarks/networks.py`` measures it."""
    width, units = network.size(net), net.depth * net.width * max(points, FEW)
    bent = 2 if net.normalisation.axis is not None or net.dropout else 1
    multiplied = 3.0 * width * points
    return 5e-6 + 4e-7 * (net.depth + 1) + 5e-9 * width + 4e-9 * bent * units + multiplied / (4 * MULTIPLICATIONS)


def seconds(plan: Plan, points: int) -> float:
    """About how long a training takes once it is compiled: its updates and its rows, one core at work."""
    net, width = plan.architecture, network.size(plan.architecture)
    taken = [gradients(lane, width) for lane in plan.lanes]
    solved = SOLVE * width**3 * sum(each > width for each in taken)
    updates = plan.steps * (sum(taken) * evaluation(net, plan.batch or points) + solved)
    rows = len(plan.marks) * len(plan.lanes) * ROW * evaluation(net, points)
    return plan.seeds * (updates + rows) * (HALF if plan.dtype == "float32" else 1.0)


def preparing_seconds(plan: Plan) -> float:
    """About how long it takes to compile its programs, if nobody has done so before: two at a time."""
    net = plan.architecture
    normalised = net.normalisation.axis is not None
    each = (0.5 + 0.13 * min(net.depth, WRITTEN_OUT + 1) + 0.009 * net.depth) * (1.9 if normalised else 1.0)
    return SIDE_BY_SIDE * each * sum(2.3 if lane.rule.cost > SEARCH else 1.0 for lane in plan.lanes)


def train(
    plan: Plan,
    inputs: ArrayLike,
    targets: ArrayLike,
    test_inputs: ArrayLike | None = None,
    test_targets: ArrayLike | None = None,
) -> Iterator[Training]:
    """Train all lanes, a bit at a time, so that who asks can show progress and stop.

    Args:
        plan: network, rules and how long; ``NetworkExperiment.plan`` is one.
        inputs: (n, p).
        targets: (n,), class numbers or numbers; (n, k) numbers for several outputs.
        test_inputs, test_targets: the same of other points; none if omitted.

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
    refuse(plan, train_points.columns.shape[1])
    return _trained(plan, train_points, test_points)


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


def _trained(plan: Plan, points: Points, test: Points) -> Iterator[Training]:
    count = points.columns.shape[1]
    batch = 0 if plan.batch in (0, count) else plan.batch
    marks = plan.marks
    factors = [_factors(lane, plan.steps) for lane in plan.lanes]
    record = _empty(plan, marks, updates_per_epoch(count, batch), factors)
    blocks = _blocks(plan)
    orders = [[Batches(count, batch, seed) for seed in block] for block in blocks] if batch else []
    jobs = [(number, index) for index in range(len(blocks)) for number in range(len(plan.lanes))]
    places = {(number, index): _start(plan, plan.lanes[number], blocks[index]) for number, index in jobs}
    most = int(np.clip(CELLS // (batch or 1), 1, STRETCH))
    at, length, reported = 0, 1, perf_counter()

    def trained(job: tuple[int, int]) -> tuple[Going, dict[str, NDArray[Any]], float]:
        began, (number, index) = perf_counter(), job
        span = spans[index]._replace(factors=_stretch(factors[number], at, last))
        return *_call(plan, plan.lanes[number], places[job], span, points, test), perf_counter() - began

    with threads(min(THREADS, len(jobs))) as pool:
        while at < plan.steps:
            stops = np.append(marks[(marks > at) & (marks < at + length)], min(at + length, plan.steps))[: FRAMES - 1]
            last = int(stops[-1])
            firsts = np.append(at, stops if last == plan.steps else stops[:-1])  # a row of the record before each
            spans = [
                _span(at, firsts, last, _tables(orders, index, last - at, most), _keys(plan, block), count, batch, most)
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


def _start(plan: Plan, lane: Lane, block: Sequence[int]) -> Going:
    dtype = np.dtype(plan.dtype)
    theta = network.initials(plan.architecture, block, plan.scheme).astype(dtype)
    with jax.enable_x64(dtype == np.float64):
        names = tuple(lane.optimizer.numbers)
        state = blank_state(lane.rule.make, names, len(block), theta.shape[1], plan.dtype)
    moments = np.zeros((len(block), *network.moments_shape(plan.architecture)), dtype)
    return Going(theta, state, moments, np.full(len(block), NEVER, np.int32))


def _tables(orders: list[list[Batches]], index: int, count: int, most: int) -> NDArray[np.int32] | None:
    """The batches of the next updates for each seed of a block, (S, most, batch); None where there is no order."""
    if not orders:
        return None
    tables = np.zeros((len(orders[index]), most, orders[index][0].batch), np.int32)
    for table, order in zip(tables, orders[index], strict=True):
        table[:count] = order.take(count)
    return tables


def _stretch(factors: Floats, at: int, last: int) -> Floats:
    """The factors of the updates from ``at`` to ``last``, filled up with zeros, (STRETCH,)."""
    part = np.zeros(STRETCH)
    part[: last - at] = factors[at:last]
    return part


def _keys(plan: Plan, block: Sequence[int]) -> NDArray[np.uint32] | None:
    """Dropout's key for each seed."""
    return np.array([(seed, 2) for seed in block], np.uint32) if plan.architecture.dropout else None


def _span(
    at: int,
    firsts: Ints,
    last: int,
    tables: NDArray[np.int32] | None,
    keys: NDArray[np.uint32] | None,
    count: int,
    batch: int,
    most: int,
) -> Span:
    counts = np.zeros(FRAMES, np.int32)
    counts[: len(firsts)] = np.diff(np.append(firsts, last))
    sizes = None if tables is None else batch_sizes(count, batch, at, most)
    return Span(np.int32(at), np.int32(len(firsts)), counts, None, tables, sizes, keys)


def _call(
    plan: Plan, lane: Lane, going: Going, span: Span, points: Points, test: Points
) -> tuple[Going, dict[str, NDArray[Any]]]:
    """One call of the program, in the plan's precision: NumPy in, NumPy out."""
    dtype = np.dtype(plan.dtype).type
    structure = (replace(plan.architecture, dropout=0.0), plan.loss, plan.classes)
    numbers = {name: value.astype(dtype) for name, value in as_numbers(lane.optimizer.numbers).items()}
    decay, share = dtype(plan.decay), dtype(plan.architecture.dropout)
    span = span._replace(factors=span.factors.astype(dtype))
    with jax.enable_x64(dtype == np.float64):  # of this thread alone
        found = stretch(structure, lane.rule.make, going, span, points, test, numbers, decay, share)
        going, rows = jax.tree.map(np.asarray, found)
    return going, rows


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
    for name in CURVES:
        getattr(record, name)[number, seeds, places] = rows[name][frames, :some]
    if index == 0:
        kept = np.isin(places, record.path_rows)
        here = np.searchsorted(record.path_rows, places[kept])
        record.path[number, here] = rows["path"][frames[kept]]
        record.path_scale[number, here] = rows["path_scale"][frames[kept]]
        record.path_moments[number, here] = rows["path_moments"][frames[kept]]
    record.final[number, seeds] = going.theta[:some]
    record.final_moments[number, seeds] = going.moments[:some]
    record.diverged_at[number, seeds] = np.where(going.lost == NEVER, -1, going.lost)[:some]
