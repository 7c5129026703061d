"""Decks: every row is at least one stop, every stop is there and says something short, every pause within its run."""

import re

import pytest

from lectures import DECKS
from lessons import LESSONS
from lessons.rows import NOTES, ROWS
from questions import asked, goals, read

STOPS = [(name, place, stop) for name, deck in DECKS.items() for place, stop in enumerate(deck.stops)]
CHINESE = re.compile("[\u4e00-\u9fff]")


def clock(stop):
    """Steps of the clock of what it shows; 0 where there is none."""
    run = stop.set_up.experiment or stop.set_up.net
    return run.steps if run else 0


def test_the_decks():
    assert next(iter(DECKS)) == "whole"
    assert len({deck.name for deck in DECKS.values()}) == len({deck.name.zh for deck in DECKS.values()}) == len(DECKS)
    assert 80 <= DECKS["whole"].minutes <= 100


def test_every_row_is_a_stop():
    assert {row.id for _, _, stop in STOPS for row in stop.rows} == ROWS.keys()


def test_each_set_of_notes_has_a_deck_with_all_of_its_rows():
    _, *decks = DECKS.values()
    for number, deck in zip(NOTES, decks, strict=True):
        rows = {row.id for stop in deck.stops for row in stop.rows}
        missing = {row.id for row in ROWS.values() if number in row.notes.split()} - rows
        assert not missing, deck.name


def test_every_second_stop_asks():
    for deck in DECKS.values():
        assert 2 * sum(bool(stop.asks) for stop in deck.stops) >= len(deck.stops), deck.name


def test_no_deck_stops_twice_at_one_place():
    for deck in DECKS.values():
        places = [(stop.lesson, stop.stage) for stop in deck.stops]
        assert len(set(places)) == len(places), deck.name


@pytest.mark.parametrize(("name", "place", "stop"), STOPS, ids=lambda value: str(getattr(value, "lesson", value)))
def test_a_stop(name, place, stop):
    assert stop.stage in range(len(LESSONS[stop.lesson].stages))
    for words, letters, signs in ((stop.says, 90, 40), (stop.notes, 700, 350), (stop.more, 900, 450)):
        assert len(words) <= letters
        assert len(words.zh) <= signs
        assert bool(words) == bool(words.zh) == bool(CHINESE.search(words.zh))
        assert not CHINESE.search(words)
    assert stop.says
    assert stop.notes
    assert 0.5 <= stop.minutes <= 6
    assert list(stop.pauses) == sorted(set(stop.pauses))
    assert all(0 < pause < clock(stop) for pause in stop.pauses)
    if stop.asks:
        assert asked(stop.set_up, read(stop.asks)).says


EXERCISES = {stop.exercise: stop for _, _, stop in STOPS if stop.exercise}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_is_not_done_before_anybody_has_begun(exercise):
    stop = EXERCISES[exercise].set_up
    met, says, _ = goals.checked(goals.read(exercise), (stop.experiment or stop.net).to_link())
    assert not met
    assert says.zh != says
