"""Classification: why cross-entropy, by which reason, and the line that is fitted by hand."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number
from engine.surfaces.experiment import Experiment, on_surface
from records import Knob
from settings.base import Settings

PAIR = ("three_logits_squared_error", "three_logits_cross_entropy")  # the two surfaces that stand side by side

LOGIT = Number(Knob(-10.0, 10.0), 0.1)


@dataclass(frozen=True)
class Classification(Settings):
    """why: the topic; top: whether the topics or the maps stand above; fit_w, fit_b: weight and bias of the line; far:
    how many points lie far on the right side; s1, s2, s3: logits of softmax; xor_noise: of its examples."""

    races = False

    why: Annotated[str, Name(("gradient", "likelihood", "far", "softmax", "xor"))] = "gradient"
    top: Annotated[str, Name(("pair", "why"))] = "pair"
    fit_w: Annotated[float, Number(Knob(-10.0, 10.0), 0.1)] = 1.0
    fit_b: Annotated[float, Number(Knob(-10.0, 10.0), 0.1)] = 0.0
    far: Annotated[int, Number(Knob(0, 100, "whole"))] = 20
    s1: Annotated[float, LOGIT] = 3.0
    s2: Annotated[float, LOGIT] = 1.0
    s3: Annotated[float, LOGIT] = -3.0
    xor_noise: Annotated[float, Number(Knob(0.0, 0.5), 0.05)] = 0.05

    @staticmethod
    def on_surface(experiment: Experiment) -> Experiment:
        """If it stands on one of the two, as it is, without what is a lane's own; else its racers on the first."""
        alike = experiment.alike
        return alike if alike.landscape.name in PAIR else on_surface(alike, PAIR[0])


SETTINGS = Classification
