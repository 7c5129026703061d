"""A learning rate for each rule: how low each gets at every rate, where it breaks, and which rate is chosen.

Rates are chosen by the validation loss where there are validation examples, else by the training loss: never by the
test, which is asked of the chosen ones alone (row H3).
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.measures.sweep import sharpness
from engine.networks.cost import seconds
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initial
from engine.networks.plan import Plan
from engine.networks.spread import quarters
from engine.networks.training import train
from engine.surfaces.experiment import Lane
from engine.surfaces.stability import stability_limit
from engine.threads import finishing
from records import settings

MANY = 25  # rates, evenly on a logarithmic scale
LOWEST, HIGHEST = 1e-4, 10.0  # where a rule bears them
WORKING = 2.0  # times the best loss: rates that get so low work
ROWS = 20  # of each training's record
WORKERS = 2
PULSE = 0.04  # seconds between two reports


class Rates(NamedTuple):
    """What came out: of L lanes, V rates and S seeds, at the end; nan is still to come, or there are no examples."""

    rates: Floats  # (V,)
    train: Floats  # (L, V, S), training loss without the penalty; infinite of a seed that diverged
    validation: Floats  # (L, V, S)
    test: Floats  # (L, V, S)
    lost: Floats  # (L, V), seeds that diverged; nan is still to come
    scaled: Floats  # (L, V), 1 where the rule divides by a σ, 0 where it does not
    sharpness: Floats  # (L,), the largest eigenvalue of the Hessian at the first weights of the first seed


class Chosen(NamedTuple):
    """What is chosen for a lane. ``place`` among the rates, −1 if none trains; ``edge``: of the least rate at which a
    seed diverges, −1 if none does; ``working``: from the least to the largest rate that gets as low as WORKING times
    the best, (2,); ``limit``: the rate up to which the rule bears the sharpness at the first weights, nan where none is
    known."""

    place: int
    edge: int
    working: tuple[float, float]
    limit: float


def rates_for(net: NetworkExperiment) -> Floats:
    """The rates that are tried: those that every rule of the experiment takes."""
    knobs = [settings(racer.rule.make)["learning_rate"].knob for racer in net.lanes]
    low, high = max(LOWEST, *(knob.low for knob in knobs)), min(HIGHEST, *(knob.high for knob in knobs))
    return np.array([float(f"{rate:.3g}") for rate in np.geomspace(low, high, MANY)])


def sweep_rates(net: NetworkExperiment, rates: Sequence[float]) -> Iterator[tuple[float, Rates]]:
    """Train every lane at every rate, coarse to fine.

    Args:
        net: whose shown lanes are trained, each with what is its own.
        rates: (V,), ascending.

    Returns:
        Iterator[tuple[float, Rates]]: several times a second the share that is done and what is known.
    """
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    found, stop = _nothing(len(numbers), len(rates), net.seeds, rates), threading.Event()

    def ended(job: tuple[int, int]) -> dict[str, Floats]:
        lane, place = job
        return _ended(at_rate(net, numbers[lane], float(rates[place])), stop)

    for lane, number in enumerate(numbers):
        alone = net.alone(number)
        found.sharpness[lane] = sharpness(alone, initial(alone.architecture, alone.seed, alone.scheme))
    jobs = [(lane, place) for place in coarse_to_fine(len(rates)) for lane in range(len(numbers))]
    done = 0
    try:
        for ready in finishing(ended, jobs, WORKERS, PULSE):
            for (lane, place), rows in ready:
                for name, row in rows.items():
                    getattr(found, name)[lane, place] = row
            done += len(ready)
            yield done / len(jobs), found
    finally:
        stop.set()  # a sweep that nobody waits for ends


def _nothing(lanes: int, values: int, seeds: int, rates: Sequence[float]) -> Rates:
    train_loss, validation, test = (np.full((lanes, values, seeds), np.nan) for _ in range(3))
    lost, scaled = (np.full((lanes, values), np.nan) for _ in range(2))
    rows = np.asarray(rates, dtype=float)
    return Rates(rows, train_loss, validation, test, lost, scaled, np.full(lanes, np.nan))


def at_rate(net: NetworkExperiment, number: int, rate: float) -> NetworkExperiment:
    """What a lane trains alone, at another learning rate."""
    alone = net.alone(number)
    (racer,) = alone.lanes
    return replace(alone, lanes=(_with_rate(racer, rate),))


def _with_rate(racer: Lane, rate: float) -> Lane:
    return replace(racer, optimizer=racer.optimizer.with_values(learning_rate=rate), shown=True)


def coarse_to_fine(count: int) -> list[int]:
    """Places 0 to count - 1: every 8th first, then those halfway between, and so on."""
    strides = [8, 4, 2, 1]
    return list(dict.fromkeys(place for stride in strides for place in range(0, count, stride)))


def _plan(net: NetworkExperiment) -> Plan:
    """In single precision, several seeds at a time: only medians are shown."""
    return replace(net.plan, dtype="float32", rows=ROWS)


def _ended(net: NetworkExperiment, stop: threading.Event) -> dict[str, Floats]:
    training = None
    for training in train(_plan(net), *net.points_given):  # noqa: B007  the last one
        if stop.is_set():
            return {}
    assert training
    lost = training.diverged_at[0] >= 0
    names = {"train": "train_loss", "validation": "held_loss", "test": "test_loss"}
    there = {"validation": bool(len(net.held.validation.targets)), "test": bool(len(net.held.test.targets))}
    rows = {name: getattr(training, curve)[0, :, -1] for name, curve in names.items()}
    values = {
        name: np.where(lost | ~np.isfinite(row), np.inf, row) for name, row in rows.items() if there.get(name, True)
    }
    scaled = np.asarray(float(np.any(training.path_scale[0] != 1)))
    return {**values, "lost": np.asarray(lost.sum(), dtype=float), "scaled": scaled}


def judged(found: Rates) -> Floats:
    """What a rate is chosen by, the middle of the seeds, (L, V): the validation loss, or the training loss."""
    by = found.train if np.isnan(found.validation).all() else found.validation
    return np.asarray([[quarters(seeds)[1] for seeds in lane] for lane in by])


def best_of(found: Rates, lane: int) -> int:
    """The place of the rate that is chosen for a lane; −1 where none has a finite loss."""
    row = judged(found)[lane]
    return int(np.nanargmin(row)) if np.isfinite(row).any() else -1


def chosen(net: NetworkExperiment, found: Rates) -> list[Chosen]:
    """What is chosen for each shown lane, and how much room there is around it."""
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    rows = judged(found)
    made = []
    for lane, number in enumerate(numbers):
        place, row = best_of(found, lane), rows[lane]
        lost = np.flatnonzero(found.lost[lane] > 0)
        works = np.flatnonzero(row <= WORKING * row[place]) if place >= 0 else np.zeros(0, np.int64)
        ends = (float(found.rates[works[0]]), float(found.rates[works[-1]])) if len(works) else (np.nan, np.nan)
        made.append(Chosen(place, int(lost[0]) if len(lost) else -1, ends, _limit(net.lanes[number], found, lane)))
    return made


def _limit(racer: Lane, found: Rates, lane: int) -> float:
    """The rate up to which the rule bears the sharpness at the first weights: what it bears falls as 1/η. Of rules that
    divide by σ none is known: they feel another sharpness at every step."""
    if np.nansum(found.scaled[lane]) or not found.sharpness[lane] > 0:
        return np.nan
    limit = stability_limit(racer.rule, **(racer.optimizer.numbers | {"learning_rate": 1.0}))
    return float(limit / found.sharpness[lane]) if np.isfinite(limit) else np.nan


def rates_seconds(net: NetworkExperiment, count: int) -> float:
    """About how long it takes, two trainings at a time."""
    parts = [(part.net, len(part.numbers)) for part in net.parts]
    return sum(count * seconds(_plan(part), part.points) for part, _ in parts) / WORKERS
