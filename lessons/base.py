"""What a lesson is: an experiment, the page that shows it, and words that say what to see in it."""

from dataclasses import dataclass

from engine.experiment import Experiment
from engine.network_experiment import NetworkExperiment
from engine.study import Study
from records import Words


@dataclass(frozen=True)
class Lesson:
    """One demonstration: an experiment on a surface, with a study or without, or a network experiment.

    page: the page that it opens; also: what that page alone asks for, as its link writes it.
    rows: ids of the lecture ideas that it shows; the menu is in their order.
    """

    name: Words
    about: Words
    rows: str
    experiment: Experiment | None = None
    study: Study | None = None
    net: NetworkExperiment | None = None
    page: str = "compare"
    also: tuple[tuple[str, str], ...] = ()
