"""A map is a value: an experiment, two of its numbers, a window of these, and how many cells it has along each side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Floats
from engine.curvature.points import CriticalPoint
from engine.maps.axes import Axis, chosen_axes
from engine.surfaces.experiment import SECOND, Experiment
from engine.surfaces.many import Ends, Many, ends
from engine.surfaces.relief import lowest
from engine.surfaces.study import found_on

SIDE = 64  # cells of a tile along each side: one call of the engine
LEAST = 4  # numbers that a computer has between the middles of two cells: below it there is nothing to be seen
VALUES = 256  # of knobs, for each of which the lowest loss is looked up

Window = tuple[float, float, float, float]  # from and to across, from and to up


@dataclass(frozen=True)
class Map:
    """Everything that decides a map. A window of () is the one that the axes begin with.

    Example:
        >>> from engine.surfaces.experiment import lane
        >>> on = Experiment.on("booth", lane("gradient_descent", learning_rate=0.05), steps=50)
        >>> small = Map(on, "start.0", "start.1", side=2)
        >>> small.shown, [a.tolist() for a in small.centres]
        ((-10.0, 10.0, -10.0, 10.0), [[-5.0, 5.0], [-5.0, 5.0]])
        >>> [int(ends.diverged_at.max()) for ends in seen(small).ends]
        [-1]
    """

    experiment: Experiment
    across: str = ""
    up: str = ""
    window: tuple[float, ...] = ()
    side: int = SIDE

    @cached_property
    def axes(self) -> tuple[Axis, Axis]:
        return chosen_axes(self.experiment, self.across, self.up)[:2]

    @property
    def problem(self) -> str:
        """What is wrong with what is asked for: "axis", "same", "window" (it has no width, or a
        logarithm of 0), "fine" (a computer has no numbers between its cells); "" for nothing."""
        wish = chosen_axes(self.experiment, self.across, self.up)[2]
        return wish or ("window" if self.window and not self._sound else "" if self._wide else "fine")

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
        return all(np.diff(middles).min() >= LEAST * np.spacing(np.abs(middles).max()) for middles in self.centres)

    @cached_property
    def centres(self) -> tuple[Floats, Floats]:
        """The numbers at the middles of the cells, across and up, (side,) each."""
        x0, x1, y0, y1 = self.shown
        across, up = self.axes
        return _middles(x0, x1, self.side, across.log), _middles(y0, y1, self.side, up.log)

    @property
    def lanes(self) -> tuple[int, ...]:
        """The numbers of the lanes that are shown."""
        return tuple(number for number, lane in enumerate(self.experiment.lanes) if lane.shown)

    @property
    def seconds(self) -> float:
        """How long it takes, about."""
        return self.side**2 * self.experiment.work / SECOND / FASTER

    def many(self, number: int) -> Many:
        """The descents of one lane, row after row from below, (side²,)."""
        across, up = self.centres
        return self.at(number, np.tile(across, self.side), np.repeat(up, self.side))

    def at(self, number: int, across: Floats, up: Floats) -> Many:
        """The descents of one lane at points of the map, (N,) each."""
        lane, own = self.experiment.lanes[number], self.experiment.of_lane(number)
        numbers: dict[str, dict[str, Any]] = {
            "rule": lane.optimizer.numbers, "plan": lane.schedule.numbers, "knob": own.landscape.numbers,
            "start": {str(at): np.full(len(across), value) for at, value in enumerate(own.start)},
            "noise": {"": own.noise},
        }  # fmt: skip
        fixed = {name.replace("knobs.", "knob.") for name, _ in lane.own}
        for axis, values in zip(self.axes, (across, up), strict=True):
            kind, _, name = axis.name.partition(".")
            if name in numbers[kind] and not lane.kept and not {kind, axis.name} & fixed:
                numbers[kind][name] = values
        return Many(
            own.surface, lane.rule, np.stack([*numbers["start"].values()], axis=1), own.steps, numbers["rule"],
            numbers["knob"], lane.timetable, numbers["plan"], numbers["noise"][""], own.seed,
            _targets(own, numbers["knob"]),
        )  # fmt: skip

    @property
    def base(self) -> "Map":
        """The same map of an experiment that all points of it share."""
        across, up = self.axes
        return replace(self, experiment=self.behind(across.first, up.first), across=across.name, up=up.name)

    def behind(self, across: float, up: float) -> Experiment:
        """The experiment at one point of the map."""
        moved = self.experiment
        for axis, value in zip(self.axes, (across, up), strict=True):
            for path in axis.paths:
                moved = _moved(moved, path, value)
        return moved


FASTER = 2.0  # times as many steps in a second as a run has that is recorded


def _middles(low: float, high: float, side: int, log: bool) -> Floats:
    shares = (np.arange(side) + 0.5) / side
    if log:
        return np.asarray(10.0 ** (np.log10(low) + shares * (np.log10(high) - np.log10(low))))
    return np.asarray(low + shares * (high - low))


def _moved(experiment: Experiment, path: str, value: float) -> Experiment:
    head, *rest = path.split(".")
    if head == "start":
        point = tuple(value if at == int(rest[0]) else now for at, now in enumerate(experiment.start))
        return replace(experiment, start=point)
    if head == "noise":
        return replace(experiment, noise=value)
    if head == "knobs":
        return replace(experiment, landscape=experiment.landscape.with_values(**{rest[0]: value}))
    number, kind, name = int(rest[0]), rest[1], rest[2]
    part = {"rule": "optimizer", "plan": "schedule"}[kind]
    lane = experiment.lanes[number]
    changed: dict[str, Any] = {part: getattr(lane, part).with_values(**{name: value})}
    lanes = tuple(replace(each, **changed) if at == number else each for at, each in enumerate(experiment.lanes))
    return replace(experiment, lanes=lanes)


def _targets(own: Experiment, knobs: dict[str, Any]) -> Any:
    """The loss within the tolerance of the lowest known one, of all lanes or of each; −∞ where none is known."""
    moving = {name: values for name, values in knobs.items() if np.ndim(values)}
    if not moving:
        return lowest(own.landscape) + own.tolerance if np.isfinite(lowest(own.landscape)) else -np.inf
    table, place = np.unique(np.stack([*moving.values()], axis=1), axis=0, return_inverse=True)
    if len(table) > VALUES:
        return -np.inf
    each = [lowest(own.landscape.with_values(**dict(zip(moving, row.tolist(), strict=True)))) for row in table]
    floors = np.where(np.isfinite(each), each, -np.inf)
    return floors[place.ravel()] + own.tolerance


class Seen(NamedTuple):
    """What measures look at.

    ends: of each shown lane, the cells row after row from below; fair: where they are after as many gradients as one
    step each takes.
    places: the critical points that the search has found, lowest first; none where the surface changes along an axis.
    """

    map: Map
    ends: tuple[Ends, ...]
    fair: tuple[Ends, ...]
    places: tuple[CriticalPoint, ...]


def places_of(experiment: Experiment, axes: tuple[Axis, Axis]) -> tuple[CriticalPoint, ...]:
    """The critical points of the surface, lowest first; none where an axis changes it."""
    if any(axis.name.startswith("knob.") for axis in axes):
        return ()
    return tuple(found_on(experiment.mapped.landscape).points)


def seeing(map: Map) -> Iterator[tuple[float, Seen | None]]:
    """The work, lane by lane: the share that is done, and at last what is seen."""
    found: list[Ends] = []
    fair: list[Ends] = []
    for done, number in enumerate(map.lanes, 1):
        many = map.many(number)
        found.append(ends(many))
        costly = found[-1].evaluations.max(initial=0) > map.experiment.steps
        fair.append(ends(replace(many, budget=map.experiment.steps)) if costly else found[-1])
        yield done / (len(map.lanes) + 1), None
    yield 1.0, Seen(map, tuple(found), tuple(fair), places_of(map.experiment, map.axes))


def seen(map: Map) -> Seen:
    """All ends of a map."""
    *_, (_, result) = seeing(map)
    assert result is not None
    return result
