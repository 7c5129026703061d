"""Minima or saddles: which networks are brought to a critical point, how, and which one is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from engine.link import About, Name, Names
from engine.measures.minimum_ratio import Search
from engine.measures.polishing import METHODS
from engine.networks.experiment import NetworkExperiment
from settings.base import Settings
from settings.curvature import ZERO

WIDTHS = ("1", "2", "4", "8", "12", "16")
USUAL = ("1", "2", "4", "8")
FEWEST = "60"
MANY = (FEWEST, "150", "300", "600")
START = NetworkExperiment.on("sine", knobs={"size": 80.0}, depth=1, decay=1e-3, steps=200)


def dots(about: About) -> Sequence[str]:
    """Width and seed of each network."""
    widths, count = about.before.get("widths", USUAL), about.before.get("networks", FEWEST)
    groups = Search(about.subject, tuple(map(int, widths)), int(count)).groups
    return [f"{net.width}~{seed}" for net, seeds in groups for seed in seeds]


@dataclass(frozen=True)
class Saddles(Settings):
    """polish: how a network is brought to its critical point; networks: how many; dot: the one that is looked at."""

    races = False

    zero: Annotated[int, ZERO] = -9
    polish: Annotated[str, Name(tuple(METHODS))] = next(iter(METHODS))
    networks: Annotated[str, Name(MANY)] = FEWEST
    widths: Annotated[tuple[str, ...], Names(WIDTHS)] = USUAL
    dot: Annotated[str, Name(dots)] = ""

    @staticmethod
    def first_network() -> NetworkExperiment:
        """One with many critical points that are found fast."""
        return START


SETTINGS = Saddles
