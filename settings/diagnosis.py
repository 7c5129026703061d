"""Diagnosis: which question, what is made larger, how many folds, and the coins of the public test.

What it begins with is a network that has learned its few examples by heart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from engine.link import About, Name, Number
from engine.measures.luck import MODELS, PUBLIC
from engine.measures.tuning import RATE, TUNED
from engine.networks.experiment import NetworkExperiment, network_lane, own_names
from records import Knob
from settings.base import Settings


def able(about: About) -> Sequence[str]:
    """What can be varied: knobs of the data where it has them."""
    return [name for name in TUNED if name == RATE or name in own_names(about.subject)]


@dataclass(frozen=True)
class Diagnosis(Settings):
    """question: what the page is about. The thresholds of the guide stand in the link of the network: its picture
    depends on them.

    tuning_trials: seeds at each value of what is ``tuned``; tuning_tested: whether the test of what is chosen is open.
    models: that guess; public: examples of the public test; flips: which guesses.
    """

    question: Annotated[str, Name(("guide", "tuning", "luck"))] = "guide"
    tuned: Annotated[str, Name(able)] = RATE
    tuning_trials: Annotated[int, Number(Knob(1, 32, "whole"))] = 8
    tuning_tested: Annotated[bool, Number(Knob(0, 1, "switch"))] = False
    models: Annotated[int, Number(Knob(1, MODELS, "whole"))] = MODELS
    public: Annotated[int, Number(Knob(10, PUBLIC, "whole"))] = 100
    flips: Annotated[int, Number(Knob(0, 99, "whole"))] = 0

    @staticmethod
    def first_network() -> NetworkExperiment:
        return NetworkExperiment.on(
            "two_moons", network_lane("adam"), knobs={"size": 400, "noise": 0.3}, depth=2, width=32, steps=400,
            subset=30, test=0.5, validation=0.2,
        )  # fmt: skip


SETTINGS = Diagnosis
