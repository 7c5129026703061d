"""Maps: which two numbers, what is measured, whose map, and which window of it."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number, Numbers
from engine.maps.axes import NAMES, NONE
from engine.maps.grid import Map
from engine.maps.lattice import SIDE
from engine.maps.measures import MEASURES, measures_of
from engine.maps.measures.base import BOTH, SURFACE, Measure
from engine.maps.trained import TrainingMap
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.surfaces.experiment import MOST_LANES, Experiment, lane
from records import Knob
from settings.base import Settings

EDGE = Knob(-1e300, 1e300)
FIRST = Experiment.on(
    "himmelblau", lane("gradient_descent", learning_rate=0.01), lane("momentum", learning_rate=0.01), steps=300
)
SMALL = NetworkExperiment.on(
    "two_moons", network_lane("gradient_descent"), depth=1, width=8, subset=16, test=0.0, steps=250
)


@dataclass(frozen=True)
class Maps(Settings):
    """across, up: numbers of the experiment, "" for the first ones; measure: of them; zoom: the window, none for the
    one that the axes begin with; whose: 0 for all lanes side by side, n for the n-th; fine: cells along each side.
    over: whether the runs are descents on a surface or trainings of a network; output: of these the learning rate of
    the last layer, 0 for that of all layers.
    """

    races = False

    over: Annotated[str, Name(BOTH)] = SURFACE
    across: Annotated[str, Name(("", *NAMES))] = ""
    up: Annotated[str, Name(("", *NAMES, NONE.name))] = ""
    measure: Annotated[str, Name(tuple(MEASURES))] = "basin"
    zoom: Annotated[tuple[float, ...], Numbers((EDGE,) * 4, none=True)] = ()
    whose: Annotated[int, Number(Knob(0, MOST_LANES, "whole"))] = 0
    fine: Annotated[str, Name(("64", "128", "256", "512", "1024"))] = "256"
    output: Annotated[float, Number(Knob(0.0, 1000.0, "power"))] = 0.0

    @property
    def measures(self) -> dict[str, Measure]:
        """What can be measured."""
        return measures_of(self.over)

    @property
    def measured(self) -> str:
        """What is: the first measure where the chosen one means nothing."""
        return self.measure if self.measure in self.measures else next(iter(self.measures))

    def map_of(self, experiment: Experiment, net: NetworkExperiment, side: int = SIDE) -> Map | TrainingMap:
        """The map that is asked for."""
        if self.over == SURFACE:
            return Map(experiment, self.across, self.up, self.zoom, side)
        return TrainingMap(net, self.across, self.up, self.zoom, side, self.output)

    @staticmethod
    def first_experiment() -> Experiment:
        return FIRST

    @staticmethod
    def first_network() -> NetworkExperiment:
        return SMALL


SETTINGS = Maps
