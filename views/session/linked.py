"""The hand of a page whose charts are had by its link: unseen, it asks for them and hands them to where they stand."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from engine.shelf import Shelf
from settings.base import Settings
from views.kit.component import component
from views.kit.sheet import Sheet, pictured
from views.kit.text import spoken
from views.kit.wire import followed, packed
from views.session import visit
from views.session.answer import Answer
from views.session.asked import Visited, visited

PICTURES: Shelf[bytes] = Shelf(most=300, room=20_000_000)  # for all visitors

linked = component("linked")


class LinkedVisit(Visited):
    """kind: the name of the address."""

    kind: str


def follow(kind: str, own: Settings, names: Sequence[str], hears: tuple[str, ...] = ()) -> None:
    """From now on edits of what the page asks for are answered by ``kind?<link>``.

    Args:
        names: of the fields that decide what is shown.
        hears: edits of which Python hears at once: something of its own shows them.
    """
    link = link_of(own, names)
    header: LinkedVisit = {
        **visited(link, (), own=tuple(names), at=lambda _, settings: link_of(settings, names), hears=hears),
        "kind": kind,
    }
    drawn = packed({"link": link, "lanes": [], "seconds": 1.0})  # by Python: not worth keeping
    linked(key="linked", data=followed(packed(header), drawn), on_edit_change=lambda: visit.heard("linked"))


class Asked(NamedTuple):
    """What decides a sheet; its sentences are in one language."""

    own: Any
    language: str


def sheet_answer(of: type[Settings], names: Sequence[str], sheet: Callable[[Any], Sheet]) -> Answer[Asked]:
    """What the address gives: the sheet of such settings, of which only fields with these names count."""

    def key(asked: Asked) -> Hashable:
        return sheet, link_of(asked.own, names), asked.language

    def work(asked: Asked) -> bytes:
        with spoken(asked.language):
            return pictured(link_of(asked.own, names), sheet(asked.own))

    def drawn(asked: Asked) -> Iterator[tuple[float, bytes | None]]:
        yield 1.0, PICTURES.made(key(asked), lambda: work(asked))

    return Answer(
        of=lambda _, lang, own: Asked(own, lang),
        link=lambda asked: link_of(asked.own, names),
        kept=lambda asked: PICTURES.kept(key(asked)),
        waits=lambda _: False,
        waiting=lambda _: b"",
        drawn=drawn,
        own=of,
    )


def link_of(own: Settings, names: Sequence[str]) -> str:
    """The canonical query string of these fields."""
    return urlencode({name: told for name, told in own.written().items() if name in names})
