"""What a measure of a map is: a number for each cell, of each lane or of all together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.arrays import Floats
from engine.maps.grid import Seen
from records import Words

SURFACE, NETWORK = "surface", "network"  # what an experiment may be about
BOTH = (SURFACE, NETWORK)
MOVING, RESTING, LEFT, DIVERGED = -1, -2, -3, -4  # of a verdict, where it is no critical point's number
TIE, NOBODY = -1, -4  # of a winner, where it is no lane's number


@dataclass(frozen=True)
class Measure:
    """One measure.

    of: the numbers of all cells, (lanes, cells), or (1, cells) of what is about all lanes; nan where there is none.
    kind: "verdict" and "winner" are names by number, "steps" and "loss" are drawn on a scale, "trained" as ranks.
    log: whether that scale is logarithmic.
    empty: what is said of cells without a number.
    over: what the map may be about.
    """

    name: Words
    about: Words
    of: Callable[[Seen], Floats]
    place: float
    kind: Literal["verdict", "winner", "steps", "loss", "trained"]
    log: bool = False
    empty: Words = Words("", "")
    over: tuple[str, ...] = BOTH
