"""Normalisation: how the layers are trained, and which of the two parts is on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from engine.link import About, Name
from engine.networks.experiment import usual_rate
from optimizers import OPTIMIZERS
from records import settings
from settings.base import Settings

FACTORS = (0.25, 1.0, 2.5, 10.0)  # times the usual learning rate: those that are tried
RULE = "gradient_descent"


def rates_tried(rule: str) -> tuple[str, ...]:
    """Around the usual one, as far as the optimizer's slider goes."""
    knob, usual = settings(OPTIMIZERS[rule].make)["learning_rate"].knob, usual_rate(OPTIMIZERS[rule])
    return tuple(dict.fromkeys(f"{min(max(factor * usual, knob.low), knob.high):g}" for factor in FACTORS))


def rates(about: About) -> Sequence[str]:
    """Those of the rule that is chosen."""
    return rates_tried(about.before.get("norm_rule", RULE))


@dataclass(frozen=True)
class Normalisation(Settings):
    """norm_place: before or after the activation; norm_rate: of those that are tried the one whose curves are shown, ""
    for the usual one."""

    first: Annotated[str, Name(("features", "layers"))] = "features"
    norm_place: Annotated[str, Name(("before", "after", "both"))] = "before"
    norm_rule: Annotated[str, Name(tuple(OPTIMIZERS))] = RULE
    norm_rate: Annotated[str, Name(rates)] = ""


SETTINGS = Normalisation
