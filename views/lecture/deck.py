"""A deck in a language: what the browser is told of a lecture. Of what a question asks for it is told nothing."""

from typing import TypedDict

from lectures import DECKS
from lectures.base import Deck, Stop
from views.demonstrations import link_of
from views.kit.text import CATALOGUE, section, spoken


class Listed(TypedDict):
    """A deck among the others."""

    key: str
    name: str
    about: str
    stops: int
    minutes: float


class ToldRow(TypedDict):
    id: str
    name: str


class ToldStop(TypedDict):
    """A stop; address: of what it shows, on its own page; asks: the question, as its route takes it, "" for none."""

    lesson: str
    stage: int
    title: str
    says: str
    notes: str
    more: str
    minutes: float
    rows: list[ToldRow]
    pauses: list[int]
    shows: list[str]
    address: str
    asks: str
    exercise: str


class ToldDeck(Listed):
    told: list[ToldStop]


class Shelf(TypedDict):
    """All decks, and the words of the page."""

    decks: list[Listed]
    words: dict[str, str]
    room: dict[str, str]


def shelf_of(language: str) -> Shelf:
    """All decks, in their order."""
    with spoken(language):
        return {
            "decks": [_listed(key, language) for key in DECKS],
            "words": section("lecture"),
            "room": section("room"),
        }


def deck_of(name: str, language: str, veiled: bool = False) -> ToldDeck:
    """One of them, with its stops; ``veiled``: without the sentences of those that ask, which give answers away.

    Raises:
        KeyError: if there is no such deck.
    """
    stops = [_told(stop, language) for stop in DECKS[name].stops]
    return {**_listed(name, language), "told": [_veiled(stop) if veiled else stop for stop in stops]}


def stop_of(name: str, number: int, language: str) -> ToldStop:
    """A stop of a deck, from 0 on, once its question is answered.

    Raises:
        LookupError: if there is no such deck or stop.
    """
    return _told(DECKS[name].stops[number], language)


def _veiled(stop: ToldStop) -> ToldStop:
    return {**stop, "title": "", "says": "", "notes": "", "more": ""} if stop["asks"] else stop


def _listed(key: str, language: str) -> Listed:
    deck: Deck = DECKS[key]
    return {
        "key": key,
        "name": deck.name.within(language),
        "about": deck.about.within(language),
        "stops": len(deck.stops),
        "minutes": deck.minutes,
    }


def _told(stop: Stop, language: str) -> ToldStop:
    return {
        "lesson": stop.lesson,
        "stage": stop.stage,
        "title": stop.demonstration.name.within(language),
        "says": stop.says.within(language),
        "notes": stop.notes.within(language),
        "more": (stop.more or stop.notes).within(language),
        "minutes": stop.minutes,
        "rows": [{"id": row.id, "name": row.name.within(language)} for row in stop.rows],
        "pauses": list(stop.pauses),
        "shows": stop.shows.split(),
        "address": address_of(stop),
        "asks": stop.asks,
        "exercise": stop.exercise,
    }


def address_of(stop: Stop) -> str:
    """Where the same experiment stands on its own page, below the lab's root, without a language."""
    first = next(iter(CATALOGUE["pages"]))
    page = stop.demonstration.page
    return f"{'' if page == first else page}?{link_of(stop.lesson, stop.stage)}"


def words_of(told: str, language: str) -> str:
    """A text of the catalogue."""
    return CATALOGUE["lecture"][told].within(language)
