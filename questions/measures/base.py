"""What a page can be asked that is about a computed number and no run: a number, one of some words, or several values
beside each other. Each says on which stages it makes sense, and is computed by the function that the page uses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from datasets import DATASETS
from engine.networks.experiment import NetworkExperiment
from lessons.base import Stage
from questions.base import Choice, Scale
from records import Words
from settings.base import Settings

Told = dict[str, Any]  # what a sentence needs: numbers, which are printed, or words
Fits = Callable[[Stage], bool]
PER_CENT = Scale(low=0.0, high=100.0, unit="%", log=False, whole=False)


def scale(low: float, high: float, unit: str = "", log: bool = False, whole: bool = False) -> Scale:
    return {"low": low, "high": high, "unit": unit, "log": log, "whole": whole}


def on(page: type[Settings], **asked: object) -> Fits:
    """Stages of a page whose settings are such; of several values any.

    Raises:
        TypeError: for a setting that the page does not have.
    """
    if unknown := asked.keys() - {field.name for field in fields(page)}:
        raise TypeError(f"{page.__name__} has no {', '.join(sorted(unknown))}")
    able = {name: value if isinstance(value, tuple) else (value,) for name, value in asked.items()}

    def fits(stage: Stage) -> bool:
        now = stage.settings
        return type(now) is page and all(getattr(now, name) in values for name, values in able.items())

    return fits


def network(net: NetworkExperiment) -> Words:
    """What is trained, for who has not seen it yet: the data and the size of the network."""
    data = DATASETS[net.data.name].name
    size = (
        Words(f"{net.depth} layers of {net.width} neurons", f"{net.depth} 层、每层 {net.width} 个神经元")
        if net.depth
        else Words("no hidden layer", "没有隐藏层")
    )
    return Words(f"{data}, {size}", f"{data.zh}，{size.zh}")


def of_network(stage: Stage, asked: Any) -> Told:
    """The same for a sentence."""
    del asked
    assert stage.net is not None
    return {"net": network(stage.net)}


def nothing(stage: Stage, asked: Any) -> Told:
    del stage, asked
    return {}


@dataclass(frozen=True)
class Number:
    """fits: on which stages; says, why: with gaps for what ``told`` and ``of`` tell; of: what it is, from the stage and
    its settings, and what the sentence needs; None where there is no such number; lacks: whether that may be."""

    fits: Fits
    says: Words
    why: Words
    scale: Scale
    of: Callable[[Stage, Any], tuple[float | None, Told]]
    told: Callable[[Stage, Any], Told] = nothing
    lacks: bool = False


@dataclass(frozen=True)
class Pick:
    """of: the right keys among the choices; why: with gaps for what ``of`` tells."""

    fits: Fits
    says: Words
    why: Words
    choices: Callable[[Stage, Any], tuple[Choice, ...]]
    of: Callable[[Stage, Any], tuple[Sequence[str], Told]]
    told: Callable[[Stage, Any], Told] = nothing


@dataclass(frozen=True)
class Ranking:
    """Several values, of which the least is asked for, or the largest if ``high``; or their order from the least on.

    of: the values in the order of the choices; why: with a gap for their ``list``; unit: behind each of them.
    """

    fits: Fits
    says: Words
    orders: Words
    why: Words
    choices: Callable[[Stage, Any], tuple[Choice, ...]]
    of: Callable[[Stage, Any], Sequence[float]]
    high: bool = False
    unit: str = ""
    told: Callable[[Stage, Any], Told] = nothing
