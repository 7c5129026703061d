"""Questions: every demonstration has one, what is asked holds nothing of the answer, and answers come from the run."""

import json
from dataclasses import replace
from urllib.parse import quote, urlencode

import numpy as np
import pytest
from starlette.applications import Starlette

from engine import run
from lectures import DECKS
from lessons import LESSONS
from questions import KINDS, Unclear, answered, asked, goals, guesses, offered, read, scored, stage_of
from questions.compared import ranked
from questions.measures import NUMBERS, PICKS, RANKINGS
from questions.runs import lanes_of
from tests.test_serve import fetch
from views.kit.addresses import ROOT
from views.lecture.asking import routes

APP = Starlette(routes=routes())
SAMPLES = {  # a stage for every kind, cheap to run
    "lowest": ("burst", "lowest~100"),
    "order": ("leaving_the_saddle", "order~120"),
    "steps": ("leaving_the_saddle", "steps~1"),
    "ends": ("leaving_the_saddle", "ends~1"),
    "sketch": ("leaving_the_saddle", "sketch~1"),
    "happens": ("burst", "happens~bursts~1"),
    "measured": ("the_best_of_many_coins", "measured~best_coin"),
    "point": ("smallest_network_with_a_saddle", "point"),
    "compared": ("two_lines_from_two_questions", "compared~models"),
    "picked": ("on_a_parabola_the_start_does_not_matter", "picked~rate_by_start"),
    "turns": ("learned_by_heart", "turns~0"),
    "verdict": ("learned_by_heart", "verdict~0"),
}  # fmt: skip


def told(route, **fields):
    status, _, body = fetch(f"/{ROOT}/{route}?{urlencode({'lang': 'en', **fields})}", APP)
    return status, body


@pytest.mark.parametrize("name", LESSONS)
def test_every_demonstration_has_a_question(name):
    found = [(stage, question) for stage in LESSONS[name].stages for question in offered(stage)]
    assert found
    for stage, question in found:
        assert read(question.text) == question
        assert asked(stage, question).says


@pytest.mark.parametrize("deck", DECKS)
def test_what_decks_ask_makes_sense(deck):
    for stop in DECKS[deck].stops:
        if stop.asks:
            assert asked(stop.set_up, read(stop.asks)).says
        if stop.exercise:
            assert goals.read(stop.exercise).says


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_asked_is_about_what_the_page_shows(name):
    """Of a page that draws no race nothing is asked about one."""
    races = {"lowest", "order", "steps", "happens", "ends", "sketch", "turns", "verdict"}
    for stage in LESSONS[name].stages:
        kinds = {question.kind for question in offered(stage)}
        assert stage.settings.races == bool(kinds & races) or not lanes_of(stage), kinds


def test_every_stop_whose_page_has_no_race_asks_about_that_page():
    asking = [stop for deck in DECKS.values() for stop in deck.stops if stop.asks and not stop.set_up.settings.races]
    assert {read(stop.asks).kind for stop in asking} <= {"measured", "compared", "picked", "point"}


def test_there_is_a_sample_of_every_kind():
    assert SAMPLES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", SAMPLES)
def test_nothing_of_the_answer_is_asked(kind):
    """No number of the truth, nor of what it was found in, stands in the bytes; and nothing was run for them."""
    lesson, text = SAMPLES[kind]
    status, body = told("question", lesson=lesson, stage=0, ask=text)
    assert status == 200
    payload = json.loads(body)
    assert set(payload) == {"key", "form", "says", "choices", "scale", "map", "words"}
    stage, question = stage_of(lesson, "0"), read(text)
    answer = answered(stage, question)
    hidden = [answer.why, *numbers(answer.drawn.get("path", [])[1:]), *numbers(answer.drawn.get("end", []))]
    if isinstance(answer.truth, float):
        assert str(answer.truth) not in body.decode()
    plain = set(numbers([payload["map"]["start"], payload["map"]["window"]] if payload["map"] else []))
    assert not [each for each in hidden if each not in plain and f" {each}," in f" {body.decode()},"]
    for path in dict(run(stage.experiment) if stage.experiment else ()).values():  # nor anything of any curve
        for value in path.loss[1 :: max(len(path.loss) // 50, 1)]:
            assert f"{value:.6g}" not in body.decode() or len(f"{value:.6g}") < 5


def test_asking_runs_nothing(monkeypatch):
    """Every question of every deck is asked without one of the functions that answer."""

    def never(*_):
        raise AssertionError("an answer was worked out before anybody had guessed")

    for table in (NUMBERS, PICKS, RANKINGS):
        for name, each in table.items():
            monkeypatch.setitem(table, name, replace(each, of=never))
    for name, kind in KINDS.items():
        monkeypatch.setitem(KINDS, name, replace(kind, answered=never))
    for run_of in ("trainings", "trajectories"):
        monkeypatch.setattr(f"questions.runs.{run_of}", never)
    for stop in {(each.lesson, each.stage, each.asks): each for deck in DECKS.values() for each in deck.stops}.values():
        if stop.asks:
            assert told("question", lesson=stop.lesson, stage=stop.stage, ask=stop.asks)[0] == 200, stop.asks


def test_an_answer_is_worked_out_ahead_and_nothing_told(monkeypatch):
    fields = {"lesson": "the_best_of_many_coins", "stage": 1, "ask": "measured~best_coin"}
    assert told("prepare", **fields) == (204, b"")
    assert told("prepare", **{**fields, "ask": "riddle"}) == (204, b"")
    monkeypatch.setitem(KINDS, "measured", replace(KINDS["measured"], answered=None))
    assert told("reveal", **fields)[0] == 200


def numbers(value):
    if isinstance(value, list):
        return [each for part in value for each in numbers(part)]
    return [repr(value)] if abs(value) > 1e-3 and value != round(value, 1) else []


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_truth_is_worth_all(kind):
    lesson, text = SAMPLES[kind]
    stage, question = stage_of(lesson, "0"), read(text)
    truth = answered(stage, question).truth
    form = asked(stage, question).form
    guess = truth[0] if form == "choice" else sorted(truth, key=truth.get) if form == "order" else truth
    assert scored(stage, question, guess).share == 1
    status, body = told("reveal", lesson=lesson, stage=0, ask=text, guess=json.dumps(guess))
    assert status == 200
    assert json.loads(body)["share"] == 1
    assert "{" not in json.loads(body)["why"]


def test_what_is_level_shares_a_place():
    assert ranked(np.array([3.0, 1.0, 1.0005, np.inf, np.inf])).tolist() == [2, 0, 0, 3, 3]


def test_on_a_parabola_the_limit_is_known():
    """Booth's largest eigenvalue is 18, so gradient descent diverges from η = 2/18 on, from everywhere."""
    said = answered(stage_of("on_a_parabola_the_start_does_not_matter", "0"), read("picked~rate_by_start"))
    assert said.truth == ["no"]
    assert answered(stage_of("on_a_parabola_the_start_does_not_matter", "1"), read("picked~rate_by_start")).truth == [
        "yes"
    ]


def test_who_is_lowest_is_read_off_the_run():
    stage = stage_of("leaving_the_saddle", "0")
    losses = {number: path.loss[100] for number, path in run(stage.experiment)}
    assert answered(stage, read("lowest~100")).truth == [str(min(losses, key=losses.get))]
    ranks = answered(stage, read("order~100")).truth
    assert sorted(losses, key=losses.get) == [int(key) for key in sorted(ranks, key=ranks.get)]


def test_a_click_in_the_same_hollow_is_right_and_a_far_one_is_not():
    stage, question = stage_of("newton_likes_saddles", "1"), read("ends~1")
    end = np.array(answered(stage, question).truth)
    assert scored(stage, question, (end + np.array([0.7, 0.4])).tolist()).share == 1
    assert scored(stage, question, [-4.5, -4.5]).share < 0.2
    assert scored(stage, question, "away").share == 0


def test_a_sketch_is_scored_by_its_mean_distance():
    stage, question = stage_of("leaving_the_saddle", "0"), read("sketch~1")
    path = np.array(answered(stage, question).truth)
    aside = (path + np.array([0.3, 0.0])).tolist()
    assert guesses.gap(path, aside) == pytest.approx(0.3)
    worths = [scored(stage, question, (path + np.array([off, 0.0])).tolist()).share for off in (0.0, 0.1, 0.3, 5.0)]
    assert worths[0] == 1
    assert worths == sorted(worths, reverse=True)
    assert worths[-1] == 0


def test_a_learning_rate_that_diverges_is_found():
    stage = stage_of("leaving_the_saddle", "0")
    rate = answered(stage, read("happens~rate~0")).truth
    racer = stage.experiment.lanes[0]
    for factor, lost in ((0.9, False), (1.001, True)):
        lane = replace(racer, optimizer=racer.optimizer.with_values(learning_rate=rate * factor))
        (_, path), *_ = run(replace(stage.experiment, lanes=(lane,)))
        assert (path.diverged_at >= 0) == lost


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ask": "riddle"}, "a question is one of"),
        ({"ask": "lowest~251"}, "between 1 and 250"),
        ({"ask": "lowest~" + "9" * 70}, "between"),
        ({"ask": "lowest~x"}, "between"),
        ({"ask": "x" * 1000}, "a question is one of"),
        ({"ask": "ends~7"}, "the lane must be one of 0, 1, 2"),
        ({"ask": "happens~sings~0"}, "must be one of"),
        ({"ask": "point"}, "no point"),
        ({"lesson": "nowhere"}, "no such demonstration"),
        ({"stage": "99"}, "no such demonstration"),
        ({"stage": "-1"}, "no such demonstration"),
        ({"guess": "["}, "cannot be read"),
        ({"guess": '"7"'}, "cannot be chosen"),
        ({"guess": "[1]"}, "choose one"),
        ({"ask": "sketch~0", "guess": json.dumps([[0, 0]] * 5000)}, "at most 4000 points, not 5000"),
        ({"ask": "sketch~0", "guess": "[[0,0]]"}, "two or more"),
        ({"ask": "ends~0", "guess": "[1e999, 0]"}, "two numbers"),
        ({"ask": "steps~0", "guess": "-3"}, "between 1 and 250"),
        ({"ask": "order", "guess": '["0","0","1"]'}, "once"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(fields, says):
    status, body = told("reveal", **{"lesson": "leaving_the_saddle", "stage": "0", "ask": "lowest", **fields})
    assert status == 400
    assert says in body.decode()


def test_a_million_points_get_a_sentence():
    text = quote("[[0,0]]" * 10)
    stage, question = stage_of("leaving_the_saddle", "0"), read("sketch~0")
    with pytest.raises(Unclear, match="at most 4000"):
        scored(stage, question, [[0.0, 0.0]] * 1_000_000)
    assert told("reveal", lesson="leaving_the_saddle", stage=0, ask="sketch~0", guess=text * 2000)[0] == 400


@pytest.mark.parametrize(
    ("goal", "link", "met", "says"),
    [
        ("diverges~momentum~booth", "surface=booth&run=momentum~learning_rate~10&steps=50", True, "Momentum"),
        ("diverges~momentum~booth", "surface=booth&run=momentum~learning_rate~0.01&steps=50", False, "Not yet"),
        ("arrives~any~booth", "surface=booth&run=momentum~learning_rate~0.01&steps=300", True, "Momentum"),
        ("misses~momentum~booth", "surface=booth&run=momentum~learning_rate~0.00001&steps=50", True, "Momentum"),
        ("misses~momentum~booth", "surface=booth&run=momentum~learning_rate~10&steps=50", False, "Not yet"),
        ("misses~adam~booth", "surface=booth&run=momentum~learning_rate~10&steps=50", False, "Nothing runs"),
        ("misses~momentum~booth", "surface=crescent&run=momentum", False, "Go back"),
        ("fails~any~xor", "data=xor&net=steps~3&rule=gradient_descent~learning_rate~0.001", True, "Gradient descent"),
        ("learns~any~xor", "data=xor&net=steps~3&rule=gradient_descent~learning_rate~0.001", False, "Not yet"),
    ],
)
def test_an_exercise_is_checked_by_its_run(goal, link, met, says):
    status, _, body = fetch(f"/{ROOT}/check?goal={goal}&lang=en&{link}", APP)
    assert status == 200
    assert json.loads(body)["met"] == met
    assert says in json.loads(body)["says"]


@pytest.mark.parametrize("goal", ["", "sings~adam~booth", "diverges~adam~nowhere", "learns~adam~booth", "x" * 500])
def test_an_exercise_that_makes_no_sense_gets_a_sentence(goal):
    assert told("goal", goal=goal)[0] == 400
    assert told("check", goal=goal)[0] == 400


def test_what_takes_too_long_is_not_checked():
    link = "&".join(["surface=booth&steps=100000", *["run=newton"] * 8])
    status, _, body = fetch(f"/{ROOT}/check?goal=arrives~newton~booth&lang=en&{link}", APP)
    assert status == 400
    assert b"too long" in body


def test_every_exercise_speaks_both_languages():
    for known, where in ((goals.ON_SURFACE, "booth"), (goals.ON_DATA, "xor")):
        for what in known:
            says = goals.read(f"{what}~any~{where}").says
            assert "{" not in says + says.zh
            assert says != says.zh
