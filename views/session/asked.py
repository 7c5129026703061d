"""What pages alone ask for, beside the experiments: a table of fields for each page, and one reader for all of them.

A field of any page is read wherever the link is opened, since the menu takes the whole address along. What cannot be
taken falls back to its default and leaves a notice, as in the experiments' own fields.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.link import Notice, read_number, short, written_number
from engine.measures.minimum_ratio import Search
from engine.measures.polishing import METHODS
from engine.measures.sweep import VALUES
from engine.networks.experiment import NetworkExperiment, usual_rate
from engine.networks.network import DEEPEST
from lessons import LESSONS
from optimizers import OPTIMIZERS
from records import Knob, settings
from views.kit.text import LANGUAGES


class Visit(NamedTuple):
    """What the names of a field may depend on."""

    query: Mapping[str, str]
    net: NetworkExperiment


Options = Sequence[str] | Callable[[Visit], Sequence[str]]


@dataclass(frozen=True)
class Number:
    """A slider, or a switch; the value has the type of ``usual``."""

    knob: Knob
    usual: Any
    step: Any = 1

    def read(self, told: str, field: str, visit: Visit, notices: list[Notice]) -> Any:
        del visit
        return type(self.usual)(read_number(told, self.knob, field, self.usual, notices))

    def written(self, value: Any) -> str:
        return written_number(value)


@dataclass(frozen=True)
class Name:
    """One of a few. Where these depend on the visit, ``usual`` may be left to the widget."""

    options: Options
    usual: str = ""

    def read(self, told: str, field: str, visit: Visit, notices: list[Notice]) -> str:
        if told in options(self, visit):
            return told
        notices.append(Notice("unknown", field, short(told)))
        return self.usual

    def written(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Names:
    """Some of a few, in their order. ``none``: whether it may be none of them, an empty field in the link."""

    options: Options
    usual: tuple[str, ...]
    between: str = "~"
    most: int = 99
    none: bool = False

    def read(self, told: str, field: str, visit: Visit, notices: list[Notice]) -> tuple[str, ...]:
        parts = tuple(dict.fromkeys(filter(None, told.split(self.between))))
        known = options(self, visit)
        strange = [part for part in parts if part not in known]
        if strange:
            notices.append(Notice("unknown", field, short(", ".join(strange))))
        taken = tuple(option for option in known if option in parts)
        if len(taken) > self.most:
            notices.append(Notice("many", field, str(len(taken)), str(self.most)))
        return taken[: self.most] if taken or (self.none and not strange) else self.usual

    def written(self, value: Sequence[str]) -> str:
        return self.between.join(value)


Field = Number | Name | Names


def one_of(*names: str) -> Name:
    """The first is the usual one."""
    return Name(names, names[0])


def options(field: Name | Names, visit: Visit) -> Sequence[str]:
    """What can be chosen just now."""
    return field.options(visit) if callable(field.options) else field.options


# ---- the table -------------------------------------------------------------------------------------------------------

SIZES = ("all", "64", "32", "16", "8", "4", "2", "1")  # of batches
MOST_SIZES = 5
WIDTHS = ("1", "2", "4", "8", "12", "16")
FACTORS = (0.25, 1.0, 2.5, 10.0)  # times the usual learning rate: those that are tried
RULE = "gradient_descent"  # that trains normalised layers if nobody chose


def rates_tried(rule: str) -> tuple[str, ...]:
    """Around the usual one, as far as the optimizer's slider goes."""
    knob, usual = settings(OPTIMIZERS[rule].make)["learning_rate"].knob, usual_rate(OPTIMIZERS[rule])
    return tuple(dict.fromkeys(f"{min(max(factor * usual, knob.low), knob.high):g}" for factor in FACTORS))


def _rates(visit: Visit) -> Sequence[str]:
    rule = visit.query.get("norm_rule", RULE)
    return rates_tried(rule if rule in OPTIMIZERS else RULE)


def _racers(visit: Visit) -> Sequence[str]:
    return [str(place) for place, racer in enumerate(visit.net.lanes) if racer.shown] or ["0"]


def _sizes(visit: Visit) -> Sequence[str]:
    return [size for size in SIZES if size == "all" or int(size) < visit.net.points]


def _dots(visit: Visit) -> Sequence[str]:
    widths, count = (value_of(name, visit) for name in ("widths", "networks"))
    groups = Search(visit.net, tuple(map(int, widths)), int(count)).groups
    return [f"{net.width}~{seed}" for net, seeds in groups for seed in seeds]


SIGNS: dict[str, Number] = {"zero": Number(Knob(-14, -1, "whole"), -9)}  # log₁₀ of the share of max|λ| that counts as 0

FIELDS: dict[str, dict[str, Field]] = {
    "every page": {
        "lang": Name(tuple(LANGUAGES)),
        "lesson": Name(tuple(LESSONS)),
        "chart": one_of("rate", "sharpness"),  # the third curve of the compare page
        "aspect": one_of("fitting", "equal", "full"),  # one scale on both axes: where it leaves room, always, never
        "tab": Name(("outcome", "moment", "memory")),  # the table below
    },
    "batches": {
        "topic": one_of("paths", "time", "sweep"),
        "racer": Name(_racers),
        "sizes": Names(_sizes, ("all", "8", "1"), "-", MOST_SIZES, none=True),
        "equal": one_of("updates", "epochs"),
        "epochs": Number(Knob(1, 200, "whole"), 30),
        "moment": Number(Knob(0, 100, "whole"), 0),
        "wide": Number(Knob(8, 128, "whole"), 32, 8),
        "sweep": one_of(*VALUES),
        "span": Number(Knob(1, 500, "whole"), 100),
        "trials": Number(Knob(2, 32, "whole"), 8),
    },
    "classification": {
        "why": one_of("gradient", "likelihood", "far"),
        "fit_w": Number(Knob(-10.0, 10.0), 1.0, 0.1),
        "fit_b": Number(Knob(-10.0, 10.0), 0.0, 0.1),
        "far": Number(Knob(0, 100, "whole"), 20),
    },
    "curvature": {
        **SIGNS,
        "shift": Number(Knob(-0.5, 0.5), 0.25, 0.05),
        "cut": Number(Knob(0.1, 3.0), 1.0, 0.1),
        "main": one_of("spectrum", "loss", "sharpness", "signs"),  # the large picture
    },
    "gradients": {
        "norms": one_of("signals", "weights"),
        "layers": Number(Knob(2, DEEPEST, "whole"), 30),
        "after": Number(Knob(0, 1, "switch"), False),
        "z1": Number(Knob(-10.0, 10.0), 2.0, 0.1),
        "z2": Number(Knob(-10.0, 10.0), 0.5, 0.1),
        "z3": Number(Knob(-10.0, 10.0), -1.0, 0.1),
        "class": one_of("1", "2", "3"),
    },
    "normalisation": {
        "norm_rule": Name(tuple(OPTIMIZERS), RULE),
        "norm_rate": Name(_rates),
        "first": one_of("features", "layers"),  # which of the two is on top
    },
    "saddles": {
        **SIGNS,
        "polish": one_of(*METHODS),
        "networks": one_of("60", "150", "300", "600"),
        "widths": Names(WIDTHS, ("1", "2", "4", "8")),
        "dot": Name(_dots),
    },
}
ALL: dict[str, Field] = {name: field for page in FIELDS.values() for name, field in page.items()}


# ---- reading ---------------------------------------------------------------------------------------------------------


def value_of(name: str, visit: Visit) -> Any:
    """What a field says, or its default; "" for a name whose default its widget knows."""
    field = ALL[name]
    return field.read(visit.query[name], name, visit, []) if name in visit.query else field.usual


def written(name: str, value: Any) -> str:
    """A value as the link says it."""
    return ALL[name].written(value)


def refused(visit: Visit) -> tuple[Notice, ...]:
    """What cannot be taken from a query without the experiments' fields."""
    notices: list[Notice] = []
    for name, told in visit.query.items():
        if name in ALL:
            ALL[name].read(told, name, visit, notices)
    strange = [name for name in visit.query if name not in ALL]
    return (*notices, *([Notice("field", short(", ".join(strange)), "")] if strange else []))


def taken(visit: Visit) -> dict[str, str]:
    """The fields that are not as usual, as a link says them."""
    found = {name: value_of(name, visit) for name in visit.query if name in ALL}
    return {name: ALL[name].written(value) for name, value in found.items() if value != ALL[name].usual}
