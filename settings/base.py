"""What the settings of all pages have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeVar

from engine.link import Field, Name, Notice, fields, read_fields, written_fields
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import Experiment, default

HEIGHTS = ("mixed", "log", "linear", "rank")

Own = TypeVar("Own", bound="Settings")


@dataclass(frozen=True)
class Settings:
    """What a page asks for. Each annotated field stands in the link under its own name, which no other page gives
    another meaning; what is as usual is left out.

    heights: how losses become tones and heights on every map, see ``views/web/kit/heights.js``.
    races: whether the page draws the runs of the lanes as the link has them, so that questions may be about these."""

    races: ClassVar[bool] = True
    heights: Annotated[str, Name(HEIGHTS)] = HEIGHTS[0]

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Its fields, by their names in the link."""
        return fields(cls)

    def written(self) -> dict[str, str]:
        """What the link says of them."""
        return written_fields(self)

    @classmethod
    def read(cls: type[Own], given: Mapping[str, str], net: NetworkExperiment) -> tuple[Own, tuple[Notice, ...]]:
        """From the fields of a link; ``net``: what names of lanes and sizes depend on."""
        notices: list[Notice] = []
        return cls(**read_fields(cls, given, net, notices)), tuple(notices)

    @staticmethod
    def first_experiment() -> Experiment:
        """What the page shows where nobody has chosen anything."""
        return default()

    @staticmethod
    def first_network() -> NetworkExperiment:
        """The network that the page shows where nobody has chosen anything."""
        return NetworkExperiment()

    @staticmethod
    def on_surface(experiment: Experiment) -> Experiment:
        """What the page makes of the experiment that it is given."""
        return experiment
