"""A fair race of rules over small networks: the same weights, batches and number of gradients for every rule.

What they share is decided by the seed: rates are chosen on some seeds, and judged on others. No lowest training loss is
known of a network, so nothing is called solved: the rules are compared by the training loss at the end.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine import xla
from engine.arrays import Floats
from engine.measures.tuning import RATE, at_value, tune, tuning_compiles, tuning_seconds
from engine.networks.cost import SEARCH, compiles, gradients, seconds
from engine.networks.experiment import NetworkExperiment, network_lane, usual_rate
from engine.networks.training import Training, train
from engine.races.run import POINTS, Raced, Scored, chosen, nothing, untried
from engine.races.scores import ordinals, ranked
from engine.races.tuner import Ends
from engine.races.value import ALWAYS, SCORING, around
from engine.surfaces.experiment import Lane
from engine.xla import Compiles

MOST_UPDATES = 5_000
ROWS = 100  # of each training's record


@dataclass(frozen=True)
class NetRace:
    """net: its shown lanes race, without what is a lane's own; its steps are the budget of gradients of every training.

    rates: that are tried of every rule; starts: seeds at each rate, and as many others at the chosen ones.
    tuned: off, every rule trains at the rate of its lane.
    """

    net: NetworkExperiment
    rates: int = 25
    starts: int = 8
    tuned: bool = True

    tolerance = 0.0  # nothing is good enough
    noisy = False  # on the gradient; batches are drawn all the same
    floor = 1e-12
    labelled = property(lambda self: self.net)
    lanes = property(lambda self: self.net.lanes)
    budget = property(lambda self: self.net.steps)

    def rates_of(self, lane: Lane) -> Floats:
        """What is tried of a rule, (R,)."""
        if not self.tuned:
            return np.array([lane.optimizer.numbers["learning_rate"]])
        return around(usual_rate(lane.rule), lane, self.rates)

    def trained(self, lane: int, which: int) -> NetworkExperiment:
        """What a lane trains for choosing a rate or for judging it: as many updates as the gradients suffice for."""
        alone = self.net.alone(lane)
        seed = (alone.seed + which * self.starts) % 1_000_000
        return replace(alone, seeds=self.starts, seed=seed, steps=max(self.net.steps // self.cost(lane), 1))

    def cost(self, lane: int) -> int:
        """Gradients that an update takes."""
        return round(gradients(self.lanes[lane], self.net.size))

    @property
    def seconds(self) -> float:
        """How long it takes, about."""
        judged = sum(seconds(_plan(self.trained(lane, SCORING)), self.net.points) for lane in range(len(self.lanes)))
        if not self.tuned:
            return judged
        return judged + sum(
            tuning_seconds(self.trained(number, 0), RATE, self.rates_of(lane).tolist())
            for number, lane in enumerate(self.lanes)
        )

    @property
    def compiles(self) -> Compiles:
        """What must be compiled."""
        found: dict[Hashable, float] = {}
        for number, lane in enumerate(self.lanes):
            judged = self.trained(number, SCORING)
            found |= compiles(_plan(judged), judged.shapes)
            if self.tuned:
                found |= tuning_compiles(self.trained(number, 0), RATE, self.rates_of(lane).tolist())
        return found

    @property
    def trouble(self) -> str:
        """Why it cannot be run: "updates", too many; "search", a rule that takes more gradients at some steps than at
        others; "" if it can."""
        if any(lane.rule.cost > SEARCH and self.cost(at) == SEARCH for at, lane in enumerate(self.lanes)):
            return "search"
        return "updates" if self.net.steps > MOST_UPDATES else ""

    def opened(self, lane: int, rate: float, which: int, place: int) -> dict[str, Any]:
        """One training as a network experiment of its own."""
        net = at_value(self.trained(lane, which), 0, RATE, rate)
        return {"network": replace(net, seeds=1, seed=(net.seed + place) % 1_000_000)}

    def to_python(self) -> str:
        """A script that runs the race again and prints its table."""
        return (
            '"""A fair race of Descent Lab; run it in the folder of the repository."""\n\n'
            "from engine.networks.experiment import NetworkExperiment\n"
            "from engine.races.networks import NetRace, fair_training\n"
            "from engine.races.run import printed\n\n"
            f"net, _ = NetworkExperiment.from_link(\n    {self.net.to_link()!r}\n)\n"
            f"race = NetRace(net, rates={self.rates}, starts={self.starts}, tuned={self.tuned})\n"
            "print(printed(race, fair_training(race)))\n"
        )


def with_always(net: NetworkExperiment) -> NetworkExperiment:
    """Its shown lanes alone, nothing a lane's own, and the rules that are in every race."""
    shown = tuple(lane for lane in net.alike.lanes if lane.shown)
    there = {lane.optimizer.name for lane in shown}
    added = tuple(network_lane(name) for name in ALWAYS if name not in there)
    return replace(net, lanes=(*shown, *added), ground=0)


def racing_networks(race: NetRace) -> Iterator[tuple[float, Raced]]:
    """Run it: every now and then the share that is done, and what is known."""
    lanes, at = race.lanes, np.unique(np.linspace(0, race.budget, POINTS).round())
    ends = [nothing(race.rates_of(lane), race.starts) for lane in lanes]
    whole = len(lanes) * (2 if race.tuned else 1)

    def known() -> Raced:
        each = [chosen(race.rates_of(lane), found, 0.0) for lane, found in zip(lanes, ends, strict=True)]
        return Raced(at, tuple(each) if race.tuned else tuple(map(untried, map(race.rates_of, lanes))), (), None)

    for number, lane in enumerate(lanes if race.tuned else ()):
        for share, found in tune(race.trained(number, 0), RATE, race.rates_of(lane).tolist()):
            losses = found.train[0]
            ends[number] = Ends(losses, np.full(losses.shape, np.inf), np.isinf(losses).astype(float))
            yield (number + share) / whole, known()
    tried, scored = known().tried, []
    for number, each in enumerate(tried):
        rate = float(each.rates[max(each.place, 0)])
        net = at_value(race.trained(number, SCORING), 0, RATE, rate)
        training = None
        for training in train(_plan(net), *net.points_given):
            yield (whole - len(lanes) + number + training.done) / whole, Raced(at, tried, (), None)
        assert training
        scored.append(_scored(training, rate, race.cost(number), at))
    ends_at = [each.above for each in scored]
    ranking = ranked(ordinals(ends_at, np.full((len(lanes), race.starts), np.inf), 0.0))
    xla.note(race.compiles)
    yield 1.0, Raced(at, tried, tuple(scored), ranking)


def fair_training(race: NetRace) -> Raced:
    """Run it to its end.

    Raises:
        ValueError: for a race that cannot be run, see ``NetRace.trouble``.
    """
    if race.trouble:
        raise ValueError(f"no fair race: {race.trouble}")
    *_, (_, raced) = racing_networks(race)
    return raced


def _plan(net: NetworkExperiment) -> Any:
    """In single precision, several seeds at a time: only how they spread is shown."""
    return replace(net.plan, dtype="float32", rows=ROWS)


def _scored(training: Training, rate: float, cost: int, at: Floats) -> Scored:
    """The trainings of a lane, their losses over the gradients that they took."""
    lost = training.diverged_at[0]
    gone = (lost[:, None] >= 0) & (training.steps >= lost[:, None])
    losses = np.where(gone | ~np.isfinite(training.train_loss[0]), np.inf, training.train_loss[0])
    places = np.searchsorted(training.steps * cost, at, "right") - 1
    none = np.full(len(losses), np.nan)
    return Scored(rate, losses[:, places], losses[:, -1], none, none, (lost >= 0).astype(float), none)
