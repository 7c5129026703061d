"""A map is a value: an experiment, two of its numbers, a window of these, and how many cells it has along each side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np

from engine import xla
from engine.arrays import Floats
from engine.curvature.points import CriticalPoint
from engine.maps.axes import Axis, axes_of, chosen_axes
from engine.maps.lattice import SIDE, Lattice
from engine.surfaces.cost import ends_seconds
from engine.surfaces.experiment import SECOND, Experiment
from engine.surfaces.many import Ends, Many, ends
from engine.surfaces.relief import lowest
from engine.surfaces.study import found_on
from engine.xla import Compiles

VALUES = 256  # of knobs, for each of which the lowest loss is looked up


@dataclass(frozen=True)
class Map:
    """Everything that decides a map. A window of () is the one that the axes begin with.

    Example:
        >>> from engine.surfaces.experiment import lane
        >>> on = Experiment.on("booth", lane("gradient_descent", learning_rate=0.05), steps=50)
        >>> small = Map(on, "start.0", "start.1", side=2)
        >>> small.lattice.shown, [a.tolist() for a in small.lattice.centres]
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
    def able(self) -> dict[str, Axis]:
        """What can be an axis."""
        return axes_of(self.experiment)

    @cached_property
    def lattice(self) -> Lattice:
        across, up, _ = chosen_axes(self.able, self.across, self.up)
        return Lattice((across, up), self.window, self.side)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        return self.lattice.axes

    @property
    def problem(self) -> str:
        """What is wrong with what is asked for, as ``chosen_axes`` and ``Lattice`` say; "" for nothing."""
        return chosen_axes(self.able, self.across, self.up)[2] or self.lattice.problem

    @property
    def lanes(self) -> tuple[int, ...]:
        """The numbers of the lanes that are shown."""
        return tuple(number for number, lane in enumerate(self.experiment.lanes) if lane.shown)

    @property
    def seconds(self) -> float:
        """How long it takes, about."""
        return self.side * self.lattice.rows * self.experiment.work / SECOND / FASTER

    @property
    def compiles(self) -> Compiles:
        """What must be compiled for it."""
        lanes = [self.experiment.lanes[number] for number in self.lanes]
        name = self.experiment.landscape.name
        return {("ends", name, each.optimizer.name, each.schedule.name): ends_seconds(each.rule) for each in lanes}

    @property
    def steps(self) -> int:
        return self.experiment.steps

    @property
    def places(self) -> tuple[CriticalPoint, ...]:
        """The critical points that the search has found, lowest first; none where an axis changes the surface."""
        return places_of(self.experiment, self.axes)

    def ends(self, number: int, budget: float = np.inf) -> Ends:
        """Where the descents of one lane come to, row after row from below."""
        return ends(replace(self.at(number, *self.lattice.cells), budget=budget))

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
            if name in numbers.get(kind, {}) and not lane.kept and not {kind, axis.name} & fixed:
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


class Mapped(Protocol):
    """What a map is to its measures, on a surface and of a network alike."""

    @property
    def axes(self) -> tuple[Axis, Axis]: ...
    @property
    def lattice(self) -> Lattice: ...
    @property
    def problem(self) -> str: ...
    @property
    def lanes(self) -> tuple[int, ...]: ...
    @property
    def steps(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def compiles(self) -> Compiles: ...
    @property
    def places(self) -> tuple[CriticalPoint, ...]: ...
    def ends(self, number: int, budget: float = np.inf) -> Any: ...


class Seen(NamedTuple):
    """What measures look at.

    ends: of each shown lane, the cells row after row from below; fair: where they are after as many gradients as one
    step each takes.
    """

    map: Any  # a Mapped
    ends: tuple[Any, ...]
    fair: tuple[Any, ...]
    places: tuple[CriticalPoint, ...]


def places_of(experiment: Experiment, axes: tuple[Axis, Axis]) -> tuple[CriticalPoint, ...]:
    """The critical points of the surface, lowest first; none where an axis changes it."""
    if any(axis.name.startswith("knob.") for axis in axes):
        return ()
    return tuple(found_on(experiment.mapped.landscape).points)


def seeing(map: Mapped) -> Iterator[tuple[float, Seen | None]]:
    """The work, lane by lane: the share that is done, and at last what is seen."""
    found: list[Any] = []
    fair: list[Any] = []
    for done, number in enumerate(map.lanes, 1):
        found.append(map.ends(number))
        costly = found[-1].evaluations.max(initial=0) > map.steps
        fair.append(map.ends(number, map.steps) if costly else found[-1])
        yield done / (len(map.lanes) + 1), None
    xla.note(map.compiles)
    yield 1.0, Seen(map, tuple(found), tuple(fair), map.places)


def seen(map: Mapped) -> Seen:
    """All ends of a map."""
    *_, (_, result) = seeing(map)
    assert result is not None
    return result
