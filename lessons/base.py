"""What a lesson is: an experiment, and words that say what to see in it."""

from dataclasses import dataclass

from engine.experiment import Experiment
from records import Words


@dataclass(frozen=True)
class Lesson:
    """One demonstration of the compare page.

    rows: ids of the lecture ideas that it shows; the menu is in their order.
    """

    name: Words
    about: Words
    rows: str
    experiment: Experiment
