"""What a browser may send about a network: each control's good values, and everything else, which is refused."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from test_edits import JSON, NO_NUMBERS, STEPS

from datasets import DATASETS
from engine.link import choice
from engine.networks.experiment import NAMES, NUMBERS, NetworkExperiment, network_lane, own_names, own_value
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
    ("subset", 9): replace(NOW, subset=9),
    ("ground", "1"): replace(NOW, ground=1),
    ("lanes.0.differ", "depth"): with_adam(own=(("depth", 2),)),
    ("lanes.0.differ", "data.noise"): with_adam(own=(("data.noise", 0.1),)),
    ("lanes.0.own.depth", "5"): with_adam(own=(("depth", 5),)),
    ("lanes.0.own.data.size", 50): with_adam(own=(("data.size", 50.0),)),
    ("lanes.0.own.activation", "relu"): with_adam(own=(("activation", "relu"),)),
    ("lanes.0.share", "depth"): NOW,
    ("lanes.0.keep", True): replace(NOW, lanes=(ADAM, MOMENTUM, replace(ADAM, kept=True))),
    ("lanes.0.kept", True): with_adam(kept=True),
    ("compare", "width"): replace(NOW, lanes=(ADAM, MOMENTUM, MOMENTUM.with_own("width", 16))),
    ("compare", "residual"): replace(NOW, lanes=(ADAM, MOMENTUM, MOMENTUM.with_own("residual", 1))),
    ("compare", "loss"): replace(NOW, lanes=(ADAM, MOMENTUM, MOMENTUM.with_own("loss", "mse"))),
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


# ---- a lane is a difference ------------------------------------------------------------------------------------------


def test_a_lane_that_is_kept_takes_the_old_values_along():
    kept = network_edited(NOW, "lanes.0.keep", True)
    for path, value in (("depth", 7), ("activation", "relu"), ("knobs.noise", 0.5), ("depth", 8)):
        kept = network_edited(kept, path, value)
    assert dict(kept.lanes[2].own) == {"depth": 2, "activation": "tanh", "data.noise": 0.1}
    assert kept.alone(2).plan == NOW.alone(0).plan
    assert kept.alone(2).data == NOW.data
    back = network_edited(kept, "depth", 2)
    assert dict(back.lanes[2].own) == {"activation": "tanh", "data.noise": 0.1}
    loose = network_edited(network_edited(kept, "lanes.2.kept", False), "width", 30)
    assert loose.alone(2).width == 30


@pytest.mark.parametrize("name", own_names(NOW))
def test_a_lane_can_be_compared_in_any_setting(name):
    for data in ("two_moons", "sine", "iris", "diabetes"):
        net = network_edited(NOW, "data", data)
        if name in own_names(net):
            compared = network_edited(net, "compare", name)
            assert own_value(compared.alone(2), name) != own_value(net, name)
            assert NetworkExperiment.from_link(compared.to_link()) == (compared, ())
            assert compared.trouble is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lanes.0.differ", "steps"), ("lanes.0.own.up", 3), ("lanes.0.own.depth", "x"), ("lanes.0.own.depth", 65),
        ("lanes.9.own.depth", 3), ("lanes.0.own.loss", "usually"), ("lanes.0.share", 3), ("compare", "plane"),
        ("compare", None), ("lanes.0.own", 3),
    ],
)  # fmt: skip
def test_what_is_no_setting_of_its_own_is_refused(path, value):
    with pytest.raises(Refused):
        network_edited(NOW, path, value)


def test_a_lane_has_no_loss_of_its_own_that_wants_classes_where_there_are_none():
    numbers = network_edited(NOW, "data", "sine")
    with pytest.raises(Refused):
        network_edited(numbers, "lanes.0.own.loss", "cross_entropy")
