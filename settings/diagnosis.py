"""Diagnosis: nothing of its own; what it begins with is a network that has learned its few examples by heart."""

from dataclasses import dataclass

from engine.networks.experiment import NetworkExperiment, network_lane
from settings.base import Settings


@dataclass(frozen=True)
class Diagnosis(Settings):
    """The thresholds stand in the link of the network: its picture depends on them."""

    @staticmethod
    def first_network() -> NetworkExperiment:
        return NetworkExperiment.on(
            "two_moons", network_lane("adam"), knobs={"size": 400, "noise": 0.3}, depth=2, width=32, steps=400,
            subset=30, test=0.5, validation=0.2,
        )  # fmt: skip


SETTINGS = Diagnosis
