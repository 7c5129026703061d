"""Which examples a network gets: drawn, split, standardised; fewer or more of them, and tests from elsewhere."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from datasets import DATASETS
from datasets.base import Data, Floats, Split, split, standardised
from engine.link import Choice

TURN = np.pi / 180


@dataclass(frozen=True)
class Drawing:
    """What decides the examples: fields of ``NetworkExperiment`` by the same names."""

    data: Choice
    test: float
    validation: float
    subset: int
    features: int
    standardise: int
    mirror: int
    copies: int
    jitter: float
    shift: float
    turn: float
    stretch: float


class Drawn(NamedTuple):
    """Examples as a network gets them; ``unmoved``: those of the test before they were moved."""

    train: Data
    test: Data
    validation: Data
    unmoved: Data


class Known(NamedTuple):
    """All examples, standardised: what may be learned from, the same in a mirror where that is asked for, the test."""

    rest: Data
    mirrored: Data | None
    test: Data


@lru_cache(maxsize=64)
def drawn(how: Drawing) -> Drawn:
    """The examples, kept because most sliders leave them alone. Real data is drawn and split with the seed of the set.

    What is learned from is the beginning of a shuffled list, what is kept for validation its end, so that a subset is
    part of any larger one, and neither changes the test or how the features are standardised.
    """
    known = _known(how)
    rest, _, test = known
    some, most = _used(how, rest)
    centre, spread = rest.inputs.mean(axis=0), rest.inputs.std(axis=0)
    return Drawn(
        _enlarged(_learned(known, slice(0, some)), how, spread),
        test._replace(inputs=_moved(test.inputs, how, centre, spread)),
        _rows(rest, slice(most, None)),
        test,
    )


@lru_cache(maxsize=16)
def folded(how: Drawing, count: int) -> tuple[Drawn, ...]:
    """The examples that are learned from and those that are kept for validation, dealt out to so many folds: each of
    them is for validation once, while the others are learned from. There are no tests.

    Raises:
        ValueError: for fewer than two folds, or more than examples.
    """
    known = _known(how)
    rest, _, test = known
    some, most = _used(how, rest)
    dealt = np.append(np.arange(some), np.arange(most, len(rest.targets)))
    if not 2 <= count <= len(dealt):
        raise ValueError(f"{len(dealt)} examples can be dealt out to 2 to {len(dealt)} folds, not to {count}")
    spread, none = rest.inputs.std(axis=0), _rows(test, slice(0, 0))
    return tuple(
        Drawn(_enlarged(_learned(known, np.setdiff1d(dealt, fold)), how, spread), none, _rows(rest, fold), none)
        for fold in np.array_split(dealt, count)
    )


def _known(how: Drawing) -> Known:
    record = DATASETS[how.data.name]
    rest, test = split(record.make(**how.data.numbers), how.test, _seed(how))
    mirrored = None
    if how.mirror and record.mirrored:
        mirrored = _prepared(how, rest, rest._replace(inputs=record.mirrored(rest.inputs))).test
    parts = _prepared(how, rest, test)
    return Known(parts.train, mirrored, parts.test)


def _prepared(how: Drawing, rest: Data, others: Data) -> Split:
    """With the features that are asked for, standardised as ``rest`` is."""
    parts = Split(rest, others)
    if how.features:
        parts = Split(*(part._replace(inputs=part.inputs[:, : how.features]) for part in parts))
    if how.standardise:
        parts = standardised(parts)
        parts = parts if parts.train.classes else _with_standard_targets(parts)
    return parts


def _learned(known: Known, which: slice | NDArray[np.intp]) -> Data:
    """Some of what may be learned from, and their mirror images behind them."""
    rows = _rows(known.rest, which)
    if known.mirrored is None:
        return rows
    images = _rows(known.mirrored, which)
    return rows._replace(
        inputs=np.concatenate([rows.inputs, images.inputs]), targets=np.concatenate([rows.targets, images.targets])
    )


def _seed(how: Drawing) -> int:
    return int(how.data.numbers.get("seed", 0))


def _used(how: Drawing, rest: Data) -> tuple[int, int]:
    """How many are learned from, and how many could be: those behind them are kept for validation."""
    count = len(rest.targets)
    most = count - min(round(how.validation * count), count - 1)
    return min(how.subset or most, most), most


def _rows(data: Data, which: slice | NDArray[np.intp]) -> Data:
    return data._replace(inputs=data.inputs[which], targets=data.targets[which])


def _with_standard_targets(parts: Split) -> Split:
    """Targets with the mean and deviation of those that are learned from taken out: a mean squared error of 1 is that
    of a network that always says the mean."""
    mean, deviation = parts.train.targets.mean(), parts.train.targets.std() or 1.0
    train, test = (part._replace(targets=(part.targets - mean) / deviation) for part in parts)
    return Split(train, test)


def _enlarged(train: Data, how: Drawing, spread: Floats) -> Data:
    """With copies of each example behind them all, every one moved a bit: the same targets at other inputs. ``jitter``
    counts in standard deviations of each feature."""
    chance = np.random.default_rng([_seed(how), 5])  # 0 to 3 are those of weights, batches, dropout and planes
    moves = chance.standard_normal((how.copies, *train.inputs.shape))
    inputs = np.concatenate([train.inputs, *(train.inputs + how.jitter * spread * moves)])
    return train._replace(inputs=inputs, targets=np.concatenate([train.targets] * (1 + how.copies)))


def _moved(inputs: Floats, how: Drawing, centre: Floats, spread: Floats) -> Floats:
    """Tests that come from elsewhere: stretched and turned (the first two features) about the mean, the first feature
    shifted by so many of its standard deviations."""
    moved = (inputs - centre) * how.stretch
    if moved.shape[1] > 1 and how.turn:
        cos, sin = np.cos(TURN * how.turn), np.sin(TURN * how.turn)
        moved[:, :2] = moved[:, :2] @ np.array([[cos, sin], [-sin, cos]])
    moved[:, 0] += how.shift * spread[0]
    unchanged = how.stretch == 1 and not how.turn and not how.shift
    return inputs if unchanged else moved + centre
