"""Axes of a map: any number of an experiment that its lanes can have, with how far it goes and which edits move it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.link import Choice
from engine.surfaces.experiment import NOISE, Experiment, Lane, sensible_rate
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.base import Optimizer
from records import Knob, Words, settings

DECADES = 100.0  # what a logarithmic axis shows at first, to both sides of the value that is usual
RATE = "rule.learning_rate"
STILL = ("whole", "switch")  # kinds of knobs that no axis has: nothing lies between two of their values


def _all(tables: Any) -> list[str]:
    """The sliders of a shelf's records by their names, each once."""
    sliders = [each for record in tables.values() for each in settings(record.make).items()]
    return sorted({name for name, each in sliders if each.knob.kind not in STILL})


NAMES = (
    *(f"start.{at}" for at in range(max(each.dimension for each in LANDSCAPES.values()))),
    *(f"rule.{name}" for name in _all(OPTIMIZERS)),
    *(f"plan.{name}" for name in _all(SCHEDULES)),
    *(f"knob.{name}" for name in _all(LANDSCAPES)),
    "noise",
    "output",
    "net.scale",
    "net.decay",
)


@dataclass(frozen=True)
class Axis:
    """One number of an experiment.

    name: in the link: its kind and what it is called there. symbol, label: on the screen.
    low, high: as far as it goes; first, last: as far as is shown at first.
    now: its value in the experiment; of several lanes that of the first which has it.
    paths: of the edits that give an experiment another value of it, in all lanes that have it.
    """

    name: str
    symbol: str
    label: Words
    low: float
    high: float
    first: float
    last: float
    log: bool
    now: float
    paths: tuple[str, ...]


NONE = Axis("none", "", Words("", ""), 0.0, 1.0, 0.0, 1.0, False, 0.5, ())  # in the place of the second of a sweep


def axes_of(experiment: Experiment) -> dict[str, Axis]:
    """What can be an axis here, by name."""
    return {axis.name: axis for axis in _axes(experiment)}


def chosen_axes(able: dict[str, Axis], across: str, up: str) -> tuple[Axis, Axis, str]:
    """The two axes that are asked for, "" for the first ones, and what is wrong with the wish: "" for nothing, "axis"
    for a number that the experiment does not have, "same" for one number twice. Then others stand in their place."""
    if up == NONE.name:
        only, _, problem = chosen_axes(able, across, "")
        return only, NONE, problem
    problem = "same" if across == up != "" else "" if {across, up} <= {*able, ""} else "axis"
    first = across if across in able else next(iter(able))
    second = up if up in able and up != first else next(name for name in able if name != first)
    return able[first], able[second], problem


def _axes(experiment: Experiment) -> Iterator[Axis]:
    surface = experiment.surface
    for at, (name, (low, high)) in enumerate(zip(surface.coordinates, surface.window, strict=True)):
        words = Words("start", "起点")
        yield Axis(f"start.{at}", name, words, low, high, low, high, False, experiment.start[at], (f"start.{at}",))
    usual = partial(sensible_rate, surface)
    yield from of_lanes(experiment.lanes, usual, "rule", lambda lane: lane.optimizer, lambda lane: lane.rule.make)
    yield from of_lanes(experiment.lanes, usual, "plan", lambda lane: lane.schedule, lambda lane: lane.timetable.make)
    for name, value in experiment.landscape.values:
        knob = settings(surface.make)[name].knob
        if knob.kind not in STILL:
            default = settings(surface.make)[name].default
            yield axis_of(f"knob.{name}", name, knob, value, default, (f"knobs.{name}",))
    yield axis_of("noise", "noise", replace(NOISE, label=Words("noise", "噪声")), experiment.noise, 0.0, ("noise",))


def of_lanes(
    lanes: Sequence[Lane],
    usual: Callable[[Optimizer], float],
    kind: str,
    chosen: Callable[[Lane], Choice],
    make: Callable[[Lane], Any],
    before: str = "",
) -> Iterator[Axis]:
    """Numbers of the shown lanes' rules, or schedules. usual: a learning rate that suits; before: in the paths."""
    having: dict[str, list[int]] = {}
    for number, lane in enumerate(lanes):
        for name in chosen(lane).numbers if lane.shown and not lane.kept else ():
            having.setdefault(name, []).append(number)
    for name, numbers in having.items():
        lane = lanes[numbers[0]]
        setting = settings(make(lane))[name]
        if setting.knob.kind not in STILL:
            paths = tuple(f"{before}lanes.{number}.{kind}.{name}" for number in numbers)
            middle = usual(lane.rule) if name == "learning_rate" else setting.default
            yield axis_of(f"{kind}.{name}", name, setting.knob, chosen(lane).numbers[name], middle, paths)


def axis_of(name: str, called: str, knob: Knob, now: float, usual: float, paths: tuple[str, ...]) -> Axis:
    """Logarithmic where its slider is; that of a decay begins up to 0.99, that of noise up to 10. What it begins with
    does not depend on ``now``: who takes a point of the map keeps the map."""
    log = knob.kind == "log"
    first, last = {
        "log": (max(knob.low, usual / DECADES), min(knob.high, usual * DECADES)),
        "decay": (knob.low, min(knob.high, 0.99)),
        "power": (knob.low, min(knob.high, 10.0)),
    }.get(knob.kind, (knob.low, knob.high))
    label = knob.label or Words(called, called)
    return Axis(name, knob.symbol, label, knob.low, knob.high, first, last, log, now, paths)
