"""What a surface is: a formula with knobs, a window to look through, a start, and what is known about its minima."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jax import Array

from records import Words

Loss = Callable[[Array], Array]  # point (d,) -> loss ()
Point = Sequence[float]  # (d,)
Minima = Sequence[Point] | Callable[..., Sequence[Point]]  # points, or a function of the knobs that gives them


@dataclass(frozen=True)
class Examples:
    """The data of a regression with θ = (w, b).

    points: all knobs of the surface -> x and y, (n,) each.
    answer: what θ answers at x: "line", w x + b; "logistic", 1/(1 + exp(-w x - b)).
    """

    points: Callable[..., tuple[Any, Any]]
    answer: Literal["line", "logistic"]


@dataclass(frozen=True)
class Landscape:
    """One error surface.

    make: ``make(**knobs) -> loss``; built inside the trace, so a knob never recompiles.
    start: where a race begins until somebody clicks, (d,).
    window: the range of each coordinate that is shown, d pairs.
    formula: LaTeX of L(θ), and what its symbols are; lines end in \\\\.
    rate: a learning rate at which gradient descent from the start makes steady progress without diverging.
    minima: the known minimisers inside or on the window; empty when there are none. A function of the knobs when
        they move with the knobs.
    valley: where the minima fill a curve or a surface, ``valley(**knobs) -> r``: they are all θ with r(θ) = 0, of which
        ``minima`` gives some.
    axes: what the coordinates are called; x and y (and z) where nothing is said.
    examples: the data, when the surface is the error on data.
    lecture: row ids of the lecture ideas that it shows; empty for a classical test function.
    """

    name: Words
    make: Callable[..., Loss]
    start: tuple[float, ...]
    window: tuple[tuple[float, float], ...]
    formula: str
    rate: float
    about: Words
    source: str
    minima: Minima = ()
    valley: Callable[..., Loss] | None = None
    axes: tuple[str, ...] = ()
    examples: Examples | None = None
    lecture: str = ""

    @property
    def coordinates(self) -> tuple[str, ...]:
        """The names of the coordinates, d of them."""
        return self.axes or ("x", "y", "z")[: self.dimension]

    @property
    def dimension(self) -> int:
        """d, the number of coordinates."""
        return len(self.start)

    def minima_at(self, **knobs: float) -> Sequence[Point]:
        """The known minimisers for these knobs (all knobs given)."""
        return self.minima(**knobs) if callable(self.minima) else self.minima
