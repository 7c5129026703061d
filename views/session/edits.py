"""What a control does: a path, a value, and the experiment that follows. Nothing that a browser sends is trusted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from engine.link import About, Choice, Notice, choice, fields, number_problem, span
from engine.surfaces.experiment import (
    KNOB,
    MOST_LANES,
    NOISE,
    PLAIN,
    SEED,
    Experiment,
    Lane,
    inside,
    on_surface,
    own_names,
    own_value,
    racer_on,
)
from engine.surfaces.study import DRAW, SIDES, TAU, Point, Study, looked_at, push, reachable, snapped
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import Knob, settings
from settings import SETTINGS

OWN = {name: each for page in SETTINGS.values() for name, each in fields(page).items()}  # of what pages alone ask for


class Refused(ValueError):
    """An edit that cannot be taken; ``notice`` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.problem)
        self.notice = notice


def edited(experiment: Experiment, path: str, value: Any) -> Experiment:
    """The experiment after one edit. Lanes that are kept stay as they are: the old value becomes their own.

    Args:
        path: "start", "start.0", "steps", "knobs.a", "lanes.add", "lanes.2.rule.b1", "lanes.2.schedule",
            "lanes.2.own.start.0", "lanes.2.differ" (a setting that becomes its own), "lanes.2.share" (one that does so
            no more), "compare" (a lane that differs from the last one in a setting), …
        value: a number, the text that somebody typed, a name, or coordinates.

    Raises:
        Refused: with a notice that says what was wrong; the experiment stays as it was.
    """
    head, *rest = path.split(".")
    change = CHANGES.get(head)
    if change is None:
        raise Refused(Notice("unknown", head, str(value)[:40]))
    after = change(experiment, rest, value)
    if head in ("lanes", "landscape", "compare"):
        return after
    return replace(after, lanes=tuple(_kept(experiment, after, racer) for racer in after.lanes))


def _kept(before: Experiment, after: Experiment, racer: Lane) -> Lane:
    """A racer after an edit of what all share: one that is kept takes the old values along."""
    return taking_along(racer, own_names(after), partial(own_value, before), partial(own_value, after))


def taking_along(racer: Lane, names: Sequence[str], old: Callable[[str], Any], new: Callable[[str], Any]) -> Lane:
    """A racer with the old values of settings that are new for all others, if it is kept."""
    for name in names if racer.kept else ():
        value = dict(racer.own).get(name, old(name))
        racer = racer.with_own(name, value if value != new(name) else None)
    return racer


def studied(study: Study, experiment: Experiment, path: str, value: Any) -> Study:
    """The study after one edit.

    Args:
        path: "point", "point.0", "critical" (the found point nearest to a place), "tau", "tau_auto", "reach", "leave".

    Raises:
        Refused: with a notice that says what was wrong; the study stays as it was.
    """
    head, *rest = path.split(".")
    return STUDY_CHANGES[head](study, experiment, rest, value)


def own_told(name: str, value: Any, about: About) -> str:
    """What a link says of a field of a page's own, from what was dragged, typed or chosen; ``about``: what its choices
    depend on.

    Raises:
        Refused: with a notice that says what was wrong.
    """
    written = "~".join(map(repr, value)) if isinstance(value, list) else str(value)
    notices: list[Notice] = []
    _, kind, usual = OWN[name]
    kind.read(written, name, usual, about, notices)
    if notices:
        raise Refused(notices[0])
    return written


def number_in(value: Any, knob: Knob, field: str) -> float:
    """A number in a knob's range, from what was dragged or typed."""
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
        axis = index(rest[0], surface.dimension)
        point = list(experiment.start)
        low, high = surface.window[axis]
        point[axis] = number_in(value, replace(anywhere, low=low, high=high), f"start {surface.coordinates[axis]}")
    else:
        point = [number_in(part, anywhere, "start") for part in given]
    if len(point) != surface.dimension or not inside(tuple(point), surface):
        raise Refused(Notice("window", "start", ", ".join(f"{part:g}" for part in point), allowed))
    return replace(experiment, start=tuple(point))


def _plain(name: str) -> Callable[[Experiment, list[str], Any], Experiment]:
    def change(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
        del rest
        number = number_in(value, PLAIN[name], name)
        changed: dict[str, Any] = {name: int(number) if PLAIN[name].kind == "whole" else number}
        return replace(experiment, **changed)

    return change


def _knobs(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    return replace(experiment, landscape=turned(experiment.landscape, LANDSCAPES, rest, value))


def turned(chosen: Choice, table: Any, rest: list[str], value: Any) -> Choice:
    """One knob of a record set to a number."""
    known = settings(table[chosen.name].make)
    if len(rest) != 1 or rest[0] not in known:
        raise Refused(Notice("unknown", chosen.name, ".".join(rest)[:40]))
    knob = known[rest[0]].knob
    return chosen.with_values(**{rest[0]: number_in(value, knob, knob.symbol or rest[0])})


def named(table: Any, value: Any, field: str) -> str:
    """A name that stands in a table."""
    if not isinstance(value, str) or value not in table:
        raise Refused(Notice("unknown", field, str(value)[:40]))
    return value


def index(text: str, count: int) -> int:
    """A place among so many."""
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) < count):
        raise Refused(Notice("unknown", "index", text[:40]))
    return int(text)


def _lanes(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    if len(rest) < 2 or rest[1] not in ("own", "differ", "share"):
        newcomer = partial(racer_on, experiment.surface)
        return replace(experiment, lanes=lanes_edited(experiment.lanes, newcomer, rest, value))
    at, what, *deeper = index(rest[0], len(experiment.lanes)), *rest[1:]
    own, racer = experiment.of_lane(at), experiment.lanes[at]
    name = "start" if deeper[:1] == ["start"] else ".".join(deeper) if what == "own" else str(value)
    if name not in own_names(experiment):
        raise Refused(Notice("unknown", "run", name[:40]))
    if what == "own":  # the same edit as if it were for all
        own = edited(replace(own, lanes=()), ".".join(deeper), value)
    racer = racer.with_own(name, None if what == "share" else own_value(own, name))
    return replace(experiment, lanes=(*experiment.lanes[:at], racer, *experiment.lanes[at + 1 :]))


def _compare(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    """One more lane: the last one that is shown, with another value of a setting."""
    del rest
    name = named(own_names(experiment), value, "run")
    shown = [number for number, racer in enumerate(experiment.lanes) if racer.shown]
    at = shown[-1] if shown else len(experiment.lanes) - 1
    racer = experiment.lanes[at].with_own(name, _another(experiment.of_lane(at), name))
    return replace(experiment, lanes=so_many((*experiment.lanes, replace(racer, kept=False, shown=True))))


def _another(experiment: Experiment, name: str) -> Any:
    """A value of a setting that shows what it does: the start mirrored in the window, the double, the next one."""
    now, surface = own_value(experiment, name), experiment.surface
    if name == "start":
        mirrored = tuple(low + high - at for at, (low, high) in zip(now, surface.window, strict=True))
        return (
            mirrored
            if mirrored != now
            else tuple((low + at) / 2 for at, (low, _) in zip(now, surface.window, strict=True))
        )
    if name == "seed":
        return (now + 1) % int(SEED.high)
    knob = NOISE if name == "noise" else settings(surface.make)[name.removeprefix(KNOB)].knob
    if knob.kind == "switch":
        return 1.0 - now
    doubled = now * 2 or min(1.0, knob.high)
    return doubled if knob.low <= doubled <= knob.high else (knob.low + now) / 2


def lanes_edited(
    lanes: tuple[Lane, ...], newcomer: Callable[[str], Lane], rest: list[str], value: Any
) -> tuple[Lane, ...]:
    """The lanes after one edit: "add", "2.copy", "2.keep", "2.rule.b1", "2.schedule", …; ``newcomer`` makes an added
    one."""
    if rest == ["add"]:
        return so_many((*lanes, newcomer(named(OPTIMIZERS, value, "optimizer"))))
    if len(rest) < 2:
        raise Refused(Notice("unknown", "lanes", ".".join(rest)[:40]))
    at, what, *deeper = index(rest[0], len(lanes)), *rest[1:]
    racer = lanes[at]
    if what == "copy":
        return so_many((*lanes, racer))  # at the end: colours belong to places
    if what == "keep":
        return so_many((*lanes, replace(racer, kept=True)))
    if what == "remove":
        return so_many((*lanes[:at], *lanes[at + 1 :]))
    if what in ("shown", "kept"):
        flag: dict[str, Any] = {what: bool(value)}
        racer = replace(racer, **flag)
    elif what == "rule":
        racer = replace(racer, optimizer=turned(racer.optimizer, OPTIMIZERS, deeper, value))
    elif what == "plan":
        racer = replace(racer, schedule=turned(racer.schedule, SCHEDULES, deeper, value))
    elif what == "schedule":
        racer = replace(racer, schedule=choice(SCHEDULES, named(SCHEDULES, value, "schedule")))
    else:
        raise Refused(Notice("unknown", "lanes", what[:40]))
    return (*lanes[:at], racer, *lanes[at + 1 :])


def so_many(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """Lanes, if there is room for all."""
    if not 1 <= len(lanes) <= MOST_LANES:
        raise Refused(Notice("many", "run", str(len(lanes)), str(MOST_LANES)))
    return lanes


def _schedule_all(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    del rest
    return replace(experiment, lanes=scheduled(experiment.lanes, value))


def scheduled(lanes: tuple[Lane, ...], value: Any) -> tuple[Lane, ...]:
    """All lanes with one schedule."""
    plan = choice(SCHEDULES, named(SCHEDULES, value, "schedule"))
    return tuple(replace(racer, schedule=plan) for racer in lanes)


def _landscape(experiment: Experiment, rest: list[str], value: Any) -> Experiment:
    del rest
    return on_surface(experiment, named(LANDSCAPES, value, "surface"))


# ---- of the study ----------------------------------------------------------------------------------------------------

ANYWHERE = Knob(-1e300, 1e300)


def _point(study: Study, experiment: Experiment, rest: list[str], value: Any) -> Study:
    """Any point may be looked at, the end of a path outside the window too. The paths that left the old one go."""
    width = experiment.surface.dimension
    if rest:
        axis = index(rest[0], width)
        point = list(looked_at(experiment.landscape, study).point)
        low, high = experiment.surface.window[axis]
        point[axis] = number_in(value, Knob(low, high), experiment.surface.coordinates[axis])
    else:
        point = [number_in(part, ANYWHERE, "at") for part in (value if isinstance(value, list) else [value])]
    if len(point) != width or not reachable(tuple(point), experiment.surface):
        allowed = ", ".join(span(low, high) for low, high in experiment.surface.window)
        raise Refused(Notice("window", "at", ", ".join(f"{part:g}" for part in point), allowed))
    return replace(study, point=tuple(map(float, point)), leave=tuple(side for side in study.leave if side == "here"))


def _critical(study: Study, experiment: Experiment, rest: list[str], value: Any) -> Study:
    place: Point = _point(study, experiment, rest, value).point or ()
    return replace(study, point=snapped(experiment.landscape, place), leave=())


def _tau(study: Study, experiment: Experiment, rest: list[str], value: Any) -> Study:
    del experiment, rest
    return replace(study, tolerance=number_in(value, TAU, "τ"))


def _tau_auto(study: Study, experiment: Experiment, rest: list[str], value: Any) -> Study:
    del rest
    usual = looked_at(experiment.landscape, replace(study, tolerance=None)).tolerance
    return replace(
        study, tolerance=None if value else min(max(float(f"{usual:.2g}"), TAU.low), TAU.high) if usual > 0 else TAU.low
    )


def _reach(study: Study, experiment: Experiment, rest: list[str], value: Any) -> Study:
    del rest
    return replace(study, reach=number_in(value, push(experiment.surface), "s"))


def _leave(study: Study, experiment: Experiment, rest: list[str], value: Any) -> Study:
    """A side on or off; the random one again is another direction; "none" puts all away."""
    del experiment, rest
    if value == "none":
        return replace(study, leave=())
    if not isinstance(value, str) or value not in SIDES:
        raise Refused(Notice("unknown", "leave", str(value)[:40]))
    if value == "random" and value in study.leave:
        return replace(study, draw=(study.draw + 1) % int(DRAW.high))
    return replace(study, leave=tuple(side for side in SIDES if (side in study.leave) != (side == value)))


STUDY_CHANGES: dict[str, Callable[[Study, Experiment, list[str], Any], Study]] = {
    "point": _point,
    "critical": _critical,
    "tau": _tau,
    "tau_auto": _tau_auto,
    "reach": _reach,
    "leave": _leave,
}
CHANGES: dict[str, Callable[[Experiment, list[str], Any], Experiment]] = {
    "start": _start,
    "knobs": _knobs,
    "lanes": _lanes,
    "compare": _compare,
    "landscape": _landscape,
    "schedule_all": _schedule_all,
    **{name: _plain(name) for name in PLAIN},
}
