"""What is wrong with a training, by numbers: bias, optimisation, overfitting or mismatch (rows H0 to H7).

The order of questions is Hung-yi Lee's "General guide" (Machine Learning 2021). Nothing is guessed: that a network
could do better is said only where another lane does it, with the same network or with a smaller one; and what is too
little to tell is told. A loss is large or small beside that of the best constant answer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from jax import Array, lax

from datasets.base import Data
from engine import xla
from engine.arrays import Floats
from engine.networks.network import Architecture
from engine.networks.objective import constant_loss, evaluated
from engine.networks.spread import quarters
from engine.networks.together import Learned

CLEARLY = 0.8  # times a training loss: one that is lower has clearly got further
BOXES = ("bias", "optimisation", "undecided", "overfitting", "mismatch", "fine")


class Ends(NamedTuple):
    """Where a lane ended, or stopped early: of each loss a quarter, the middle and three quarters of its seeds, (3,).

    Nan without examples.
    """

    train: Floats
    validation: Floats
    unmoved: Floats  # the tests before they were moved: as they would be, had they come from where the others do
    test: Floats
    constant: float  # the training loss of the best constant answer
    lost: int  # seeds that diverged
    stops: int  # the middle of the updates at which it stops early; -1 if it does not


class Finding(NamedTuple):
    """What is the matter with a lane. ``box`` is one of BOXES, ``why`` a key of WHYS; ``other``: the number of the lane
    that shows it, -1 if it needs none."""

    box: str
    why: str
    other: int = -1


WHYS = {
    "diverged": "a seed has diverged",
    "reached": "the same network has clearly got further, in ``other``: it is not too small",
    "deeper": "a smaller network has clearly got further, in ``other``: the larger one could do nearly the same",
    "constraint": "the same network has clearly got further in ``other``, with less penalty, dropout or no early stop",
    "larger": "a larger network, trained alike, has a small training loss, in ``other``",
    "falls": "the objective still falls",
    "unknown": "nothing on the screen tells whether the network is too small or badly optimised",
    "overfits": "the loss of examples from the same place is so much larger than that of those that are learned from",
    "moved": "the loss of the tests is so much larger than that of the same tests unmoved",
    "untested": "there are no tests",
    "fine": "both are small",
}


def ends(lane: Learned) -> Ends:
    """The losses of a lane's networks, of all seeds, without the penalty.

    Args:
        lane: one of a training that has ended.
    """
    net, training, at = lane.net, lane.training, lane.lane
    early = bool(net.early) and bool((training.best_step[at] >= 0).all())
    thetas = training.best[at] if early else training.final[at]
    moments = training.best_moments[at] if early else training.final_moments[at]
    structure = (replace(net.architecture, dropout=0.0), net.criterion, net.classes)

    def losses(data: Data) -> Floats:
        if not len(data.targets):
            return np.full(3, np.nan)
        found = np.asarray(_losses(structure, thetas, moments, data.inputs.T, data.targets.astype(float)))
        return quarters(np.where(lost, np.nan, found))

    lost = training.diverged_at[at] >= 0
    known = net.held
    constant = constant_loss(net.criterion, net.classes, net.architecture.outputs, known.train.targets)
    stops = int(np.median(training.best_step[at])) if early else -1
    return Ends(
        losses(known.train), losses(known.validation), losses(known.unmoved), losses(known.test), constant,
        int(lost.sum()), stops,
    )  # fmt: skip


@xla.program("structure")
def _losses(structure: Any, thetas: Any, moments: Any, columns: Array, targets: Array) -> Any:
    """Mean losses of networks (S, d), (S,)."""
    architecture, loss, classes = structure

    def one(at: Any) -> Array:
        return evaluated(architecture, loss, classes, at[0], columns, targets, moments=at[1])[0]

    return lax.map(one, (thetas, moments))


def diagnose(
    lanes: Sequence[Learned], found: Sequence[Ends], falls: Callable[[Learned], bool], large: float, gap: float
) -> list[tuple[Finding, ...]]:
    """What is the matter with each lane; with the tests two things may be.

    Args:
        lanes: of one experiment; what one of them shows is held against the others.
        found: of each of them.
        falls: whether the objective of one still falls.
        large: a training loss is large beyond this share of the best constant's loss.
        gap: so is a difference of losses.
    """
    return [tuple(_findings(lane, lanes, found, falls, large, gap)) for lane in range(len(lanes))]


def _findings(
    at: int, lanes: Sequence[Learned], found: Sequence[Ends], falls: Callable[[Learned], bool], large: float, gap: float
) -> Iterator[Finding]:
    mine = found[at]
    if is_large(mine, large):
        yield _stuck(at, lanes, found, falls, large)
        return
    if np.isnan(mine.test[1]):
        yield Finding("fine", "untested")
        return
    overfits, moved = mine.unmoved[1] - mine.train[1], mine.test[1] - mine.unmoved[1]
    wrong = [
        *([Finding("overfitting", "overfits")] if overfits > gap * mine.constant else []),
        *([Finding("mismatch", "moved")] if moved > gap * mine.constant else []),
    ]
    yield from wrong or [Finding("fine", "fine")]


def is_large(end: Ends, large: float) -> bool:
    """Whether a training loss is, which that of a network that diverged is, too."""
    return not end.train[1] <= large * end.constant


def _stuck(
    at: int, lanes: Sequence[Learned], found: Sequence[Ends], falls: Callable[[Learned], bool], large: float
) -> Finding:
    """Why a training loss is large: the first that somebody on the screen shows."""
    mine, end = lanes[at], found[at]
    if end.lost and not np.isfinite(end.train[1]):
        return Finding("optimisation", "diverged")
    rivals = [
        (each, theirs)
        for each, theirs in zip(lanes, found, strict=True)
        if each is not mine and (each.net.drawn, each.net.criterion) == (mine.net.drawn, mine.net.criterion)
    ]
    further = [each for each, theirs in rivals if theirs.train[1] < CLEARLY * end.train[1]]
    for each in further:
        if _same(each.net.architecture, mine.net.architecture):
            kind = ("bias", "constraint") if _looser(each, mine) else ("optimisation", "reached")
            return Finding(*kind, each.number)
    for each in further:
        if within(each.net.architecture, mine.net.architecture) and not _looser(each, mine):
            return Finding("optimisation", "deeper", each.number)
    for each, theirs in rivals:
        if _larger_alike(each, mine) and not is_large(theirs, large):
            return Finding("bias", "larger", each.number)
    return Finding("optimisation", "falls") if falls(mine) else Finding("undecided", "unknown")


def _looser(other: Learned, mine: Learned) -> bool:
    """Whether another lane is held back less: that explains a lower training loss."""
    return any(getattr(other.net, held) < getattr(mine.net, held) for held in ("decay", "dropout", "early"))


def _larger_alike(other: Learned, mine: Learned) -> bool:
    """Whether another lane is a larger network and trained just like this one: what its loss shows is its size."""
    as_mine = replace(other.net, depth=mine.net.depth, width=mine.net.width, lanes=())
    trained_alike = as_mine == replace(mine.net, lanes=()) and other.net.lanes[other.lane] == mine.net.lanes[mine.lane]
    return trained_alike and within(mine.net.architecture, other.net.architecture)


def _same(one: Architecture, other: Architecture) -> bool:
    return replace(one, dropout=0.0) == replace(other, dropout=0.0)


def within(small: Architecture, large: Architecture) -> bool:
    """Whether one network is the other with fewer layers or neurons, and nothing else."""
    alike = replace(small, depth=large.depth, width=large.width, dropout=large.dropout) == large
    return alike and small.depth <= large.depth and small.width <= large.width and not _same(small, large)
