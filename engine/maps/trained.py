"""A map whose cells are trainings of a small network, each on all examples at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, get_args

import numpy as np

from engine.arrays import Floats
from engine.curvature.points import CriticalPoint
from engine.link import Notice
from engine.maps.axes import RATE, Axis, axis_of, chosen_axes, of_lanes
from engine.maps.lattice import SIDE, Lattice
from engine.networks.cost import MULTIPLICATIONS, ends_seconds, gradients
from engine.networks.experiment import NUMBERS, NetworkExperiment, usual_rate
from engine.networks.many import Ends, Trainings, ends
from engine.networks.network import initial, size
from engine.networks.objective import constant_loss
from engine.networks.stretch import Points
from engine.xla import Compiles
from optimizers.base import Rate
from records import Words

OUTPUT = "output"
OTHERS = Words("learning rate of the other layers", "其余各层的学习率")
FITTED = 0.01  # times the loss of the best constant answer: so low a training has learned its examples
ROWS = 250  # of the curve of one training, at most
LARGEST = 1000  # parameters
DENSE = 100  # parameters up to which a rule may write down the Hessian of every lane
UNIT, MOVED = 5e-9, 5e-9  # seconds of an activation of an example and of a parameter at each update, in a block


@dataclass(frozen=True)
class TrainingMap:
    """As ``Map``, of a network. output: the learning rate of the last layer, that of all if 0; it may be an axis.

    The settings of the experiment hold but for two: a map trains on all examples at once, and without dropout.
    """

    net: NetworkExperiment
    across: str = ""
    up: str = ""
    window: tuple[float, ...] = ()
    side: int = SIDE
    output: float = 0.0

    @cached_property
    def able(self) -> dict[str, Axis]:
        """What can be an axis."""
        return axes_of(self.net, self.output)

    @cached_property
    def lattice(self) -> Lattice:
        chosen = chosen_axes(self.able, self.across, self.up)[:2]
        apart = self.output > 0 or any(each.name == OUTPUT for each in chosen)
        across, up = (replace(each, label=OTHERS) if apart and each.name == RATE else each for each in chosen)
        return Lattice((across, up), self.window, self.side)

    @property
    def axes(self) -> tuple[Axis, Axis]:
        return self.lattice.axes

    @property
    def problem(self) -> str:
        """As of a ``Map``."""
        return chosen_axes(self.able, self.across, self.up)[2] or self.lattice.problem

    @property
    def aside(self) -> bool:
        """Whether the experiment has smaller batches, or dropout, which are set aside."""
        return any(bool(own.batch or own.dropout) for own in map(self.net.alone, self.lanes))

    @property
    def lanes(self) -> tuple[int, ...]:
        """The numbers of the lanes that are shown."""
        return tuple(number for number, lane in enumerate(self.net.lanes) if lane.shown)

    @property
    def steps(self) -> int:
        return self.net.steps

    @property
    def places(self) -> tuple[CriticalPoint, ...]:
        """No points of such a surface are known."""
        return ()

    @property
    def seconds(self) -> float:
        """How long it takes, about; what cannot be trained takes for ever."""
        if self.trouble:
            return np.inf
        return self.side * self.lattice.rows * sum(self._update(number) for number in self.lanes) * self.steps

    @property
    def compiles(self) -> Compiles:
        """What must be compiled for it."""
        found = [(each, each.architecture, each.lanes[0]) for each in map(self.net.alone, self.lanes)]
        return {
            ("ends", net, own.criterion, own.points, lane.optimizer.name, lane.schedule.name): ends_seconds(net, lane)
            for own, net, lane in found
        }

    @property
    def trouble(self) -> Notice | None:
        """Why this cannot be trained here."""
        if notice := self.net.trouble:
            return notice
        for number in self.lanes:
            own = self.net.alone(number)
            width, lane = own.size, own.lanes[0]
            if width > LARGEST:
                return Notice("large", "width", str(width), str(LARGEST))
            if width > DENSE and gradients(lane, width) > width:
                return Notice("dense", lane.rule.name, str(width), str(DENSE))
        return None

    def _update(self, number: int) -> float:
        own = self.net.alone(number)
        network, width = own.architecture, size(own.architecture)
        each = UNIT * network.depth * network.width * own.points + MOVED * width
        multiplied = 6.0 * width * own.points / MULTIPLICATIONS
        return gradients(own.lanes[0], width) * (each + multiplied)

    def ends(self, number: int, budget: float = np.inf) -> Ends:
        """Where the trainings of one lane come to, row after row from below."""
        return ends(replace(self.at(number, *self.lattice.cells), budget=budget))

    def at(self, number: int, across: Floats, up: Floats) -> Trainings:
        """The trainings of one lane at points of the map, (N,) each."""
        own, lane = self.net.alone(number), self.net.lanes[number]
        numbers: dict[str, dict[str, Any]] = {
            "rule": lane.optimizer.numbers, "plan": lane.schedule.numbers,
            "net": {"scale": own.scale, "decay": own.decay}, OUTPUT: {"": self.output},
        }  # fmt: skip
        fixed = {f"net.{name}" for name, _ in lane.own}
        for each, values in zip(self.axes, (across, up), strict=True):
            kind, _, name = each.name.partition(".")
            if name in numbers.get(kind, {}) and not lane.kept and each.name not in fixed:
                numbers[kind][name] = values
        rate, output = np.asarray(numbers["rule"]["learning_rate"]), np.asarray(numbers[OUTPUT][""])
        part = own.examples.train
        structure = (replace(own.architecture, dropout=0.0), own.criterion, own.classes)
        constant = constant_loss(own.criterion, own.classes, structure[0].outputs, part.targets)
        return Trainings(
            structure, Points(np.ascontiguousarray(part.inputs.T), part.targets.astype(float)), lane.optimizer.name,
            _firsts(own, numbers["net"]["scale"]), own.steps, numbers["rule"], lane.schedule.name, numbers["plan"],
            numbers["net"]["decay"], np.where(output > 0, output / rate, 1.0), FITTED * constant,
        )  # fmt: skip

    def run(self, number: int) -> tuple[Any, Ends]:
        """The training of a lane with the numbers that the experiment has now: the updates made at each row, and what
        it is there, bit for bit what a cell of the map comes to."""
        every = -(-self.steps // ROWS) | 1  # odd: a training that jumps to and fro must show it
        rows = np.unique(np.append(np.arange(0, self.steps, every), self.steps))
        here = self.at(number, *(np.array([each.now]) for each in self.axes))
        one = ends(replace(here, stop=rows))
        return rows, one

    @property
    def base(self) -> "TrainingMap":
        """The same map of an experiment that all points of it share."""
        across, up = self.axes
        return replace(self.behind(across.first, up.first), across=across.name, up=up.name)

    def behind(self, across: float, up: float) -> "TrainingMap":
        """The map of the experiment at one of its points."""
        moved = self
        for each, value in zip(self.axes, (across, up), strict=True):
            for path in each.paths:
                moved = _moved(moved, path, value)
        return moved


def _firsts(own: NetworkExperiment, scales: Any) -> Floats:
    """The first weights, (d,), or (N, d) for N scales."""
    begin = lru_cache(lambda scale: initial(own.architecture, own.seed, own.scheme, scale))
    return np.array([begin(float(scale)) for scale in scales]) if np.ndim(scales) else begin(float(scales))


def axes_of(net: NetworkExperiment, output: float) -> dict[str, Axis]:
    """What can be an axis here, by name."""
    return {each.name: each for each in _axes(net, output)}


def _axes(net: NetworkExperiment, output: float) -> Iterator[Axis]:
    lanes, before = net.lanes, "net."
    rules = of_lanes(lanes, usual_rate, "rule", lambda lane: lane.optimizer, lambda lane: lane.rule.make, before)
    for each in rules:
        yield each
        if each.name == RATE:
            (rate,) = get_args(Rate)[1:]
            last = axis_of(OUTPUT, OUTPUT, rate, output or each.now, usual_rate(lanes[0].rule), (OUTPUT,))
            yield replace(last, symbol="η", label=Words("learning rate of the last layer", "最后一层的学习率"))
    yield from of_lanes(lanes, usual_rate, "plan", lambda lane: lane.schedule, lambda lane: lane.timetable.make, before)
    words = {"scale": Words("scale of the first weights", "初始权重的尺度"), "decay": Words("penalty", "惩罚系数")}
    for name, label in words.items():
        knob = replace(NUMBERS[name], label=label, symbol={"scale": "", "decay": "λ"}[name])
        usual = 1.0 if name == "scale" else 0.0
        yield axis_of(f"net.{name}", name, knob, getattr(net, name), usual, (f"net.{name}",))


def _moved(map: TrainingMap, path: str, value: float) -> TrainingMap:
    if path == OUTPUT:
        return replace(map, output=value)
    _, head, *rest = path.split(".")
    changed: dict[str, Any] = {head: value}
    if not rest:
        return replace(map, net=replace(map.net, **changed))
    number, kind, name = int(rest[0]), rest[1], rest[2]
    part = {"rule": "optimizer", "plan": "schedule"}[kind]
    lane = map.net.lanes[number]
    renewed: dict[str, Any] = {part: getattr(lane, part).with_values(**{name: value})}
    lanes = tuple(replace(lane, **renewed) if at == number else each for at, each in enumerate(map.net.lanes))
    return replace(map, net=replace(map.net, lanes=lanes))
