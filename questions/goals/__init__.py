"""Exercises: what somebody is to find with free controls, checked from the run of the link that came of it.

A goal is written ``misses~momentum~shelf_2d``: what is to happen, to which rule (``any`` for one of them), and on which
surface or data set.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from datasets import DATASETS
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import AUTOMATIC, Experiment
from landscapes import LANDSCAPES
from lessons.base import Stage
from optimizers import OPTIMIZERS
from questions.base import Unclear, filled, lane
from questions.runs import came_of, falls
from records import Words
from settings.base import Settings

LONGEST = 80  # letters
PATIENT = 10 * AUTOMATIC  # gradient-descent steps' worth of work that a check takes at most
SECONDS = 5.0  # that a network may be trained for it
LEARNED, FAILED = 0.1, 0.5  # of the first loss
RISEN = 1.1  # times the lowest one

ANY = Words("an optimizer", "某个优化器")


class Aim(NamedTuple):
    """says: the exercise, with gaps for the rule and the place; done: by the outcome of a lane on a surface, or by how
    a loss of a training falls, which ``of`` names."""

    says: Words
    done: Callable[[Any], bool]
    of: str = "train_loss"


ON_SURFACE = {
    "diverges": Aim(
        Words("Find settings with which {rule} diverges on {where}.", "找一组设置，让{rule}在“{where}”上发散。"),
        lambda came: came.diverged_at >= 0,
    ),
    "arrives": Aim(
        Words("Find settings with which {rule} ends at a minimum with the lowest loss of {where}.",
              "找一组设置，让{rule}停在“{where}”损失最低的极小值处。"),
        lambda came: came.arrived,
    ),
    "misses": Aim(
        Words("Find settings with which {rule} neither diverges nor ends at a minimum with the lowest loss of {where}.",
              "找一组设置，让{rule}在“{where}”上既不发散，也不停在损失最低的极小值处。"),
        lambda came: came.diverged_at < 0 and not came.arrived,
    ),
    "rests": Aim(
        Words("Find settings with which {rule} comes to rest on {where}, but at no minimum with the lowest loss.",
              "找一组设置，让{rule}在“{where}”上静止下来，却不在损失最低的极小值处。"),
        lambda came: came.at_rest and came.diverged_at < 0 and not came.arrived,
    ),
    "bursts": Aim(
        Words("Find settings with which {rule} bursts on {where}.", "找一组设置，让{rule}在“{where}”上爆冲。"),
        lambda came: bool(came.bursts),
    ),
    "sticks": Aim(
        Words("Find settings with which {rule} gets stuck on {where}: the loss flat, the gradient not small.",
              "找一组设置，让{rule}在“{where}”上停滞：损失不再变化，梯度却不小。"),
        lambda came: came.stuck_from >= 0,
    ),
}  # fmt: skip
ON_DATA = {
    "diverges": Aim(
        Words("Find settings with which the training by {rule} on {where} diverges.",
              "找一组设置，让{rule}在“{where}”上训练发散。"),
        lambda fall: fall.diverged_at >= 0,
    ),
    "learns": Aim(
        Words("Find settings with which {rule} brings the training loss on {where} below a tenth of its first value.",
              "找一组设置，让{rule}把“{where}”上的训练损失降到开始时的十分之一以下。"),
        lambda fall: fall.loss[-1] < LEARNED * fall.loss[0],
    ),
    "fails": Aim(
        Words("Find settings with which the training loss of {rule} on {where} stays above half of its first value, "
              "without diverging.", "找一组设置，让{rule}在“{where}”上的训练损失始终降不到开始时的一半，又不发散。"),
        lambda fall: fall.diverged_at < 0 and bool(np.min(fall.loss) > FAILED * fall.loss[0]),
    ),
    "generalises": Aim(
        Words("Find settings with which the test loss of {rule} on {where} does not rise again: at the end it is no "
              "more than a tenth above its lowest, and below half of its first value.",
              "找一组设置，让{rule}在“{where}”上的测试损失不再回升：最后比最低时至多高十分之一，并且不到开始时的一半。"),
        lambda fall: bool(fall.loss[-1] <= RISEN * np.min(fall.loss) and fall.loss[-1] < FAILED * fall.loss[0]),
        "test_loss",
    ),
}  # fmt: skip
MET = Words("That is it: {who} does it.", "做到了：{who} 就是这样。")
NOT_MET = Words("Not yet: no lane with {rule} does it.", "还没有：用{rule}的没有一个是这样。")
ELSEWHERE = Words("This is set on {where}. Go back to it.", "这道题在“{where}”上做，请回到那里。")
NOBODY = Words("Nothing runs with {rule} here. Add it.", "这里没有{rule}在运行，请加上。")


@dataclass(frozen=True)
class Goal:
    """what: a name in ON_SURFACE or ON_DATA; rule: in OPTIMIZERS, or "any"; where: in LANDSCAPES or DATASETS."""

    what: str
    rule: str
    where: str

    @property
    def says(self) -> Words:
        """The exercise in a sentence."""
        return filled(self._aim.says, rule=self.called, where=self.place)

    @property
    def called(self) -> Words:
        return OPTIMIZERS[self.rule].name if self.rule in OPTIMIZERS else ANY

    @property
    def place(self) -> Words:
        return (LANDSCAPES if self.on_surface else DATASETS)[self.where].name

    @property
    def on_surface(self) -> bool:
        return self.where in LANDSCAPES

    @property
    def _aim(self) -> Aim:
        return (ON_SURFACE if self.on_surface else ON_DATA)[self.what]

    def done(self, race: Experiment | NetworkExperiment, number: int) -> bool:
        """Whether a lane of a race does it; it has examples to be tested by where that is asked for."""
        if isinstance(race, Experiment):
            return bool(self._aim.done(came_of(race, number)))
        stage = Stage(name=ANY, about=ANY, experiment=None, study=None, net=race, settings=Settings())
        fall = next(fall for fall in falls(stage, self._aim.of) if fall.lane == number)
        return bool(np.isfinite(fall.loss[0]) and self._aim.done(fall))


class Checked(NamedTuple):
    """race: whose lanes the sentence names."""

    met: bool
    says: Words
    race: Experiment | NetworkExperiment


def read(text: str) -> Goal:
    """A goal from its text.

    Raises:
        Unclear: for one that makes no sense.

    Example:
        >>> read("misses~momentum~shelf_2d").what
        'misses'
    """
    what, _, rest = text.partition("~")
    rule, _, where = rest.partition("~")
    able = ON_SURFACE if where in LANDSCAPES else ON_DATA if where in DATASETS else {}
    if len(text) > LONGEST or what not in able or not (rule == "any" or rule in OPTIMIZERS):
        raise Unclear("an exercise is written goal~rule~surface", "练习写作 目标~优化器~曲面")
    return Goal(what, rule, where)


def checked(goal: Goal, link: str) -> Checked:
    """Whether what a link sets up reaches the goal.

    Raises:
        Unclear: if it takes too long to run, or cannot be trained.
    """
    race: Experiment | NetworkExperiment
    race = Experiment.from_link(link)[0] if goal.on_surface else NetworkExperiment.from_link(link)[0]
    numbers = [
        number for number, racer in enumerate(race.lanes) if racer.shown and goal.rule in ("any", racer.optimizer.name)
    ]
    if _place(race) != goal.where:
        return Checked(False, filled(ELSEWHERE, where=goal.place), race)
    if not numbers:
        return Checked(False, filled(NOBODY, rule=goal.called), race)
    if race.work > PATIENT if isinstance(race, Experiment) else race.seconds > SECONDS:
        raise Unclear("this takes too long to be checked: take fewer steps", "检查起来太久：请减少步数")
    done = [number for number in numbers if goal.done(race, number)]
    if not done:
        return Checked(False, filled(NOT_MET, rule=goal.called), race)
    return Checked(True, filled(MET, who=lane(done[0])), race)


def _place(race: Experiment | NetworkExperiment) -> str:
    return race.landscape.name if isinstance(race, Experiment) else race.data.name
