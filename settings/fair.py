"""Fair race: over what, and how many rates and starts every rule gets."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Number
from records import Knob
from settings.base import Settings


@dataclass(frozen=True)
class Fair(Settings):
    """fair_rates: learning rates that are tried of every rule; fair_starts: of each, and as many others on which the
    chosen rates are judged; fair_tuned: off, every rule runs at the rate of its card."""

    fair_rates: Annotated[int, Number(Knob(5, 50, "whole"), 5)] = 25
    fair_starts: Annotated[int, Number(Knob(16, 128, "whole"), 16)] = 32
    fair_tuned: Annotated[bool, Number(Knob(0, 1, "switch"))] = True


SETTINGS = Fair
