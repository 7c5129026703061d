"""An experiment is a value: what runs where, from which start, for how long. Its link is the same value as text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial, reduce
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

import numpy as np

from engine.link import (
    NUMBER,
    Choice,
    Notice,
    Number,
    choice,
    fields,
    joined,
    read_choice,
    read_fields,
    read_number,
    short,
    span,
    written,
    written_fields,
    written_number,
)
from engine.surfaces.descent import LONGEST, Descent, Trajectory, descending
from landscapes import LANDSCAPES
from landscapes.base import Landscape
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.base import Optimizer
from optimizers.schedules.base import Schedule
from records import Knob, settings

VERSION = "1"
MOST_LANES = 8
SECOND = 10_000_000  # gradient-descent steps' worth of work that takes about a second
AUTOMATIC = 1_000_000  # gradient-descent steps' worth of work (about 0.1 s) that runs without being asked for

STEPS = Knob(1, LONGEST, "whole")
NOISE = Knob(0.0, 1000.0, "power")
SEED = Knob(0, 999_999, "whole")
TOLERANCE = Knob(1e-12, 1e6, "log")
GROUND = Knob(0, MOST_LANES, "whole")
OWN = ("start", "noise", "seed")  # settings that a lane may have of its own; and knobs of the surface
KNOB = "knobs."  # what stands before the name of one of these


@dataclass(frozen=True)
class Lane:
    """One racer: a rule with its hyperparameters and its schedule.

    shown: off while it is set aside.
    own: the settings, by name, in which it differs from what the experiment says for all.
    kept: whether it stays as it is when settings of the experiment are changed: each old one becomes its own.
    """

    optimizer: Choice
    schedule: Choice
    shown: bool = True
    own: tuple[tuple[str, Any], ...] = ()
    kept: bool = False

    def with_own(self, name: str, value: Any) -> "Lane":
        """The same racer with a setting of its own; without it if None."""
        others = tuple(each for each in self.own if each[0] != name)
        return replace(self, own=others if value is None else (*others, (name, value)))

    @property
    def rule(self) -> Optimizer:
        return OPTIMIZERS[self.optimizer.name]

    @property
    def timetable(self) -> Schedule:
        return SCHEDULES[self.schedule.name]


def lane(
    optimizer: str,
    schedule: str = "constant",
    schedule_knobs: Mapping[str, float] | None = None,
    **values: float,
) -> Lane:
    """A racer by names.

    Args:
        optimizer: a name in OPTIMIZERS, with its hyperparameters as ``values``; what is omitted keeps its default.
        schedule: of the learning rate, a name in SCHEDULES, with its ``schedule_knobs``.

    Returns:
        Lane: what an ``Experiment`` holds of each of its rules.

    Raises:
        KeyError: for an unknown rule or schedule.

    Example:
        >>> racer = lane("adam", "cosine", learning_rate=0.1)
        >>> racer.optimizer.numbers["learning_rate"], racer.schedule.name
        (0.1, 'cosine')
    """
    return Lane(choice(OPTIMIZERS, optimizer, **values), choice(SCHEDULES, schedule, **(schedule_knobs or {})))


@dataclass(frozen=True)
class Experiment:
    """Everything that decides a picture. Values are in range: ``from_link`` and the controls let nothing else in.

    Example:
        >>> experiment, notices = Experiment.from_link("surface=crescent&run=adagrad&steps=nonsense")
        >>> experiment.landscape.name, [notice.field for notice in notices]
        ('crescent', ['steps'])
        >>> Experiment.from_link(experiment.to_link()) == (experiment, ())
        True
    """

    landscape: Choice
    lanes: tuple[Lane, ...]
    start: tuple[float, ...]
    steps: Annotated[int, Number(STEPS)] = 500
    noise: Annotated[float, Number(NOISE)] = 0.0  # standard deviation on each coordinate of the gradient
    seed: Annotated[int, Number(SEED)] = 0
    tolerance: Annotated[float, Number(TOLERANCE)] = 1e-3  # on the loss above the best known minimum
    ground: Annotated[int, Number(GROUND)] = 0  # whose surface the map shows: 0 is that of all, n that of the n-th lane

    def of_lane(self, number: int) -> "Experiment":
        """The experiment as this lane has it: its own start, noise and knobs are those of all."""
        return reduce(lambda now, own: with_setting(now, *own), self.lanes[number].own, self)

    @property
    def alike(self) -> "Experiment":
        """The same without anything that is a lane's own."""
        return replace(self, lanes=tuple(replace(racer, own=(), kept=False) for racer in self.lanes))

    @property
    def mapped(self) -> "Experiment":
        """With the surface that the map shows; the start is that of all."""
        seen = self.of_lane(self.ground - 1) if 1 <= self.ground <= len(self.lanes) else self
        return replace(self, landscape=seen.landscape)

    @property
    def surface(self) -> Landscape:
        return LANDSCAPES[self.landscape.name]

    @property
    def work(self) -> float:
        """Cost of the run, in steps of gradient descent."""
        return self.steps * sum(racer.rule.cost for racer in self.lanes if racer.shown)

    @property
    def seconds(self) -> float:
        """How long the run takes, about."""
        return self.work / SECOND

    @classmethod
    def on(cls, landscape: str, *lanes: Lane, **fields: Any) -> "Experiment":
        """An experiment by names; knobs of the surface as ``knobs={...}``, the start its own if omitted."""
        knobs = fields.pop("knobs", {})
        start = tuple(float(value) for value in fields.pop("start", LANDSCAPES[landscape].start))
        return cls(choice(LANDSCAPES, landscape, **knobs), lanes, start, **fields)

    def to_link(self) -> str:
        """The canonical query string: defaults are left out, the learning rate is always written."""
        said = [("v", VERSION), ("surface", written(self.landscape, LANDSCAPES)), ("start", joined(self.start))]
        runs = [("run", written_lane(racer)) for racer in self.lanes]
        return urlencode([*said, *written_fields(self).items(), *runs])

    @classmethod
    def from_link(cls, text: str) -> tuple["Experiment", tuple[Notice, ...]]:
        """Read a query string. Each field that cannot be taken falls back to its default and leaves one notice."""
        given = {name: values for name, values in parse_qs(text, keep_blank_values=True).items() if name in FIELDS}
        if not given:
            return default(), ()
        notices: list[Notice] = []
        version = given.get("v", [VERSION])[-1]
        if version != VERSION:
            notices.append(Notice("version", "v", short(version), VERSION))
        landscape = read_choice(given.get("surface", ["rosenbrock"])[-1], LANDSCAPES, "surface", "rosenbrock", notices)
        surface = LANDSCAPES[landscape.name]
        runs = given.get("run", [])
        if len(runs) > MOST_LANES:
            notices.append(Notice("many", "run", str(len(runs)), str(MOST_LANES)))
        owned = partial(_owned, landscape)
        racers = [read_lane(run, partial(sensible_rate, surface), notices, owned=owned) for run in runs[:MOST_LANES]]
        lanes = tuple(racer for racer in racers if racer is not None) or default_lanes(surface)
        plain = read_fields(cls, {name: values[-1] for name, values in given.items()}, surface, notices)
        start = _read_start(given["start"][-1], surface, notices) if "start" in given else surface.start
        return cls(landscape, lanes, start, **plain), tuple(notices)

    def to_python(self) -> str:
        """A script that runs beside this repository and prints the same final losses."""
        shown = [(number, racer) for number, racer in enumerate(self.lanes) if racer.shown]
        rules = "".join(f"    {_call(racer, self.of_lane(number))},\n" for number, racer in shown)
        return (
            '"""An experiment of Descent Lab; run it in the folder of the repository."""\n\n'
            "from engine import descend\n\n"
            "race = dict(\n"
            f"    landscape={self.landscape.name!r}, knobs={self.landscape.numbers!r},\n"
            f"    start={self.start!r}, steps={self.steps}, noise={self.noise!r}, seed={self.seed},\n"
            ")\n"
            f"rules = [\n{rules}]\n"
            "for rule in rules:\n"
            "    trajectory = descend(**race | rule)\n"
            "    print(f\"{rule['optimizer']}: final loss {trajectory.loss[-1]:.10g}\")\n"
        )


PLAIN: dict[str, Knob] = {name: field.kind.knob for name, field in fields(Experiment).items()}
FIELDS = {"v", "surface", "start", "run", *PLAIN}


def run(experiment: Experiment) -> Iterator[tuple[int, Trajectory]]:
    """Run an experiment, lane by lane.

    Args:
        experiment: what runs where, from which start, for how long.

    Returns:
        Iterator[tuple[int, Trajectory]]: each shown lane's number and trajectory, as they finish.

    Raises:
        ValueError: for values that no link and no control lets in, such as 0 steps.

    Example:
        >>> experiment = Experiment.on("booth", lane("momentum", learning_rate=0.01), lane("adam"), steps=50)
        >>> [(number, len(trajectory.loss)) for number, trajectory in run(experiment)]
        [(0, 51), (1, 51)]
    """
    return ((number, trajectory) for _, number, trajectory in running(experiment) if trajectory is not None)


def running(experiment: Experiment) -> Iterator[tuple[float, int, Trajectory | None]]:
    """Run it a bit at a time: the share of the run that is done, a lane's number, and its trajectory once it has
    finished."""
    numbers = [number for number, racer in enumerate(experiment.lanes) if racer.shown]
    for place, number in enumerate(numbers):
        racer, own = experiment.lanes[number], experiment.of_lane(number)
        descent = Descent(
            own.surface, racer.rule, own.start, own.steps, racer.optimizer.numbers,
            own.landscape.numbers, racer.timetable, racer.schedule.numbers, own.noise, own.seed,
        )  # fmt: skip
        for share, trajectory in descending(descent):
            yield (place + share) / len(numbers), number, trajectory


def sensible_rate(surface: Landscape, rule: Optimizer) -> float:
    """A learning rate that does something visible on this surface: 1, 2 or 5 times a power of ten."""
    width = float(np.prod([high - low for low, high in surface.window]) ** (1 / surface.dimension))
    natural = {"slope": surface.rate, "length": 0.01 * width, "whole": 1.0}[rule.pace] * rule.share
    knob = settings(rule.make)["learning_rate"].knob
    return float(np.clip(round_to_125(natural), knob.low, knob.high))


def round_to_125(value: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten, on a log scale."""
    exponent = int(np.floor(np.log10(value)))
    ladder = [float(f"{digit}e{power}") for power in (exponent, exponent + 1) for digit in (1, 2, 5)]
    return min(ladder, key=lambda rung: abs(np.log(rung / value)))


def differences(racers: Sequence[Lane], number: int) -> list[tuple[str, str, Knob, float]]:
    """The settings (of which rule or schedule, name, knob, value) in which a lane differs from others with the same
    rule, or the same schedule."""
    racer = racers[number]
    twins = [lane for lane in racers if lane.optimizer.name == racer.optimizer.name]
    same_plan = [lane.schedule for lane in twins if lane.schedule.name == racer.schedule.name]
    return [
        *_differing(racer.rule.make, racer.optimizer, [twin.optimizer for twin in twins]),
        *_differing(racer.timetable.make, racer.schedule, same_plan),
    ]


def _differing(make: Callable[..., Any], chosen: Choice, others: list[Choice]) -> list[tuple[str, str, Knob, float]]:
    knobs = settings(make)
    return [
        (chosen.name, name, knobs[name].knob, value)
        for name, value in chosen.values
        if any(other.numbers[name] != value for other in others)
    ]


def racer_on(surface: Landscape, optimizer: str) -> Lane:
    """A racer with the learning rate that suits the surface."""
    return lane(optimizer, learning_rate=sensible_rate(surface, OPTIMIZERS[optimizer]))


def default_lanes(surface: Landscape) -> tuple[Lane, ...]:
    return tuple(racer_on(surface, name) for name in ("gradient_descent", "momentum", "adagrad", "rmsprop", "adam"))


@cache
def default(landscape: str = "rosenbrock") -> Experiment:
    """What a visitor sees first, and what choosing a surface gives."""
    return Experiment.on(landscape, *default_lanes(LANDSCAPES[landscape]))


def on_surface(experiment: Experiment, landscape: str) -> Experiment:
    """The same racers on another surface: its own start, and learning rates that suit it."""
    surface = LANDSCAPES[landscape]
    elsewhere = {"seed"}  # of what is a lane's own, what means the same there
    lanes = tuple(
        replace(
            racer,
            optimizer=racer.optimizer.with_values(learning_rate=sensible_rate(surface, racer.rule)),
            own=tuple(each for each in racer.own if each[0] in elsewhere),
        )
        for racer in experiment.lanes
    )
    return replace(experiment, landscape=choice(LANDSCAPES, landscape), lanes=lanes, start=surface.start, noise=0.0)


# A run is rule~~schedule, then ~~with~setting~value… for what is its own, ~~kept, and ~~off while it is set aside.

Owned = Callable[[str, str, list[Notice]], Any]  # the value of a racer's own setting from its text; None if refused


def written_lane(racer: Lane) -> str:
    """A lane as a link holds it; its learning rate is always written."""
    rule = written(racer.optimizer, OPTIMIZERS, "learning_rate")
    schedule = written(racer.schedule, SCHEDULES)
    own = [f"~{name}~{_written_own(value)}" for name, value in racer.own]
    flags = [*(["with" + "".join(own)] if own else []), *(["kept"] * racer.kept), *(["off"] * (not racer.shown))]
    return "~~".join([rule] if schedule == "constant" and not flags else [rule, schedule, *flags])


def _written_own(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(written_number, value))
    return value if isinstance(value, str) else written_number(value)


def read_lane(
    text: str,
    usual: Callable[[Optimizer], float],
    notices: list[Notice],
    field: str = "run",
    owned: Owned | None = None,
) -> Lane | None:
    """A lane from a link; ``usual`` gives the learning rate of a rule that has none there, ``owned`` reads what is its
    own. None for an unknown rule."""
    rule, *rest = text.split("~~")
    name = rule.split("~")[0]
    if name not in OPTIMIZERS:
        notices.append(Notice("unknown", field, short(name)))
        return None
    refused = len(notices)
    optimizer = read_choice(rule, OPTIMIZERS, field, name, notices)
    taken = "learning_rate" in rule.split("~")[1::2] and not any("learning_rate" in n.field for n in notices[refused:])
    if not taken:
        optimizer = optimizer.with_values(learning_rate=usual(OPTIMIZERS[name]))
    schedule = read_choice((rest[0] if rest else "") or "constant", SCHEDULES, "schedule", "constant", notices)
    racer = Lane(optimizer, schedule)
    for flag in rest[1:]:
        head, *pairs = flag.split("~")
        if flag == "kept":
            racer = replace(racer, kept=True)
        elif flag == "off":
            racer = replace(racer, shown=False)
        elif head == "with" and owned:
            for own, told in zip(pairs[::2], [*pairs[1::2], ""], strict=False):
                value = owned(own, told, notices)
                racer = racer if value is None else racer.with_own(own, value)
        else:
            notices.append(Notice("unknown", f"{field} {name}", short(flag)))
    return racer


def _read_start(text: str, surface: Landscape, notices: list[Notice]) -> tuple[float, ...]:
    parts = text.split("~")
    allowed = ", ".join(span(low, high) for low, high in surface.window)
    if len(parts) != surface.dimension or not all(NUMBER.fullmatch(part) for part in parts):
        notices.append(Notice("number", "start", short(text), allowed))
        return surface.start
    point = tuple(map(float, parts))
    if not inside(point, surface):
        notices.append(Notice("window", "start", short(text), allowed))
        return surface.start
    return point


def with_setting(experiment: Experiment, name: str, value: Any) -> Experiment:
    """The experiment with one setting changed that a lane may have of its own."""
    if name.startswith(KNOB):
        return replace(experiment, landscape=experiment.landscape.with_values(**{name.removeprefix(KNOB): value}))
    changed: dict[str, Any] = {name: value}
    return replace(experiment, **changed)


def own_names(experiment: Experiment) -> tuple[str, ...]:
    """The settings that a lane may have of its own."""
    return (*OWN, *(f"{KNOB}{name}" for name in experiment.landscape.numbers))


def own_value(experiment: Experiment, name: str) -> Any:
    """What the experiment says for all of such a setting."""
    if name.startswith(KNOB):
        return experiment.landscape.numbers[name.removeprefix(KNOB)]
    return getattr(experiment, name)


def _owned(landscape: Choice, name: str, text: str, notices: list[Notice]) -> Any:
    """The value of a lane's own setting from a link; None, with a notice, where it cannot be taken."""
    surface, refused = LANDSCAPES[landscape.name], len(notices)
    if name == "start":
        start = _read_start(text.replace(",", "~"), surface, notices)
        return start if len(notices) == refused else None
    knobs = {f"{KNOB}{each}": setting.knob for each, setting in settings(surface.make).items()}
    knob = (knobs | {"noise": NOISE, "seed": SEED}).get(name)
    if knob is None:
        notices.append(Notice("unknown", "run", short(name)))
        return None
    number = read_number(text, knob, name.removeprefix(KNOB), 0.0, notices)
    if len(notices) > refused:
        return None
    return int(number) if name == "seed" else number


def inside(point: tuple[float, ...], surface: Landscape) -> bool:
    """Whether the point lies in the surface's window."""
    return all(low <= value <= high for value, (low, high) in zip(point, surface.window, strict=True))


def _call(racer: Lane, own: Experiment) -> str:
    """A lane for ``descend``; what is its own comes last."""
    values = "".join(f", {name}={value!r}" for name, value in racer.optimizer.values)
    schedule = f", schedule={racer.schedule.name!r}, schedule_knobs={racer.schedule.numbers!r}"
    names = {name.split(".")[0] for name, _ in racer.own}
    said = {"start": own.start, "noise": own.noise, "seed": own.seed, "knobs": own.landscape.numbers}
    differs = "".join(f", {name}={value!r}" for name, value in said.items() if name in names)
    return f"dict(optimizer={racer.optimizer.name!r}{values}{schedule}{differs})"
