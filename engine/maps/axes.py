"""Axes of a map: any number of an experiment that its lanes can have, with how far it goes and which edits move it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.link import Choice
from engine.surfaces.experiment import NOISE, Experiment, Lane, sensible_rate
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import Knob, Words, settings

DECADES = 100.0  # what a logarithmic axis shows at first, to both sides of the value that is usual
STILL = ("whole", "switch")  # kinds of knobs that no axis has: nothing lies between two of their values

Kind = Literal["start", "rule", "plan", "knob", "noise"]


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


def axes_of(experiment: Experiment) -> dict[str, Axis]:
    """What can be an axis here, by name."""
    return {axis.name: axis for axis in _axes(experiment)}


def chosen_axes(experiment: Experiment, across: str, up: str) -> tuple[Axis, Axis, str]:
    """The two axes that are asked for, "" for the first ones, and what is wrong with the wish: "" for nothing, "axis"
    for a number that the experiment does not have, "same" for one number twice. Then others stand in their place."""
    able = axes_of(experiment)
    problem = "same" if across == up != "" else "" if {across, up} <= {*able, ""} else "axis"
    first = across if across in able else next(iter(able))
    second = up if up in able and up != first else next(name for name in able if name != first)
    return able[first], able[second], problem


def _axes(experiment: Experiment) -> Iterator[Axis]:
    surface = experiment.surface
    for at, (name, (low, high)) in enumerate(zip(surface.coordinates, surface.window, strict=True)):
        words = Words("start", "起点")
        yield Axis(f"start.{at}", name, words, low, high, low, high, False, experiment.start[at], (f"start.{at}",))
    yield from _of_lanes(experiment, "rule", lambda lane: lane.optimizer, lambda lane: lane.rule.make)
    yield from _of_lanes(experiment, "plan", lambda lane: lane.schedule, lambda lane: lane.timetable.make)
    for name, value in experiment.landscape.values:
        knob = settings(surface.make)[name].knob
        if knob.kind not in STILL:
            usual = settings(surface.make)[name].default
            yield _axis(f"knob.{name}", name, knob, value, usual, (f"knobs.{name}",))
    yield _axis("noise", "noise", replace(NOISE, label=Words("noise", "噪声")), experiment.noise, 0.0, ("noise",))


def _of_lanes(
    experiment: Experiment, kind: str, chosen: Callable[[Lane], Choice], make: Callable[[Lane], Any]
) -> Iterator[Axis]:
    """Numbers of the shown lanes' rules, or schedules."""
    having: dict[str, list[int]] = {}
    for number, lane in enumerate(experiment.lanes):
        for name in chosen(lane).numbers if lane.shown and not lane.kept else ():
            having.setdefault(name, []).append(number)
    for name, numbers in having.items():
        lane = experiment.lanes[numbers[0]]
        setting = settings(make(lane))[name]
        if setting.knob.kind not in STILL:
            paths = tuple(f"lanes.{number}.{kind}.{name}" for number in numbers)
            usual = sensible_rate(experiment.surface, lane.rule) if name == "learning_rate" else setting.default
            yield _axis(f"{kind}.{name}", name, setting.knob, chosen(lane).numbers[name], usual, paths)


def _axis(name: str, called: str, knob: Knob, now: float, usual: float, paths: tuple[str, ...]) -> Axis:
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
