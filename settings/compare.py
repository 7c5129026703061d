"""Compare: how the experiment is shown."""

from dataclasses import dataclass
from typing import Annotated

from curves.runs import RUNS
from engine.link import Name
from settings.base import Settings

BESIDE = [curve.chart for curve in RUNS.values() if curve.chart]
CHOSEN = tuple(name for name, curve in RUNS.items() if BESIDE.count(curve.chart) > 1)  # one for a chart, by a click


@dataclass(frozen=True)
class Compare(Settings):
    """chart: the curve that is shown of a chart with several; aspect: one scale on both axes, where it leaves room,
    always, or never; tab: the table below, "" for the one that suits the surface."""

    chart: Annotated[str, Name(CHOSEN)] = "rate"
    aspect: Annotated[str, Name(("fitting", "equal", "full"))] = "fitting"
    tab: Annotated[str, Name(("outcome", "moment", "memory"))] = ""


SETTINGS = Compare
