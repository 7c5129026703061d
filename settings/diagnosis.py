"""Diagnosis: which question, what is made larger, how many folds, and the coins of the public test.

What it begins with is a network that has learned its few examples by heart.
"""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number
from engine.measures.luck import MODELS, PUBLIC
from engine.networks.experiment import NetworkExperiment, network_lane
from records import Knob
from settings.base import Settings


@dataclass(frozen=True)
class Diagnosis(Settings):
    """question: what the page is about. The thresholds of the guide stand in the link of the network: its picture
    depends on them.

    rate_trials: seeds at each learning rate; rates_tested: whether the test of the chosen rates is open.
    models: that guess; public: examples of the public test; flips: which guesses.
    """

    question: Annotated[str, Name(("guide", "rates", "luck"))] = "guide"
    rate_trials: Annotated[int, Number(Knob(1, 32, "whole"))] = 8
    rates_tested: Annotated[bool, Number(Knob(0, 1, "switch"))] = False
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
