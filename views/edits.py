"""What a control does: a path, a value, and the experiment that follows. Nothing that a browser sends is trusted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.experiment import (
    MOST_LANES,
    PLAIN,
    Experiment,
    inside,
    on_surface,
    racer_on,
)
from engine.link import Choice, Notice, choice, number_problem, span
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import Knob, settings


class Refused(ValueError):
    """An edit that cannot be taken; ``notice`` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.problem)
        self.notice = notice


def edited(experiment: Experiment, path: str, value: Any) -> Experiment:
    """The experiment after one edit.

    Args:
        path: "start", "start.0", "steps", "knobs.a", "lanes.add", "lanes.2.rule.b1", "lanes.2.schedule", …
        value: a number, the text that somebody typed, a name, or coordinates.

    Raises:
        Refused: with a notice that says what was wrong; the experiment stays as it was.
    """
    head, *rest = path.split(".")
    change = CHANGES.get(head)
    if change is None:
        raise Refused(Notice("unknown", head, str(value)[:40]))
    return change(experiment, rest, value)


def _number(value: Any, knob: Knob, field: str) -> float:
    written = value.strip() if isinstance(value, str) else repr(value)
    problem = number_problem(written, knob)
    if problem:
        raise Refused(Notice(problem, field, written[:40], span(knob.low, knob.high)))
    return float(written)


def _start(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    surface = experiment.surface
    given = value if isinstance(value, list) else [value]
    allowed = ", ".join(span(low, high) for low, high in surface.window)
    anywhere = Knob(-1e300, 1e300)
    if rest:
        axis = _index(rest[0], surface.dimension)
        point = list(experiment.start)
        low, high = surface.window[axis]
        point[axis] = _number(value, replace(anywhere, low=low, high=high), f"start {surface.coordinates[axis]}")
    else:
        point = [_number(part, anywhere, "start") for part in given]
    if len(point) != surface.dimension or not inside(tuple(point), surface):
        raise Refused(Notice("window", "start", ", ".join(f"{part:g}" for part in point), allowed))
    return replace(experiment, start=tuple(point))


def _plain(name: str) -> Callable[[Experiment, list[str], Any], Experiment]:
    def change(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
        del rest
        number = _number(value, PLAIN[name], name)
        changed: dict[str, Any] = {name: int(number) if PLAIN[name].kind == "whole" else number}
        return replace(experiment, **changed)

    return change


def _knobs(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    return replace(experiment, landscape=_turned(experiment.landscape, LANDSCAPES, rest, value))


def _turned(chosen: Choice, table: Any, rest: list[str], value: Any) -> Choice:
    """One knob of a record set to a number."""
    known = settings(table[chosen.name].make)
    if len(rest) != 1 or rest[0] not in known:
        raise Refused(Notice("unknown", chosen.name, ".".join(rest)[:40]))
    knob = known[rest[0]].knob
    return chosen.with_values(**{rest[0]: _number(value, knob, knob.symbol or rest[0])})


def _named(table: Any, value: Any, field: str) -> str:
    if not isinstance(value, str) or value not in table:
        raise Refused(Notice("unknown", field, str(value)[:40]))
    return value


def _index(text: str, count: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) < count):
        raise Refused(Notice("unknown", "index", text[:40]))
    return int(text)


def _lanes(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    lanes = experiment.lanes
    if rest == ["add"]:
        return _with_lanes(experiment, (*lanes, racer_on(experiment.surface, _named(OPTIMIZERS, value, "optimizer"))))
    if len(rest) < 2:
        raise Refused(Notice("unknown", "lanes", ".".join(rest)[:40]))
    at, what, *deeper = _index(rest[0], len(lanes)), *rest[1:]
    racer = lanes[at]
    if what == "copy":
        return _with_lanes(experiment, (*lanes, racer))  # at the end: colours belong to places
    if what == "remove":
        return _with_lanes(experiment, (*lanes[:at], *lanes[at + 1 :]))
    if what == "shown":
        racer = replace(racer, shown=bool(value))
    elif what == "rule":
        racer = replace(racer, optimizer=_turned(racer.optimizer, OPTIMIZERS, deeper, value))
    elif what == "plan":
        racer = replace(racer, schedule=_turned(racer.schedule, SCHEDULES, deeper, value))
    elif what == "schedule":
        racer = replace(racer, schedule=choice(SCHEDULES, _named(SCHEDULES, value, "schedule")))
    else:
        raise Refused(Notice("unknown", "lanes", what[:40]))
    return replace(experiment, lanes=(*lanes[:at], racer, *lanes[at + 1 :]))


def _with_lanes(experiment: Experiment, lanes: tuple[Any, ...]) -> Experiment:
    if not 1 <= len(lanes) <= MOST_LANES:
        raise Refused(Notice("many", "run", str(len(lanes)), str(MOST_LANES)))
    return replace(experiment, lanes=lanes)


def _schedule_all(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    del rest
    plan = choice(SCHEDULES, _named(SCHEDULES, value, "schedule"))
    return replace(experiment, lanes=tuple(replace(racer, schedule=plan) for racer in experiment.lanes))


def _landscape(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    del rest
    return on_surface(experiment, _named(LANDSCAPES, value, "surface"))


CHANGES: dict[str, Callable[[Experiment, list[str], Any], Experiment]] = {
    "start": _start,
    "knobs": _knobs,
    "lanes": _lanes,
    "landscape": _landscape,
    "schedule_all": _schedule_all,
    **{name: _plain(name) for name in PLAIN},
}
