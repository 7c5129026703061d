"""What a data set is: examples drawn from a seed, with knobs; and how they are split and standardised."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from records import Knob, Words

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST_TESTED = 0.9  # largest share of the examples that may be kept for the test
SIZE = Words("number of examples", "样本数")
NOISE = Words("standard deviation of the noise", "噪声的标准差")
Size = Annotated[float, Knob(10, 2000, "whole", "n", SIZE)]
Noise = Annotated[float, Knob(0.0, 2.0, "linear", "s", NOISE)]
Seed = Annotated[float, Knob(0, 999_999, "whole", "", Words("seed of the random numbers", "随机种子"))]


class Data(NamedTuple):
    """n examples. Their order means nothing: whoever takes some of them shuffles, as ``split`` does."""

    inputs: Floats  # (n, p)
    targets: Floats | Whole  # (n,), float64 for regression; int64 for classification, the class from 0 to classes - 1
    classes: int = 0  # 0 for regression


class Split(NamedTuple):
    """The examples to learn from and the examples to be tested on."""

    train: Data
    test: Data


@dataclass(frozen=True)
class Dataset:
    """One data set.

    make: ``make(**knobs) -> Data``; ``size`` and ``seed`` are always among the knobs. The same seed gives the same
        examples, and more noise moves them without drawing others.
    features: what the inputs are called, p of them: symbols, or ``Words`` where they are words.
    classes: what the classes are called; empty for regression.
    lecture: row ids of the lecture ideas that it shows; empty when there is none.
    window: the range of each input that a picture shows, p pairs, for the default knobs; empty for real data with
        many features.
    ordered: whether the features are one after the other, as the days of a window, so that a filter can slide along.
    mirrored: the inputs (n, p) in a mirror, None where they have none; keeps: whether those keep their class.
    """

    name: Words
    make: Callable[..., Data]
    about: Words
    source: str
    features: tuple[str, ...]
    classes: tuple[Words, ...] = ()
    lecture: str = ""
    window: tuple[tuple[float, float], ...] = ()
    ordered: bool = False
    mirrored: Callable[[Floats], Floats] | None = None
    keeps: bool = False


DAYS = 24  # of a window


def named_days() -> tuple[Words, ...]:
    """What the features of a window of days are called."""
    return tuple(Words(f"day {day}", f"第 {day} 天") for day in range(1, DAYS + 1))


def backwards(inputs: Floats) -> Floats:
    """Inputs (n, p) with the last feature first."""
    return inputs[:, ::-1]


def shipped(name: str, delimiter: str | None = ",", skiprows: int = 0) -> Floats:
    """A table of numbers that scikit-learn brings along, read without importing scikit-learn, which takes a second."""
    found = find_spec("sklearn")
    assert found and found.submodule_search_locations
    table = Path(found.submodule_search_locations[0], "datasets", "data", name)
    return np.loadtxt(table, delimiter=delimiter, skiprows=skiprows)


def labelled(table: Floats, scale: float = 1.0) -> Data:
    """Examples of which the last column is the class; the others are divided by ``scale``."""
    targets = table[:, -1].astype(np.int64)
    return Data(table[:, :-1] / scale, targets, int(targets.max()) + 1)


def streams(seed: float, count: int) -> list[np.random.Generator]:
    """Independent random numbers for each thing that is drawn: more of one leaves the others as they are."""
    return np.random.default_rng(int(seed)).spawn(count)


def taking_turns(size: float, classes: int) -> Whole:
    """0, 1, … classes - 1, 0, 1, …: equal classes, whatever the size."""
    return np.arange(int(size), dtype=np.int64) % classes


def in_proportion(data: Data, random: np.random.Generator) -> NDArray[np.intp]:
    """A random order of the examples in which every beginning holds the classes in proportion.

    Example r = 0, 1, … of a class of c examples gets the key (r + 1/2)/c: Sainte-Laguë's way to fill a parliament.
    """
    order = random.permutation(len(data.targets))
    groups = data.targets[order] if data.classes else np.zeros(len(order), dtype=np.int64)
    key = np.empty(len(order))
    for group in np.unique(groups):
        (members,) = np.nonzero(groups == group)
        key[members] = (np.arange(len(members)) + 0.5) / len(members)
    return order[np.argsort(key, kind="stable")]


def chosen(data: Data, rows: NDArray[np.intp]) -> Data:
    """The examples with these row numbers."""
    return data._replace(inputs=data.inputs[rows], targets=data.targets[rows])


def sample(data: Data, size: float, seed: float) -> Data:
    """``size`` of the examples (all when there are fewer), drawn without replacement, the classes in proportion."""
    (random,) = streams(seed, 1)
    return chosen(data, in_proportion(data, random)[: int(size)])


def split(data: Data, share: float, seed: int) -> Split:
    """``share`` of the examples for the test, the others to learn from; shuffled, with the classes in proportion.

    share: from 0 to 0.9. At least one example stays to learn from. A larger share adds to the test what a smaller one
        has chosen already.
    """
    count = len(data.targets)
    if not 0 <= share <= MOST_TESTED:
        raise ValueError(f"the share of examples for the test is {share}; it must be from 0 to {MOST_TESTED}")
    if count == 0:
        raise ValueError("there are no examples to split")
    choice, shuffle = streams(seed, 2)
    order = in_proportion(data, choice)
    tested = min(round(share * count), count - 1)
    train, test = (shuffle.permutation(rows) for rows in (order[tested:], order[:tested]))
    return Split(chosen(data, train), chosen(data, test))


def standardised(split: Split) -> Split:
    """(x - mean)/std of each feature, mean and std (over n, not n - 1) of the training inputs alone.

    A feature that is constant in training is left as it is, there and in the test.
    """
    inputs = split.train.inputs
    constant = np.ptp(inputs, axis=0) == 0  # not std == 0: the mean of equal numbers may be off in the last digit
    mean = np.where(constant, 0.0, inputs.mean(axis=0))
    deviation = np.where(constant, 1.0, inputs.std(axis=0))
    train, test = (data._replace(inputs=(data.inputs - mean) / deviation) for data in split)
    return Split(train, test)
