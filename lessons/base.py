"""What a lesson is: an experiment, and words that say what to see in it."""

from dataclasses import dataclass

from engine.experiment import Experiment
from engine.study import Study
from records import Words


@dataclass(frozen=True)
class Lesson:
    """One demonstration of the compare page or, with a study, of the critical points.

    rows: ids of the lecture ideas that it shows; the menu is in their order.
    """

    name: Words
    about: Words
    rows: str
    experiment: Experiment
    study: Study | None = None
