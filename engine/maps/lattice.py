"""Where the cells of a map lie: two axes, a window of them, and how many cells there are along each side."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Floats
from engine.maps.axes import NONE, Axis

SIDE = 64  # cells of a tile along each side
LEAST = 4  # numbers that a computer has between the middles of two cells: below it there is nothing to be seen

Window = tuple[float, float, float, float]  # from and to across, from and to up


@dataclass(frozen=True)
class Lattice:
    """A window of () is the one that the axes begin with. Without an axis upwards there is one row of cells."""

    axes: tuple[Axis, Axis]
    window: tuple[float, ...] = ()
    side: int = SIDE

    @property
    def problem(self) -> str:
        """What is wrong with the window: "window" (it has no width, or a logarithm of 0), "fine" (a computer has no
        numbers between its cells); "" for nothing."""
        return "window" if self.window and not self._sound else "" if self._wide else "fine"

    @property
    def shown(self) -> Window:
        """The window, or the first one in the place of none and of one that makes no sense."""
        if self.window and self._sound:
            x0, x1, y0, y1 = self.window
            return x0, x1, y0, y1
        across, up = self.axes
        return across.first, across.last, up.first, up.last

    @property
    def _sound(self) -> bool:
        x0, x1, y0, y1 = self.window
        spans = zip(self.axes, ((x0, x1), (y0, y1)), strict=True)
        return all(low < high and (low > 0 or not axis.log) for axis, (low, high) in spans)

    @property
    def _wide(self) -> bool:
        """Whether neighbouring cells are different numbers."""
        sides = [middles for middles in self.centres if len(middles) > 1]
        return all(np.diff(middles).min() >= LEAST * np.spacing(np.abs(middles).max()) for middles in sides)

    @property
    def rows(self) -> int:
        return 1 if self.axes[1] is NONE else self.side

    @cached_property
    def centres(self) -> tuple[Floats, Floats]:
        """The numbers at the middles of the cells, across (side,) and up (rows,)."""
        x0, x1, y0, y1 = self.shown
        across, up = self.axes
        return _middles(x0, x1, self.side, across.log), _middles(y0, y1, self.rows, up.log)

    @property
    def cells(self) -> tuple[Floats, Floats]:
        """The two numbers of every cell, row after row from below, (rows · side,) each."""
        across, up = self.centres
        return np.tile(across, self.rows), np.repeat(up, self.side)


def _middles(low: float, high: float, count: int, log: bool) -> Floats:
    shares = (np.arange(count) + 0.5) / count
    if log:
        return np.asarray(10.0 ** (np.log10(low) + shares * (np.log10(high) - np.log10(low))))
    return np.asarray(low + shares * (high - low))
