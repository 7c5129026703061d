"""One setting, many values, all lanes: how low each gets at every value, where it breaks, and which value is chosen.

The learning rate first; then anything that a lane may have of its own and that is a number. Values are chosen by the
validation loss where there are validation examples, else by the training loss: never by the test, which is asked of
the chosen ones alone (row H3).
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine import xla
from engine.arrays import Floats
from engine.measures.sweep import sharpness
from engine.networks.cost import compiles, seconds
from engine.networks.experiment import KNOB, NetworkExperiment, own_value, with_setting
from engine.networks.network import initial
from engine.networks.plan import Plan
from engine.networks.spread import quarters
from engine.networks.training import train
from engine.surfaces.experiment import Lane
from engine.surfaces.stability import stability_limit
from engine.threads import finishing
from engine.xla import Compiles
from records import settings

RATE = "learning_rate"
MANY = 25  # rates, evenly on a logarithmic scale
LOWEST, HIGHEST = 1e-4, 10.0  # where a rule bears them
VALUES: dict[str, tuple[float, ...]] = {  # of other settings; 0 of a batch or a subset is all
    "batch": (1, 2, 4, 8, 16, 32, 64, 128, 0),
    "decay": (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1),
    "width": (1, 2, 4, 8, 16, 32, 64),
    "depth": (0, 1, 2, 3, 4, 6, 10, 20, 40, 60),
    "scale": (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
    "dropout": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "subset": (5, 10, 20, 40, 80, 160, 0),
    f"{KNOB}noise": (0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2),
}
TUNED = (RATE, *VALUES)
WORKING = 2.0  # times the best loss: rates that get so low work
ROWS = 20  # of each training's record
WORKERS = 2
PULSE = 0.04  # seconds between two reports


class Tuned(NamedTuple):
    """What came out: of L lanes, V values and S seeds, at the end; nan is still to come, or there are no examples."""

    setting: str
    values: Floats  # (V,)
    train: Floats  # (L, V, S), training loss without the penalty; infinite of a seed that diverged
    validation: Floats  # (L, V, S)
    test: Floats  # (L, V, S)
    lost: Floats  # (L, V), seeds that diverged; nan is still to come
    scaled: Floats  # (L, V), 1 where the rule divides by a σ, 0 where it does not
    sharpness: Floats  # (L,), the largest eigenvalue of the Hessian at the first weights of the first seed


class Chosen(NamedTuple):
    """What is chosen for a lane. ``place`` among the values, −1 if none trains; ``edge``: of the first at which a seed
    diverges, −1 if none does; ``working``: the first and the last that get as low as WORKING times the best, (2,);
    ``limit``: the learning rate up to which the rule bears the sharpness at the first weights, nan where none is
    known, or something else is varied."""

    place: int
    edge: int
    working: tuple[float, float]
    limit: float


def values_of(net: NetworkExperiment, setting: str) -> Floats:
    """The values that are tried: those that all lanes take. Of learning rates, those that every rule does.

    Raises:
        KeyError: for what is no such setting of this experiment.
    """
    if setting == RATE:
        knobs = [settings(racer.rule.make)[RATE].knob for racer in net.lanes]
        low, high = max(LOWEST, *(knob.low for knob in knobs)), min(HIGHEST, *(knob.high for knob in knobs))
        return np.array([float(f"{rate:.3g}") for rate in np.geomspace(low, high, MANY)])
    own_value(net, setting)  # whether there is one
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    able = [value for value in VALUES[setting] if all(_able(net, number, setting, value) for number in numbers)]
    return np.array(able)


def _able(net: NetworkExperiment, number: int, setting: str, value: float) -> bool:
    """Whether a lane can be trained at a value, and is another one there: of a subset that is not larger than all."""
    tried = at_value(net, number, setting, value)
    if tried.trouble:
        return False
    return setting != "subset" or not value or value < replace(tried, subset=0).points


def tune(net: NetworkExperiment, setting: str, values: Sequence[float]) -> Iterator[tuple[float, Tuned]]:
    """Train every lane at every value, coarse to fine.

    Args:
        net: whose shown lanes are trained, each with what is its own.
        setting: one of TUNED.
        values: (V,), in the order in which they are shown.

    Returns:
        Iterator[tuple[float, Tuned]]: several times a second the share that is done and what is known.
    """
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    found, stop = _nothing(len(numbers), net.seeds, setting, values), threading.Event()

    def ended(job: tuple[int, int]) -> dict[str, Floats]:
        lane, place = job
        return _ended(at_value(net, numbers[lane], setting, float(values[place])), stop)

    for lane, number in enumerate(numbers if setting == RATE else ()):
        alone = net.alone(number)
        found.sharpness[lane] = sharpness(alone, initial(alone.architecture, alone.seed, alone.scheme, alone.scale))
    jobs = [(lane, place) for place in coarse_to_fine(len(values)) for lane in range(len(numbers))]
    done = 0
    try:
        for ready in finishing(ended, jobs, WORKERS, PULSE):
            for (lane, place), rows in ready:
                for name, row in rows.items():
                    getattr(found, name)[lane, place] = row
            done += len(ready)
            if done == len(jobs):
                xla.note(tuning_compiles(net, setting, values))
            yield done / len(jobs), found
    finally:
        stop.set()  # a sweep that nobody waits for ends


def _nothing(lanes: int, seeds: int, setting: str, values: Sequence[float]) -> Tuned:
    train_loss, validation, test = (np.full((lanes, len(values), seeds), np.nan) for _ in range(3))
    lost, scaled = (np.full((lanes, len(values)), np.nan) for _ in range(2))
    rows = np.asarray(values, dtype=float)
    return Tuned(setting, rows, train_loss, validation, test, lost, scaled, np.full(lanes, np.nan))


def at_value(net: NetworkExperiment, number: int, setting: str, value: float) -> NetworkExperiment:
    """What a lane trains alone, with another value of a setting."""
    alone = net.alone(number)
    if setting == RATE:
        (racer,) = alone.lanes
        rated = replace(racer, optimizer=racer.optimizer.with_values(learning_rate=value), shown=True)
        return replace(alone, lanes=(rated,))
    now = own_value(alone, setting)
    return with_setting(alone, setting, type(now)(value))


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


def judged(found: Tuned) -> Floats:
    """What a value is chosen by, the middle of the seeds, (L, V): the validation loss, or the training loss."""
    by = found.train if np.isnan(found.validation).all() else found.validation
    return np.asarray([[quarters(seeds)[1] for seeds in lane] for lane in by])


def best_of(found: Tuned, lane: int) -> int:
    """The place of the value that is chosen for a lane; −1 where none has a finite loss."""
    row = judged(found)[lane]
    return int(np.nanargmin(row)) if np.isfinite(row).any() else -1


def chosen(net: NetworkExperiment, found: Tuned) -> list[Chosen]:
    """What is chosen for each shown lane, and how much room there is around it."""
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    rows = judged(found)
    made = []
    for lane, number in enumerate(numbers):
        place, row = best_of(found, lane), rows[lane]
        lost = np.flatnonzero(found.lost[lane] > 0)
        works = np.flatnonzero(row <= WORKING * row[place]) if place >= 0 else np.zeros(0, np.int64)
        ends = (float(found.values[works[0]]), float(found.values[works[-1]])) if len(works) else (np.nan, np.nan)
        made.append(Chosen(place, int(lost[0]) if len(lost) else -1, ends, _limit(net.lanes[number], found, lane)))
    return made


def _limit(racer: Lane, found: Tuned, lane: int) -> float:
    """The rate up to which the rule bears the sharpness at the first weights: what it bears falls as 1/η. Of rules that
    divide by σ none is known: they feel another sharpness at every step."""
    if np.nansum(found.scaled[lane]) or not found.sharpness[lane] > 0:
        return np.nan
    limit = stability_limit(racer.rule, **(racer.optimizer.numbers | {"learning_rate": 1.0}))
    return float(limit / found.sharpness[lane]) if np.isfinite(limit) else np.nan


def tuning_seconds(net: NetworkExperiment, setting: str, values: Sequence[float]) -> float:
    """About how long it takes, two trainings at a time."""
    return sum(seconds(_plan(each), each.points) for each in _each(net, setting, values)) / WORKERS


def tuning_compiles(net: NetworkExperiment, setting: str, values: Sequence[float]) -> Compiles:
    """What must be compiled."""
    tried = _each(net, setting, values if setting != RATE else values[:1])
    return {key: took for each in tried for key, took in compiles(_plan(each), each.shapes).items()}


def _each(net: NetworkExperiment, setting: str, values: Sequence[float]) -> Iterator[NetworkExperiment]:
    """Every shown lane at every value."""
    numbers = [number for number, racer in enumerate(net.lanes) if racer.shown]
    return (at_value(net, number, setting, float(value)) for number in numbers for value in values)
