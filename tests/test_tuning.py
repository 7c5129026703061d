"""One setting, many values, all lanes: what is trained, by what it is chosen, where it breaks, and the page."""

import json
from dataclasses import replace
from threading import Event
from time import sleep
from urllib.parse import quote

import numpy as np
import pytest
from test_network_experiment import ADAM, GD, MOMENTUM, SMALL
from test_networks_page import open_page
from test_pages import sent, told
from test_serve import fetch

from engine import finish, hessian, train
from engine.measures import tuning as measured
from engine.measures.tuning import (
    MANY,
    RATE,
    TUNED,
    VALUES,
    Tuned,
    at_value,
    best_of,
    chosen,
    coarse_to_fine,
    judged,
    tune,
    tuning_seconds,
    values_of,
)
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initial
from records import settings
from tests.sheets import BY_LINK, answered, check_sheet, refusals, sentences
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE, number
from views.server import warm

NET = replace(SMALL, lanes=(GD, ADAM.with_own("width", 4)), validation=0.3, seeds=2, steps=20)
TRIED = [0.01, 0.1, 1.0, 9.0]


def test_coarse_to_fine_is_every_place_once():
    for count in (1, 2, 7, 25):
        assert sorted(coarse_to_fine(count)) == list(range(count))
    assert coarse_to_fine(25)[:4] == [0, 8, 16, 24]


def test_all_rules_take_the_rates_that_are_tried():
    found = values_of(SMALL, RATE)
    assert len(found) == MANY
    assert (np.diff(found) > 0).all()
    for racer in SMALL.lanes:
        knob = settings(racer.rule.make)["learning_rate"].knob
        assert knob.low <= found[0] < found[-1] <= knob.high


def test_what_is_compiled_ahead_is_all_that_a_sweep_asks_for(compiled):
    net = replace(NET, lanes=(GD,), seeds=8, width=5)
    warm.sweep(net)
    compiled.clear()
    for _ in tune(net, RATE, TRIED[:2]):
        pass
    assert not compiled


def test_each_dot_is_the_training_of_its_lane_at_its_rate():
    *_, (share, found) = tune(NET, RATE, TRIED)
    assert share == 1
    assert found.train.shape == (2, 4, 2)
    for lane, place in ((0, 1), (1, 2)):
        alone = at_value(NET, lane, RATE, TRIED[place])
        assert alone.lanes[0].optimizer.numbers["learning_rate"] == TRIED[place]
        wanted = finish(train(replace(alone.plan, dtype="float32", rows=20), *alone.points_given))
        np.testing.assert_array_equal(found.train[lane, place], wanted.train_loss[0, :, -1])
        np.testing.assert_array_equal(found.validation[lane, place], wanted.held_loss[0, :, -1])
        np.testing.assert_array_equal(found.test[lane, place], wanted.test_loss[0, :, -1])


def test_who_leaves_ends_the_sweep(monkeypatch):
    """What is under way ends, and nothing else begins."""
    begun, go_on = [], Event()

    def slow(net, stop):
        begun.append(net)
        go_on.wait(30)
        return {}

    monkeypatch.setattr(measured, "_ended", slow)
    chunks = tune(NET, RATE, TRIED)
    next(chunks)
    chunks.close()
    at_the_end = len(begun)
    go_on.set()
    sleep(0.2)
    assert len(begun) == at_the_end < 8


def made(validation, test=None, train=None, lost=None):
    """Learning rates of one lane whose seeds are all alike."""
    row = np.array(validation, dtype=float)[None, :, None]
    shape = row.shape
    return Tuned(
        RATE, np.geomspace(0.1, 10, shape[1]),
        np.full(shape, 0.3) if train is None else np.array(train)[None, :, None], row,
        np.full(shape, 0.5) if test is None else np.array(test, dtype=float)[None, :, None],
        np.zeros(shape[:2]) if lost is None else np.array(lost, dtype=float)[None],
        np.zeros(shape[:2]), np.array([4.0]),
    )  # fmt: skip


ONE = replace(SMALL, lanes=(GD,))


def test_a_rate_is_chosen_by_validation_and_never_by_the_test():
    found = made([0.9, 0.4, 0.7], test=[0.9, 0.8, 0.1], train=[0.1, 0.2, 0.05])
    assert best_of(found, 0) == 1
    without = found._replace(validation=np.full_like(found.validation, np.nan))
    assert best_of(without, 0) == 2  # the training loss
    np.testing.assert_array_equal(judged(without)[0], [0.1, 0.2, 0.05])


def test_what_works_where_it_breaks_and_what_the_rule_bears():
    (pick,) = chosen(ONE, made([0.9, 0.4, 0.5, 0.7, np.inf], lost=[0, 0, 0, 0, 1]))
    assert (pick.place, pick.edge) == (1, 4)
    assert pick.working == pytest.approx((10**-0.5, 10**0.5))
    assert pick.limit == pytest.approx(2 / 4)  # gradient descent: 2 / λmax
    (heavy,) = chosen(replace(ONE, lanes=(MOMENTUM,)), made([0.9, 0.4]))
    assert heavy.limit == pytest.approx(2 * 1.9 / 4)
    (nothing,) = chosen(ONE, made([np.inf, np.inf], lost=[1, 1]))
    assert (nothing.place, nothing.edge) == (-1, 0)
    assert np.isnan(nothing.working).all()


def test_rules_that_divide_by_sigma_have_no_such_limit():
    *_, (_, found) = tune(NET, RATE, TRIED[:2])
    first, second = chosen(NET, found)
    assert np.isnan(second.limit)
    alone = NET.alone(0)
    make, data = alone.surface()
    top = np.linalg.eigvalsh(hessian(make(**data), initial(alone.architecture, alone.seed, alone.scheme)))[-1]
    assert first.limit == pytest.approx(2 / top, rel=1e-6)


@pytest.mark.parametrize("setting", VALUES)
def test_any_number_is_varied_over_all_lanes(setting):
    """Each value is another experiment, with nothing else changed; what a lane has of its own otherwise stays."""
    values = values_of(NET, setting)
    assert len(values) >= 3
    assert set(values) <= set(VALUES[setting])
    tried = [at_value(NET, 1, setting, value) for value in values]
    assert len({(each.plan, each.drawn) for each in tried}) == len(values)
    assert all(each.trouble is None for each in tried)
    assert setting == "width" or all(each.width == 4 for each in tried)


def test_values_that_some_lane_cannot_take_are_left_out():
    assert 128 not in values_of(NET, "batch")
    assert 0 in values_of(NET, "subset")
    assert max(values_of(NET, "subset")) < NET.points
    normed = replace(NET, lanes=(GD, GD.with_own("norm", "batch")))
    assert 1 not in values_of(normed, "batch")
    with pytest.raises(KeyError):
        values_of(NetworkExperiment.on("iris", GD), "data.noise")


def test_a_setting_that_is_no_rate_has_no_limit():
    *_, (_, found) = tune(replace(NET, lanes=(GD,)), "depth", [0, 1])
    (pick,) = chosen(ONE, found)
    assert pick.place >= 0
    assert np.isnan(pick.limit)


def test_the_estimate_grows_with_the_rates_and_the_seeds():
    assert tuning_seconds(NET, RATE, 2 * TRIED) == pytest.approx(2 * tuning_seconds(NET, RATE, TRIED))
    assert tuning_seconds(replace(NET, seeds=4), RATE, TRIED) == pytest.approx(2 * tuning_seconds(NET, RATE, TRIED))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_the_test_of_the_chosen_alone_and_when_it_is_asked_for(lang, monkeypatch):
    monkeypatch.setattr("views.session.work.AUTOMATIC", 60.0)
    monkeypatch.setattr("views.session.work.PATIENCE", 60.0)
    monkeypatch.setattr(measured, "MANY", 4)
    link = f"{NET.to_link()}&question=tuning&tuning_trials=2"
    page = open_page(link, lang, to="diagnosis")
    assert told(page) == []
    assert not page.warning
    head, rows = table_of(page)
    assert len(rows) == 2
    wider, _ = table_of(open_page(f"{link}&tuning_tested=1", lang, to="diagnosis"))
    assert wider == [*head, CATALOGUE["tuning"]["test"] if lang == "en" else wider[-1]]
    for query in (link, f"{link}&tuning_tested=1"):
        header, floats, _ = answered(f"{query}&lang={lang}", "tuning")
        check_sheet(open_page(query, lang, to="diagnosis"), header, floats)
    panel, _ = sent(page, "panel")
    assert answered(f"{link}&lang={lang}", "tuning_panel")[0]["groups"] == panel["groups"]


def table_of(page):
    (found,) = [said for said in sentences(page) if said["rows"]]
    return found["head"], found["rows"]


def test_an_edit_is_answered_by_the_link(monkeypatch):
    """The rates of another network; what takes longer is not worked out before somebody has said so."""
    monkeypatch.setattr(measured, "MANY", 3)
    link = f"{replace(NET, seeds=1).to_link()}&question=tuning&tuning_trials=2"
    first, _, _ = answered(link, "tuning")
    edit = f"&edit={quote(json.dumps(['net.width', 2]))}"
    after, floats, headers = answered(link + edit, "tuning")
    wanted = replace(NET, seeds=1, width=2).to_link()
    assert after["link"].startswith(wanted)
    assert headers["content-location"] == f"tuning?{after['link']}"
    assert answered(after["link"], "tuning")[1].tolist() == floats.tolist()
    assert after["said"] != first["said"]
    assert refusals(answered(f"{link}&edit={quote(json.dumps(['net.width', -1]))}", "tuning")[2])
    *_, (_, found) = tune(replace(NET, width=2, seeds=2), RATE, values_of(NET, RATE).tolist())
    row = next(said for said in after["said"] if said["rows"])["rows"][0]
    assert row[2] == number(judged(found)[0, best_of(found, 0)])
    waits, _, _ = answered(f"{replace(NET, steps=90_000).to_link()}&question=tuning", "tuning")
    assert "lanes" not in waits
    assert not waits["begins"]
    assert waits["seconds"] > 1.0
    for bad in ("tuned=colour", "tuning_trials=0", "edit=5"):
        assert fetch(f"/{ROOT}/tuning?{link}&{bad}", BY_LINK)[0] == 400


@pytest.mark.parametrize("setting", TUNED)
def test_the_page_offers_every_setting(setting, monkeypatch):
    monkeypatch.setattr("views.session.work.AUTOMATIC", 0.0)  # nothing runs
    page = open_page(f"{NET.to_link()}&question=tuning&tuned={setting}", to="diagnosis")
    assert told(page) == []
    assert [button.key for button in page.button if button.key.endswith("_run")] == ["tuning_run"]


def test_a_network_that_cannot_be_trained_is_told():
    page = open_page(f"{replace(NET, batch=500).to_link()}&question=tuning", to="diagnosis")
    assert "500" in page.warning[0].value
