"""The page on losses for classes: two surfaces from one start, and what is said of the losses, in numbers."""

import json
import math
from dataclasses import replace
from urllib.parse import parse_qs, quote

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from test_pages import address, again, charts, columns, fields, opened, sent, visit
from test_race import parts
from test_serve import fetch
from test_wire import unpacked

from datasets import DATASETS
from engine import run
from engine.measures.layer_gradients import logit_gradient
from engine.measures.logistic import BOUNDARY, DECAY, EXAMPLES, boundaries, likelihood, steepness
from engine.measures.xor_features import distances, outline, separated
from engine.surfaces.experiment import Experiment, default, lane, on_surface
from lessons import LESSONS
from tests.web.declare import misfits
from views.classification import pair, reasons
from views.demonstrations import link_of
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE
from views.server.answers import routes

LESSON = LESSONS["same_start_two_losses"].experiment
SQUARED, ENTROPY = pair.PAIR
FAR = DATASETS["two_gaussians_and_far_points"]


def open_page(link="", lang="en"):
    page = visit(link, lang)
    page.switch_page("pages/classification.py")
    return again(page)


# ---- the losses ------------------------------------------------------------------------------------------------------


def sigmoid(logit):
    return 1 / (1 + np.exp(-logit))


def test_steepness_against_the_formulas():
    logits = np.linspace(-10, 10, 41)
    f = sigmoid(logits)
    np.testing.assert_allclose(steepness("cross_entropy", logits), np.abs(f - 1), rtol=1e-10)
    np.testing.assert_allclose(steepness("mse", logits), 2 * np.abs(f - 1) * f * (1 - f), rtol=1e-10)


@pytest.mark.parametrize(("weight", "bias"), [(1.0, 0.0), (-10.0, 3.0), (10.0, -10.0), (0.0, 0.0)])
def test_likelihood_is_cross_entropy(weight, bias):
    found = likelihood(weight, bias)
    x, y = EXAMPLES
    signs = 2 * y - 1
    chances = [sigmoid(sign * (weight * here + bias)) for here, sign in zip(x, signs, strict=True)]
    np.testing.assert_allclose(found.own, chances, rtol=1e-12)
    assert found.product == pytest.approx(math.prod(chances), rel=1e-11)
    assert -math.log(found.product) == pytest.approx(found.entropies.sum(), rel=1e-12)
    assert len(x) == 8
    assert sorted(set(y)) == [0, 1]


@pytest.mark.parametrize("far", [0, 1, 20, 100])
def test_boundaries_against_scikit_learn(far):
    data = FAR.make(far=far)
    found = boundaries(data.inputs, data.targets)
    count = len(data.inputs)
    other = LogisticRegression(C=1 / (2 * count * DECAY), tol=1e-10, max_iter=10_000).fit(data.inputs, data.targets)
    np.testing.assert_allclose(found.logistic, [*other.coef_[0], *other.intercept_], rtol=1e-4)
    rows = np.column_stack([data.inputs, np.ones(count)])
    residual = rows @ found.least_squares - (2 * data.targets - 1)
    np.testing.assert_allclose(rows.T @ residual, 0, atol=1e-10)  # the normal equations
    assert count <= BOUNDARY


def test_far_points_turn_least_squares_alone():
    near, far = (FAR.make(far=count) for count in (0, 20))
    turned = [
        np.degrees(np.arctan2(line[1], line[0]))
        for data in (near, far)
        for line in boundaries(data.inputs, data.targets)
    ]
    assert turned[2] - turned[0] > 25  # least squares
    assert abs(turned[3] - turned[1]) < 2  # logistic regression
    assert abs(turned[0] - turned[1]) < 2  # without far points they agree
    squares, logistic = boundaries(far.inputs, far.targets)
    assert reasons.missed(squares, far).sum() > 5
    assert reasons.missed(logistic, far).sum() == 0


# ---- the pair --------------------------------------------------------------------------------------------------------


def test_the_lesson_is_so():
    squared, entropy = ([path for _, path in run(race)] for race in pair.both(LESSON))
    assert squared[0].gradient_norm[0] == pytest.approx(1.3e-5, abs=5e-7)
    assert squared[0].loss[-1] > 1.9999
    assert entropy[0].gradient_norm[0] == pytest.approx(1.4, abs=0.02)
    assert entropy[0].loss[-1] < 0.01
    nearer = Experiment.on(SQUARED, *LESSON.lanes, start=(-2.0, 0.0), steps=LESSON.steps)
    assert next(iter(run(nearer)))[1].loss[-1] < 0.05  # near the diagonal squared error learns, too


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_both_surfaces_from_one_start(lang):
    page = open_page(link_of("same_start_two_losses"), lang)
    header, floats = sent(page, "classification")
    assert [side["scene"]["start"] for side in header["sides"]] == [[-7, 6]] * 2
    assert [side["title"] for side in header["sides"]] == [
        CATALOGUE["pair"][f"loss_{name}"].within(lang) for name in ("squared_error", "cross_entropy")
    ]
    races = [dict(run(race)) for race in pair.both(LESSON)]
    assert [(racer["side"], racer["number"]) for racer in header["lanes"]] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for racer in header["lanes"]:
        path, found = races[racer["side"]][racer["number"]], columns(racer, floats)
        np.testing.assert_allclose(found["theta"], path.params.T, rtol=1e-6)
        np.testing.assert_allclose(found["loss"][0], path.loss, rtol=1e-6)
        np.testing.assert_allclose(found["norm"][0], path.gradient_norm, rtol=1e-6, atol=1e-30)
        right = np.exp(path.params[:, 0]) / np.exp([*path.params.T, 0 * path.loss - 1000]).sum(axis=0)
        for told, true in zip(found["told"], (path.loss, right, path.gradient_norm), strict=True):
            np.testing.assert_allclose(told, true, rtol=5.1e-2)  # two digits beside a power of ten
    for side, race in zip(header["sides"], races, strict=True):
        assert side["norm"] == pytest.approx(race[0].gradient_norm[0])
        assert side["loss"] == pytest.approx(race[0].loss[0])
    assert "2.3×10⁻⁶" in header["told"]  # 1 / (1 + e^13)
    assert opened(page) == "same_start_two_losses"


@pytest.mark.parametrize("surface", [SQUARED, ENTROPY])
def test_either_surface_shows_the_same_page(surface):
    link = Experiment.on(surface, *LESSON.lanes, start=(2.0, 3.0), steps=50).to_link()
    header, _ = sent(open_page(link), "classification")
    assert [side["scene"]["key"] for side in header["sides"]] == [SQUARED, ENTROPY]
    assert header["steps"] == 50
    assert header["sides"][0]["scene"]["start"] == [2, 3]


def test_racers_of_another_surface_come_along():
    experiment = Experiment.on("booth", lane("adam"), lane("momentum", "cosine"), steps=40)
    page = open_page(experiment.to_link())
    header, _ = sent(page, "classification")
    assert [racer["label"] for racer in header["lanes"][:2]] == ["Adam", "Momentum"]
    moved = on_surface(experiment, SQUARED)
    shown = fields(page)
    assert shown["lanes.0.rule.learning_rate"]["value"] == moved.lanes[0].optimizer.numbers["learning_rate"]
    assert address(page)["surface"] == ["booth"]  # only an edit moves the experiment


def edited(link, *edits):
    """The experiment after edits of this page."""

    def script(edits):
        from views.session import visit

        visit.enter("classification")
        visit.take(edits)

    page = AppTest.from_function(script, args=(list(edits),))
    for key, values in parse_qs(link).items():
        page.query_params[key] = values
    return again(page).session_state["visit"].said.experiment


@pytest.mark.parametrize("link", ["", default("booth").to_link()])
def test_an_edit_moves_the_experiment_to_the_pair(link):
    start, steps = {"path": "start", "value": [1.0, 2.0]}, {"path": "steps", "value": 7}
    moved = edited(link, start)
    assert (moved.landscape.name, moved.start) == (SQUARED, (1.0, 2.0))
    assert moved.lanes == on_surface(Experiment.from_link(link)[0], SQUARED).lanes
    assert edited(LESSON.to_link(), steps) == replace(LESSON, steps=7)


def test_nobody_races():
    experiment = Experiment.on(SQUARED, lane("adam"), start=(1.0, 1.0))
    page = open_page(experiment.to_link() + "~~constant~~off")
    header, _ = sent(page, "classification")
    assert header["lanes"] == []
    assert header["empty"] == CATALOGUE["stage"]["empty"]


def by_address(link, *edits, more=""):
    said = "".join(f"&edit={quote(json.dumps(each))}" for each in edits)
    return fetch(f"/{ROOT}/pair?{link}{said}{more}", Starlette(routes=routes()))


def test_an_address_gives_what_the_page_sends():
    """One picture for all languages."""
    said, floats = sent(open_page(LESSON.to_link()), "classification")
    pair.PICTURES._kept.clear()
    status, headers, body = by_address(LESSON.to_link())
    header, same = unpacked(body)
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert [*misfits(header, pair.PairPicture)] == []
    assert {name: header[name] for name in ("link", "steps", "right", "ratio")}.items() <= said.items()
    np.testing.assert_array_equal(same, floats)
    told = json.dumps(header, ensure_ascii=False)
    assert not any(words in told or words.zh in told for words in CATALOGUE["pair"].values() if " " in words)


def test_an_edit_by_address_moves_the_experiment_to_the_pair():
    header, _ = unpacked(by_address(default("booth").to_link(), ["start", [1.0, 2.0]])[2])
    assert header["link"] == edited(default("booth").to_link(), {"path": "start", "value": [1.0, 2.0]}).to_link()


def test_a_long_run_waits_and_comes_lane_by_lane(monkeypatch):
    monkeypatch.setattr(pair, "AUTOMATIC", 0.01)
    monkeypatch.setattr("views.server.flights.TURN", 0.0)
    for name in ("EVERY", "TIMES"):
        monkeypatch.setattr(f"views.session.growing.{name}", 0.0)
    long = Experiment.on(SQUARED, lane("lbfgs"), steps=50_000)
    header, _ = sent(open_page(long.to_link()), "classification")
    assert header["lanes"] == []
    assert header["runnable"]
    assert CATALOGUE["stage"]["waiting"].split("{")[0] in header["waiting"]
    told = [unpacked(part)[0] for part in parts(by_address(long.to_link(), more="&long=1")[2]) if part[:1] != b"{"]
    *grown, whole = [[racer["side"] for racer in each["lanes"]] for each in told]
    assert [0] in grown
    assert whole == [0, 1]
    header, _ = sent(open_page(long.to_link()), "classification")
    assert [racer["side"] for racer in header["lanes"]] == [0, 1]
    assert not header["waiting"]
    assert all(racer["frames"] <= pair.FRAMES for racer in header["lanes"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("topic", reasons.TOPICS)
def test_every_topic_is_drawn(topic, lang):
    page = open_page(f"why={topic}", lang)
    drawn = charts(page)
    assert len(drawn) == {"softmax": 3, "xor": 3}.get(topic, 1)
    assert all(len(chart["series"]) >= 2 for chart in drawn)


def test_topics_may_stand_on_top():
    """G13 and G14 are seen at once where a demonstration is about them."""
    for link, first in (("why=softmax", "_classification"), ("why=softmax&top=why", "_plot")):
        drawn = [part.proto.component_name for part in open_page(link).get("bidi_component")]
        pictures = [name for name in drawn if name.endswith(("_classification", "_plot"))]
        assert pictures[0].endswith(first)


def test_softmax_worked():
    """(3, 1, −3) as the notes have it, each number on its bar."""
    logits, powers, shares = (notes_of(chart) for chart in charts(open_page("why=softmax")))
    assert logits == ["3", "1", "−3"]
    assert powers == ["20.1", "2.72", "0.0498"]
    assert shares == ["0.879", "0.119", "0.00218"]
    page = open_page("why=softmax&s1=-10&s2=-10&s3=10")
    assert notes_of(charts(page)[2]) == ["2.1×10⁻⁹", "2.1×10⁻⁹", "1"]


def notes_of(chart):
    return [each["text"] for each in chart["series"] if each["kind"] == "note"]


# ---- XOR by hand -----------------------------------------------------------------------------------------------------


def test_distances_separate_xor():
    """G13: no line in the plane, one in the distances; seen from the plane it closes around the corners of a class."""
    data = DATASETS["xor"].make(noise=0.05)
    plane, hand = separated(data.inputs, data.targets), separated(distances(data.inputs), data.targets)
    assert plane.right < 0.8 and hand.right == 1
    oracle = LogisticRegression(C=1 / (2 * DECAY * len(data.targets)), tol=1e-10, max_iter=1000)
    oracle.fit(distances(data.inputs), data.targets)
    np.testing.assert_allclose(hand.line, [*oracle.coef_[0], *oracle.intercept_], rtol=1e-3)
    around = outline(hand.line)
    assert np.isfinite(around).all()
    np.testing.assert_allclose(around[0], around[-1], atol=1e-9)
    np.testing.assert_allclose(distances(around) @ hand.line[:2] + hand.line[2], 0, atol=1e-3)
    np.testing.assert_allclose(distances([(0.0, 0.0), (1.0, 0.0)]), [[0, math.sqrt(2)], [1, 1]])
    assert np.isnan(outline(np.array([1.0, 1.0, 100.0]))).all()


def test_where_xor_is_not_learned_the_page_says_how_much_is_right():
    for lang in ("en", "zh"):
        page = open_page("why=xor&xor_noise=0.5", lang)
        (told,) = [each.value for each in page.caption if "%" in each.value]
        assert "100" not in told


def test_the_link_holds_the_weight():
    page = open_page("why=likelihood&fit_w=3.5")
    assert page.slider(key="fit_w").value == 3.5
    found = likelihood(3.5, 0.0)
    told = [formula.value for formula in page.latex]
    assert sum(f"{found.entropies.sum():.10f}" in formula for formula in told) == 2
    page.slider(key="fit_w").set_value(-2.0)
    again(page)
    assert address(page)["fit_w"] == ["-2"]
    assert f"{likelihood(-2.0, 0.0).entropies.sum():.10f}" in page.latex[0].value


def test_what_the_demonstrations_of_topics_say():
    """G13: how much each line gets right, at either noise. G14: a shift of all logits changes nothing."""
    for stage, hand in zip(LESSONS["xor_by_hand"].stages, (1.0, 0.75), strict=True):
        data = DATASETS["xor"].make(noise=stage.settings.xor_noise)
        assert separated(data.inputs, data.targets).right == pytest.approx(0.5, abs=0.03)
        assert separated(distances(data.inputs), data.targets).right == pytest.approx(hand, abs=0.04)
    first, moved, equal = (
        logit_gradient([asked.s1, asked.s2, asked.s3], 0).probabilities
        for asked in (stage.settings for stage in LESSONS["softmax_worked"].stages)
    )
    np.testing.assert_allclose(first, moved, rtol=1e-12)
    np.testing.assert_allclose(first, [0.879, 0.119, 0.00218], atol=5e-4)
    np.testing.assert_allclose(equal, 1 / 3)
