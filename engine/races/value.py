"""A fair race is a value: which rules, on which surface, with how many evaluations, rates and starts.

Every run of it is a ``descend`` from a start and with a seed that the race names, so any of them can be had again.
"""

from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.surfaces.arrival import rounding
from engine.surfaces.cost import ends_seconds, path_seconds
from engine.surfaces.experiment import SEED, Experiment, Lane, on_surface, racer_on, sensible_rate
from engine.surfaces.relief import lowest
from engine.xla import Compiles
from landscapes import LANDSCAPES
from records import settings

ALWAYS = ("gradient_descent", "adam")  # in every race: who wins says little without those that everybody knows
DECADES = 4  # that the rates of a rule span
MOST_EVALUATIONS = 10_000  # of one run
TUNING, SCORING = 0, 1  # which draw of starts and seeds: rates are chosen on one, and judged on the other
NOISES = 4  # that rates are chosen under; each is that of every fourth start
SUITE = (  # classical functions of two coordinates, some with one minimum and some with many
    "beale", "bohachevsky", "himmelblau", "rosenbrock", "six_hump_camel", "styblinski_tang",
)  # fmt: skip
MOST_SURFACES = 16
STEP = 3e-9  # seconds of a step of gradient descent, many at once
SINGLE = 1.5e-7  # and of a single path that is written down
CALL = 2e-3  # seconds to begin one
WORKERS = 2


class Draw(NamedTuple):
    """Starts (N, d) and the seeds of the noise (N,): the same for every rule and rate."""

    starts: Floats
    seeds: list[int]


@dataclass(frozen=True)
class FairRace:
    """experiment: its shown lanes race, without what is a lane's own; its steps are the budget of gradient evaluations
    of every run, its seed decides all draws.

    rates: that are tried of every rule; starts: of each rate, and as many others on which the chosen ones are judged.
    tuned: off, every rule runs at the rate of its lane.
    surfaces: names of those that are raced on one after the other, each with its usual knobs and with rates around the
    one that suits it, in the place of the experiment's own.
    """

    experiment: Experiment
    rates: int = 25
    starts: int = 32
    tuned: bool = True
    surfaces: tuple[str, ...] = ()

    labelled = property(lambda self: self.experiment)
    tolerance = property(lambda self: self.experiment.tolerance)
    noisy = property(lambda self: bool(self.experiment.noise))

    @cached_property
    def low(self) -> float:
        """The lowest loss that is known."""
        return lowest(self.experiment.landscape)

    @property
    def floor(self) -> float:
        """A loss above it that is not told from 0."""
        return float(rounding(self.low))

    @property
    def parts(self) -> tuple["FairRace", ...]:
        """A race for each of the surfaces."""
        return tuple(self.on(surface) for surface in self.surfaces)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Who races: the shown lanes, and those that always do."""
        return with_always(self.experiment).lanes

    @property
    def budget(self) -> int:
        """Gradient evaluations of every run."""
        return self.experiment.steps

    @property
    def trials(self) -> int:
        """Runs that choosing the rate of one rule takes."""
        return self.rates * self.starts if self.tuned else 0

    @property
    def seconds(self) -> float:
        """How long it takes, about."""
        if self.surfaces:
            return sum(part.seconds for part in self.parts)
        costs = sum(lane.rule.cost for lane in self.lanes)
        tuning = self.trials * self.budget * costs * STEP
        return (tuning + self.starts * (self.budget * costs * SINGLE + CALL * len(self.lanes))) / WORKERS

    @property
    def compiles(self) -> Compiles:
        """What must be compiled: what chooses the rates, and what judges them."""
        tuned = {
            ("ends", name, lane.optimizer.name, lane.schedule.name): ends_seconds(lane.rule)
            for name in self.names for lane in self.lanes if self.tuned
        }  # fmt: skip
        return tuned | {
            ("crowd", name, lane.optimizer.name, self.noisy): path_seconds(lane.rule)
            for name in self.names for lane in self.lanes
        }  # fmt: skip

    @property
    def names(self) -> tuple[str, ...]:
        """The surfaces that are raced on."""
        return self.surfaces or (self.experiment.landscape.name,)

    @property
    def trouble(self) -> str:
        """Why it cannot be run: "minimum", no lowest loss is known of the surface; "budget"; "" if it can."""
        if not self.surfaces and not np.isfinite(self.low):
            return "minimum"
        return "budget" if self.budget > MOST_EVALUATIONS else ""

    def rates_of(self, lane: Lane) -> Floats:
        """What is tried of a rule, (R,): DECADES around the rate that suits the surface, within what the rule takes."""
        if not self.tuned:
            return np.array([lane.optimizer.numbers["learning_rate"]])
        return around(sensible_rate(self.experiment.surface, lane.rule), lane, self.rates)

    def draw(self, which: int) -> Draw:
        """Starts evenly over the window, and a seed for each."""
        return _draw(self.experiment.surface.window, self.experiment.seed, which, self.starts)

    def on(self, surface: str) -> "FairRace":
        """The same race on another surface, with its own knobs."""
        moved = on_surface(with_always(self.experiment), surface)
        return replace(self, experiment=replace(moved, noise=self.experiment.noise), surfaces=())

    def opened(self, lane: int, rate: float, which: int, place: int) -> dict[str, Any]:
        """One run as an experiment of its own."""
        draw, racer = self.draw(which), self.lanes[lane]
        alone = replace(racer, optimizer=racer.optimizer.with_values(learning_rate=rate))
        start = tuple(draw.starts[place].tolist())
        return {"experiment": replace(self.experiment, lanes=(alone,), start=start, seed=draw.seeds[place])}

    def to_python(self) -> str:
        """A script that runs the race again and prints its table."""
        return (
            '"""A fair race of Descent Lab; run it in the folder of the repository."""\n\n'
            f"from engine.races.run import {'fair_suite' if self.surfaces else 'fair_race'}, printed\n"
            "from engine.races.value import FairRace\n"
            "from engine.surfaces.experiment import Experiment\n\n"
            f"experiment, _ = Experiment.from_link(\n    {self.experiment.to_link()!r}\n)\n"
            f"race = FairRace(experiment, rates={self.rates}, starts={self.starts}, tuned={self.tuned}"
            + (f", surfaces={self.surfaces}" if self.surfaces else "")
            + f")\nprint(printed(race, {'fair_suite' if self.surfaces else 'fair_race'}(race)))\n"
        )


@lru_cache(maxsize=64)
def _draw(window: tuple[tuple[float, float], ...], seed: int, which: int, many: int) -> Draw:
    random = np.random.default_rng([seed, which])
    low, high = np.array(window).T
    starts = random.uniform(low, high, (many, len(low)))
    seeds = random.integers(0, int(SEED.high), many)
    return Draw(starts, (np.resize(seeds[:NOISES], many) if which == TUNING else seeds).tolist())


@cache
def able() -> tuple[str, ...]:
    """The surfaces of which a lowest loss is known with their usual knobs."""
    usual = {name: {key: each.default for key, each in settings(one.make).items()} for name, one in LANDSCAPES.items()}
    return tuple(name for name, one in LANDSCAPES.items() if len(one.minima_at(**usual[name])))


def around(rate: float, lane: Lane, many: int) -> Floats:
    """Rates on DECADES around one, within what the rule takes, (many,)."""
    knob = settings(lane.rule.make)["learning_rate"].knob
    lowest_rate, highest_rate = np.log10(knob.low), np.log10(knob.high)
    low = np.clip(np.log10(rate) - DECADES / 2, lowest_rate, max(highest_rate - DECADES, lowest_rate))
    rates = np.logspace(low, min(low + DECADES, highest_rate), many)
    return np.array([float(f"{rate:.4g}") for rate in rates])


def with_always(experiment: Experiment) -> Experiment:
    """Its shown lanes alone, nothing a lane's own, and the rules that are in every race."""
    shown = tuple(lane for lane in experiment.alike.lanes if lane.shown)
    there = {lane.optimizer.name for lane in shown}
    added = tuple(racer_on(experiment.surface, name) for name in ALWAYS if name not in there)
    return replace(experiment, lanes=(*shown, *added), ground=0)
