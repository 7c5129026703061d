"""Critical points: nothing beside the study, but another first surface."""

from dataclasses import dataclass

from engine.surfaces.experiment import Experiment, default
from settings.base import Settings


@dataclass(frozen=True)
class CriticalPoints(Settings):
    """What is looked at is a study, see ``engine/surfaces/study.py``."""

    races = False

    @staticmethod
    def first_experiment() -> Experiment:
        """Nine points at once: four minima, four saddles, a maximum."""
        return default("himmelblau")

    @staticmethod
    def on_surface(experiment: Experiment) -> Experiment:
        """Rules leave one point of one surface: what is a lane's own on Compare means nothing here."""
        return experiment.alike


SETTINGS = CriticalPoints
