"""Curvature: the large picture, what counts as zero, and how two minima are shifted and cut."""

from dataclasses import dataclass
from typing import Annotated

from engine.link import Name, Number
from records import Knob
from settings.base import Settings

POWERS = range(-14, 0)  # log₁₀ of the share of max|λ| that counts as 0
ZERO = Number(Knob(POWERS[0], POWERS[-1], "whole"))


@dataclass(frozen=True)
class Curvature(Settings):
    """main: the large picture; shift: of the surface under the minima; cut: the height at which they are wide."""

    zero: Annotated[int, ZERO] = -9
    shift: Annotated[float, Number(Knob(-0.5, 0.5), 0.05)] = 0.25
    cut: Annotated[float, Number(Knob(0.1, 3.0), 0.1)] = 1.0
    main: Annotated[str, Name(("spectrum", "loss", "sharpness", "signs"))] = "spectrum"


SETTINGS = Curvature
