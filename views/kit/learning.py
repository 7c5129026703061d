"""What pages show of lanes that have learned: their curves, what happened to them, and what they do not share."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from curves.base import Learner
from curves.trainings import TRAININGS
from engine.networks.batches import updates_per_epoch
from engine.networks.experiment import NetworkExperiment
from engine.networks.objective import constant_loss
from engine.networks.together import Learned
from engine.networks.training import Training
from engine.networks.verdict import commonest
from views.kit.curves import Table, at_rows, trained_columns
from views.kit.labels import lane_label
from views.kit.text import number, text

PRINTED = {  # how many digits the table prints of what
    f"{key}_told": 3 for name, curve in TRAININGS.items() for key in curve.lines(name)
}

CHARTED = {name: curve for name, curve in TRAININGS.items() if curve.chart}


class Learning(NamedTuple):
    """What decides the picture of a training; its sentences are in one language."""

    net: NetworkExperiment
    language: str

    @property
    def link(self) -> str:
        return self.net.to_link()


def lane_curves(training: Training, lane: int) -> Table:
    """What is drawn against the updates."""
    steps = {"steps": [training.steps.astype(float)]}
    return steps | trained_columns(Learner(training, lane), at_rows(CHARTED, "all"))


def happened(each: Learned, ended: bool = True) -> str:
    """What is to be said of a lane's training; of several seeds what is true of most, and of how many. Of one that goes
    on only what will stay true."""
    if not ended and (each.training.diverged_at[each.lane] < 0).all():
        return ""
    net = each.net
    constant = constant_of(net)
    common = commonest(each.training, each.lane, constant, net.surface())
    kind, step, low, end = common.verdict
    if kind == "diverged" and common.seeds > 1:
        return text("networks.diverged_some", count=common.alike, seeds=common.seeds, step=int(step))
    said = text(
        f"networks.{kind}", step=round(step), low=number(low), end=number(end), share=number(100 * end)
    )  # fmt: skip
    if common.seeds == 1:
        return said
    return text("networks.of_seeds", told=said, count=common.alike, seeds=common.seeds)


def constant_of(net: NetworkExperiment) -> float:
    """The training loss of the best constant answer."""
    return constant_loss(net.criterion, net.classes, net.architecture.outputs, net.examples.train.targets)


def span_of(numbers: Iterable[int]) -> str:
    """One number, or from the least to the most."""
    low, *_, high = sorted([*numbers] * 2)
    return str(low) if low == high else f"{low}–{high}"


def sizes(lanes: Sequence[Learned]) -> str:
    """How many parameters there are, examples, and updates in an epoch; of lanes that differ from the least to the
    most."""
    nets = [each.net for each in lanes]
    return text(
        "networks.sizes", parameters=span_of(each.size for each in nets), train=span_of(each.points for each in nets),
        test=span_of(len(each.examples.test.targets) for each in nets),
        epoch=span_of(updates_per_epoch(each.points, each.batch) for each in nets),
    )  # fmt: skip


SHARED: dict[str, Callable[[NetworkExperiment], Hashable]] = {  # what lanes have alike, unless these differ
    "weights": lambda net: (replace(net.architecture, dropout=0.0, residual=False), net.scheme, net.seed),
    "batches": lambda net: (net.points, net.batch, net.seed) if net.batch else (),
    "tests": lambda net: (net.data, net.test, net.standardise, net.features, net.shift, net.turn, net.stretch),
}


def apart(net: NetworkExperiment, lanes: Sequence[Learned]) -> Iterator[str]:
    """Who has not the first weights, batches or tests of the first lane; and whose weights are its own but for a
    factor."""
    first = lanes[0]
    others = {name: [each for each in lanes if of(each.net) != of(first.net)] for name, of in SHARED.items()}
    drawn_apart = {each.number for each in others["weights"]}
    scaled = [each for each in lanes if each.net.scale != first.net.scale]
    others["scales"] = [each for each in scaled if each.number not in drawn_apart]
    for name, found in others.items():
        if found:
            yield text(f"networks.{name}_apart", lanes=named(net, found), first=lane_label(net, first.number))


def named(net: NetworkExperiment, lanes: Sequence[Learned]) -> str:
    """What lanes are called."""
    return "; ".join(lane_label(net, each.number) for each in lanes)
