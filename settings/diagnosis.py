"""Diagnosis: which question, what is made larger, how many folds, and the coins of the public test.

What it begins with is a network that has learned its few examples by heart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from zlib import crc32

from engine.link import About, Name, Number
from engine.measures.folds import SIZES
from engine.measures.luck import MODELS, PUBLIC
from engine.measures.tuning import RATE, TUNED
from engine.networks.experiment import NetworkExperiment, network_lane, own_names
from records import Knob
from settings.base import Settings
from settings.batches import racers

CHOOSING = ("racer", "complexity", "folds", "trials")  # what decides which size is chosen, beside the network


def ticket(about: About) -> str:
    """What opens the test of what is chosen here, and of nothing else: who changes anything finds it closed again."""
    said = [str(about.before.get(name, getattr(Diagnosis, name))) for name in CHOOSING]
    return f"{crc32('~'.join([about.subject.to_link(), *said]).encode()):08x}"


def tickets(about: About) -> tuple[str, str]:
    """Closed, or opened here."""
    return "", ticket(about)


def able(about: About) -> Sequence[str]:
    """What can be varied: knobs of the data where it has them."""
    return [name for name in TUNED if name == RATE or name in own_names(about.subject)]


@dataclass(frozen=True)
class Diagnosis(Settings):
    """question: what the page is about. The thresholds of the guide stand in the link of the network: its picture
    depends on them.

    tuning_trials: seeds at each value of what is ``tuned``; tuning_tested: whether the test of what is chosen is open.
    racer: the lane whose network is made larger, "" for the first; complexity: by what; folds: k; trials: seeds of each
    training; opened: the test of what was chosen, see ``ticket``.
    models: that guess; public: examples of the public test; flips: which guesses.
    """

    question: Annotated[str, Name(("guide", "tuning", "folds", "luck"))] = "guide"
    tuned: Annotated[str, Name(able)] = RATE
    tuning_trials: Annotated[int, Number(Knob(1, 32, "whole"))] = 8
    tuning_tested: Annotated[bool, Number(Knob(0, 1, "switch"))] = False
    racer: Annotated[str, Name(racers)] = ""
    complexity: Annotated[str, Name(tuple(SIZES))] = "width"
    folds: Annotated[int, Number(Knob(2, 10, "whole"))] = 5
    trials: Annotated[int, Number(Knob(2, 32, "whole"))] = 8
    opened: Annotated[str, Name(tickets)] = ""
    models: Annotated[int, Number(Knob(1, MODELS, "whole"))] = MODELS
    public: Annotated[int, Number(Knob(10, PUBLIC, "whole"))] = 100
    flips: Annotated[int, Number(Knob(0, 99, "whole"))] = 0

    @property
    def races(self) -> bool:  # type: ignore[override]
        """Only the guide draws them as they are set up."""
        return self.question == "guide"

    def tested(self, net: NetworkExperiment) -> "Diagnosis":
        """The same with the test open of what is chosen on a network."""
        return replace(self, opened=ticket(About(net, vars(self))))

    @staticmethod
    def first_network() -> NetworkExperiment:
        return NetworkExperiment.on(
            "two_moons", network_lane("adam"), knobs={"size": 400, "noise": 0.3}, depth=2, width=32, steps=400,
            subset=30, test=0.5, validation=0.2,
        )  # fmt: skip


SETTINGS = Diagnosis
