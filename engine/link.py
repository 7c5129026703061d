"""The grammar of links: names and numbers joined by "~". What cannot be read falls back and leaves a notice.

A record is ``name~setting~value~setting~value``. "~" is the one separator that no browser and no chat program rewrites.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

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
    return float(text)


def number_problem(text: str, knob: Knob) -> str:
    """What is wrong with a number that somebody wrote: "number", "range", "whole", or nothing."""
    if not NUMBER.fullmatch(text.strip()):
        return "number"
    value = float(text)
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
