"""Compare: how the experiment is shown."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name
from settings.base import Settings


@dataclass(frozen=True)
class Compare(Settings):
    """chart: the third curve; aspect: one scale on both axes, where it leaves room, always, or never; tab: the table
    below, "" for the one that suits the surface."""

    chart: Annotated[str, Name(("rate", "sharpness"))] = "rate"
    aspect: Annotated[str, Name(("fitting", "equal", "full"))] = "fitting"
    tab: Annotated[str, Name(("outcome", "moment", "memory"))] = ""


SETTINGS = Compare
