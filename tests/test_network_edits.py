"""What a browser may send about a network: each control's good values, and everything else, which is refused."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from test_edits import JSON, NO_NUMBERS, STEPS

from datasets import DATASETS
from engine.link import choice
from engine.networks.experiment import NAMES, NUMBERS, NetworkExperiment, network_lane
from engine.surfaces.experiment import MOST_LANES
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings
from views.session.edits import Refused
from views.session.network_edits import CHANGES, network_edited

NOW = NetworkExperiment.on("two_moons", network_lane("adam"), network_lane("momentum"), loss="cross_entropy")
ADAM, MOMENTUM = NOW.lanes


def with_adam(**changes):
    return replace(NOW, lanes=(replace(ADAM, **changes), MOMENTUM))


GOOD = {
    ("width", 12): replace(NOW, width=12),
    ("width", " 12 "): replace(NOW, width=12),
    ("seeds", 12.0): replace(NOW, seeds=12),
    ("width", 256): replace(NOW, width=256),
    ("depth", 0): replace(NOW, depth=0),
    ("depth", "64"): replace(NOW, depth=64),
    ("residual", 1): replace(NOW, residual=1),
    ("dropout", 0.25): replace(NOW, dropout=0.25),
    ("batch", "2000"): replace(NOW, batch=2000),  # may be more than there is: the page says so
    ("decay", "1e-3"): replace(NOW, decay=0.001),
    ("steps", 40): replace(NOW, steps=40),
    ("seeds", 64): replace(NOW, seeds=64),
    ("seed", 0): replace(NOW, seed=0),
    ("test", 0): replace(NOW, test=0.0),
    ("test", 0.9): replace(NOW, test=0.9),
    ("standardise", 0): replace(NOW, standardise=0),
    ("activation", "relu"): replace(NOW, activation="relu"),
    ("norm", "batch"): replace(NOW, norm="batch"),
    ("scheme", "he"): replace(NOW, scheme="he"),
    ("loss", "mse"): replace(NOW, loss="mse"),
    ("plane", "solutions"): replace(NOW, plane="solutions"),
    ("view", "hidden"): replace(NOW, view="hidden"),
    ("data", "iris"): replace(NOW, data=choice(DATASETS, "iris")),
    ("data", "sine"): replace(NOW, data=choice(DATASETS, "sine"), loss="usual"),  # no cross-entropy of numbers
    ("knobs.noise", "0.3"): replace(NOW, data=choice(DATASETS, "two_moons", noise=0.3)),
    ("schedule_all", "cosine"): replace(
        NOW, lanes=tuple(replace(racer, schedule=choice(SCHEDULES, "cosine")) for racer in NOW.lanes)
    ),
    ("lanes.0.rule.b1", 0.5): with_adam(optimizer=ADAM.optimizer.with_values(b1=0.5)),
    ("lanes.0.rule.learning_rate", 100): with_adam(optimizer=ADAM.optimizer.with_values(learning_rate=100.0)),
    ("lanes.0.schedule", "one_cycle"): with_adam(schedule=choice(SCHEDULES, "one_cycle")),
    ("lanes.0.shown", False): with_adam(shown=False),
    ("lanes.0.copy", True): replace(NOW, lanes=(ADAM, MOMENTUM, ADAM)),
    ("lanes.0.remove", True): replace(NOW, lanes=(MOMENTUM,)),
    ("lanes.add", "sam"): replace(NOW, lanes=(ADAM, MOMENTUM, network_lane("sam"))),
}  # fmt: skip


@pytest.mark.parametrize(("path", "value"), GOOD)
def test_an_edit_changes_what_it_names(path, value):
    assert network_edited(NOW, path, value) == GOOD[path, value]


def test_every_slider_of_every_record_can_be_turned():
    for name, knob in NUMBERS.items():
        for end in (knob.low, knob.high):
            assert getattr(network_edited(NOW, name, end), name) == end
    for name, table in NAMES.items():
        assert [getattr(network_edited(NOW, name, value), name) for value in table] == list(table)
    for name, dataset in DATASETS.items():
        there = network_edited(NOW, "data", name)
        for knob, setting in settings(dataset.make).items():
            turned = network_edited(there, f"knobs.{knob}", setting.knob.high)
            assert turned.data.numbers[knob] == setting.knob.high
    for name in OPTIMIZERS:
        assert network_edited(NOW, "lanes.add", name).lanes[2] == network_lane(name)


def test_no_fewer_than_one_lane_and_no_more_than_eight():
    one = network_edited(NOW, "lanes.1.remove", True)
    full = one
    for _ in range(MOST_LANES - 1):
        full = network_edited(full, "lanes.0.copy", True)
    assert full.lanes == (ADAM,) * MOST_LANES
    for before, path, value in [(one, "lanes.0.remove", 1), (full, "lanes.7.copy", 1), (full, "lanes.add", "sam")]:
        with pytest.raises(Refused) as refusal:
            network_edited(before, path, value)
        assert refusal.value.notice.problem == "many"


def refused(path, value):
    before = repr(NOW)
    with pytest.raises(Refused) as refusal:
        network_edited(NOW, path, value)
    notice = refusal.value.notice
    assert notice.problem in {"unknown", "number", "range", "whole", "many"}
    assert len(notice.value) <= 80
    assert repr(NOW) == before
    return notice


@pytest.mark.parametrize("path", [*NUMBERS, "knobs.noise", "lanes.0.rule.b1"])
@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: ascii(value)[:12])
def test_no_number(path, value):
    refused(path, value)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("width", 0, "range"), ("width", "0", "range"), ("width", 257, "range"), ("width", 2.5, "whole"),
        ("depth", -1, "range"), ("depth", 65, "range"), ("batch", -1, "range"), ("test", 1, "range"),
        ("test", 0.91, "range"), ("dropout", 1, "range"), ("residual", 0.5, "whole"), ("residual", True, "number"),
        ("seeds", 0, "range"), ("seeds", 65, "range"), ("steps", 0, "range"), ("decay", -0.1, "range"),
        ("knobs.size", 5, "range"), ("knobs.size", 40.5, "whole"),
    ],
)  # fmt: skip
def test_out_of_range(path, value, problem):
    notice = refused(path, value)
    assert notice.problem == problem
    assert notice.allowed or problem != "range"


@pytest.mark.parametrize("path", [*NAMES, "data", "schedule_all", "lanes.add", "lanes.0.schedule"])
@pytest.mark.parametrize("value", ["", "eve", "ReLU", "tanh ", "__class__", None, 0, 1.5, True, [], ["tanh"], {}])
def test_no_name(path, value):
    refused(path, value)


@pytest.mark.parametrize(
    "path",
    ["", ".", "nothing", "lanes", "lanes.", "lanes.0", "lanes.2.copy", "lanes.-1.copy", "lanes.0.rule.b3", "knobs",
     "knobs.", "knobs.turns", "knobs.noise.x", "width.0", "activation.tanh", "WIDTH", "plan", "trouble", "points",
     "__class__", "lanes." + "9" * 5000 + ".copy"],
    ids=lambda path: ascii(path)[:20],
)  # fmt: skip
def test_no_such_control(path):
    refused(path, 1)


@trials(max_examples=300)
@given(st.sampled_from([*NUMBERS, *NAMES, *CHANGES]), st.lists(STEPS, max_size=4), JSON)
@example("data", [], [])
@example("width", [], True)
def test_an_edit_is_refused_or_gives_a_valid_experiment(head, rest, value):
    try:
        after = network_edited(NOW, ".".join([head, *rest]), value)
    except Refused:
        return
    assert all(knob.accepts(getattr(after, name)) for name, knob in NUMBERS.items())
    assert all(getattr(after, name) in table for name, table in NAMES.items())
    assert 1 <= len(after.lanes) <= MOST_LANES
    assert NetworkExperiment.from_link(after.to_link()) == (after, ())
