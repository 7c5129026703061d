"""Charts and what is said beside them as one value: a page lays it out, and an address gives it as well, so that what
is drawn follows a hand without the page. See ``session/linked.py`` and sheet.js."""

from collections.abc import Mapping, Sequence
from time import time_ns
from types import MappingProxyType
from typing import Any, NamedTuple, TypedDict

import streamlit as st

from views.kit.charts import Chart, ChartPicture, described, draw
from views.kit.component import component
from views.kit.text import language
from views.kit.wire import packed

sentences = component("sentences")


class Choice(NamedTuple):
    """A menu of a field of the page's own: its path, what is chosen, and what the options are called."""

    path: str
    value: str
    label: str
    options: Mapping[str, str]


class Said(NamedTuple):
    """Sentences, a small table, and a note under it; what stands in ** is bold. signs: before
    each row, if it is that of a mark: its colour, as HTML has it, and a letter like it."""

    sentences: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""
    signs: Sequence[tuple[str, str]] = ()
    choice: Choice | None = None  # above them


class Told(NamedTuple):
    """A box on the page: a warning, or what is only to be known."""

    text: str
    warns: bool = False


class Sheet(NamedTuple):
    """By the names under which they stand on the page.

    clock: its steps, and how many of them an epoch has, 0 where none is told; None: it stays as it is.
    home: what the saved picture says besides, sentences and the rows of a table; see ``play``.
    signs: the one legend of several charts, see ``legend``: what its lines are called, by the numbers of the variants.
    boxes: warnings, and what is only to be known. buttons: names of those that Streamlit puts beside it.
    """

    charts: Mapping[str, Chart]
    said: Mapping[str, Said]
    clock: tuple[int, int] | None = None
    signs: Mapping[int, str] = MappingProxyType({})
    boxes: Sequence[Told] = ()
    buttons: Sequence[str] = ()
    home: tuple[Sequence[str], Sequence[Sequence[str]]] = ((), ())

    @property
    def places(self) -> list[str]:
        """What it takes of the page: a sheet with the same is drawn where another one stands."""
        signs = [f"{number} {name}" for number, name in self.signs.items()]
        return [*self.charts, *self.said, *signs, *(each.text for each in self.boxes), *self.buttons]


class ChoicePicture(TypedDict):
    path: str
    value: str
    label: str
    options: list[tuple[str, str]]


class SaidPicture(TypedDict):
    """As it is sent."""

    key: str
    language: str
    sentences: list[str]
    head: list[str]
    rows: list[list[str]]
    note: str
    signs: list[tuple[str, str]]
    choice: ChoicePicture | None


class SheetPicture(TypedDict):
    """All of a page, in the page's language; nothing races on it."""

    link: str
    lanes: list[int]
    charts: list[ChartPicture]
    said: list[SaidPicture]
    clock: list[int]  # empty: it stays
    home: list[str]  # what the saved picture says besides; with nothing it stays
    rows: list[list[str]]
    places: list[str]


def together(*parts: Sheet) -> Sheet:
    """Parts of one page, which has one clock, and one legend."""
    return Sheet(
        {key: chart for part in parts for key, chart in part.charts.items()},
        {key: said for part in parts for key, said in part.said.items()},
        next((part.clock for part in parts if part.clock), None),
        next((part.signs for part in parts if part.signs), {}),
        [each for part in parts for each in part.boxes],
    )


def tell(sheet: Sheet, key: str, **how: Any) -> None:
    """Put what is said on the page; ``how``: what its menu calls, as ``on_edit_change``."""
    lay(key, sheet.said[key], **how)


def lay(key: str, said: Said, **how: Any) -> None:
    """The same of what is no part of a sheet."""
    sentences(key=key, data=packed(told(key, said)), **how)


def box(told: Told) -> None:
    """Put a box on the page."""
    (st.warning if told.warns else st.info)(told.text)


def sketch(sheet: Sheet) -> None:
    """The charts of what there is so far, side by side, as often as there is more."""
    columns = st.columns(len(sheet.charts), gap="small") if sheet.charts else ()
    for column, chart in zip(columns, sheet.charts.values(), strict=True):
        with column:
            st.markdown(f"**{chart.title}**")
            draw(chart, f"so_far{time_ns()}")


def pictured(link: str, sheet: Sheet) -> bytes:
    """What an address answers."""
    charts = [described(chart, key) for key, chart in sheet.charts.items()]
    header: SheetPicture = {
        "link": link,
        "lanes": [],
        "charts": [picture for picture, _ in charts],
        "said": [told(key, said) for key, said in sheet.said.items()],
        "clock": list(sheet.clock or ()),
        "home": list(sheet.home[0]),
        "rows": [list(row) for row in sheet.home[1]],
        "places": sheet.places,
    }
    return packed(header, [column for _, columns in charts for column in columns])


def told(key: str, said: Said) -> SaidPicture:
    """As it is sent."""
    return {
        "key": key,
        "language": language(),
        "sentences": list(said.sentences),
        "head": list(said.head),
        "rows": [list(row) for row in said.rows],
        "note": said.note,
        "signs": list(said.signs),
        "choice": said.choice and _offered(said.choice),
    }


def _offered(choice: Choice) -> ChoicePicture:
    path, value, label, options = choice
    return {"path": path, "value": value, "label": label, "options": list(options.items())}
