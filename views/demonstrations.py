"""The demonstrations: their menu and, while one is open, what to see in it, its steps, and the way back to it."""

import hashlib
import json
from functools import cache
from typing import TypedDict
from urllib.parse import urlencode

import streamlit as st

from lessons import LESSONS
from lessons.base import Lesson, Stage
from lessons.rows import CHAPTERS, NOTES, ROWS
from records import Words
from settings.compare import Compare
from views.kit.component import component
from views.kit.text import CATALOGUE, LANGUAGES, language, say, section, spoken, text
from views.kit.wire import packed
from views.session import visit


class MenuPicture(TypedDict):
    """The menu, shut: what it offers is fetched by its language when it is opened."""

    language: str
    edition: str  # of what it offers: browsers keep that
    words: dict[str, str]
    opened: str  # the demonstration that is open, "" for none
    title: str  # and what it is called


class Offered(TypedDict):
    """A demonstration in the menu; also: what else it may be searched by."""

    key: str
    name: str
    rows: list[str]
    page: str
    address: str
    also: str


class OfferedRow(TypedDict):
    """A row of the lecture; lacks: what of it is not shown yet."""

    name: str
    lacks: str
    also: str


class Offer(TypedDict):
    """All that the menu has, in a language: demonstrations by chapter, and rows by the notes that have them."""

    chapters: dict[str, str]  # by their letters
    rows: dict[str, OfferedRow]  # by their ids
    lessons: list[Offered]
    notes: list[tuple[str, list[str]]]  # what a set is called, and its rows


menu = component("demonstrations")


def guide() -> None:
    """Choose a demonstration: it opens its page and sets everything up. It stays until it is closed."""
    opened = visit.lesson()
    header: MenuPicture = {
        "language": language(),
        "edition": edition(),
        "words": section("guide"),
        "opened": opened,
        "title": say(LESSONS[opened].name) if opened else "",
    }
    menu(key="demonstrations", data=packed(header), on_edit_change=lambda: visit.heard("demonstrations"))
    if opened:
        _tell(opened)


@cache
def edition() -> str:
    """Another one when another demonstration, row or word is offered."""
    return hashlib.sha256(json.dumps([offer(lang) for lang in LANGUAGES]).encode()).hexdigest()[:12]


def offer(lang: str) -> Offer:
    """What the menu has, in a language."""
    first = next(iter(CATALOGUE["pages"]))
    with spoken(lang):
        unknown = text("guide.unknown")
    sets = {number: f"{number} {called.within(lang)}" for number, called in NOTES.items()} | {"": unknown}
    return {
        "chapters": {letter: called.within(lang) for letter, called in CHAPTERS.items()},
        "rows": {
            row.id: {"name": row.name.within(lang), "lacks": row.lacks.within(lang), "also": _either(row.name)}
            for row in ROWS.values()
        },
        "lessons": [
            {
                "key": key,
                "name": lesson.name.within(lang),
                "rows": [row.id for row in lesson.shows],
                "page": CATALOGUE["pages"][lesson.page].within(lang),
                "address": f"{'' if lesson.page == first else lesson.page}?{link_of(key)}&lang={lang}",
                "also": " ".join(map(_either, (lesson.name, CATALOGUE["pages"][lesson.page]))),
            }
            for key, lesson in LESSONS.items()
        ],
        "notes": [
            (called, [row.id for row in ROWS.values() if number in (row.notes.split() or [""])])
            for number, called in sets.items()
        ],
    }


def _either(words: str) -> str:
    """Words in both languages, small: what is searched."""
    return f"{words} {words.within('zh')}".lower() if isinstance(words, Words) else words


def link_of(name: str, number: int = 0) -> str:
    """The query of a demonstration, or of one of its steps."""
    stage = LESSONS[name].stages[number]
    parts = [part.to_link() for part in (stage.experiment, stage.study, stage.net) if part]
    return "&".join(filter(None, [*parts, urlencode({**stage.settings.written(), "lesson": name})]))


def _tell(name: str) -> None:
    """What there is to see, and a button for each step; the one that is shown is marked."""
    lesson = LESSONS[name]
    reached = next((number for number, stage in enumerate(lesson.stages) if _is_shown(stage, lesson)), None)
    st.markdown(f"**{say(lesson.name)}**  \n{say(lesson.stages[reached or 0].about)}")
    if lesson.steps:
        with st.container(horizontal=True, gap="small", key="steps"):
            for number, stage in enumerate(lesson.stages):
                st.button(
                    say(stage.name), key=f"step_{number}", type="primary" if number == reached else "secondary",
                    on_click=visit.demonstrate, args=(name, number),
                )  # fmt: skip
    if reached is None:
        st.button(
            text("page.lesson_back"),
            key="lesson_back",
            icon=":material/undo:",
            on_click=visit.demonstrate,
            args=(name, 0),
        )


def _is_shown(stage: Stage, lesson: Lesson) -> bool:
    """Whether the page shows just what the stage sets up. Looks that no stage asks for do not count."""
    if stage.experiment not in (None, visit.experiment()) or stage.net not in (None, visit.network()):
        return False
    if stage.study and stage.study != visit.study():
        return False
    looks = all(each.settings == Compare() for each in lesson.stages) and lesson.page == "compare"
    return looks or visit.settings(type(stage.settings)) == stage.settings
