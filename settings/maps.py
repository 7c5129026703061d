"""Maps: which two numbers, what is measured, whose map, and which window of it."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number, Numbers
from engine.maps.axes import NAMES
from engine.maps.measures import MEASURES
from engine.surfaces.experiment import MOST_LANES, Experiment, lane
from records import Knob
from settings.base import Settings

EDGE = Knob(-1e300, 1e300)
FIRST = Experiment.on(
    "himmelblau", lane("gradient_descent", learning_rate=0.01), lane("momentum", learning_rate=0.01), steps=300
)


@dataclass(frozen=True)
class Maps(Settings):
    """across, up: numbers of the experiment, "" for the first ones; measure: of them; zoom: the window, none for the
    one that the axes begin with; whose: 0 for all lanes side by side, n for the n-th; fine: cells along each side.
    """

    races = False

    across: Annotated[str, Name(("", *NAMES))] = ""
    up: Annotated[str, Name(("", *NAMES))] = ""
    measure: Annotated[str, Name(tuple(MEASURES))] = next(iter(MEASURES))
    zoom: Annotated[tuple[float, ...], Numbers((EDGE,) * 4, none=True)] = ()
    whose: Annotated[int, Number(Knob(0, MOST_LANES, "whole"))] = 0
    fine: Annotated[str, Name(("64", "128", "256", "512", "1024"))] = "256"

    @staticmethod
    def first_experiment() -> Experiment:
        return FIRST


SETTINGS = Maps
