"""The grammar of links: names and numbers joined by "~". What cannot be read falls back and leaves a notice.

A record is ``name~setting~value~setting~value``. "~" is the one separator that no browser and no chat program rewrites.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from functools import cache
from typing import Any, NamedTuple, Protocol, get_type_hints

from records import Knob, settings

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)  # float() would take Arabic digits and "nan"


class Notice(NamedTuple):
    """One thing in a link, or typed by a person, that was not taken.

    problem: "unknown", "number", "range", "whole", "window", "many" or "version"; ``allowed`` says what is accepted.
    """

    problem: str
    field: str
    value: str
    allowed: str = ""


@dataclass(frozen=True)
class Choice:
    """A record by its name, and the value of each of its sliders."""

    name: str
    values: tuple[tuple[str, float], ...] = ()

    @property
    def numbers(self) -> dict[str, float]:
        return dict(self.values)

    def with_values(self, **values: float) -> "Choice":
        return replace(self, values=tuple({**self.numbers, **values}.items()))


def choice(table: Mapping[str, Any], name: str, **values: float) -> Choice:
    """The record ``name`` with its defaults, ``values`` in their place."""
    known = settings(table[name].make)
    return Choice(name, tuple((key, float(values.get(key, setting.default))) for key, setting in known.items()))


def written_number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def joined(values: tuple[float, ...]) -> str:
    return "~".join(map(written_number, values))


def written(chosen: Choice, table: Mapping[str, Any], always: str = "") -> str:
    known = settings(table[chosen.name].make)
    pairs = [f"~{key}~{written_number(v)}" for key, v in chosen.values if key == always or v != known[key].default]
    return chosen.name + "".join(pairs)


def short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"


def span(low: float, high: float) -> str:
    """A range as people read it."""
    return f"{low:g} … {high:g}"


def read_number(text: str, knob: Knob, field: str, fallback: float, notices: list[Notice]) -> float:
    problem = number_problem(text, knob)
    if problem:
        notices.append(Notice(problem, field, short(text), span(knob.low, knob.high)))
        return fallback
    return float(text.strip())


def number_problem(text: str, knob: Knob) -> str:
    """What is wrong with a number that somebody wrote: "number", "range", "whole", or nothing."""
    if not NUMBER.fullmatch(text.strip()):
        return "number"
    value = float(text.strip())  # which drops more than float does: U+001F, for one
    if not knob.low <= value <= knob.high:
        return "range"
    return "" if knob.accepts(value) else "whole"


def read_choice(text: str, table: Mapping[str, Any], field: str, fallback: str, notices: list[Notice]) -> Choice:
    name, *rest = text.split("~")
    if name not in table:
        notices.append(Notice("unknown", field, short(name)))
        return choice(table, fallback)
    known, values = settings(table[name].make), {}
    for key, written in zip(rest[::2], [*rest[1::2], ""], strict=False):
        if key not in known:
            notices.append(Notice("unknown", f"{field} {name}", short(key)))
        else:
            values[key] = read_number(written, known[key].knob, f"{name} {key}", known[key].default, notices)
    return choice(table, name, **values)


# ---- values that stand in a link field by field ----------------------------------------------------------------------


class About(NamedTuple):
    """What a field may depend on: the value that it stands beside, and the fields of its own value before it."""

    subject: Any = None
    before: Mapping[str, Any] = {}


class Kind(Protocol):
    """How a field is written in a link and read from it. What cannot be taken leaves a notice and is as usual."""

    def write(self, value: Any) -> str: ...

    def read(self, text: str, field: str, usual: Any, about: About, notices: list[Notice]) -> Any: ...


@dataclass(frozen=True)
class Number:
    """A number in the range of a knob, which may depend on the subject; ``step``: of its slider."""

    knob: Knob | Callable[[Any], Knob]
    step: float = 1
    label: str = ""  # in notices, if the link's name for it is not what people call it

    def write(self, value: float) -> str:
        return written_number(value)

    def read(self, text: str, field: str, usual: Any, about: About, notices: list[Notice]) -> Any:
        knob = self.knob(about.subject) if callable(self.knob) else self.knob
        if problem := number_problem(text, knob):
            notices.append(Notice(problem, self.label or field, short(text), span(knob.low, knob.high)))
            return usual
        whole = knob.kind in ("whole", "switch")
        return (bool if isinstance(usual, bool) else int if whole else float)(float(text.strip()))


@dataclass(frozen=True)
class Numbers:
    """Some numbers, each in the range of its knob. ``none``: whether there may be none, where the rest decides."""

    knobs: tuple[Knob, ...]
    none: bool = False

    def write(self, value: tuple[float, ...]) -> str:
        return joined(value)

    def read(
        self, text: str, field: str, usual: tuple[float, ...], about: About, notices: list[Notice]
    ) -> tuple[float, ...]:
        del about
        if not text and self.none:
            return ()
        parts = text.split("~")
        several = "number" if len(parts) != len(self.knobs) else ""
        for part, knob in zip(parts, self.knobs, strict=False):
            if problem := several or number_problem(part, knob):
                notices.append(Notice(problem, field, short(text), span(knob.low, knob.high)))
                return usual
        return tuple(float(part.strip()) for part in parts)


Options = Sequence[str] | Callable[[About], Sequence[str]]


@dataclass(frozen=True)
class Name:
    """One of a few, which may depend on what the field is about."""

    options: Options

    def able(self, about: About) -> Sequence[str]:
        """What can be chosen."""
        return self.options(about) if callable(self.options) else self.options

    def write(self, value: str) -> str:
        return value

    def read(self, text: str, field: str, usual: str, about: About, notices: list[Notice]) -> str:
        if text in self.able(about):
            return text
        notices.append(Notice("unknown", field, short(text)))
        return usual


@dataclass(frozen=True)
class Names(Name):
    """Some of a few, in their order. ``none``: whether it may be none of them, an empty field in the link."""

    between: str = "~"
    most: int = 99
    none: bool = False

    def write(self, value: Sequence[str]) -> str:
        return self.between.join(value)

    def read(  # type: ignore[override]
        self, text: str, field: str, usual: tuple[str, ...], about: About, notices: list[Notice]
    ) -> tuple[str, ...]:
        parts = tuple(dict.fromkeys(filter(None, text.split(self.between))))
        able = self.able(about)
        strange = [part for part in parts if part not in able]
        if strange:
            notices.append(Notice("unknown", field, short(", ".join(strange))))
        taken = tuple(option for option in able if option in parts)
        if len(taken) > self.most:
            notices.append(Notice("many", field, str(len(taken)), str(self.most)))
        return taken[: self.most] if taken or (self.none and not strange) else usual


class Field(NamedTuple):
    """A field of a value: its attribute, its kind, and what it is if the link does not say it."""

    attribute: str
    kind: Any
    usual: Any


@dataclass(frozen=True)
class Called:
    """The name of a field in the link where the attribute has another: ``Annotated[…, kind, Called("at")]``."""

    name: str


def fields(of: Any) -> dict[str, Field]:
    """The fields of a dataclass that stand in a link, by their names there: those annotated with a ``Kind``."""
    return _fields(of)


@cache
def _fields(of: Any) -> dict[str, Field]:
    hints = get_type_hints(of, include_extras=True)
    by_name = {}
    for each in dataclass_fields(of):
        extras = getattr(hints[each.name], "__metadata__", ())
        kind = next((extra for extra in extras if hasattr(extra, "read")), None)
        if kind is not None:
            name = next((extra.name for extra in extras if isinstance(extra, Called)), each.name)
            by_name[name] = Field(each.name, kind, each.default)
    return by_name


def read_fields(of: Any, given: Mapping[str, str], subject: Any, notices: list[Notice]) -> dict[str, Any]:
    """The attributes of a value that a link gives."""
    values: dict[str, Any] = {}
    for name, (attribute, kind, usual) in fields(of).items():
        if name in given:
            values[attribute] = kind.read(given[name], name, usual, About(subject, values), notices)
    return values


def written_fields(value: Any) -> dict[str, str]:
    """What a value's link says: all fields that are not as usual."""
    return {
        name: kind.write(getattr(value, attribute))
        for name, (attribute, kind, usual) in fields(type(value)).items()
        if getattr(value, attribute) != usual
    }
