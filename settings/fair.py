"""Fair race: over what, and how many rates and starts every rule gets."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import About, Name, Names, Number
from engine.races.value import MOST_SURFACES, SUITE, FairRace, able, with_always
from engine.surfaces.experiment import Experiment
from records import Knob
from settings.base import Settings


def surfaces(about: About) -> tuple[str, ...]:
    """Those that can be raced on."""
    del about
    return able()


@dataclass(frozen=True)
class Fair(Settings):
    """fair_over: what is raced on; fair_suite: of several surfaces which; fair_seeds: of networks, where
    the others have starts.

    fair_rates: learning rates that are tried of every rule; fair_starts: of each, and as many others on which the
    chosen rates are judged; fair_tuned: off, every rule runs at the rate of its card."""

    races = False

    fair_over: Annotated[str, Name(("surface", "suite", "networks"))] = "surface"
    fair_suite: Annotated[tuple[str, ...], Names(surfaces, most=MOST_SURFACES)] = SUITE
    fair_seeds: Annotated[int, Number(Knob(16, 64, "whole"), 16)] = 16
    fair_rates: Annotated[int, Number(Knob(5, 50, "whole"), 5)] = 25
    fair_starts: Annotated[int, Number(Knob(16, 128, "whole"), 16)] = 32
    fair_tuned: Annotated[bool, Number(Knob(0, 1, "switch"))] = True

    def race(self, experiment: Experiment) -> FairRace:
        """The race on one surface or on several."""
        surfaces = self.fair_suite if self.fair_over == "suite" else ()
        return FairRace(with_always(experiment), self.fair_rates, self.fair_starts, self.fair_tuned, surfaces)


SETTINGS = Fair
