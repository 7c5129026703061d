"""What a browser may send: each control's good values, and everything else, which is refused and changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from engine import Experiment, lane
from engine.link import choice
from engine.surfaces.experiment import (
    MOST_LANES,
    PLAIN,
    inside,
    on_surface,
    own_names,
    own_value,
    racer_on,
    sensible_rate,
)
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings
from views.session.edits import CHANGES, Refused, edited

NOW = Experiment.on(
    "rosenbrock", lane("adam", "cosine", learning_rate=0.05), lane("momentum"), start=(0.5, 0.25), steps=300
)
ADAM, MOMENTUM = NOW.lanes


def with_adam(**changes):
    return replace(NOW, lanes=(replace(ADAM, **changes), MOMENTUM))


GOOD = {
    ("steps", 40): replace(NOW, steps=40),
    ("seed", 40.0): replace(NOW, seed=40),
    ("steps", " 40 "): replace(NOW, steps=40),
    ("steps", "4e1"): replace(NOW, steps=40),
    ("noise", "0.5"): replace(NOW, noise=0.5),
    ("noise", 0): replace(NOW, noise=0.0),
    ("seed", 17): replace(NOW, seed=17),
    ("tolerance", 1e-6): replace(NOW, tolerance=1e-6),
    ("start.0", "-1.5"): replace(NOW, start=(-1.5, 0.25)),
    ("start.1", 3): replace(NOW, start=(0.5, 3.0)),
    ("knobs.a", 1.4): replace(NOW, landscape=choice(LANDSCAPES, "rosenbrock", a=1.4)),
    ("landscape", "booth"): on_surface(NOW, "booth"),
    ("schedule_all", "transformer"): replace(
        NOW, lanes=tuple(replace(racer, schedule=choice(SCHEDULES, "transformer")) for racer in NOW.lanes)
    ),
    ("lanes.0.rule.b1", 0.5): with_adam(optimizer=ADAM.optimizer.with_values(b1=0.5)),
    ("lanes.0.rule.bias_correction", 0): with_adam(optimizer=ADAM.optimizer.with_values(bias_correction=0.0)),
    ("lanes.0.plan.final", "0.25"): with_adam(schedule=choice(SCHEDULES, "cosine", final=0.25)),
    ("lanes.0.schedule", "one_cycle"): with_adam(schedule=choice(SCHEDULES, "one_cycle")),
    ("ground", 2): replace(NOW, ground=2),
    ("lanes.0.differ", "noise"): with_adam(own=(("noise", 0.0),)),
    ("lanes.0.differ", "start"): with_adam(own=(("start", (0.5, 0.25)),)),
    ("lanes.0.own.start.1", "0.75"): with_adam(own=(("start", (0.5, 0.75)),)),
    ("lanes.0.own.noise", 0.2): with_adam(own=(("noise", 0.2),)),
    ("lanes.0.own.knobs.a", 1.25): with_adam(own=(("knobs.a", 1.25),)),
    ("lanes.0.share", "noise"): NOW,
    ("lanes.0.keep", True): replace(NOW, lanes=(ADAM, MOMENTUM, replace(ADAM, kept=True))),
    ("compare", "seed"): replace(NOW, lanes=(ADAM, MOMENTUM, MOMENTUM.with_own("seed", 1))),
    ("compare", "noise"): replace(NOW, lanes=(ADAM, MOMENTUM, MOMENTUM.with_own("noise", 1.0))),
    ("lanes.0.shown", False): with_adam(shown=False),
    ("lanes.0.copy", True): replace(NOW, lanes=(ADAM, MOMENTUM, ADAM)),
    ("lanes.1.copy", True): replace(NOW, lanes=(ADAM, MOMENTUM, MOMENTUM)),
    ("lanes.0.remove", True): replace(NOW, lanes=(MOMENTUM,)),
    ("lanes.add", "sam"): replace(NOW, lanes=(ADAM, MOMENTUM, racer_on(NOW.surface, "sam"))),
}


@pytest.mark.parametrize(("path", "value"), GOOD)
def test_an_edit_changes_what_it_names(path, value):
    assert edited(NOW, path, value) == GOOD[path, value]


def test_a_click():
    assert edited(NOW, "start", [1, -0.5]) == replace(NOW, start=(1.0, -0.5))
    curve = edited(NOW, "landscape", "shelf")
    assert edited(curve, "start", [2]).start == (2.0,)


def test_every_slider_of_every_record_can_be_turned():
    for name, surface in LANDSCAPES.items():
        there = on_surface(NOW, name)
        for knob, setting in settings(surface.make).items():
            assert edited(there, f"knobs.{knob}", setting.knob.high).landscape.numbers[knob] == setting.knob.high
    for name in OPTIMIZERS:
        there = edited(NOW, "lanes.add", name)
        assert there.lanes[2].optimizer.numbers["learning_rate"] == sensible_rate(NOW.surface, OPTIMIZERS[name])
        for knob, setting in settings(OPTIMIZERS[name].make).items():
            turned = edited(there, f"lanes.2.rule.{knob}", str(setting.knob.low))
            assert turned.lanes[2].optimizer.numbers[knob] == setting.knob.low
    for name in SCHEDULES:
        there = edited(NOW, "lanes.1.schedule", name)
        for knob, setting in settings(SCHEDULES[name].make).items():
            turned = edited(there, f"lanes.1.plan.{knob}", setting.knob.high)
            assert turned.lanes[1].schedule.numbers[knob] == setting.knob.high


def test_no_fewer_than_one_lane_and_no_more_than_eight():
    one = edited(NOW, "lanes.1.remove", True)
    full = one
    for _ in range(MOST_LANES - 1):
        full = edited(full, "lanes.0.copy", True)
    assert full.lanes == (ADAM,) * MOST_LANES
    for before, path, value in [(one, "lanes.0.remove", 1), (full, "lanes.7.copy", 1), (full, "lanes.add", "sam")]:
        with pytest.raises(Refused) as refusal:
            edited(before, path, value)
        assert refusal.value.notice.problem == "many"


NUMBERS = ("steps", "noise", "seed", "tolerance", "start.0", "knobs.a", "lanes.0.rule.b1", "lanes.0.plan.final")
NAMES = ("landscape", "schedule_all", "lanes.add", "lanes.0.schedule")
NO_NUMBERS = (
    "", " ", "٣", "٠.٥", "1,5", "nan", "NaN", "inf", "-inf", "1_0", "0x1", "½", "one", "1e400", "9" * 400, "1\x000",
    "\ud83d", "−1", "1e", "--1", None, [], [0.7], {}, {"a": 1}, [[]], float("nan"), float("inf"), -float("inf"),
    10**17, 10**400, -(10**400), 1e300,
)  # fmt: skip


@pytest.mark.parametrize("path", NUMBERS)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: ascii(value)[:12])
def test_no_number(path, value):
    refused(path, value)


@pytest.mark.parametrize("path", NAMES)
@pytest.mark.parametrize(
    "value", ["", "eve", "Adam", "ADAM", "adam ", "__class__", None, 0, 1.5, True, [], ["adam"], {}]
)
def test_no_name(path, value):
    refused(path, value)


@pytest.mark.parametrize(
    "value",
    [[], [1], [1, 2, 3], [9, 9], [0, float("nan")], [0, None], [0, "٣"], [[0], [0]], [0, 10**400], [{}, {}], 0.5, None,
     "1,1", {"x": 0, "y": 0}, [float("inf"), 0], ["1e400", 0]],
    ids=lambda value: ascii(value)[:12],
)  # fmt: skip
def test_no_start(value):
    refused("start", value)


@pytest.mark.parametrize(
    "path",
    ["", ".", "nothing", "start.2", "start.-1", "start.x", "start.٠", "start.¹", "start.", "knobs", "knobs.", "knobs.c",
     "knobs.a.a", "lanes", "lanes.", "lanes.0", "lanes.0.", "lanes.2.copy", "lanes.-1.copy", "lanes.٠.copy",
     "lanes.¹.copy", "lanes.0.rule", "lanes.0.rule.b3", "lanes.0.rule.b1.x", "lanes.1.rule.b1", "lanes.0.plan.tau",
     "lanes.0.what",
     "lanes.0x0.copy", "lanes.add.more", "lanes." + "9" * 5000 + ".copy", "start." + "9" * 5000, "LANES.0.copy"],
    ids=lambda path: ascii(path)[:20],
)  # fmt: skip
def test_no_such_control(path):
    refused(path, 0.5)


def refused(path, value):
    before = repr(NOW)
    with pytest.raises(Refused) as refusal:
        edited(NOW, path, value)
    notice = refusal.value.notice
    assert notice.problem in {"unknown", "number", "range", "whole", "window", "many"}
    assert len(notice.value) <= 80
    assert repr(NOW) == before


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["adam", "cosine", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
STEPS = st.sampled_from(
    ["0", "1", "-1", "a", "b1", "add", "copy", "remove", "shown", "rule", "plan", "schedule", "", "٣"]
)


@trials(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(CHANGES)), st.lists(STEPS, max_size=4), JSON)
@example("start", ["0"], [])
@example("landscape", [], [])
def test_an_edit_is_refused_or_gives_a_valid_experiment(head, rest, value):
    try:
        after = edited(NOW, ".".join([head, *rest]), value)
    except Refused:
        return
    assert all(knob.accepts(getattr(after, name)) for name, knob in PLAIN.items())
    assert 1 <= len(after.lanes) <= MOST_LANES
    assert inside(after.start, after.surface)
    assert Experiment.from_link(after.to_link()) == (after, ())


# ---- a lane is a difference ------------------------------------------------------------------------------------------


def test_a_lane_that_is_kept_stays_where_it_is_when_the_start_moves():
    kept = edited(NOW, "lanes.0.keep", True)
    for path, value in (("start", [1.0, 1.5]), ("knobs.a", 1.4), ("noise", 0.3), ("start", [1.0, 2.0])):
        kept = edited(kept, path, value)
    assert dict(kept.lanes[2].own) == {"start": NOW.start, "knobs.a": 1.0, "noise": 0.0}
    assert replace(kept.of_lane(2), lanes=NOW.lanes) == NOW
    back = edited(kept, "start", [0.5, 0.25])
    assert dict(back.lanes[2].own) == {"knobs.a": 1.0, "noise": 0.0}


@pytest.mark.parametrize("landscape", ["rosenbrock", "narrow_valley", "toy_network", "one_sigmoid", "cubic"])
def test_a_lane_can_be_compared_in_any_setting(landscape):
    now = Experiment.on(landscape, MOMENTUM)
    for name in own_names(now):
        compared = edited(now, "compare", name)
        assert own_value(compared.of_lane(1), name) != own_value(now, name)
        assert Experiment.from_link(compared.to_link()) == (compared, ())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lanes.0.own.start.0", 99), ("lanes.0.own.noise", -1), ("lanes.0.own.steps", 3), ("lanes.0.differ", "steps"),
        ("lanes.0.own.knobs.up", 1), ("lanes.9.own.noise", 1), ("lanes.0.share", "up"), ("compare", "tolerance"),
        ("compare", 3), ("lanes.0.own", 1),
    ],
)  # fmt: skip
def test_what_is_no_setting_of_its_own_is_refused(path, value):
    with pytest.raises(Refused):
        edited(NOW, path, value)
