"""What a curve over the clock is: a number for every step, its words, and the chart that it stands in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from engine.arrays import Floats
from engine.measures.spectra import Spectra
from engine.networks.slices import Beside
from engine.networks.training import Training
from engine.surfaces.descent import Trajectory
from engine.surfaces.experiment import Experiment
from records import Words

NOTHING = Words("", "")


class Run(NamedTuple):
    """A descent on a surface: one lane of an experiment."""

    experiment: Experiment
    number: int
    trajectory: Trajectory


class Learner(NamedTuple):
    """A lane of a training, the ``lane``-th of those that are shown."""

    training: Training
    lane: int
    shadow: Beside | None = None  # L at each row of its path, beside L on the plane that is shown
    spectra: Spectra | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is drawn beside a curve, or bounds it.

    key: its column, when it is sent. The others: as of a Curve.
    """

    key: str
    name: Words
    of: Callable[[Any], Floats]
    heading: str = ""
    cell: Words = NOTHING
    cell_hint: Words = NOTHING


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One quantity over the clock, in the colours of the lanes.

    name, hint: over its chart; short: on the button that chooses it, where a chart has several.
    of: its value at every step: of a ``Run`` (T+1,), or (T,) of what belongs to a step; of a ``Learner`` (R,), or for
        each seed (S, R).
    each: of a run, one value for each coordinate of θ, (T, d) or (T+1, d): the first is a line, others are dotted.
    dimensions: of surfaces with no fewer and no more coordinates.
    exact: its column keeps all digits: they are printed, or it moves little.
    late: its columns are asked for when it is chosen, not sent along with every picture.
    chart: of its page's charts the one in which it stands; in none if "".
    heading: over its column in the file of numbers; it has none if "".
    cell, cell_hint: over its column in the table at the clock, of trainings. A second line without a cell of its own is
        printed in the same, after a stroke.
    log: whether its axis is logarithmic until somebody turns it; None: where the lanes' first values span decades.
    above: what the axis is called where it counts from the lowest known value, and where from the lowest seen: then a
        logarithmic one always does, and the column keeps all its digits.
    signed: it may be 0 or less, which a logarithmic axis leaves out instead of drawing it at its foot.
    beside: a second line, dotted; limit: a bound, dashed: where the curve goes above it is marked.
    quartiles: of several seeds also the middle half is shown.
    share: it lies between 0 and 1, is printed in percent, and of a seed that diverged it is 0.
    events: what happened to the run is marked on it.
    rows: at which steps of a training there is a value: "all" of the record, "path" or "spectra".
    place: among the curves of its page, from the first on.
    """

    name: Words
    of: Callable[[Any], Floats]
    chart: str
    hint: Words = NOTHING
    short: Words = NOTHING
    heading: str = ""
    cell: Words = NOTHING
    cell_hint: Words = NOTHING
    log: bool | None = None
    above: tuple[Words, Words] | None = None
    signed: bool = False
    beside: Line | None = None
    limit: Line | None = None
    quartiles: bool = True
    share: bool = False
    events: bool = False
    each: bool = False
    dimensions: tuple[float, float] = (1, inf)
    late: bool = False
    exact: bool = False
    rows: str = "all"
    place: float = inf

    def lines(self, key: str) -> Mapping[str, "Curve | Line"]:
        """All that is drawn of it, by the column; ``key`` is its own."""
        return {key: self, **{line.key: line for line in (self.beside, self.limit) if line}}


def headed(curves: Mapping[str, Curve]) -> dict[str, Curve | Line]:
    """All lines that have a column in the file of numbers, by what stands over it."""
    lines = (line for name, curve in curves.items() for line in curve.lines(name).values())
    return {line.heading: line for line in lines if line.heading}
