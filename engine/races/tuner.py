"""Every rate of a rule from many starts at once: where each run ends, and when it was low enough. No path is kept.

A run ends with its budget of gradient evaluations, and not with a number of steps: a rule that asks for two gradients
a step makes half as many steps.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.races.value import NOISES, TUNING, FairRace
from engine.surfaces.arrival import rounding
from engine.surfaces.many import Many, ends


class Ends(NamedTuple):
    """Of R rates and N starts."""

    above: Floats  # (R, N), the last loss above the known lowest; infinite of a lost run
    reached: Floats  # (R, N), step at which the loss is within the tolerance; infinite if it never is
    lost: Floats  # (R, N), whether it diverged


def jobs(race: FairRace) -> Iterator[tuple[int, int]]:
    """The calls that tuning takes: a lane, and which of the noises; without noise there is but one."""
    return ((lane, noise) for lane in range(len(race.lanes)) for noise in range(NOISES if race.experiment.noise else 1))


def starts_of(race: FairRace, noise: int) -> slice:
    """The starts of a job: those that see the same noise."""
    return slice(noise, None, NOISES) if race.experiment.noise else slice(None)


def tried(race: FairRace, lane: int, noise: int) -> Ends:
    """All rates of a lane on the starts of a job, from those for tuning."""
    racer, own, draw = race.lanes[lane], race.experiment, race.draw(TUNING)
    rates, starts = race.rates_of(racer), draw.starts[starts_of(race, noise)]
    low, shape = race.low, (len(rates), len(starts))
    numbers = racer.optimizer.numbers | {"learning_rate": np.repeat(rates, len(starts))}
    found = ends(Many(
        own.surface, racer.rule, np.tile(starts, (len(rates), 1)), race.budget, numbers, own.landscape.numbers,
        racer.timetable, racer.schedule.numbers, own.noise, draw.seeds[noise], low + own.tolerance, race.budget,
    ))  # fmt: skip
    lost = found.diverged_at >= 0
    reached = np.where(found.reached >= 0, found.reached, np.inf)
    return Ends(*(each.reshape(shape) for each in (above(found.loss, lost, low), reached, lost.astype(float))))


def above(loss: Floats, lost: NDArray[Any], low: float) -> Floats:
    """Losses above the known lowest. A lost run's are infinite, and so is what is lower than the lowest: only outside
    the window can a place be so, and there is no more surface to race on."""
    beyond = np.asarray(lost, bool) | ~np.isfinite(loss) | (loss < low - rounding(low))
    return np.where(beyond, np.inf, np.maximum(loss - low, 0.0))
