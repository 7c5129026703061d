"""An experiment is its link: what is written is read back, what cannot be read is told; the script says the same."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from engine import Experiment, descend, lane, run
from engine.link import choice
from engine.surfaces.experiment import (
    MOST_LANES,
    PLAIN,
    Lane,
    default,
    default_lanes,
    differences,
    inside,
    on_surface,
    round_to_125,
    sensible_rate,
)
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings

ROOT = Path(__file__).parent.parent


def values_of(knob):
    if knob.kind in ("whole", "switch"):
        return st.integers(int(knob.low), int(knob.high)).map(float)
    return st.floats(knob.low, knob.high)


def choices(table):
    def of(name):
        knobs = {key: values_of(setting.knob) for key, setting in settings(table[name].make).items()}
        return st.fixed_dictionaries(knobs).map(lambda values: choice(table, name, **values))

    return st.sampled_from(list(table)).flatmap(of)


lanes = st.builds(Lane, choices(OPTIMIZERS), choices(SCHEDULES), st.booleans())


@st.composite
def experiments(draw):
    landscape = draw(choices(LANDSCAPES))
    start = draw(st.tuples(*(st.floats(low, high) for low, high in LANDSCAPES[landscape.name].window)))
    racers = draw(st.lists(lanes, min_size=1, max_size=MOST_LANES))
    plain = {name: draw(values_of(knob)) for name, knob in PLAIN.items()}
    plain |= {name: int(plain[name]) for name in ("steps", "seed")}
    return Experiment(landscape, tuple(racers), start, **plain)


def check(experiment):
    """Every value is in range, and the link of the experiment is its own."""
    pairs = [(experiment.landscape, LANDSCAPES)]
    for racer in experiment.lanes:
        pairs += [(racer.optimizer, OPTIMIZERS), (racer.schedule, SCHEDULES)]
    for chosen, table in pairs:
        knobs = settings(table[chosen.name].make)
        assert list(chosen.numbers) == list(knobs)
        assert all(knobs[name].knob.accepts(value) for name, value in chosen.values)
    assert all(knob.accepts(getattr(experiment, name)) for name, knob in PLAIN.items())
    assert type(experiment.steps) is type(experiment.seed) is int
    assert 1 <= len(experiment.lanes) <= MOST_LANES
    assert inside(experiment.start, experiment.surface)
    assert Experiment.from_link(experiment.to_link()) == (experiment, ())


# ---- written and read back -------------------------------------------------------------------------------------------


@trials(max_examples=150, deadline=None)
@given(experiments())
def test_a_link_is_read_back(experiment):
    check(experiment)


def reordered(text, chance):
    """The settings of "name~key~value~key~value" in another order."""
    name, *rest = text.split("~")
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    chance.shuffle(pairs)
    return "~".join([name, *(part for pair in pairs for part in pair)])


@trials(max_examples=100, deadline=None)
@given(experiments(), st.randoms(use_true_random=False))
def test_the_order_of_a_link_says_nothing(experiment, chance):
    fields = parse_qsl(experiment.to_link())
    runs = ["~~".join(reordered(part, chance) for part in run.split("~~")) for name, run in fields if name == "run"]
    fields = [(name, reordered(value, chance) if name == "surface" else value) for name, value in fields]
    chance.shuffle(fields)
    waiting = iter(runs)  # the order of the racers does say something: their colours
    fields = [(name, next(waiting) if name == "run" else value) for name, value in fields]
    again, notices = Experiment.from_link(urlencode(fields))
    assert (again, notices) == (experiment, ())
    assert again.to_link() == experiment.to_link()


def test_numbers_that_are_equal_are_written_alike():
    one = Experiment.on("booth", lane("adam", learning_rate=1), start=(0, -0.0))
    other = Experiment.on("booth", lane("adam", learning_rate=1.0), start=(0.0, 0.0))
    assert one == other
    assert one.to_link() == other.to_link() == "v=1&surface=booth&start=0~0&run=adam~learning_rate~1"


def test_a_link_holds_eight_optimizers_with_everything_changed():
    """The longest rules and the longest schedule, each setting with the digits that a slider gives it."""

    def far(table, name):
        knobs = {key: setting.knob for key, setting in settings(table[name].make).items()}
        digits = {"whole": 1234.0, "switch": 0.0, "decay": 0.98765}
        return choice(table, name, **{key: digits.get(knob.kind, 0.0123) for key, knob in knobs.items()})

    def size(table, name):
        return len(str(far(table, name)))

    rules = sorted(OPTIMIZERS, key=lambda name: size(OPTIMIZERS, name))[-MOST_LANES:]
    plan = far(SCHEDULES, max(SCHEDULES, key=lambda name: size(SCHEDULES, name)))
    racers = tuple(Lane(far(OPTIMIZERS, name), plan, shown=False) for name in rules)
    fields = {"start": (-1.2345, 0.9876), "steps": 12_345, "noise": 0.0123, "seed": 123_456, "tolerance": 1.23e-11}
    longest = replace(Experiment.on("narrow_valley", *racers, knobs={"condition": 1230, "angle": 12.3}), **fields)
    assert len(longest.to_link()) < 2000
    assert Experiment.from_link(longest.to_link()) == (longest, ())


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_what_a_surface_starts_with_is_read_back(landscape):
    check(default(landscape))
    assert Experiment.from_link(f"surface={landscape}") == (default(landscape), ())


def test_no_link_is_the_default():
    assert Experiment.from_link("") == (default(), ())
    assert Experiment.from_link("lang=zh&utm_source=somewhere") == (default(), ())


# ---- what cannot be read ---------------------------------------------------------------------------------------------


@trials(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_read(text):
    check(Experiment.from_link(text)[0])
    check(Experiment.from_link(urlencode([("surface", text), ("start", text), ("run", text), ("steps", text)]))[0])


PIECES = [
    *"~&=%+.-_e0519٣ \x00",
    "~~",
    "nan",
    "inf",
    "1e400",
    "9" * 400,
    "run=",
    "adam",
    "learning_rate",
    "off",
    "%D9%A3",
]


@trials(max_examples=300, deadline=None)
@given(experiments(), st.randoms(use_true_random=False))
def test_a_damaged_link_is_read(experiment, chance):
    text = experiment.to_link()
    for _ in range(chance.randint(1, 6)):
        first = chance.randrange(len(text) + 1)
        after = min(len(text), first + chance.choice([0, 0, 1, 3, 20]))
        text = text[:first] + chance.choice([*PIECES, ""]) + text[after:]
    found, notices = Experiment.from_link(text)
    check(found)
    assert all(notice.problem and notice.field for notice in notices)


GOOD = Experiment.on(
    "rosenbrock",
    lane("adam", "cosine", {"final": 0.1}, learning_rate=0.2, b1=0.8),
    lane("momentum", learning_rate=0.002),
    knobs={"a": 1.2, "b": 50.0},
    start=(0.5, 0.25), steps=300, noise=0.5, seed=7, tolerance=0.01,
)  # fmt: skip
ADAM, MOMENTUM = GOOD.lanes
ROSENBROCK = GOOD.surface


def with_first(**values):
    return replace(GOOD, lanes=(replace(ADAM, optimizer=ADAM.optimizer.with_values(**values)), MOMENTUM))


def with_plan(name, **knobs):
    return replace(GOOD, lanes=(replace(ADAM, schedule=choice(SCHEDULES, name, **knobs)), MOMENTUM))


BAD = [  # field of the link, what it says, what is told, and the experiment that is left
    ("steps", "1000000000", ("range", "steps"), replace(GOOD, steps=500)),
    ("steps", "0", ("range", "steps"), replace(GOOD, steps=500)),
    ("steps", "2.5", ("whole", "steps"), replace(GOOD, steps=500)),
    ("steps", "٣", ("number", "steps"), replace(GOOD, steps=500)),
    ("steps", "", ("number", "steps"), replace(GOOD, steps=500)),
    ("steps", "1_000", ("number", "steps"), replace(GOOD, steps=500)),
    ("noise", "nan", ("number", "noise"), replace(GOOD, noise=0.0)),
    ("noise", "-1", ("range", "noise"), replace(GOOD, noise=0.0)),
    ("noise", "1e400", ("range", "noise"), replace(GOOD, noise=0.0)),
    ("seed", "0x10", ("number", "seed"), replace(GOOD, seed=0)),
    ("seed", "-1", ("range", "seed"), replace(GOOD, seed=0)),
    ("tolerance", "infinity", ("number", "tolerance"), replace(GOOD, tolerance=1e-3)),
    ("tolerance", "0", ("range", "tolerance"), replace(GOOD, tolerance=1e-3)),
    ("start", "9~9", ("window", "start"), replace(GOOD, start=ROSENBROCK.start)),
    ("start", "1e400~0", ("window", "start"), replace(GOOD, start=ROSENBROCK.start)),
    ("start", "nan~0", ("number", "start"), replace(GOOD, start=ROSENBROCK.start)),
    ("start", "٣~0", ("number", "start"), replace(GOOD, start=ROSENBROCK.start)),
    ("start", "0.5", ("number", "start"), replace(GOOD, start=ROSENBROCK.start)),
    ("start", "0~0~0", ("number", "start"), replace(GOOD, start=ROSENBROCK.start)),
    ("surface", "nowhere", ("unknown", "surface"), replace(GOOD, landscape=choice(LANDSCAPES, "rosenbrock"))),
    ("surface", "rosenbrock~a~9~b~50", ("range", "rosenbrock a"),
     replace(GOOD, landscape=choice(LANDSCAPES, "rosenbrock", b=50.0))),
    ("surface", "rosenbrock~a~1.2~b~50~c~1", ("unknown", "surface rosenbrock"), GOOD),
    ("v", "2", ("version", "v"), GOOD),
    ("run", "adam~learning_rate~0.2~b1~1.5~~cosine~final~0.1", ("range", "adam b1"), with_first(b1=0.9)),
    ("run", "adam~learning_rate~0.2~b1~0.8~bias_correction~0.5~~cosine~final~0.1", ("whole", "adam bias_correction"),
     GOOD),
    ("run", "adam~learning_rate~0.2~b1~0.8~~nightly", ("unknown", "schedule"), with_plan("constant")),
    ("run", "adam~learning_rate~0.2~b1~0.8~~cosine~final~-1", ("range", "cosine final"), with_plan("cosine")),
    ("run", "adam~learning_rate~0.2~b1~0.8~b3~1~~cosine~final~0.1", ("unknown", "run adam"), GOOD),
    ("run", "eve~learning_rate~0.2", ("unknown", "run"), replace(GOOD, lanes=(MOMENTUM,))),
]  # fmt: skip


@pytest.mark.parametrize(("field", "written", "told", "left"), BAD, ids=[f"{bad[0]}={bad[1]}" for bad in BAD])
def test_one_notice_for_what_is_ignored_and_the_rest_is_kept(field, written, told, left):
    fields = parse_qsl(GOOD.to_link())
    at = [name for name, _ in fields].index(field)
    fields[at] = (field, written)
    found, notices = Experiment.from_link(urlencode(fields))
    assert [(notice.problem, notice.field) for notice in notices] == [told]
    assert found == left


def test_a_learning_rate_that_cannot_be_taken_is_the_one_that_suits_the_surface():
    """Its default in a link is what a link without it gets, not the number in the rule's signature."""
    silent, _ = Experiment.from_link("surface=schwefel&run=gradient_descent")
    found, notices = Experiment.from_link("surface=schwefel&run=gradient_descent~learning_rate~nan")
    assert [notice.field for notice in notices] == ["gradient_descent learning_rate"]
    assert found == silent


@pytest.mark.parametrize("tail", ["~~cosine~~of", "~~cosine~~off~~cosine", "~~~~"])
def test_a_run_that_says_too_much_is_told(tail):
    assert len(Experiment.from_link(f"run=adam~learning_rate~0.2{tail}")[1]) == 1


def test_too_many_runs():
    found, notices = Experiment.from_link("&".join(["run=adam~learning_rate~0.1"] * 9))
    assert [(notice.problem, notice.field, notice.value) for notice in notices] == [("many", "run", "9")]
    assert found.lanes == (lane("adam", learning_rate=0.1),) * MOST_LANES


def test_a_link_without_a_known_rule_gets_the_usual_ones():
    found, notices = Experiment.from_link("surface=booth&run=eve&run=")
    assert len(notices) == 2
    assert found.lanes == default_lanes(LANDSCAPES["booth"])


# ---- what follows from it --------------------------------------------------------------------------------------------


def test_the_script_prints_the_same_final_losses():
    experiment = Experiment.on(
        "rosenbrock", lane("adam", "warmup_cosine", {"warmup": 20}, learning_rate=0.05, eps=1e-3),
        lane("gradient_descent", learning_rate=100.0), replace(lane("momentum"), shown=False),
        start=(-1.0, 1.5), steps=40, noise=0.3, seed=5, knobs={"b": 10.0},
    )  # fmt: skip
    script = [sys.executable, "-c", experiment.to_python()]
    printed = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    names = [experiment.lanes[number].optimizer.name for number in (0, 1)]
    losses = [trajectory.loss[-1] for _, trajectory in run(experiment)]
    assert np.isfinite(losses[0])
    assert printed == [f"{name}: final loss {loss:.10g}" for name, loss in zip(names, losses, strict=True)]


def test_lanes_that_are_set_aside_do_not_run():
    experiment = replace(GOOD, lanes=(replace(ADAM, shown=False), MOMENTUM), steps=3)
    assert [number for number, _ in run(experiment)] == [1]
    assert experiment.work == 3 * MOMENTUM.rule.cost


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_gradient_descent_gets_on_at_the_sensible_rate(landscape):
    rate = sensible_rate(LANDSCAPES[landscape], OPTIMIZERS["gradient_descent"])
    path = descend(landscape, "gradient_descent", steps=200, learning_rate=rate)
    assert path.diverged_at == -1
    assert path.loss[-1] < path.loss[0]


def test_a_sensible_rate_is_in_range_and_round():
    for surface in LANDSCAPES.values():
        for rule in OPTIMIZERS.values():
            rate = sensible_rate(surface, rule)
            assert settings(rule.make)["learning_rate"].knob.accepts(rate)
            assert f"{rate:e}"[0] in "125"
            assert float(f"{rate:.0e}") == rate


@pytest.mark.parametrize(("value", "rounded"), [(1, 1), (0.0031, 0.002), (0.0033, 0.005), (7.2, 10), (6.9, 5)])
def test_round_to_125(value, rounded):
    assert round_to_125(value) == rounded


def test_another_surface_keeps_the_racers():
    moved = on_surface(GOOD, "schwefel")
    assert [racer.optimizer.name for racer in moved.lanes] == ["adam", "momentum"]
    assert moved.lanes[0].optimizer.numbers["b1"] == 0.8
    assert moved.lanes[0].schedule == ADAM.schedule
    assert [racer.optimizer.numbers["learning_rate"] for racer in moved.lanes] == [
        sensible_rate(LANDSCAPES["schwefel"], racer.rule) for racer in moved.lanes
    ]
    assert (moved.start, moved.noise, moved.steps) == (LANDSCAPES["schwefel"].start, 0.0, GOOD.steps)
    check(moved)


TWINS = {
    "rate": (lane("adam", learning_rate=0.1), lane("adam", learning_rate=0.2)),
    "three": (lane("adam", b1=0.5), lane("adam", b1=0.8), lane("adam", b1=0.8, b2=0.9)),
    "schedule knob": (lane("adam", "cosine", {"final": 0.1}), lane("adam", "cosine", {"final": 0.2})),
}


@pytest.mark.parametrize("twins", TWINS.values(), ids=TWINS)
def test_differences_tell_twins_apart(twins):
    experiment = Experiment.on("booth", *twins, lane("momentum"))
    told = [tuple(differences(experiment.lanes, number)) for number in range(len(experiment.lanes))]
    assert len(set(told)) == len(told)
    assert told[-1] == ()


def test_differences_are_only_what_differs():
    experiment = Experiment.on("booth", *TWINS["rate"], lane("sam"))
    assert [(name, value) for _, name, _, value in differences(experiment.lanes, 0)] == [("learning_rate", 0.1)]
    assert differences((lane("adam"), lane("adam")), 0) == []


def test_one_experiment_has_one_link():
    """Two ways to the same experiment have one link: by edits in any order, or at once."""
    turned = [("b1", 0.8), ("b2", 0.99), ("eps", 1e-4)]
    links = set()
    for seed in range(5):
        chance = random.Random(seed)
        racer = lane("adam").optimizer
        for name, value in chance.sample(turned, 3):
            racer = racer.with_values(**{name: value})
        links.add(Experiment.on("booth", Lane(racer, choice(SCHEDULES, "constant"))).to_link())
    assert links == {Experiment.on("booth", lane("adam", b1=0.8, b2=0.99, eps=1e-4)).to_link()}


# ---- a lane is a difference ------------------------------------------------------------------------------------------

GD = lane("gradient_descent", learning_rate=0.02)
VALLEY = Experiment.on("narrow_valley", GD, start=(-8.0, 3.0), steps=40)
OWN = GD.with_own("start", (5.0, 4.0)).with_own("noise", 0.5).with_own("seed", 7).with_own("knobs.condition", 200.0)


def test_what_is_a_lanes_own_is_read_back():
    own = replace(VALLEY, lanes=(GD, OWN, replace(OWN, kept=True, shown=False)), ground=2)
    assert Experiment.from_link(own.to_link()) == (own, ())
    assert own.of_lane(0) == own
    seen = own.of_lane(1)
    assert (seen.start, seen.noise, seen.seed, seen.landscape.numbers["condition"]) == ((5.0, 4.0), 0.5, 7, 200.0)
    assert own.mapped.landscape == seen.landscape
    assert own.mapped.start == own.start
    assert own.alike == replace(own, lanes=(GD, GD, replace(GD, shown=False)))


@pytest.mark.parametrize("told", ["start~1", "start~x,1", "start~99,1", "noise~-1", "knobs.up~3", "steps~3", "up~1"])
def test_what_cannot_be_a_lanes_own_is_told(told):
    found, notices = Experiment.from_link(f"{VALLEY.to_link()}~~constant~~with~{told}~seed~5")
    assert len(notices) == 1
    assert found.lanes[0].own == (("seed", 5),)


def test_a_lane_runs_from_its_own_start_on_its_own_surface_with_its_own_noise():
    own = replace(VALLEY, lanes=(GD, OWN))
    plain, other = (trajectory for _, trajectory in run(own))
    alone = dict(run(replace(own.of_lane(1), lanes=(GD,))))[0]
    np.testing.assert_array_equal(other.params, alone.params)
    assert plain.params[0].tolist() == [-8.0, 3.0]
    assert other.params[0].tolist() == [5.0, 4.0]


def test_the_script_of_lanes_that_differ_prints_their_losses(tmp_path):
    own = replace(VALLEY, lanes=(GD, OWN))
    printed = subprocess.run(
        [sys.executable, "-c", own.to_python()], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    wanted = [f"gradient_descent: final loss {trajectory.loss[-1]:.10g}" for _, trajectory in run(own)]
    assert printed == wanted


def test_another_surface_leaves_a_lanes_seed_alone():
    assert on_surface(replace(VALLEY, lanes=(OWN,)), "booth").lanes[0].own == (("seed", 7),)
