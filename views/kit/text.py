"""What a person reads, in the page's language: sentences of the catalogue, and the Words that records carry."""

import math
import tomllib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from curves.base import Curve
from curves.runs import RUNS
from curves.spectra import SPECTRA
from curves.trainings import TRAININGS
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import Words, settings
from views.kit import address
from views.kit.pages import pages
from views.kit.wire import written

Part = TypeVar("Part")

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LANGUAGES = {"en": "English", "zh": "中文"}


def _read() -> dict[str, dict[str, Words]]:
    """What pages say of themselves, and every file of the catalogue; a section may stand in several of them."""
    records = pages()
    catalogue: dict[str, dict[str, Words]] = {
        "pages": {name: page.title for name, page in records.items()},
        "tagline": {name: page.tagline for name, page in records.items()},
        "question": {name: page.question for name, page in records.items()},
    }
    for path in sorted((Path(__file__).parents[1] / "catalogue").glob("*.toml")):
        for section, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            catalogue.setdefault(section, {}).update({key: Words(*pair) for key, pair in table.items()})
    return catalogue


CATALOGUE = _read()
KNOBS = {  # what the numbers of a rule, a schedule or a surface are called in words, and what a lane has of its own
    f"{name}.{setting}": each.knob.label
    for table in (OPTIMIZERS, SCHEDULES, LANDSCAPES)
    for name, record in table.items()
    for setting, each in settings(record.make).items()
} | {f"own.{name}": CATALOGUE["panel"][name] for name in ("start", "noise", "seed")}
# Sections that JavaScript puts pictures into words with, and sentences of others.
PICTURED = ("stage", "happened", "verdict", "problem", "atlas", "networks", "spectra", "pair", "diagnosis")
BESIDE = (
    "page.title",
    "pages.critical_points",
    "pages.networks",
    "pages.curvature",
    "pages.classification",
    "pages.diagnosis",
    "panel.with",
    "panel.without",
    "share.height",
    "stage.along",
    "stage.across",
    "atlas.in_valley_minimum",
)


_spoken: ContextVar[str] = ContextVar("spoken", default="")


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """What is said within is said in this language, whatever the page's is: of what is answered without a page."""
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


def in_language(lang: str, parts: Iterator[Part]) -> Generator[Part]:
    """What comes in parts, each of them said in this language: what lies between is not."""
    try:
        while True:
            with spoken(lang):
                part = next(parts, None)
            if part is None:
                return
            yield part
    finally:
        if isinstance(parts, Generator):
            parts.close()


def language() -> str:
    """ "en" or "zh": what the link says, else what the visitor's browser prefers."""
    if told := _spoken.get():
        return told
    chosen = address.value("lang")
    if chosen in LANGUAGES:
        return chosen
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def say(words: str) -> str:
    """A record's words in the page's language."""
    return words.within(language()) if isinstance(words, Words) else words


def text(key: str, **values: object) -> str:
    """The sentence ``section.key`` in the page's language, with its values filled in."""
    section, name = key.split(".")
    sentence = say(CATALOGUE[section][name])
    return sentence.format(**values) if values else sentence


def in_formula(words: str) -> str:
    """Words in LaTeX."""
    return rf"\text{{{words}}}"


def section(name: str, chosen: str = "") -> dict[str, str]:
    """All sentences of a section, for JavaScript; in the page's language, or a chosen one."""
    within = chosen or language()
    return {key: words.within(within) for key, words in CATALOGUE[name].items()}


def dictionary(chosen: str) -> dict[str, dict[str, str]]:
    """What pictures without words are told with, in one language: what their codes stand for."""
    beside = {key: CATALOGUE[key.split(".")[0]][key.split(".")[1]].within(chosen) for key in BESIDE}
    shelves: dict[str, Mapping[str, Any]] = {"optimizers": OPTIMIZERS, "schedules": SCHEDULES, "surfaces": LANDSCAPES}
    return {
        **{name: section(name, chosen) for name in PICTURED},
        "curves": curve_words(RUNS, chosen),
        "trainings": curve_words(TRAININGS, chosen),
        "watched": curve_words(SPECTRA, chosen),
        **{name: {key: record.name.within(chosen) for key, record in table.items()} for name, table in shelves.items()},
        "about": {key: record.about.within(chosen) for key, record in LANDSCAPES.items()},
        "knobs": {key: label.within(chosen) for key, label in KNOBS.items() if isinstance(label, Words)},
        "beside": beside,
    }


def curve_words(curves: Mapping[str, Curve], chosen: str = "") -> dict[str, str]:
    """What curves over the clock are called; in the page's language, or a chosen one."""
    words: dict[str, Words] = {}
    for name, curve in curves.items():
        above = zip((f"curve_{name}_above", f"curve_{name}_seen"), curve.above or (), strict=False)
        words |= {f"curve_{name}": curve.name, f"curve_{name}_hint": curve.hint, **dict(above)}
        words[f"short_{name}"] = curve.short or curve.name
        for key, line in curve.lines(name).items():
            words |= {f"col_{key}": line.cell, f"col_{key}_hint": line.cell_hint} if line.cell else {}
        if curve.beside:
            words[f"curve_{name}_dotted"] = dotted(curve.name, curve.beside.name)
    within = chosen or language()
    return {key: each.within(within) for key, each in words.items()}


def dotted(curve: Words, dots: Words) -> Words:
    pattern = CATALOGUE["stage"]["dotted"]
    return Words(pattern.format(curve=curve, dots=dots), pattern.zh.format(curve=curve.zh, dots=dots.zh))


def names(table: Mapping[str, Any]) -> dict[str, str]:
    """What the records of a table are called in the page's language, by their key."""
    chosen = language()
    return {key: record.name.within(chosen) for key, record in table.items()}


def number(value: float, digits: int = 3) -> str:
    """A number as the pictures write it, to the letter: 0.0012, 1.2×10⁻⁵, 10⁵, −48000. See ``number`` of axes.js."""
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    whole, power = written(abs(value), digits)
    sign, last = "−" if value < 0 else "", len(str(whole)) - 1
    if -3 <= power + last < 5:
        return f"{sign}{float(f'{whole}e{power}'):.15g}"
    short = f"{float(f'{whole}e{-last}'):.15g}"
    return sign + ("" if short == "1" else f"{short}×") + power_of_ten(power + last)


def power_of_ten(power: int) -> str:
    """10⁻⁹ for −9."""
    return f"10{str(power).translate(RAISED)}"
