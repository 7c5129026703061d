"""A network experiment is its link: what is written is read back and trains the same; what cannot be, is told."""

import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from test_experiment import PIECES, choices, lanes, values_of

from datasets import DATASETS
from engine.link import Notice, choice
from engine.networks.experiment import (
    KNOB,
    NAMES,
    NUMBERS,
    NetworkExperiment,
    network_lane,
    on_data,
    own_knob,
    own_names,
    unsuited,
    usual_lanes,
    usual_rate,
    with_setting,
)
from engine.networks.refusal import refuse
from engine.networks.together import learned, train_parts
from engine.networks.training import finish, train
from engine.surfaces.experiment import MOST_LANES, lane
from losses import LOSSES
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings
from views.export.network import csv_of, script_of

ROOT = Path(__file__).parent.parent

GD, MOMENTUM, ADAM = usual_lanes()
NEWTON = network_lane("newton")
HOT = lane("gradient_descent", learning_rate=100.0)
# Small, and the same in several files of tests: its programs are compiled once.
SMALL = NetworkExperiment.on("two_moons", GD, MOMENTUM, ADAM, knobs={"size": 40}, depth=1, width=3, steps=60)


@cache
def trained_on(net):
    return finish(train(net.plan, *net.examples.train[:2], *net.examples.test[:2]))


@st.composite
def networks(draw):
    numbers = {name: draw(values_of(knob)) for name, knob in NUMBERS.items()}
    numbers |= {name: int(value) for name, value in numbers.items() if NUMBERS[name].kind in ("whole", "switch")}
    names = {name: draw(st.sampled_from(table)) for name, table in NAMES.items()}
    racers = tuple(draw(st.lists(lanes, min_size=1, max_size=MOST_LANES)))
    net = NetworkExperiment(draw(choices(DATASETS)), racers, **numbers, **names)
    net = replace(net, loss="mse") if net.loss == "cross_entropy" and not net.classes else net
    return replace(net, lanes=tuple(draw(owning(net, racer)) for racer in racers))


@st.composite
def owning(draw, net, racer):
    """A racer that differs from the others in some settings."""
    for name in draw(st.lists(st.sampled_from(own_names(net)), max_size=3)):
        knob = own_knob(net, name)
        value = draw(values_of(knob) if knob else st.sampled_from(NAMES[name]))
        whole = knob and knob.kind in ("whole", "switch") and not name.startswith(KNOB)
        if not unsuited(with_setting(net, name, value)):
            racer = racer.with_own(name, int(value) if whole else value)
    return replace(racer, kept=draw(st.booleans()))


def check(net):
    """Every value is in range, and the link of the experiment is its own."""
    known = settings(net.dataset.make)
    assert list(net.data.numbers) == list(known)
    assert all(known[name].knob.accepts(value) for name, value in net.data.values)
    assert all(knob.accepts(getattr(net, name)) for name, knob in NUMBERS.items())
    assert all(type(getattr(net, name)) is int for name, knob in NUMBERS.items() if knob.kind in ("whole", "switch"))
    assert all(getattr(net, name) in table for name, table in NAMES.items())
    assert 1 <= len(net.lanes) <= MOST_LANES
    for number, racer in enumerate(net.lanes):
        assert {name for name, _ in racer.own} <= set(own_names(net))
        assert not unsuited(net.alone(number))
    assert NetworkExperiment.from_link(net.to_link()) == (net, ())


def test_a_loss_that_wants_classes_is_not_taken_for_numbers():
    link = "data=sine&net=loss~cross_entropy"
    net, notices = NetworkExperiment.from_link(link)
    assert (net.loss, net.criterion) == ("usual", "mse")
    assert [(notice.problem, notice.field, notice.value) for notice in notices] == [
        ("unknown", "net loss", "cross_entropy")
    ]


# ---- a lane is a difference ------------------------------------------------------------------------------------------


def test_what_is_refused_of_a_lanes_own_is_told_and_the_rest_is_taken():
    link = (
        "data=sine&rule=adam~learning_rate~0.1~~constant~~with~depth~99~width~5~loss~cross_entropy~steps~3~up~2~~kept"
    )
    net, notices = NetworkExperiment.from_link(link)
    assert net.lanes == (replace(lane("adam", learning_rate=0.1), own=(("width", 5),), kept=True),)
    assert [(notice.problem, notice.field, notice.value) for notice in notices] == [
        ("range", "depth", "99"), ("unknown", "rule loss", "cross_entropy"), ("unknown", "rule", "steps"),
        ("unknown", "rule", "up"),
    ]  # fmt: skip


def test_lanes_that_share_all_settings_are_trained_together():
    deep, kept = GD.with_own("depth", 3), replace(MOMENTUM, kept=True)
    net = replace(SMALL, lanes=(GD, deep, kept, replace(HOT, shown=False), ADAM.with_own("depth", 3)))
    assert [part.numbers for part in net.parts] == [(0, 2), (1, 4)]
    assert net.parts[0].net == replace(SMALL, lanes=(GD, MOMENTUM))
    assert net.parts[1].net == replace(SMALL, depth=3, lanes=(GD, ADAM))
    assert net.parts[1].net.plan == replace(SMALL, depth=3, lanes=(GD, ADAM)).plan
    assert net.seconds == sum(part.net.seconds for part in net.parts)
    assert net.alike.lanes == (GD, GD, MOMENTUM, replace(HOT, shown=False), ADAM)


def test_a_lane_that_cannot_be_trained_is_told():
    assert SMALL.trouble is None
    assert replace(SMALL, lanes=(GD, GD.with_own("batch", 29))).trouble == Notice("batch", "batch", "29", "28")
    wide = GD.with_own("width", 256).with_own("depth", 64)
    assert replace(SMALL, lanes=(GD, wide)).trouble.problem == "large"


def test_parts_train_as_they_do_alone():
    """To the last bit, in the order of the lanes, whatever else trains beside them."""
    net = replace(SMALL, lanes=(ADAM.with_own("width", 5), GD, GD.with_own("batch", 8), ADAM.with_own("seed", 7)))
    shares, trained = zip(*train_parts(net), strict=True)
    assert list(shares) == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    for number, part, training, place in learned(net, trained[-1]):
        alone = trained_on(net.alone(number))
        assert part.plan.lanes[place] == net.alone(number).lanes[0]
        np.testing.assert_array_equal(training.path[place], alone.path[0])
        np.testing.assert_array_equal(training.test_loss[place], alone.test_loss[0])


def test_lanes_begin_alike_where_their_shapes_agree():
    own = [("residual", 1), ("activation", "relu"), ("decay", 0.1), ("batch", 8), ("subset", 9), ("dropout", 0.5)]
    net = replace(SMALL, width=3, lanes=(GD, *(GD.with_own(*each) for each in own), GD.with_own("seed", 5)))
    *_, (_, trained) = train_parts(net)
    firsts = [each.training.path[each.lane, 0] for each in learned(net, trained)]
    for first in firsts[1:-1]:
        np.testing.assert_array_equal(first, firsts[0])
    assert (firsts[-1] != firsts[0]).any()


@trials(max_examples=30)
@given(st.integers(1, 27), st.integers(1, 27), st.integers(0, 1))
def test_subsets_are_nested_and_have_one_test(few, many, standardise):
    whole = replace(SMALL, standardise=standardise).examples
    less, more = sorted((few, many))
    small, large = (replace(SMALL, subset=count, standardise=standardise).examples for count in (less, more))
    np.testing.assert_array_equal(small.train.inputs, large.train.inputs[:less])
    np.testing.assert_array_equal(large.train.targets, whole.train.targets[:more])
    for part in (small, large):
        np.testing.assert_array_equal(part.test.inputs, whole.test.inputs)


def test_other_data_keeps_what_is_still_meant():
    own = GD.with_own("data.noise", 0.9).with_own("depth", 3).with_own("loss", "cross_entropy")
    moved = on_data(replace(SMALL, lanes=(own,)), "sine")
    assert moved.lanes[0].own == (("data.noise", 0.9), ("depth", 3))
    assert on_data(moved, "iris").lanes[0].own == (("depth", 3),)


# ---- written and read back -------------------------------------------------------------------------------------------


@trials(max_examples=100)
@given(networks())
def test_a_link_is_read_back(net):
    check(net)


def test_no_link_is_the_default_and_the_default_has_none():
    assert NetworkExperiment().to_link() == ""
    assert NetworkExperiment.from_link("") == (NetworkExperiment(), ())
    assert NetworkExperiment.from_link("lang=zh&surface=booth&run=adam~learning_rate~0.1") == (NetworkExperiment(), ())


@trials(max_examples=100)
@given(st.text())
@example("~")
@example("width~")
@example("activation~")
def test_any_text_is_read(text):
    fields = [("data", text), ("net", text), ("rule", text), ("net", f"width~{text}")]
    for link in (text, *(urlencode([field]) for field in fields), urlencode(fields[:3])):
        found, notices = NetworkExperiment.from_link(link)
        check(found)
        assert all(notice.problem and notice.field for notice in notices)


@trials(max_examples=100)
@given(networks(), st.randoms(use_true_random=False))
def test_a_damaged_link_is_read(net, chance):
    text = net.to_link()
    for _ in range(chance.randint(1, 6)):
        first = chance.randrange(len(text) + 1)
        after = min(len(text), first + chance.choice([0, 0, 1, 3, 20]))
        text = text[:first] + chance.choice([*PIECES, "net=", "rule=", ""]) + text[after:]
    check(NetworkExperiment.from_link(text)[0])


GOOD = NetworkExperiment.on(
    "sine", ADAM, knobs={"size": 50, "noise": 0.2}, depth=3, width=5, activation="relu", dropout=0.1, batch=8
)  # fmt: skip
BAD = [  # what the link says of the network, what is told, and what is left in its place
    ("width~0", ("range", "width"), {"width": 8}),
    ("width~257", ("range", "width"), {"width": 8}),
    ("width~2.5", ("whole", "width"), {"width": 8}),
    ("width~many", ("number", "width"), {"width": 8}),
    ("width", ("number", "width"), {"width": 8}),
    ("depth~-1", ("range", "depth"), {"depth": 2}),
    ("depth~65", ("range", "depth"), {"depth": 2}),
    ("test~1", ("range", "test"), {"test": 0.3}),
    ("test~nan", ("number", "test"), {"test": 0.3}),
    ("dropout~1", ("range", "dropout"), {"dropout": 0.0}),
    ("batch~-1", ("range", "batch"), {"batch": 0}),
    ("residual~0.5", ("whole", "residual"), {"residual": 0}),
    ("seeds~65", ("range", "seeds"), {"seeds": 1}),
    ("decay~1e400", ("range", "decay"), {"decay": 0.0}),
    ("activation~cube", ("unknown", "net activation"), {"activation": "tanh"}),
    ("loss~hinge", ("unknown", "net loss"), {"loss": "usual"}),
    ("plane~tangent", ("unknown", "net plane"), {"plane": "pca"}),
    ("colour~red", ("unknown", "net"), {}),
]


@pytest.mark.parametrize(("written", "told", "left"), BAD, ids=[written for written, *_ in BAD])
def test_one_notice_for_what_is_ignored_and_the_rest_is_kept(written, told, left):
    (field,) = left or ("",)
    kept = "~".join(
        f"{name}~{getattr(GOOD, name)}"
        for name in ("depth", "width", "activation", "dropout", "batch")
        if name != field
    )
    rest = {name: value for name, value in GOOD.__dict__.items() if name not in ("data", "lanes")}
    link = urlencode([("data", "sine~size~50~noise~0.2"), ("net", f"{kept}~{written}"), ("rule", "adam")])
    found, notices = NetworkExperiment.from_link(link)
    assert [(notice.problem, notice.field) for notice in notices] == [told]
    assert found == NetworkExperiment(GOOD.data, (ADAM,), **(rest | left))


def test_data_and_rules_that_are_not_known():
    found, notices = NetworkExperiment.from_link("data=mnist&rule=eve")
    assert [(notice.problem, notice.value) for notice in notices] == [("unknown", "mnist"), ("unknown", "eve")]
    assert found == NetworkExperiment()
    found, notices = NetworkExperiment.from_link("&".join(["rule=adam"] * 9))
    assert [(notice.problem, notice.value) for notice in notices] == [("many", "9")]
    assert found.lanes == (ADAM,) * MOST_LANES


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rule_without_a_rate_gets_one_that_suits_networks(name):
    found, notices = NetworkExperiment.from_link(f"rule={name}")
    assert not notices
    assert found.lanes == (network_lane(name),)
    rate = found.lanes[0].optimizer.numbers["learning_rate"]
    assert rate == usual_rate(OPTIMIZERS[name])
    assert f"{rate:e}"[0] in "125"


# ---- what cannot be trained ------------------------------------------------------------------------------------------


def is_refused(net):
    try:
        refuse(net.plan, net.points)
    except ValueError:
        return True
    return False


BIG = {"depth": 2, "width": 16}  # 337 parameters with two inputs; 20 wide are 501
TROUBLES = {
    "width": (SMALL, {"width": 256, "depth": 3}, "large"),
    "depth": (replace(SMALL, width=20), {"depth": 64}, "large"),
    "batch": (SMALL, {"batch": 29}, "batch"),
    "batch norm, one example": (replace(SMALL, norm="batch"), {"batch": 1}, "lonely"),
    "batch norm, one left": (replace(SMALL, data=choice(DATASETS, "xor", size=4.0), norm="batch"), {"test": 0.9},
                             "lonely"),
    "Newton": (replace(SMALL, lanes=(NEWTON,), depth=2), {"width": 20}, "dense"),
    "all set aside": (SMALL, {"lanes": tuple(replace(racer, shown=False) for racer in SMALL.lanes)}, "idle"),
}  # fmt: skip


@pytest.mark.parametrize(("net", "worse", "problem"), TROUBLES.values(), ids=TROUBLES)
def test_trouble(net, worse, problem):
    assert net.trouble is None
    assert not is_refused(net)
    bad = replace(net, **worse)
    assert bad.trouble.problem == problem
    assert is_refused(bad)


def test_trouble_names_the_limit():
    assert replace(SMALL, batch=28).trouble is None  # all of them
    assert replace(SMALL, batch=29).trouble[1:] == ("batch", "29", "28")
    dense = replace(SMALL, lanes=(NEWTON,), depth=2, width=20).trouble
    assert dense[1:] == ("Newton", "501", "400")
    assert replace(SMALL, lanes=(replace(NEWTON, shown=False), ADAM), depth=2, width=20).trouble is None


@trials(max_examples=60)
@given(
    st.sampled_from(["two_moons", "xor", "iris", "diabetes"]),
    st.fixed_dictionaries(
        {
            "depth": st.sampled_from([0, 1, 2, 64]), "width": st.sampled_from([1, 12, 18, 20, 256]),
            "norm": st.sampled_from(NAMES["norm"]), "batch": st.sampled_from([0, 1, 2, 28, 150, 2000]),
            "test": st.sampled_from([0.0, 0.3, 0.9]), "loss": st.sampled_from(NAMES["loss"]),
            "seeds": st.sampled_from([1, 64]),
        }
    ),
    st.sets(st.sampled_from([*OPTIMIZERS]), max_size=3),
)  # fmt: skip
def test_trouble_is_what_training_refuses(data, values, names):
    net = replace(NetworkExperiment.on(data, **values), lanes=tuple(network_lane(name) for name in sorted(names)))
    assert (net.trouble is not None) == is_refused(net)


# ---- what follows from it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATASETS)
def test_what_the_network_gets_is_standardised_on_what_is_learned_from(name):
    raw, scaled = (NetworkExperiment.on(name, standardise=flag).examples for flag in (0, 1))
    moving = np.ptp(raw.train.inputs, axis=0) > 0
    np.testing.assert_allclose(scaled.train.inputs[:, moving].mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(scaled.train.inputs[:, moving].std(axis=0), 1, rtol=1e-9)
    for before, after in zip(raw, scaled, strict=True):
        mean, deviation = raw.train.inputs.mean(axis=0), raw.train.inputs.std(axis=0)
        expected = (before.inputs - mean)[:, moving] / deviation[moving]
        np.testing.assert_allclose(after.inputs[:, moving], expected, atol=1e-9)
        if raw.train.classes:
            np.testing.assert_array_equal(after.targets, before.targets)
        else:
            expected = (before.targets - raw.train.targets.mean()) / raw.train.targets.std()
            np.testing.assert_allclose(after.targets, expected, atol=1e-9)
    assert len(scaled.train.targets) + len(scaled.test.targets) == len(DATASETS[name].make().targets)


@pytest.mark.parametrize(("share", "tested"), [(0.0, 0), (0.3, 12), (0.9, 36)])
def test_the_share_for_the_test(share, tested):
    examples = replace(SMALL, test=share).examples
    assert [len(part.targets) for part in examples] == [40 - tested, tested]


def test_a_single_target_is_the_mean():
    """Ten examples, nine of them tested on: what is left has no deviation to divide by."""
    alone = NetworkExperiment.on("sine", knobs={"size": 10}, test=0.9).examples
    assert alone.train.targets.tolist() == [0.0]
    assert np.isfinite(alone.test.targets).all()


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("loss", NAMES["loss"])
def test_another_data_set_keeps_the_network(name, loss):
    net = replace(GOOD, data=choice(DATASETS, "two_moons"), loss=loss)
    moved = on_data(net, name)
    assert moved.data == choice(DATASETS, name)
    assert replace(moved, data=net.data, loss=loss) == net
    assert moved.loss in (loss, "usual")
    assert moved.classes or not LOSSES[moved.criterion].logits
    assert not is_refused(moved)


def test_the_usual_loss():
    assert NetworkExperiment.on("iris").criterion == "cross_entropy"
    assert NetworkExperiment.on("sine").criterion == "mse"
    assert NetworkExperiment.on("iris", loss="huber").criterion == "huber"
    assert [NetworkExperiment.on(name).architecture.outputs for name in ("two_moons", "iris", "sine")] == [1, 3, 1]


def test_lanes_that_are_set_aside_are_not_trained():
    half = replace(SMALL, lanes=(GD, replace(MOMENTUM, shown=False), ADAM))
    assert half.plan.lanes == (GD, ADAM)
    assert half.seconds < SMALL.seconds


def test_a_trained_network_reloaded_from_its_link_gives_the_same_final_loss():
    net = replace(SMALL, batch=8, decay=1e-3, seed=5, lanes=(GD, replace(ADAM, schedule=choice(SCHEDULES, "cosine"))))
    again, notices = NetworkExperiment.from_link(net.to_link())
    assert again is not net
    assert not notices
    first = trained_on(net)
    second = finish(train(again.plan, *again.examples.train[:2], *again.examples.test[:2]))
    for name in ("final", "train_loss", "test_loss", "objective"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert np.isfinite(first.train_loss[:, 0, -1]).all()
    other = trained_on(replace(net, seed=6))
    assert (other.train_loss[:, 0, -1] != first.train_loss[:, 0, -1]).all()


def test_the_script_prints_the_same_final_losses():
    net = replace(SMALL, lanes=(GD, replace(MOMENTUM, shown=False), ADAM), steps=20)
    script = [sys.executable, "-c", script_of(net)]
    printed = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    trained, tested = trained_on(net).train_loss[:, 0, -1], trained_on(net).test_loss[:, 0, -1]
    assert printed == [
        f"gradient_descent: training loss {trained[0]:.10g}, test loss {tested[0]:.10g}",
        f"adam: training loss {trained[1]:.10g}, test loss {tested[1]:.10g}",
    ]


def test_every_row_is_in_the_table_that_is_downloaded():
    head, *rows = csv_of(SMALL, (trained_on(SMALL),)).splitlines()
    assert head.split(",")[:5] == ["optimizer", "seed", "update", "epoch", "objective"]
    assert len(rows) == 3 * 61
    assert float(rows[60].split(",")[4]) == trained_on(SMALL).objective[0, 0, -1]
    assert rows[61].startswith("Momentum,0,0,0,")
