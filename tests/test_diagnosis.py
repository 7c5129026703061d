"""What is the matter with a training: each box by numbers that lead to it, the signs of H1 to H4, and the page."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from test_network_experiment import GD, SMALL
from test_networks_page import open_page as open_network
from test_pages import sent

from engine import learned, train_parts
from engine.measures.diagnosis import BOXES, WHYS, Ends, Finding, diagnose, ends, is_large, within
from engine.networks.experiment import NetworkExperiment, network_lane, on_data
from engine.networks.objective import objective
from engine.networks.remedies import REMEDIES, tried
from engine.networks.together import Learned
from lessons import LESSONS
from views.kit.text import CATALOGUE
from views.session.edits import Refused
from views.session.network_edits import network_edited

ADAM = network_lane("adam")


def measured(train, unmoved=None, test=None, lost=0):
    values: Any = [train, np.nan, train if unmoved is None else unmoved, train if test is None else test]
    return Ends(*(np.full(3, value) for value in values), 1.0, lost, -1)


def found_of(*pairs, falls=False, large=0.5, gap=0.2):
    """Findings of lanes given as (own settings, Ends)."""
    net = replace(SMALL, lanes=tuple(replace(GD, own=tuple(own.items())) for own, _ in pairs))
    lanes = [Learned(at, net.alone(at), SimpleNamespace(), 0) for at in range(len(pairs))]
    return diagnose(lanes, [end for _, end in pairs], lambda _: falls, large, gap)


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([({}, measured(0.1))], Finding("fine", "fine")),
        ([({}, measured(0.1, 0.31))], Finding("overfitting", "overfits")),
        ([({}, measured(0.1, 0.29, 0.5))], Finding("mismatch", "moved")),
        ([({}, measured(0.1, np.nan, np.nan))], Finding("fine", "untested")),
        ([({}, measured(0.6))], Finding("undecided", "unknown")),
        ([({}, measured(np.inf, lost=1))], Finding("optimisation", "diverged")),
        ([({}, measured(0.6)), ({"seed": 3}, measured(0.4))], Finding("optimisation", "reached", 1)),
        ([({}, measured(0.6)), ({"seed": 3}, measured(0.55))], Finding("undecided", "unknown")),  # not clearly
        ([({"depth": 5}, measured(0.6)), ({}, measured(0.4))], Finding("optimisation", "deeper", 1)),
        ([({"depth": 5}, measured(0.6)), ({"depth": 9}, measured(0.4))], Finding("bias", "larger", 1)),
        ([({"depth": 5}, measured(0.6)), ({"depth": 9, "batch": 8}, measured(0.4))], Finding("undecided", "unknown")),
        ([({"depth": 5, "decay": 0.1}, measured(0.6)), ({}, measured(0.4))], Finding("undecided", "unknown")),
        ([({"depth": 5}, measured(0.6)), ({"activation": "relu"}, measured(0.4))], Finding("undecided", "unknown")),
        ([({"depth": 5}, measured(0.6)), ({"subset": 5}, measured(0.4))], Finding("undecided", "unknown")),
        ([({"decay": 0.1}, measured(0.6)), ({}, measured(0.4))], Finding("bias", "constraint", 1)),
        ([({"dropout": 0.1}, measured(0.6)), ({}, measured(0.4))], Finding("bias", "constraint", 1)),
        ([({"early": 1}, measured(0.6)), ({}, measured(0.4))], Finding("bias", "constraint", 1)),
    ],
)  # fmt: skip
def test_the_box_to_which_numbers_lead(pairs, wanted):
    assert found_of(*pairs)[0] == (wanted,)


def test_a_larger_network_with_another_rule_shows_nothing_of_the_size():
    """The smaller one may be badly optimised: it is not called too small."""
    net = replace(SMALL, lanes=(GD, ADAM.with_own("depth", 9)))
    lanes = [Learned(at, net.alone(at), SimpleNamespace(), 0) for at in range(2)]
    found = diagnose(lanes, [measured(0.6), measured(0.1)], lambda _: False, 0.5, 0.2)
    assert found[0] == (Finding("undecided", "unknown"),)


def test_two_things_may_be_the_matter_with_the_tests():
    (found,) = found_of(({}, measured(0.1, 0.4, 0.9)))
    assert [each.box for each in found] == ["overfitting", "mismatch"]


def test_what_still_falls_is_not_undecided():
    assert found_of(({}, measured(0.6)), falls=True)[0] == (Finding("optimisation", "falls"),)


def test_the_thresholds_decide():
    lane_, large = ({}, measured(0.4, 0.5)), 0.3
    assert found_of(lane_)[0] == (Finding("fine", "fine"),)
    assert found_of(lane_, gap=0.05)[0] == (Finding("overfitting", "overfits"),)
    assert found_of(lane_, large=large)[0] == (Finding("undecided", "unknown"),)
    assert is_large(measured(np.nan), 0.5)  # what is no number is not small


def test_a_network_lies_within_another_with_more_layers_or_neurons_and_nothing_else():
    small = SMALL.architecture
    assert within(small, replace(SMALL, depth=4).architecture)
    assert within(small, replace(SMALL, width=9, depth=4, dropout=0.3).architecture)
    assert not within(replace(SMALL, depth=4).architecture, small)
    assert not within(small, small)
    assert not within(small, replace(SMALL, depth=4, residual=1).architecture)
    assert not within(replace(SMALL, width=9).architecture, replace(SMALL, depth=4).architecture)


# ---- the lecture's rows ----------------------------------------------------------------------------------------------


def diagnosed(net, **thresholds):
    *_, (_, trained) = train_parts(net)
    lanes = learned(net, trained)
    found = [ends(each) for each in lanes]
    how = {"large": net.large, "gap": net.gap} | thresholds
    return found, diagnose(lanes, found, lambda _: False, **how), lanes


def lesson(name, stage):
    """Of a demonstration's stage the losses (training, test), and what is the matter with each lane."""
    net = LESSONS[name].stages[stage].net
    found, verdicts, _ = diagnosed(net)
    return [(end.train[1], end.test[1]) for end in found], [[each.box for each in verdict] for verdict in verdicts]


def test_h0_a_larger_network_tells_bias_and_the_same_one_optimisation():
    assert lesson("too_small_or_badly_optimised", 0)[1] == [["undecided"]]
    assert lesson("too_small_or_badly_optimised", 1)[1] == [["bias"], ["bias"], ["fine"]]
    assert lesson("too_small_or_badly_optimised", 2)[1] == [["fine"], ["optimisation"]]


def test_h1_a_deeper_network_with_a_larger_training_loss_is_badly_optimised():
    losses, boxes = lesson("deeper_and_worse", 1)
    assert boxes == [["fine"], ["optimisation"], ["fine"]]
    (twenty, _), (plain, _), (around, _) = losses
    assert around < 0.0003 < twenty < 0.01 < 0.6 < plain  # the issue's: 0.0002, 0.0025, 0.6353
    (full, half, tenth), _ = lesson("deeper_and_worse", 2)
    assert half[0] < 0.0003 < 0.05 < full[0] < 0.5 < tenth[0]


def test_h2_each_remedy_lowers_the_test_loss():
    (bare, more, copies), boxes = lesson("one_remedy_each", 1)
    assert boxes[0] == ["overfitting"]
    assert bare[0] < 0.01 < 1 < bare[1]
    assert more[1] < copies[1] < bare[1]
    (bare, *constrained), _ = lesson("one_remedy_each", 2)
    assert len(constrained) == 5
    assert all(train > bare[0] and test < bare[1] for train, test in constrained)


def test_h4_more_data_cures_overfitting_and_not_mismatch():
    (few, many), boxes = lesson("tests_from_elsewhere", 0)
    assert boxes == [["overfitting"], ["fine"]]
    assert many[1] < few[1] / 2
    for stage in (1, 2):
        moved, boxes = lesson("tests_from_elsewhere", stage)
        assert boxes == [["overfitting", "mismatch"], ["mismatch"]]
        assert moved[1][1] - many[1] > 0.5 * (moved[0][1] - few[1])


def test_h6_what_is_learned_by_heart_is_arbitrary_elsewhere():
    (heart, three), boxes = lesson("learned_by_heart", 1)
    assert heart[0] < 1e-4
    assert boxes == [["overfitting"], ["fine"]]
    assert three[0] > heart[0]
    assert three[1] < heart[1]


FEW = NetworkExperiment.on(
    "two_moons", ADAM, knobs={"size": 400, "noise": 0.3}, depth=2, width=32, steps=400, subset=30, test=0.5,
    validation=0.2,
)  # fmt: skip


def test_ends_are_those_of_the_networks_that_are_taken():
    """The last ones, or where the validation loss was lowest; without the penalty, on each set."""
    net = replace(FEW, lanes=(ADAM, ADAM.with_own("early", 1)), steps=60, decay=0.01, seeds=3)
    found, _, lanes = diagnosed(net)
    for end, each, theta in zip(found, lanes, ("final", "best"), strict=True):
        loss = objective(each.net.architecture, "cross_entropy", 2)
        for name in ("train", "validation", "test"):
            part = getattr(each.net.held, name)
            make = loss(part.inputs, part.targets.astype(float), 0.0)
            wanted = np.quantile([make(one) for one in getattr(each.training, theta)[0]], [0.25, 0.5, 0.75])
            np.testing.assert_allclose(getattr(end, name), wanted, rtol=1e-10)
    assert found[1].stops == np.median(lanes[1].training.best_step[0])
    assert found[1].validation[1] < found[0].validation[1]


# ---- remedies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REMEDIES)
def test_a_remedy_is_one_more_lane_that_can_be_trained(name):
    net = replace(FEW, features=1, decay=0.001, dropout=0.1, shift=1.0, depth=4)
    able = REMEDIES[name].able
    net = next(each for each in (net, FEW, on_data(FEW, "rhythms"), on_data(FEW, "sawteeth")) if able(each))
    assert set(REMEDIES[name].boxes) <= set(BOXES)
    after = network_edited(net, "remedy.0", name)
    assert after.lanes[0] == net.lanes[0]
    assert after.alone(1) != after.alone(0) or name == "adam"  # which it is already
    assert after.trouble is None
    assert NetworkExperiment.from_link(after.to_link()) == (after, ())


def test_a_remedy_is_tried_on_a_lane_with_what_that_has_of_its_own():
    net = replace(FEW, lanes=(ADAM, ADAM.with_own("width", 8)))
    assert dict(tried(net, 1, "smaller").own) == {"width": 4}
    assert dict(tried(net, 1, "dropout").own) == {"width": 8, "dropout": 0.3}
    for path, value in (("remedy", "smaller"), ("remedy.7", "smaller"), ("remedy.0", "prayer")):
        with pytest.raises(Refused):
            network_edited(net, path, value)


# ---- the page --------------------------------------------------------------------------------------------------------


def test_the_page_says_how_many_parameters_the_lanes_have(monkeypatch):
    monkeypatch.setattr("views.session.work.AUTOMATIC", 60.0)
    monkeypatch.setattr("views.session.work.PATIENCE", 60.0)
    net = replace(on_data(FEW, "rhythms"), lanes=(ADAM, ADAM.with_own("kernel", 7)), width=8, steps=5)
    header, _ = sent(open_network(net, to="diagnosis"), "diagnosis")
    assert header["told"].startswith("145–281 parameters")


def test_every_box_reason_and_remedy_has_its_words():
    words = CATALOGUE["diagnosis"]
    for name in BOXES:
        assert words[name].within("en")
        assert words[f"{name}_hint"].within("zh")
    assert {f"why_{name}" for name in WHYS} <= words.keys()
    assert {f"try_{name}" for name in REMEDIES} <= words.keys()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_says_what_is_the_matter(lang):
    net = replace(FEW, lanes=(ADAM, ADAM.with_own("early", 1)), shift=1.5)
    page = open_network(net, lang, to="diagnosis")
    assert not page.warning
    header, _ = sent(page, "diagnosis")
    first, early = header["lanes"]
    assert [told["box"] for told in first["told"]] == ["overfitting", "mismatch"]
    assert first["stops"] == -1 < early["stops"]
    assert header["columns"] == ["train", "validation", "unmoved", "test"]
    assert len(first["losses"]) == len(early["losses"]) == 4
    assert [box["name"] for box in header["boxes"]] == list(BOXES)
    assert CATALOGUE["diagnosis"]["overfitting"].within(lang) in [box["title"] for box in header["boxes"]]
    assert (header["large"], header["gap"]) == (50, 20)
    remedies = [name for name, _ in first["told"][0]["remedies"]]
    assert {"more_data", "dropout", "early"} <= set(remedies)
    assert "no_dropout" not in remedies


def test_the_page_begins_with_a_network_that_has_learned_by_heart():
    header, _ = sent(open_network("", to="diagnosis"), "diagnosis")
    assert [told["box"] for told in header["lanes"][0]["told"]] == ["overfitting"]
