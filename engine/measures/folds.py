"""How large a model? Each size is trained, and judged by examples that it has not learned from: those that are kept for
validation, or k folds, each of which is kept out once (row H3). The test takes no part in it.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import xla
from engine.arrays import Floats
from engine.networks.cost import compiles, seconds
from engine.networks.examples import Drawn
from engine.networks.experiment import NetworkExperiment
from engine.networks.plan import Plan
from engine.networks.spread import quarters
from engine.networks.training import Training, train
from engine.threads import finishing
from engine.xla import Compiles

SIZES: dict[str, tuple[int, ...]] = {"width": (1, 2, 4, 8, 16, 32, 64), "depth": (0, 1, 2, 3, 4, 6, 8)}
WORKERS = 2
PULSE = 0.04  # seconds between two reports
LOSSES = {"train": "train", "held": "validation", "test": "test"}  # in a record, and of which examples


class Tried(NamedTuple):
    """Losses of V sizes on K ways to keep examples out, of S seeds each, without the penalty; of the last network or,
    with early stopping, of the one that is taken. Nan is still to come, or has no examples; infinite has diverged.
    """

    train: Floats  # (V, K, S)
    held: Floats  # (V, K, S), of those that were kept out
    test: Floats  # (V, K, S)
    lost: NDArray[np.int64]  # (V, K), seeds that diverged
    finished: int  # of the V K trainings

    @property
    def judged(self) -> Floats:
        """The middle of the seeds on what was kept out, (V, K)."""
        return np.asarray(quarters(np.moveaxis(self.held, -1, 0))[1])

    @property
    def averages(self) -> Floats:
        """Over the folds, (V,)."""
        return np.asarray(self.judged.mean(axis=1))

    @property
    def best(self) -> int:
        """The size with the lowest average, of several the first; -1 while none has one that is finite."""
        known = np.where(np.isfinite(self.averages), self.averages, np.inf)
        return int(known.argmin()) if np.isfinite(known).any() else -1


def sized(net: NetworkExperiment, setting: str, values: Sequence[int]) -> list[NetworkExperiment]:
    """The same network in each size."""
    return [replace(net, **{setting: value}) for value in values]  # type: ignore[arg-type]


def tried(nets: Sequence[NetworkExperiment], ways: Sequence[Drawn]) -> Iterator[tuple[float, Tried]]:
    """Train each network on each way to keep examples out, with all its seeds; two trainings at a time.

    Args:
        nets: the same in several sizes; the first shown lane of each is trained.
        ways: what each of them learns from and is judged by: ``NetworkExperiment.held``, or folds.

    Yields the share that is done and what is known, several times a second.
    """
    shape = (len(nets), len(ways))
    nothing = {name: np.full((*shape, nets[0].seeds), np.nan) for name in LOSSES}
    found = Tried(**nothing, lost=np.zeros(shape, int), finished=0)
    stop, shares = threading.Event(), np.zeros(shape)

    def ended(job: tuple[int, ...]) -> Training:
        net, way = nets[job[0]], ways[job[1]]
        for training in train(plan_of(net), *way.train[:2], *way.test[:2], *way.validation[:2]):
            shares[job] = training.done
            if stop.is_set():
                break
        return training

    try:
        for ready in finishing(ended, np.ndindex(*shape), WORKERS, PULSE):
            for job, training in ready:
                lost = training.diverged_at[0] >= 0
                rows = taken(nets[job[0]], training)
                for name, part in LOSSES.items():
                    if len(getattr(ways[job[1]], part).targets):
                        losses = getattr(training, f"{name}_loss")[0, np.arange(len(rows)), rows]
                        getattr(found, name)[job] = np.where(lost, np.inf, losses)
                found.lost[job] = lost.sum()
            found = found._replace(finished=found.finished + len(ready))
            if found.finished == found.lost.size:
                xla.note(trying_compiles(nets, ways))
            yield float(shares.mean()), found
    finally:
        stop.set()  # what nobody waits for ends


def taken(net: NetworkExperiment, training: Training) -> NDArray[np.intp]:
    """The row of the record at which each seed's network is taken, (S,): the last, or where it stops early."""
    last = np.full(net.seeds, len(training.steps) - 1)
    stops = training.best_step[0]
    return np.where((stops >= 0) & bool(net.early), np.searchsorted(training.steps, stops), last)


def plan_of(net: NetworkExperiment) -> Plan:
    """The first lane, in single precision: only medians over the seeds are shown."""
    return replace(net.plan, lanes=net.plan.lanes[:1], dtype="float32")


def trying_seconds(nets: Sequence[NetworkExperiment], ways: Sequence[Drawn]) -> float:
    """How long all trainings take, about, once they are compiled."""
    return sum(seconds(plan_of(net), len(way.train.targets)) for net in nets for way in ways) / WORKERS


def trying_compiles(nets: Sequence[NetworkExperiment], ways: Sequence[Drawn]) -> Compiles:
    """What must be compiled: examples of another number need another program."""
    shapes = {tuple(part.inputs.shape for part in (way.train, way.test, way.validation)) for way in ways}
    return {key: took for net in nets for each in shapes for key, took in compiles(plan_of(net), each).items()}


class Lacking(NamedTuple):
    """Folds in which a class is missing, by their numbers from 0."""

    judged: tuple[int, ...]  # what is kept out is of one class only
    learned: tuple[int, ...]  # a class is not learned from


def lacking(ways: Sequence[Drawn]) -> Lacking:
    """Where the loss says little: of classes that are there, some are missing."""
    if not ways[0].train.classes:
        return Lacking((), ())
    there = set(np.concatenate([way.validation.targets for way in ways]))
    return Lacking(
        tuple(at for at, way in enumerate(ways) if len(set(way.validation.targets)) == 1 < len(there)),
        tuple(at for at, way in enumerate(ways) if there - set(way.train.targets)),
    )
