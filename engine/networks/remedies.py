"""What can be done about a training that goes wrong, each as one more lane: the same with something of its own."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engine.networks.experiment import NUMBERS, NetworkExperiment, network_lane
from engine.surfaces.experiment import Lane
from records import settings

KERNEL = 7  # features that a shared filter sees
Own = Callable[[NetworkExperiment], dict[str, Any]]


class Remedy(NamedTuple):
    """One of them.

    boxes: the diagnoses that it is meant for.
    own: settings of the lane that tries it, of the experiment that the lane which it is tried on trains alone.
    able: whether it means anything there.
    rule: the rule of that lane, if another.
    """

    boxes: tuple[str, ...]
    own: Own = lambda net: {}
    able: Callable[[NetworkExperiment], bool] = lambda net: True
    rule: Callable[[Lane], Lane] = lambda racer: racer


def _slower(racer: Lane) -> Lane:
    return _at(racer, 1 / 3)


def _faster(racer: Lane) -> Lane:
    return _at(racer, 3)


def _at(racer: Lane, factor: float) -> Lane:
    """Another learning rate, in its range."""
    knob = settings(racer.rule.make)["learning_rate"].knob
    rate = racer.optimizer.numbers["learning_rate"] * factor
    kept = float(f"{min(max(rate, knob.low), knob.high):.2g}")
    return Lane(racer.optimizer.with_values(learning_rate=kept), racer.schedule)


def _smaller(net: NetworkExperiment) -> dict[str, Any]:
    return {"width": max(net.width // 2, 1)}


def _larger(net: NetworkExperiment) -> dict[str, Any]:
    return {"width": min(2 * net.width, int(NUMBERS["width"].high))}


def _mirrors(net: NetworkExperiment, keeps: bool) -> bool:
    """Whether there are mirror images to learn from, which keep their class or do not."""
    return net.dataset.mirrored is not None and not net.mirror and net.dataset.keeps == keeps


def _more_data(net: NetworkExperiment) -> dict[str, Any]:
    """All of a subset; else twice as many, of a set of any size the same ones and others."""
    if net.subset:
        return {"subset": 0}
    most = settings(net.dataset.make)["size"].knob.high
    return {"data.size": min(2 * net.data.numbers["size"], most)}


REMEDIES: dict[str, Remedy] = {
    "wider": Remedy(("bias", "undecided"), _larger),
    "more_layers": Remedy(("bias",), lambda net: {"depth": min(net.depth + 2, int(NUMBERS["depth"].high))}),
    "all_features": Remedy(("bias",), lambda net: {"features": 0}, lambda net: net.features > 0),
    "no_penalty": Remedy(("bias",), lambda net: {"decay": 0.0}, lambda net: net.decay > 0),
    "no_dropout": Remedy(("bias",), lambda net: {"dropout": 0.0}, lambda net: net.dropout > 0),
    "fewer_layers": Remedy(
        ("undecided", "optimisation"), lambda net: {"depth": net.depth // 2 if net.depth < 30 else 20},
        lambda net: net.depth > 0,
    ),
    "residual": Remedy(("optimisation",), lambda net: {"residual": 1}, lambda net: not net.residual and net.depth > 1),
    "layer_norm": Remedy(
        ("optimisation",), lambda net: {"norm": "layer"}, lambda net: net.norm == "none" and net.depth > 0
    ),
    "adam": Remedy(("optimisation",), rule=lambda racer: network_lane("adam")),
    "slower": Remedy(("optimisation",), rule=_slower),
    "faster": Remedy(("optimisation",), rule=_faster),
    "more_data": Remedy(("overfitting", "mismatch"), _more_data),
    "augmented": Remedy(("overfitting",), lambda net: {"copies": 4}, lambda net: not net.copies),
    "mirrored": Remedy(("overfitting",), lambda net: {"mirror": 1}, lambda net: _mirrors(net, True)),
    "mirrored_wrongly": Remedy(("overfitting",), lambda net: {"mirror": 1}, lambda net: _mirrors(net, False)),
    "shared": Remedy(
        ("overfitting",), lambda net: {"kernel": min(KERNEL, net.inputs)},
        lambda net: net.dataset.ordered and not net.kernel and net.depth > 0,
    ),
    "smaller": Remedy(("overfitting",), _smaller, lambda net: net.width > 1 and net.depth > 0),
    "fewer_features": Remedy(
        ("overfitting",), lambda net: {"features": max(net.inputs // 2, 1)}, lambda net: net.inputs > 1
    ),
    "early": Remedy(
        ("overfitting",), lambda net: {"early": 1} | ({} if net.validation else {"validation": 0.3}),
        lambda net: not net.early,
    ),
    "penalty": Remedy(("overfitting",), lambda net: {"decay": 0.01}, lambda net: net.decay < 0.01),
    "dropout": Remedy(("overfitting",), lambda net: {"dropout": 0.3}, lambda net: not net.dropout and net.depth > 0),
    "same_place": Remedy(("mismatch",), lambda net: {"shift": 0.0, "turn": 0.0, "stretch": 1.0}),
}  # fmt: skip


def tried(net: NetworkExperiment, number: int, name: str) -> Lane:
    """The lane that tries a remedy on another one.

    Args:
        net: the experiment.
        number: the place of the lane that it is tried on.
        name: of the remedy.
    """
    remedy, racer = REMEDIES[name], net.lanes[number]
    other = remedy.rule(racer)
    tries = Lane(other.optimizer, other.schedule, own=racer.own)
    for setting, value in remedy.own(net.alone(number)).items():
        tries = tries.with_own(setting, value)
    return tries
