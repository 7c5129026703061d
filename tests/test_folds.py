"""Model size by validation and by folds: every example is kept out once, what is judged is what training says, the
test takes no part, and the page says so."""

import json
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import pytest
from sklearn.model_selection import KFold
from test_networks_page import open_page
from test_pages import again, charts, drawn, sent
from test_serve import fetch

from engine import lane
from engine.measures.folds import SIZES, lacking, plan_of, sized, taken, tried
from engine.networks.examples import folded
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.networks.training import finish, train
from engine.surfaces.descent import LONGEST
from lessons import LESSONS
from settings.diagnosis import Diagnosis
from tests.sheets import BY_LINK, answered, check_sheet, sentences
from views.diagnosis import folds
from views.kit.addresses import ROOT
from views.kit.charts import VARIANTS
from views.kit.text import CATALOGUE

SMALL = NetworkExperiment.on(
    "two_moons", network_lane("adam"), knobs={"size": 50, "noise": 0.3}, depth=1, width=4, steps=30, seeds=3,
    validation=0.3,
)  # fmt: skip


def rows(data):
    return [tuple(row) for row in np.column_stack([data.inputs, data.targets])]


def whole(nets, ways):
    *shares, (done, found) = tried(nets, ways)
    assert done == 1
    assert all(0 <= share <= 1 for share, _ in shares)
    return found


# ---- folds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(2, 11))
@pytest.mark.parametrize(
    "net", [SMALL, replace(SMALL, subset=10), replace(SMALL, validation=0.0), replace(SMALL, test=0.0)]
)
def test_every_example_is_kept_out_once(net, count):
    ways, known = folded(net.drawn, count), net.held
    judged = [row for way in ways for row in rows(way.validation)]
    assert sorted(judged) == sorted(rows(known.train) + rows(known.validation))
    assert len(set(judged)) == len(judged)
    assert not set(judged) & set(rows(known.test))
    for way in ways:
        assert sorted(rows(way.train) + rows(way.validation)) == sorted(judged)
        assert not len(way.test.targets)
    sizes = [len(fold) for _, fold in KFold(count).split(judged)]
    assert [len(way.validation.targets) for way in ways] == sizes


def test_copies_are_learned_from_and_never_judged():
    """Of augmented examples no copy tells what is kept out."""
    plain, more = (folded(replace(SMALL, copies=copies).drawn, 5) for copies in (0, 2))
    for without, with_ in zip(plain, more, strict=True):
        assert rows(with_.validation) == rows(without.validation)
        assert rows(with_.train)[: len(without.train.targets)] == rows(without.train)
        assert len(with_.train.targets) == 3 * len(without.train.targets)


def test_more_folds_than_examples():
    few = replace(SMALL, subset=3, validation=0.1)
    assert len(folded(few.drawn, 7)) == 7  # 3 and 4
    with pytest.raises(ValueError, match="7 examples can be dealt out to 2 to 7 folds, not to 8"):
        folded(few.drawn, 8)


def test_folds_without_a_class():
    few = replace(SMALL, subset=4, validation=0.0)
    ways = folded(few.drawn, 4)
    assert lacking(ways).judged == (0, 1, 2, 3)
    targets = [way.validation.targets[0] for way in ways]
    alone = tuple(at for at, target in enumerate(targets) if targets.count(target) == 1)
    assert lacking(ways).learned == alone
    assert lacking(folded(SMALL.drawn, 2)) == ((), ())
    assert lacking(folded(replace(SMALL, data=NetworkExperiment.on("sine").data).drawn, 9)) == ((), ())
    found = whole([few], ways)  # and nothing is lost
    assert np.isfinite(found.judged).all()


# ---- what is judged --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("early", [0, 1])
def test_losses_are_those_of_the_trainings(early):
    net = replace(SMALL, early=early, decay=0.01)
    nets, ways = sized(net, "width", (1, 5)), folded(net.drawn, 3)
    found = whole(nets, ways)
    assert found.finished == 6
    for at, each in enumerate(nets):
        for fold, way in enumerate(ways):
            training = finish(train(plan_of(each), *way.train[:2], None, None, *way.validation[:2]))
            wanted = training.held_loss[0].min(axis=1) if early else training.held_loss[0, :, -1]
            np.testing.assert_array_equal(found.held[at, fold], wanted)
            at_row = training.train_loss[0, np.arange(3), taken(each, training)]
            np.testing.assert_array_equal(found.train[at, fold], at_row)
    assert np.isnan(found.test).all()
    np.testing.assert_allclose(found.averages, np.median(found.held, axis=2).mean(axis=1))
    assert found.best == int(found.averages.argmin())


def test_one_way_is_the_validation_set():
    found = whole(sized(SMALL, "depth", (0, 1)), [SMALL.held])
    training = finish(train(plan_of(SMALL), *SMALL.points_given))
    for name, curve in (("train", "train_loss"), ("held", "held_loss"), ("test", "test_loss")):
        np.testing.assert_array_equal(getattr(found, name)[1, 0], getattr(training, curve)[0, :, -1])


def test_the_test_takes_no_part_in_the_choice():
    """With other test examples the same is chosen, from the same numbers."""
    nets, known = sized(SMALL, "width", (1, 3, 9)), SMALL.held
    wrong = known._replace(test=known.test._replace(targets=1 - known.test.targets))
    found, other = whole(nets, [known]), whole(nets, [wrong])
    np.testing.assert_array_equal(found.held, other.held)
    assert found.best == other.best
    assert (other.test != found.test).all()


def test_a_seed_that_diverges_counts_as_worst():
    wild = NetworkExperiment.on(
        "sine", lane("gradient_descent", learning_rate=10.0), activation="linear", steps=300, seeds=3, validation=0.3
    )
    found = whole(sized(wild, "depth", (0, 2)), [wild.held])
    assert found.lost.tolist() == [[3], [3]]
    assert np.isinf(found.judged).all()
    assert found.best == -1
    one = found._replace(held=np.where(np.arange(3) == 2, np.inf, [[[1.0]], [[2.0]]]))
    assert one.averages.tolist() == [1, 2]
    assert one.best == 0


def test_what_nobody_waits_for_ends():
    long = replace(SMALL, steps=LONGEST, seeds=8, batch=1)
    chunks = tried(sized(long, "width", SIZES["width"]), [long.held])
    _, found = next(chunks)
    chunks.close()
    assert found.finished == 0
    assert np.isnan(found.train).all()


# ---- the page --------------------------------------------------------------------------------------------------------

TINY = replace(SMALL, steps=5, width=3)
WORDS = CATALOGUE["folds"]


@pytest.fixture
def patient(monkeypatch):
    """Nothing waits for a click; few sizes."""
    monkeypatch.setattr("views.session.work.AUTOMATIC", 600.0)
    monkeypatch.setattr("views.session.work.PATIENCE", 600.0)
    monkeypatch.setitem(SIZES, "width", (1, 3))


def page_of(net, lang="en", **asked):
    asked = {"question": "folds", "trials": "2", **asked}
    link = "&".join([net.to_link(), *(f"{name}={value}" for name, value in asked.items())])
    return open_page(link, lang, to="diagnosis")


def tables(page):
    return [said for said in sentences(page) if said["rows"]]


def says(page, words):
    return any(words in told for said in sentences(page) for told in said["sentences"])


def check_link(page, net, lang="en", **asked):
    """The address gives what the page shows."""
    said = {"question": "folds", "trials": "2", **asked, "lang": lang}
    link = "&".join([net.to_link(), *(f"{name}={value}" for name, value in said.items())])
    header, floats, _ = answered(link, "folds")
    check_sheet(page, header, floats)
    return header


def lines(page):
    """What the curve draws, by the colour of each loss."""
    (curve,) = [chart for chart in charts(page) if chart["x"]["ticks"]]
    return [VARIANTS.index(each["colour"]) for each in drawn(curve, "line")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page(lang, patient):
    page = page_of(TINY, lang, folds="3")
    assert not page.warning
    nets, ways = sized(replace(TINY, seeds=2), "width", (1, 3)), folded(TINY.drawn, 3)
    found = whole(nets, ways)
    (told,) = tables(page)
    assert len(told["head"]) == 5
    assert [row[0].startswith("**") for row in told["rows"]] == [place == found.best for place in range(2)]
    for row, losses, average in zip(told["rows"], found.judged, found.averages, strict=True):
        for cell, value in zip(row[1:], (*losses, average), strict=True):
            assert cell.strip("*") == f"{value:.3g}"
    check_link(page, TINY, lang, folds="3")
    panel, _ = sent(page, "panel")
    asked = f"{TINY.to_link()}&question=folds&trials=2&lang={lang}"
    assert answered(asked, "folds_panel")[0]["groups"] == panel["groups"]
    picture = next(chart for chart in charts(page) if not chart["x"]["ticks"])
    assert sum(each["counts"][0] for each in drawn(picture, "marks")) == len(rows(TINY.held.train)) + 10
    assert {each["colour"] for each in drawn(picture, "marks")} == set(VARIANTS[:3])


def test_the_test_is_opened_by_a_click_and_closed_by_any_change(patient):
    page = page_of(TINY)
    assert lines(page) == [folds.LINES["train"], folds.LINES["held"]]
    assert not says(page, "On the test")
    page.button(key="open_test").click()
    again(page)
    assert sorted(lines(page)) == sorted(folds.LINES.values())
    assert says(page, "On the test")
    assert page.query_params["opened"]
    header = check_link(page, TINY, opened=Diagnosis(trials=2, question="folds").tested(TINY).opened)
    edit = quote(json.dumps(["net.width", 4]))
    closed, _, _ = answered(f"{header['link']}&edit={edit}", "folds")
    assert "opened" not in closed["link"]
    assert "folds_open" in closed["places"], "another choice: the test is closed again"
    page.slider(key="folds").set_value(4)
    again(page)
    assert "opened" not in page.query_params
    assert len(lines(page)) == 2
    assert page.button(key="open_test")


def test_a_ticket_of_another_choice_opens_nothing(patient):
    page = page_of(TINY, opened=Diagnosis(trials=2, question="folds").tested(replace(TINY, width=2)).opened)
    assert len(lines(page)) == 2
    page = page_of(TINY, opened=Diagnosis(trials=2, question="folds").tested(TINY).opened)
    assert len(lines(page)) == 3


def test_without_validation_examples_the_folds_are_there(patient):
    page = page_of(net := replace(TINY, validation=0.0))
    check_link(page, net)
    assert [part.value for part in page.info] == [WORDS["no_validation"]]
    assert len(tables(page)) == 1
    assert not [chart for chart in charts(page) if chart["x"]["ticks"]]


def test_more_folds_than_examples_are_told_and_the_curve_is_there(patient):
    page = page_of(replace(TINY, subset=3, validation=0.1), folds="8")
    assert [part.value for part in page.info] == [WORDS["too_many"].format(k=8, count=7)]
    assert not tables(page)
    assert lines(page)
    assert page.slider(key="folds").value == 8


def test_a_fold_of_one_class_is_told(patient):
    page = page_of(replace(TINY, subset=3, validation=0.1), folds="7")
    assert WORDS["one_class"].format(folds="1, 2, 3, 4, 5, 6, 7") in [part.value for part in page.info]
    assert len(tables(page)) == 1


def test_sizes_that_cannot_be_trained_are_left_out(patient, monkeypatch):
    monkeypatch.setitem(SIZES, "width", (1, 200))
    page = page_of(replace(TINY, lanes=(network_lane("newton"),), depth=2))
    (told,) = [part.value for part in page.warning]
    assert told.startswith("Left out: 200.")
    assert [name for _, name in charts(page)[0]["x"]["ticks"]] == ["1"]


def test_a_batch_larger_than_what_a_fold_leaves(patient):
    page = page_of(replace(TINY, batch=20), folds="2")  # of 35 examples 17 are left
    assert page.warning
    assert not charts(page)


@pytest.mark.parametrize(("data", "features"), [("sine", 0), ("iris", 0), ("digits", 0), ("two_moons", 1)])
def test_every_kind_of_data_is_pictured(data, features):
    net = replace(TINY, data=NetworkExperiment.on(data).data, features=features, steps=LONGEST)
    page = page_of(net, folds="10")
    (picture,) = charts(page)  # what is trained waits
    count = len(net.held.train.targets) + len(net.held.validation.targets)
    assert sum(each["counts"][0] for each in drawn(picture, "marks")) == count
    titles = [picture[axis]["title"] for axis in "xy"]
    assert titles == (["PC 1", "PC 2"] if net.inputs > 2 else [net.dataset.features[0], WORDS["target"]])


def test_a_page_that_waits_trains_nothing():
    page = page_of(replace(SMALL, steps=LONGEST))
    assert not tables(page)
    assert page.button(key="folds_run")
    waits, _, _ = answered(f"{replace(SMALL, steps=LONGEST).to_link()}&question=folds", "folds")
    assert "lanes" not in waits
    for bad in ("complexity=colour", "folds=1", "trials=99"):
        assert fetch(f"/{ROOT}/folds?{SMALL.to_link()}&question=folds&{bad}", BY_LINK)[0] == 400


def test_the_script_and_the_numbers(patient, capsys):
    page = page_of(TINY, folds="3")
    assert page
    net = replace(TINY, seeds=2)
    asked = folds.Asked(net, "width", (1, 3), folded(net.drawn, 3), "")
    found = whole(asked.nets, asked.ways)
    exec(folds.script_of(asked), {})
    told = capsys.readouterr().out.splitlines()
    assert told[0].split()[1:4] == [f"{loss:.6g}" for loss in found.judged[0]]
    assert told[-1] == f"chosen: {asked.values[found.best]}"


# ---- the demonstration -----------------------------------------------------------------------------------------------


def test_what_the_demonstration_says():
    """A training loss that gets small, a validation loss with a hollow, the test of what was chosen without it."""
    lesson = LESSONS["neither_too_small_nor_too_large"]
    wanted = {"width": 4, "depth": 1}
    for setting, best in wanted.items():
        nets = sized(replace(lesson.net, seeds=8), setting, SIZES[setting])
        found, by_folds = whole(nets, [lesson.net.held]), whole(nets, folded(lesson.net.drawn, 5))
        assert [SIZES[setting][each.best] for each in (found, by_folds)] == [best, best]
        losses, at = found.averages, found.best
        assert (np.diff(losses[: at + 1]) < 0).all()
        assert losses[at + 1 :].min() > 1.5 * losses[at]
        if setting == "width":
            assert losses[at] == pytest.approx(0.37, abs=0.01)
            assert np.median(found.train[:, 0], axis=1)[3:].max() < 0.02
            tested = np.median(found.test[:, 0], axis=1)
            assert tested.argmin() == at
            assert tested[at] == pytest.approx(0.2, abs=0.01)
