"""Classification: why cross-entropy, by which reason, and the line that is fitted by hand."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number
from engine.surfaces.experiment import Experiment, on_surface
from records import Knob
from settings.base import Settings

PAIR = ("three_logits_squared_error", "three_logits_cross_entropy")  # the two surfaces that stand side by side


@dataclass(frozen=True)
class Classification(Settings):
    """fit_w, fit_b: weight and bias of the line; far: how many points lie far on the right side."""

    why: Annotated[str, Name(("gradient", "likelihood", "far"))] = "gradient"
    fit_w: Annotated[float, Number(Knob(-10.0, 10.0), 0.1)] = 1.0
    fit_b: Annotated[float, Number(Knob(-10.0, 10.0), 0.1)] = 0.0
    far: Annotated[int, Number(Knob(0, 100, "whole"))] = 20

    @staticmethod
    def on_surface(experiment: Experiment) -> Experiment:
        """If it stands on one of the two, as it is; else its racers on the first of them."""
        return experiment if experiment.landscape.name in PAIR else on_surface(experiment, PAIR[0])


SETTINGS = Classification
