"""Normalisation: how the layers are trained, and which of the two parts is on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from engine.link import About, Name, Number
from engine.measures.cases import MODELS
from engine.measures.windows import LONGEST
from engine.networks.experiment import usual_rate
from optimizers import OPTIMIZERS
from records import Knob, settings
from settings.base import Settings

FACTORS = (0.25, 1.0, 2.5, 10.0)  # times the usual learning rate: those that are tried
RULE = "gradient_descent"
BEFORE, AFTER = ("batch", "layer"), ("batch_after", "layer_after")
NORMS = {  # that are compared, by where it is normalised
    "before": ("none", *BEFORE),
    "after": ("none", *AFTER),
    "both": ("none", *BEFORE, *AFTER),
}


def rates_tried(rule: str) -> tuple[str, ...]:
    """Around the usual one, as far as the optimizer's slider goes."""
    knob, usual = settings(OPTIMIZERS[rule].make)["learning_rate"].knob, usual_rate(OPTIMIZERS[rule])
    return tuple(dict.fromkeys(f"{min(max(factor * usual, knob.low), knob.high):g}" for factor in FACTORS))


def rates(about: About) -> Sequence[str]:
    """Those of the rule that is chosen."""
    return rates_tried(about.before.get("norm_rule", RULE))


@dataclass(frozen=True)
class Normalisation(Settings):
    """linear: what is shown of features; past: days that a model looks back, of so many days with noise; cases: which
    model of several kinds; per_axis: values that a grid tries of each weight; norm_place: before or after the
    activation; norm_rate: of those that are tried the one whose curves are shown, "" for the usual one."""

    races = False

    linear: Annotated[str, Name(("scale", "window", "cases", "grid"))] = "scale"
    past: Annotated[int, Number(Knob(1, LONGEST, "whole"))] = 7
    days: Annotated[int, Number(Knob(280, 1000, "whole"), 10)] = 360
    past_noise: Annotated[float, Number(Knob(0.0, 1.0), 0.1)] = 0.3
    cases: Annotated[str, Name(MODELS)] = "own"
    cases_noise: Annotated[float, Number(Knob(0.0, 2.0), 0.1)] = 0.5
    per_axis: Annotated[int, Number(Knob(3, 21, "whole"))] = 11
    first: Annotated[str, Name(("features", "layers"))] = "features"
    norm_place: Annotated[str, Name(tuple(NORMS))] = "before"
    norm_rule: Annotated[str, Name(tuple(OPTIMIZERS))] = RULE
    norm_rate: Annotated[str, Name(rates)] = ""


SETTINGS = Normalisation
