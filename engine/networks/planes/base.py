"""What a plane is: where it lies, for what the trainings found, and what its axes are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from engine.arrays import Floats
from engine.networks.network import Architecture
from engine.networks.slices import Slice, window_of
from engine.surfaces.relief import Window
from landscapes.base import Loss
from records import Words

WIDE = 1.2  # half the side of a window around one solution, in units of the directions
AROUND = (-WIDE, WIDE, -WIDE, WIDE)


class Given(NamedTuple):
    """What is known when a plane is asked for. Lanes that diverged, or end higher than they began, are left out."""

    architecture: Architecture
    seed: int
    make: Callable[..., Loss]  # the surface L(θ), and its data
    data: dict[str, Any]
    start: Floats  # (1, d)
    paths: Sequence[Floats]  # (t, d) each
    centre: Floats  # (d,), where the lowest of them ends; the start where there is none

    @property
    def ends(self) -> list[Floats]:
        return [path[-1] for path in self.paths]


class Laid(NamedTuple):
    """A plane, the part of it that is shown at first, and numbers that belong to its axes."""

    plane: Slice
    window: Window
    values: tuple[float, ...] = ()


def around_paths(given: Given, plane: Slice, *values: float) -> Laid:
    """A plane with the window that holds all paths."""
    return Laid(plane, window_of(plane, given.paths), values)


@dataclass(frozen=True)
class Plane:
    """One way to look at a surface with many dimensions.

    along, across: what its axes are called; without ``across`` it is a line, and the loss is drawn over it.
    lay: ``lay(given) -> Laid``; raises ValueError where there is no such plane.
    source: of the method.
    missing: what is said where there is none, and the paths' own plane is shown; None where there always is one.
    place: in the menu, between those with a smaller and a larger one; at its end where none is given.
    """

    name: Words
    along: Words
    across: Words | None
    lay: Callable[[Given], Laid]
    source: str
    missing: Words | None = None
    place: float = inf

    @property
    def flat(self) -> bool:
        """Whether it is a line."""
        return self.across is None
