"""What questions are about: the race of a stage, its lanes, and the run that the answers come from."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from engine.arrays import Floats
from engine.networks.experiment import NetworkExperiment
from engine.networks.together import Learned, learned, train_parts
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import Experiment, run
from engine.surfaces.outcome import Outcome, outcome
from engine.surfaces.relief import lowest
from lessons.base import Stage
from questions.base import Choice, Unclear
from records import Words

MOST_POINTS = 400  # of a path that is drawn
LEVEL = 1e-3  # of a fall: what cannot be seen


@dataclass(frozen=True)
class Fall:
    """How the loss of a lane falls. Of several seeds the median, which is infinite where most have diverged."""

    lane: int
    steps: Any  # (R,)
    loss: Floats  # (R,), infinite once it has diverged
    diverged_at: int  # −1 for never

    def at(self, step: int) -> float:
        """The loss at a step, or at the last one before it that is recorded."""
        return float(self.loss[np.searchsorted(self.steps, step, side="right") - 1])


def race_of(stage: Stage) -> Experiment | NetworkExperiment | None:
    """What stands in the link of a stage, with its lanes."""
    return stage.experiment or stage.net


def shown_in(race: Experiment | NetworkExperiment) -> tuple[int, ...]:
    """The places of its shown lanes."""
    return tuple(number for number, racer in enumerate(race.lanes) if racer.shown)


def lanes_of(stage: Stage) -> tuple[int, ...]:
    """The places of the lanes whose runs the page draws."""
    race = race_of(stage)
    return shown_in(race) if race and stage.settings.races else ()


def lane_choices(stage: Stage) -> tuple[Choice, ...]:
    return tuple(Choice(str(number), lane=number) for number in lanes_of(stage))


def raced(stage: Stage) -> Experiment | NetworkExperiment:
    """The same of a stage that has one.

    Raises:
        Unclear: if it has none.
    """
    race = race_of(stage)
    if race is None or not lanes_of(stage):
        raise Unclear("nothing runs in this demonstration", "这个演示里没有运行")
    return race


def on_surface(stage: Stage) -> Experiment:
    """The same of a stage on a surface."""
    if stage.experiment is None or not lanes_of(stage):
        raise Unclear("no optimizer runs on a surface here", "这里没有优化器在曲面上运行")
    return stage.experiment


def step_in(stage: Stage, text: str) -> int:
    """A step of its clock from a text; the last one where there is none.

    Raises:
        Unclear: for what is no step.
    """
    last = raced(stage).steps
    if not text:
        return last
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= last):
        raise Unclear(f"the step must lie between 1 and {last}", f"步数要在 1 与 {last} 之间")
    return int(text)


def lane_in(stage: Stage, text: str) -> int:
    """The place of a lane from a text; the first where there is none.

    Raises:
        Unclear: for what is no lane that runs.
    """
    raced(stage)
    numbers = lanes_of(stage)
    if not text:
        return numbers[0]
    if text not in map(str, numbers):
        raise Unclear(
            f"the lane must be one of {', '.join(map(str, numbers))}",
            f"只有这些优化器编号：{'、'.join(map(str, numbers))}",
        )
    return int(text)


# ---- runs, kept by what decides them ---------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def trajectories(experiment: Experiment) -> dict[int, Trajectory]:
    return dict(run(experiment))


@lru_cache(maxsize=16)
def trainings(net: NetworkExperiment) -> tuple[Learned, ...]:
    """Raises Unclear where this cannot be trained."""
    if net.trouble is not None:
        raise Unclear("this network cannot be trained", "这个网络无法训练")
    *_, (_, trained) = train_parts(net)
    assert trained is not None
    return learned(net, trained)


def falls(stage: Stage, of: str = "train_loss") -> tuple[Fall, ...]:
    """The losses of all lanes: on a surface without the noise, of a network on what it learns from, or another loss
    of a ``Training``."""
    race = raced(stage)
    if isinstance(race, Experiment):
        return tuple(_descended(number, path) for number, path in trajectories(race).items())
    return tuple(_trained(each, of) for each in trainings(race))


def _descended(number: int, path: Trajectory) -> Fall:
    loss = np.where(np.isfinite(path.loss), path.loss, np.inf)
    if path.diverged_at >= 0:
        loss[path.diverged_at :] = np.inf
    return Fall(number, np.arange(len(loss)), loss, int(path.diverged_at))


def _trained(each: Learned, of: str) -> Fall:
    losses = np.array(getattr(each.training, of)[each.lane])  # (S, R)
    ended = each.training.diverged_at[each.lane]  # (S,)
    steps = np.asarray(each.training.steps)
    losses[(ended[:, None] >= 0) & (steps >= ended[:, None])] = np.inf
    lost = np.sort(np.where(ended < 0, np.iinfo(np.int64).max, ended))[(len(ended) - 1) // 2]
    level = np.sort(np.where(np.isfinite(losses), losses, np.inf), axis=0)
    middle = level[[(len(ended) - 1) // 2, len(ended) // 2]].mean(axis=0)
    return Fall(each.number, steps, middle, -1 if lost > steps[-1] else int(lost))


def alike(stage: Stage) -> float:
    """Losses that are closer at one step count as the same: what the run's tolerance says, and no more than LEVEL of
    the way that the losses can fall."""
    known, race = falls(stage), raced(stage)
    losses = [fall.loss[np.isfinite(fall.loss)] for fall in known]
    span = max((float(loss.max() - loss.min()) for loss in losses if len(loss)), default=0.0)
    first = min((float(loss[0] - loss.min()) for loss in losses if len(loss)), default=0.0)
    fallen = LEVEL * (first if first > 0 else span)
    return min(race.tolerance, fallen) if isinstance(race, Experiment) else fallen


def loss_of(stage: Stage) -> Words:
    """What its losses are called."""
    return Words("loss", "损失") if stage.experiment else Words("training loss", "训练损失")


def seeds_of(stage: Stage) -> int:
    return stage.net.seeds if stage.net and not stage.experiment else 1


@lru_cache(maxsize=64)
def came_of(experiment: Experiment, number: int) -> Outcome:
    """What became of a lane."""
    own = experiment.of_lane(number)
    path = trajectories(experiment)[number]
    floor = lowest(own.landscape)
    if not np.isfinite(floor):
        seen = [each.loss[np.isfinite(each.loss)] for each in trajectories(experiment).values()]
        floor = float(min((loss.min() for loss in seen if len(loss)), default=0.0))
    return outcome(path, own.surface, minima_of(own), floor, experiment.tolerance)


def minima_of(experiment: Experiment) -> Floats:
    """Known minima of its surface, (n, d)."""
    surface = experiment.surface
    return np.array(surface.minima_at(**experiment.landscape.numbers), dtype=float).reshape(-1, surface.dimension)


def seen_path(experiment: Experiment, number: int) -> Floats:
    """The path of a lane as far as it can be seen, up to a window beside the window, (n, d), n ≥ 1."""
    low, high = np.array(experiment.surface.window).T
    lived = trajectories(experiment)[number].lived
    near = ((lived >= 2 * low - high) & (lived <= 2 * high - low)).all(axis=1)
    first_away = len(lived) if near.all() else max(int(np.argmin(near)), 1)
    return lived[:first_away]


def thinned(path: Floats) -> list[list[float]]:
    """At most MOST_POINTS of a path, as JSON has them."""
    rows = np.unique(np.linspace(0, len(path) - 1, MOST_POINTS).round().astype(int))
    shorter = partial(round, ndigits=6)
    return [list(map(shorter, place)) for place in path[rows].tolist()]


def where(experiment: Experiment, number: int) -> Any:
    """The surface of a lane, as ``Where`` says."""
    own = experiment.of_lane(number)
    named = "~".join([own.landscape.name, *(f"{key}~{value!r}" for key, value in own.landscape.values)])
    return {
        "surface": named,
        "window": [list(side) for side in own.surface.window],
        "start": list(own.start),
        "names": list(own.surface.coordinates),
    }
