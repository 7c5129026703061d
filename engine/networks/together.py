"""Lanes that differ in more than their rule: one training for each part of an experiment, all of them side by side."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from engine.networks.cost import seconds
from engine.networks.experiment import NetworkExperiment
from engine.networks.training import THREADS, Training, train
from engine.threads import threads

Trained = tuple[Training, ...]  # of each part of an experiment


class Learned(NamedTuple):
    """What became of a lane of an experiment."""

    number: int  # its place there
    net: NetworkExperiment  # what its part trains
    training: Training
    lane: int  # its place in that


def train_parts(net: NetworkExperiment) -> Iterator[tuple[float, Trained | None]]:
    """Train all parts of an experiment, none of them ahead of the others.

    Args:
        net: what is trained; see ``NetworkExperiment.parts``.

    Returns:
        Iterator[tuple[float, Trained | None]]: every 20 to 50 ms the share of the work that is done, and the record of
        each part; None while one of them has none.

    Raises:
        ValueError: before anything runs, for a part that cannot be trained.

    Example:
        >>> racer = lane("adam", learning_rate=0.01)
        >>> net = NetworkExperiment.on("xor", racer, racer.with_own("depth", 4), steps=20)
        >>> *_, (share, trained) = train_parts(net)
        >>> share, [training.path.shape[-1] for training in trained]  # parameters of each
        (1.0, [105, 249])
    """
    parts = [part.net for part in net.parts]
    runs = [train(part.plan, *part.points_given) for part in parts]
    costs = [seconds(part.plan, part.points) for part in parts]
    return _side_by_side(runs, costs)


def _side_by_side(runs: list[Iterator[Training]], costs: list[float]) -> Iterator[tuple[float, Trained | None]]:
    so_far: dict[int, Training] = {}
    with threads(min(THREADS, len(runs))) as pool:
        while going := [place for place in range(len(runs)) if place not in so_far or not so_far[place].finished]:
            for first in range(0, len(going), THREADS):
                some = going[first : first + THREADS]
                so_far |= dict(zip(some, pool(next, [runs[place] for place in some]), strict=True))
                done = sum(costs[place] * training.done for place, training in so_far.items()) / sum(costs)
                whole = len(so_far) == len(runs)
                yield done, tuple(so_far[place] for place in range(len(runs))) if whole else None


def learned(net: NetworkExperiment, trained: Trained) -> tuple[Learned, ...]:
    """The shown lanes of an experiment in their order, each with its training.

    Args:
        net: what was trained.
        trained: what ``train_parts`` gave of it.

    Returns:
        tuple[Learned, ...]: a lane's place in the experiment, what its part trains, that training, and the lane's place
        in it.

    Raises:
        ValueError: for trainings of another experiment.

    Example:
        >>> net = NetworkExperiment.on("xor", steps=3)
        >>> *_, (_, trained) = train_parts(net)
        >>> [(each.number, each.lane) for each in learned(net, trained)]
        [(0, 0), (1, 1), (2, 2)]
    """
    lanes = [
        Learned(number, part.net, training, lane)
        for part, training in zip(net.parts, trained, strict=True)
        for lane, number in enumerate(part.numbers)
    ]
    return tuple(sorted(lanes, key=lambda each: each.number))


def by_part(
    net: NetworkExperiment,
    trained: Trained,
    work: Callable[[NetworkExperiment, Training, int], Iterator[Any]],
    so_far: Sequence[Any],
) -> Iterator[tuple[float, tuple[Any, ...]]]:
    """What is worked out of each part, one after the other.

    Args:
        net: what was trained; trained: of each of its parts.
        work: of what a part trains, its training and its place; yields records with the share of them that is ``done``.
        so_far: what stands for each part until there is a record of it.

    Returns:
        Iterator[tuple[float, tuple[Any, ...]]]: the share of all that is done, and the records of all parts.
    """
    known = list(so_far)
    for place, (part, training) in enumerate(zip(net.parts, trained, strict=True)):
        for record in work(part.net, training, place):
            known[place] = record
            yield (place + record.done) / len(known), tuple(known)
