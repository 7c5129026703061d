"""One list of the lecture's rows: every row has a demonstration, every demonstration a row, and texts say the same."""

import re

import pytest

from landscapes import LANDSCAPES
from lessons import LESSONS
from lessons.rows import CHAPTERS, NOTES, ROWS
from tests.rows import HEADS, tabled
from views.demonstrations import offer
from views.kit.text import CATALOGUE, LANGUAGES

SHOWN = {row.id for lesson in LESSONS.values() for row in lesson.shows}


def test_every_row_has_a_demonstration():
    assert ROWS.keys() == SHOWN


def test_every_demonstration_shows_rows_in_their_order():
    order = list(ROWS)
    for lesson in LESSONS.values():
        places = [order.index(row) for row in lesson.rows.split()]
        assert places, lesson.name
        assert places == sorted(set(places)), lesson.name


def test_rows_stand_in_their_chapters_and_cite_notes_that_there_are():
    ids = [(row.chapter, int(row.id[1:])) for row in ROWS.values()]
    assert ids == sorted(set(ids))
    assert {chapter for chapter, _ in ids} == set(CHAPTERS)
    assert {number for row in ROWS.values() for number in row.notes.split()} == set(NOTES)
    assert len({row.name for row in ROWS.values()}) == len({row.name.zh for row in ROWS.values()}) == len(ROWS) == 74
    for row in ROWS.values():
        assert re.search("[\u4e00-\u9fff]", row.name.zh), row.id
        assert bool(row.lacks) == bool(row.lacks.zh), row.id
        assert not row.lacks or row.id in SHOWN, "of what is not there at all nothing is lacking"


def test_surfaces_cite_rows_that_there_are():
    cited = {row for surface in LANDSCAPES.values() for row in surface.lecture.split()}
    assert cited <= ROWS.keys()
    assert len(cited) > 15


@pytest.mark.parametrize("text", HEADS, ids=lambda path: path.name)
def test_the_texts_have_the_same_list(text):
    assert text.read_text(encoding="utf-8") == tabled(text), "python -m tests.rows"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_menu_offers_all(lang):
    menu = offer(lang)
    assert [each["key"] for each in menu["lessons"]] == list(LESSONS)
    assert menu["rows"].keys() == ROWS.keys()
    assert menu["chapters"] == {letter: words.within(lang) for letter, words in CHAPTERS.items()}
    assert {row for _, rows in menu["notes"] for row in rows} == ROWS.keys()
    assert len(dict(menu["notes"])) == len(NOTES) + 1
    for each in menu["lessons"]:
        lesson = LESSONS[each["key"]]
        assert each["name"] == lesson.name.within(lang)
        assert each["page"] == CATALOGUE["pages"][lesson.page].within(lang)
        assert lesson.name.lower() in each["also"]
        assert lesson.name.zh.lower() in each["also"]
        assert each["address"].endswith(f"lesson={each['key']}&lang={lang}")
