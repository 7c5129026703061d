"""Decks: every row is at least one stop, every stop is there and says something short, every pause within its run."""

import re
from dataclasses import replace

import pytest

from engine.surfaces.experiment import lane
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


def rates(race, **values):
    """The same with other hyperparameters, of all lanes that have them."""

    def changed(racer):
        own = {name: value for name, value in values.items() if name in racer.optimizer.numbers}
        return replace(racer, optimizer=racer.optimizer.with_values(**own), own=())

    return replace(race, lanes=tuple(map(changed, race.lanes)))


def alone(race, rule, **values):
    return replace(race, lanes=(lane(rule, **values),))


SOLVED = {  # what somebody may change at each of them
    "diverges~gradient_descent~tilted_double_well": lambda race: rates(race, learning_rate=1.0),
    "arrives~gradient_descent~tilted_double_well": lambda race: replace(race, start=(-0.5,)),
    "diverges~gradient_descent~narrow_valley": lambda race: rates(race, learning_rate=3.0),
    "learns~any~piecewise_linear": lambda race: replace(race, scheme="spread"),
    "generalises~any~diabetes": lambda race: replace(race, decay=0.01),
    "arrives~gradient_descent~toy_network": lambda race: replace(race, noise=0.01),
    "arrives~newton~himmelblau": lambda race: replace(race, start=(3.2, 2.2)),
    "diverges~gradient_descent~cubic": lambda race: replace(race, start=(-1.0,)),
    "rests~any~toy_network": lambda race: replace(race, start=(-1.0, 1.0)),
    "diverges~momentum~tilted_double_well": lambda race: rates(race, learning_rate=1.0),
    "diverges~momentum~shelf_2d": lambda race: rates(race, learning_rate=10.0),
    "arrives~momentum~narrow_valley": lambda race: rates(race, learning_rate=1.5, momentum=0.6),
    "arrives~nesterov~narrow_valley": lambda race: rates(race, learning_rate=1.0, momentum=0.8),
    "bursts~adam~narrow_valley": lambda race: alone(race, "adam", learning_rate=1.0, b1=0.0, b2=0.98),
    "arrives~rmsprop~narrow_valley": lambda race: alone(race, "rmsprop", learning_rate=0.05),
    "arrives~gradient_descent~booth": lambda race: replace(race, noise=0.0),
    "arrives~gradient_descent~logistic_regression_squared_error": lambda race: replace(race, start=(0.0, 0.0)),
    "arrives~gradient_descent~narrow_valley": lambda race: rates(race, learning_rate=1.9),
    "arrives~adagrad~crescent": lambda race: rates(race, learning_rate=1.0),
    "learns~any~xor": lambda race: replace(race, depth=1, width=4),
    "learns~any~two_moons": lambda race: replace(race, residual=1),
    "learns~any~spirals": lambda race: replace(rates(race), depth=2, width=32),
    "generalises~any~sine": lambda race: replace(race, steps=400),
}


def test_there_are_enough_exercises_over_many_chapters():
    assert SOLVED.keys() == EXERCISES.keys()
    assert len(EXERCISES) >= 15
    assert len({row.chapter for stop in EXERCISES.values() for row in stop.rows}) >= 6


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_can_be_done_and_is_not_before_anybody_has_begun(exercise):
    stop = EXERCISES[exercise].set_up
    race = stop.experiment or stop.net
    met, says, _ = goals.checked(goals.read(exercise), race.to_link())
    assert not met
    assert says.zh != says
    assert goals.checked(goals.read(exercise), SOLVED[exercise](race).to_link()).met
