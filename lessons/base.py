"""What a lesson is: an experiment, the page that shows it, words that say what to see in it, and steps to take."""

from dataclasses import dataclass

from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment
from engine.surfaces.study import Study
from lessons.rows import ROWS, Row
from records import Words
from settings import settings_of
from settings.base import Settings


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do in a demonstration: what the page shows after it. What it leaves out is as the lesson has it.

    name: what its button says; about: what to see then; asks: see ``Lesson``.
    """

    name: Words
    about: Words = Words("", "")
    experiment: Experiment | None = None
    study: Study | None = None
    net: NetworkExperiment | None = None
    asks: Settings | None = None


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One demonstration: an experiment on a surface, with a study or without, or a network experiment.

    page: the page that it opens; also: what the link asks for beside these, see ``views/session/asked.py``.
    rows: ids of the lecture ideas that it shows; the menu is in their order.
    begin: the button that leads back from the steps.
    """

    name: Words
    about: Words
    rows: str
    experiment: Experiment | None = None
    study: Study | None = None
    net: NetworkExperiment | None = None
    page: str = "compare"
    asks: Settings | None = None
    begin: Words = Words("Beginning", "开头")
    steps: tuple[Step, ...] = ()

    @property
    def shows(self) -> tuple[Row, ...]:
        """Its rows; under the chapter of the first it stands in the menu."""
        return tuple(ROWS[row] for row in self.rows.split())

    @property
    def stages(self) -> tuple["Stage", ...]:
        """How it begins, and what each step leads to: everything that is set up, and what to say of it."""
        begin = Step(
            name=self.begin, about=self.about, asks=self.asks,
            experiment=self.experiment, study=self.study, net=self.net,
        )  # fmt: skip
        return tuple(_completed(step, begin, self.page) for step in (begin, *self.steps))


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A step with all that is set up."""

    name: Words
    about: Words
    experiment: Experiment | None
    study: Study | None
    net: NetworkExperiment | None
    settings: Settings


def _completed(step: Step, begin: Step, page: str) -> Stage:
    return Stage(
        name=step.name,
        about=step.about or begin.about,
        experiment=step.experiment or begin.experiment,
        study=step.study or begin.study,
        net=step.net or begin.net,
        settings=step.asks or begin.asks or settings_of(page)(),
    )
