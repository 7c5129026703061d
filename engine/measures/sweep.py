"""One setting, many values, many seeds: how well each value trains and generalises, and how sharp the minimum is."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.curvature.lanczos import lanczos
from engine.networks.batches import updates_per_epoch
from engine.networks.cost import MULTIPLICATIONS, seconds
from engine.networks.experiment import NUMBERS, NetworkExperiment
from engine.networks.plan import Plan
from engine.networks.stretch import FAR
from engine.networks.training import train
from engine.surfaces.descent import LONGEST
from engine.threads import finishing

VALUES: dict[str, tuple[float, ...]] = {  # 0 of a batch is all points
    "batch": (1, 2, 4, 8, 16, 32, 64, 128, 0),
    "decay": (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1),
    "width": (1, 2, 4, 8, 16, 32, 64),
    "depth": (0, 1, 2, 3, 4, 6),
    "shape": (1, 2, 3, 4, 6),  # hidden layers, each as wide as the number of parameters allows
}
WORKERS = 2
PULSE = 0.04  # seconds between two reports
PRODUCTS = 40  # Hv for one largest eigenvalue
PRODUCT, OPENING = 2.0, 3e-3  # Hv in gradients, and the seconds of one eigenvalue beside them; measured
MEASURES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "sharpness")


class Swept(NamedTuple):
    """What came out, for each of V values and S seeds; nan is still to come, or has diverged."""

    setting: str
    values: tuple[float, ...]
    updates: tuple[int, ...]  # of each value
    epochs: tuple[float, ...]
    train_loss: Floats  # (V, S), at the end, without the penalty
    test_loss: Floats
    train_accuracy: Floats
    test_accuracy: Floats
    sharpness: Floats  # (V, S), the largest eigenvalue of the Hessian of L at the end
    lost: Floats  # (V,), how many seeds diverged
    finished: int  # values that are done


def with_batch(net: NetworkExperiment, batch: int, epochs: int) -> NetworkExperiment:
    """The same training with another batch size for so many epochs: as many updates as these take."""
    return replace(net, batch=batch, steps=epochs * updates_per_epoch(net.points, batch))


def longest(net: NetworkExperiment, batch: int) -> int:
    """The epochs of this batch size that can be afforded."""
    return LONGEST // updates_per_epoch(net.points, batch)


def beside(net: NetworkExperiment, sizes: Sequence[int], epochs: int = 0) -> list[NetworkExperiment]:
    """The same training with each batch size, 0 for all examples: for equal updates, or for so many epochs, or as many
    as can be afforded."""
    if not epochs:
        return [replace(net, batch=size) for size in sizes]
    able = min(epochs, *(longest(net, size) for size in (*sizes, 0)))
    return [with_batch(net, size, able) for size in sizes]


def values_for(net: NetworkExperiment, setting: str) -> tuple[float, ...]:
    """The values of a setting that make sense here: batches not larger than the data, layers that there are parameters
    for."""
    least = 2 if net.architecture.normalisation.over_batch else 1
    sensible: dict[str, Callable[[float], bool]] = {
        "batch": lambda value: value == 0 or least <= value < net.points,
        "shape": lambda value: width_for(net, int(value)) > 0,
    }
    return tuple(filter(sensible.get(setting, lambda value: True), VALUES[setting]))


def width_for(net: NetworkExperiment, depth: int) -> int:
    """The largest width with which so many hidden layers have no more parameters than this network; 0 if none."""
    last = int(NUMBERS["width"].high)

    def fits(width: int) -> bool:
        shaped = replace(net, depth=depth, width=width)
        return shaped.trouble is None and shaped.size <= net.size

    return bisect_left(range(1, last + 1), True, key=lambda width: not fits(width))


def variants(net: NetworkExperiment, setting: str, values: Sequence[float], epochs: int) -> list[NetworkExperiment]:
    """The experiments of a sweep: of batch sizes at equal epochs, of all else at equal updates; of shapes with no more
    parameters than the network has.

    Each has its own number of epochs and updates, so that what is compared can be read off.
    """
    if setting == "batch":
        return [with_batch(net, int(value), epochs) for value in values]
    if setting == "shape":
        return [replace(net, depth=int(value), width=width_for(net, int(value))) for value in values]
    kind = float if setting == "decay" else int
    changes: list[dict[str, Any]] = [{setting: kind(value)} for value in values]
    return [replace(net, **change) for change in changes]


def sweep(nets: Sequence[NetworkExperiment], setting: str, values: Sequence[float]) -> Iterator[tuple[float, Swept]]:
    """Train each experiment with all its seeds, and measure where it ended; two at a time.

    Yields the share that is done and what is known, several times a second. The first shown lane of each is trained.
    """
    swept = _nothing(nets, setting, values)
    stop, shares = threading.Event(), np.zeros(len(nets))

    def ended(place: int) -> dict[str, Floats]:
        return _ended(nets[place], stop, shares, place)

    try:
        for ready in finishing(ended, range(len(nets)), WORKERS, PULSE):
            for place, rows in ready:
                for name, row in rows.items():
                    getattr(swept, name)[place] = row
            swept = swept._replace(finished=swept.finished + len(ready))
            yield float(shares.mean()), swept
    finally:
        stop.set()  # a sweep that nobody waits for ends


def _nothing(nets: Sequence[NetworkExperiment], setting: str, values: Sequence[float]) -> Swept:
    return Swept(
        setting,
        tuple(values),
        tuple(net.steps for net in nets),
        tuple(net.steps / updates_per_epoch(net.points, net.batch) for net in nets),
        **{name: np.full((len(nets), nets[0].seeds), np.nan) for name in MEASURES},
        lost=np.zeros(len(nets)),
        finished=0,
    )


def _ended(net: NetworkExperiment, stop: threading.Event, shares: Floats, place: int) -> dict[str, Floats]:
    """The measures of all seeds at the end, each (S,), and how many were lost."""
    train_part, test_part = net.examples
    measuring = measuring_seconds(net) / (training_seconds(net) + measuring_seconds(net))  # its share of the work
    for training in train(_plan(net), *train_part[:2], *test_part[:2]):
        shares[place] = (1 - measuring) * training.done
        if stop.is_set():
            return {}
    lived = training.diverged_at[0] < 0
    sharp = np.full(net.seeds, np.nan)
    for seed in np.flatnonzero(lived):
        sharp[seed] = sharpness(net, training.final[0, seed])
        shares[place] += measuring / net.seeds
        if stop.is_set():
            return {}
    shares[place] = 1.0
    measured = {name: getattr(training, name)[0, :, -1] for name in MEASURES[:4]}
    values = {name: np.where(lived & np.isfinite(row), row, np.nan) for name, row in measured.items()}
    return {**values, "sharpness": sharp, "lost": np.sum(~lived)}


def _plan(net: NetworkExperiment) -> Plan:
    """The first lane, in single precision: only medians over the seeds are shown."""
    return replace(net.plan, lanes=net.plan.lanes[:1], dtype="float32")


def training_seconds(net: NetworkExperiment) -> float:
    """How long the trainings of one value take, about."""
    return seconds(_plan(net), net.points)


def measuring_seconds(net: NetworkExperiment) -> float:
    """About how long the sharpness at the ends of all seeds takes."""
    products = 3 * PRODUCT * min(PRODUCTS, net.size) * net.size * net.points
    return net.seeds * (OPENING + products / MULTIPLICATIONS)


def sharpness(net: NetworkExperiment, theta: Floats) -> float:
    """The largest eigenvalue of the Hessian of L(θ) on the training points."""
    if not (np.abs(theta) <= FAR).all():
        return np.nan
    make, data = net.surface()
    return float(lanczos(make, theta, 1, PRODUCTS, **data).eigenvalues[-1])
