"""Charts and what is said beside them as one value: a page lays it out, and an address gives it as well, so that what
is drawn follows a hand without the page. See ``session/linked.py`` and sheet.js."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from views.kit.charts import Chart, ChartPicture, described
from views.kit.component import component
from views.kit.text import language
from views.kit.wire import packed

sentences = component("sentences")


class Said(NamedTuple):
    """Sentences, a small table, and a note under it; of a sentence what stands in ** is bold."""

    sentences: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""


class Sheet(NamedTuple):
    """By the names under which they stand on the page."""

    charts: Mapping[str, Chart]
    said: Mapping[str, Said]


class SaidPicture(TypedDict):
    """As it is sent."""

    key: str
    language: str
    sentences: list[str]
    head: list[str]
    rows: list[list[str]]
    note: str


class SheetPicture(TypedDict):
    """All of a page, in the page's language; nothing races on it."""

    link: str
    lanes: list[int]
    charts: list[ChartPicture]
    said: list[SaidPicture]


def tell(sheet: Sheet, key: str) -> None:
    """Put what is said on the page."""
    sentences(key=key, data=packed(_told(key, sheet.said[key])))


def pictured(link: str, sheet: Sheet) -> bytes:
    """What an address answers."""
    charts = [described(chart, key) for key, chart in sheet.charts.items()]
    header: SheetPicture = {
        "link": link,
        "lanes": [],
        "charts": [picture for picture, _ in charts],
        "said": [_told(key, said) for key, said in sheet.said.items()],
    }
    return packed(header, [column for _, columns in charts for column in columns])


def _told(key: str, said: Said) -> SaidPicture:
    return {
        "key": key,
        "language": language(),
        "sentences": list(said.sentences),
        "head": list(said.head),
        "rows": [list(row) for row in said.rows],
        "note": said.note,
    }
