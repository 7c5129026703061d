"""A race: what its rows mean, that many starts are many single ones, how it ends, and that no slider compiles."""

from itertools import islice

import jax
import numpy as np
import pytest

from engine import descend
from engine.surfaces import descent
from engine.surfaces.descent import LONGEST, NEVER, ROWS, Descent, descending, gradient_noise, schedule_factors
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import settings

BOOTH = np.array([[10.0, 8.0], [8.0, 10.0]])  # Hessian; minimum (1, 3)
STARTS = np.array([[-1.2, 1.0], [0.0, 0.0], [1.5, 2.5]])
MOUNTAIN = np.array([[0.483, 0.05], [-0.444, 0.937], [0.663, 1.081]])
RULES = ("gradient_descent", "adam", "lbfgs")  # without a state, with one, with a line search


@pytest.mark.parametrize("start", [(-1.2, 1.0), STARTS], ids=["one start", "three starts"])
def test_shapes(start):
    found = descend("rosenbrock", "adam", start, steps=20, learning_rate=0.1)
    lead, width = np.shape(start)[:-1], 2
    assert found.params.shape == (*lead, 21, width)
    assert found.loss.shape == found.gradient_norm.shape == (*lead, 21)
    assert found.learning_rate.shape == (20,)
    assert found.grads.shape == found.step.shape == found.scale.shape == (*lead, 20, width)
    assert found.evaluations.shape == (*lead, 20)
    assert np.shape(found.diverged_at) == lead
    floats = [value for name, value in found._asdict().items() if name != "diverged_at"]
    assert all(value.dtype == np.float64 for value in floats)


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_a_path_that_an_infinite_gradient_has_frozen_has_diverged(rule):
    """Müller and Brown's last term grows like exp x²: beyond numbers squared, where rules that divide by them stop."""
    for rate in (1.0, 20.0, 1000.0):
        found = descend("muller_brown", rule, MOUNTAIN, steps=60, learning_rate=rate)
        rows = np.isfinite(found.gradient_norm) & np.isfinite(found.loss) & np.isfinite(found.params).all(axis=2)
        np.testing.assert_array_equal(found.diverged_at >= 0, ~rows.all(axis=1))
        np.testing.assert_array_equal(found.diverged_at[~rows.all(axis=1)], rows.argmin(axis=1)[~rows.all(axis=1)])


def test_without_terms_only_the_path_is_recorded():
    plain = descend("rosenbrock", "adam", STARTS, steps=20, terms=False)
    full = descend("rosenbrock", "adam", STARTS, steps=20)
    assert plain.grads is plain.step is plain.scale is plain.evaluations is None
    np.testing.assert_allclose(plain.params, full.params, rtol=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_what_the_rows_mean(rule):
    knobs = {"final": 0.1}
    found = descend("rosenbrock", rule, (-1.2, 1.0), 25, schedule="cosine", schedule_knobs=knobs, learning_rate=1e-3)
    np.testing.assert_array_equal(found.params[0], (-1.2, 1.0))
    np.testing.assert_allclose(found.params[1:], found.params[:-1] + found.step, rtol=1e-13, atol=1e-15)
    x, y = found.params.T
    np.testing.assert_allclose(found.loss, (1 - x) ** 2 + 100 * (y - x**2) ** 2, rtol=1e-10, atol=1e-20)
    slope = np.stack([2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=1)
    np.testing.assert_allclose(found.grads, slope[:-1], rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(found.gradient_norm, np.linalg.norm(slope, axis=1), rtol=1e-8, atol=1e-9)
    t = np.arange(25)
    np.testing.assert_allclose(found.learning_rate, 1e-3 * (0.1 + 0.45 * (1 + np.cos(np.pi * t / 25))), rtol=1e-12)
    assert found.diverged_at == -1


def test_the_step_is_the_rate_over_sigma_times_m():
    """θ ← θ − (η/σ)·m, with Adam's moments recomputed from the gradients that it saw."""
    found = descend("booth", "adam", steps=30, schedule="exponential", learning_rate=0.3, b1=0.8, b2=0.95, eps=1e-3)
    mean, square = np.zeros(2), np.zeros(2)
    for t, grads in enumerate(found.grads, 1):
        mean, square = 0.8 * mean + 0.2 * grads, 0.95 * square + 0.05 * grads**2
        sigma = np.sqrt(square / (1 - 0.95**t)) + 1e-3
        np.testing.assert_allclose(found.scale[t - 1], sigma, rtol=1e-12)
        step = -found.learning_rate[t - 1] / sigma * mean / (1 - 0.8**t)
        np.testing.assert_allclose(found.step[t - 1], step, rtol=1e-11)


@pytest.mark.parametrize("rule", RULES)
def test_many_starts_are_many_single_starts(rule):
    together = descend("rosenbrock", rule, STARTS, steps=15, learning_rate=1e-3, noise=0.1, seed=3)
    for number, start in enumerate(STARTS):
        alone = descend("rosenbrock", rule, start, steps=15, learning_rate=1e-3, noise=0.1, seed=3)
        for name in ("params", "loss", "gradient_norm", "grads", "step", "scale", "evaluations"):
            here, there = getattr(together, name)[number], getattr(alone, name)
            np.testing.assert_allclose(here, there, rtol=1e-12, atol=1e-12, err_msg=name)


def test_seventeen_starts_need_the_next_program_and_stay_seventeen():
    starts = np.random.default_rng(0).uniform(-5, 5, (17, 2))
    found = descend("booth", "gradient_descent", starts, steps=5, learning_rate=0.05)
    np.testing.assert_array_equal(found.params[:, 0], starts)
    turn = np.eye(2) - 0.05 * BOOTH
    expected = (starts - (1, 3)) @ np.linalg.matrix_power(turn, 5) + (1, 3)
    np.testing.assert_allclose(found.params[:, 5], expected, rtol=1e-12)


# ---- longer than one call of the program -----------------------------------------------------------------------------


@pytest.mark.parametrize(("steps", "start"), [(20_000, (-9.0, 4.0)), (ROWS - 1, (0.0, 0.0)), (ROWS, (0.0, 0.0))])
def test_a_long_run_is_the_closed_form(steps, start):
    """Gradient descent on a quadratic: θ_t − θ* = (1 − η H)^t (θ_0 − θ*), before and after each border."""
    rate = 1e-5
    found = descend("booth", "gradient_descent", start, steps, learning_rate=rate)
    assert len(found.params) == steps + 1
    values, vectors = np.linalg.eigh(BOOTH)
    t = np.arange(steps + 1)[:, None]
    expected = ((1 - rate * values) ** t * (vectors.T @ (np.array(start) - (1, 3)))) @ vectors.T + (1, 3)
    np.testing.assert_allclose(found.params, expected, rtol=1e-9, atol=1e-9)


def test_a_long_run_of_many_starts_is_one_of_single_starts():
    together = descend("booth", "momentum", STARTS, steps=ROWS + 50, learning_rate=1e-3)
    alone = descend("booth", "momentum", STARTS[1], steps=ROWS + 50, learning_rate=1e-3)
    np.testing.assert_allclose(together.params[1], alone.params, rtol=1e-10, atol=1e-10)


def test_a_rule_keeps_its_memory_across_the_border():
    found = descend("booth", "momentum", (-9.0, 4.0), ROWS + 20, learning_rate=1e-7, momentum=0.999)
    before, after = found.step[ROWS - 20 : ROWS + 19], found.step[ROWS - 19 : ROWS + 20]
    np.testing.assert_allclose(after, 0.999 * before - 1e-7 * found.grads[ROWS - 19 : ROWS + 20], rtol=1e-9)


def test_a_schedule_and_the_noise_know_no_border():
    found = descend("booth", "gradient_descent", steps=20_000, schedule="cosine", learning_rate=1e-4, noise=0.1, seed=1)
    t = np.arange(20_000)
    np.testing.assert_allclose(found.learning_rate, 5e-5 * (1 + np.cos(np.pi * t / 20_000)), rtol=1e-6, atol=1e-18)
    slope = (found.params[:-1] - (1, 3)) @ BOOTH
    np.testing.assert_allclose(found.grads - slope, gradient_noise(0.1, 1, 20_000, 2)[:-1], atol=1e-10)


# ---- noise -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["gradient_descent", "adam"])
def test_noise_is_the_same_for_every_rule_and_not_in_the_norm(rule):
    found = descend("booth", rule, (0.0, 0.0), 30, noise=2.0, seed=11, learning_rate=0.01)
    slope = (found.params - (1, 3)) @ BOOTH
    np.testing.assert_allclose(found.grads - slope[:-1], gradient_noise(2.0, 11, 30, 2)[:-1], atol=1e-11)
    np.testing.assert_allclose(found.gradient_norm, np.linalg.norm(slope, axis=1), rtol=1e-12)


def test_noise_follows_its_seed():
    one, same, other = (descend("booth", "sam", steps=10, noise=1.0, seed=seed).params for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other)[1:].min() > 0


def test_noise_has_its_deviation_and_no_mean():
    noise = gradient_noise(3.0, 0, 20_000, 2)
    np.testing.assert_allclose(noise.std(axis=0), 3.0, rtol=0.02)
    np.testing.assert_allclose(noise.mean(axis=0), 0.0, atol=0.1)
    assert not gradient_noise(0.0, 0, 5, 2).any()


# ---- divergence, errors, stopping ------------------------------------------------------------------------------------


def test_divergence_is_a_result():
    """η = 10 on Booth, λ_max = 18: the error grows by 179 a step, so it is 10⁶ windows away after three or four."""
    lost = descend("booth", "gradient_descent", (0.0, 0.0), 500, learning_rate=10.0)
    assert 3 <= lost.diverged_at <= 5
    assert np.isfinite(lost.params[: lost.diverged_at + 1]).all()
    assert not np.isfinite(lost.loss[-1])
    assert lost.loss.shape == (501,)


def test_a_start_that_diverges_leaves_the_others_alone():
    """Rosenbrock's walls are of degree 4: from afar plain descent overshoots more at every step."""
    found = descend("rosenbrock", "gradient_descent", [(-1.2, 1.0), (100.0, 3.0)], 50, learning_rate=1e-3)
    assert found.diverged_at[0] == -1
    assert 0 < found.diverged_at[1] < 50
    alone = descend("rosenbrock", "gradient_descent", (-1.2, 1.0), 50, learning_rate=1e-3)
    np.testing.assert_allclose(found.params[0], alone.params, rtol=1e-12)


def test_a_start_without_a_gradient_is_lost_at_once():
    assert descend("booth", "adam", (np.nan, 0.0), 5).diverged_at == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"landscape": "nowhere"}, "unknown landscape 'nowhere'.*rosenbrock"),
        ({"optimizer": "eve"}, "unknown optimizer 'eve'.*adam"),
        ({"schedule": "nightly"}, "unknown schedule 'nightly'.*cosine"),
        ({"steps": 0}, "steps.* 1 .*100000.* 0"),
        ({"steps": LONGEST + 1}, "steps.*100001"),
        ({"start": (1.0,)}, r"start.*\(2,\).*\(1,\)"),
        ({"start": 1.0}, r"start.*\(2,\).*\(\)"),
        ({"start": np.zeros((2, 3))}, r"start.*\(N, 2\).*\(2, 3\)"),
        ({"start": np.zeros((0, 2))}, r"start.*\(N, 2\).*\(0, 2\)"),
        ({"b3": 0.5}, "hyperparameter 'b3'.*b1"),
        ({"knobs": {"c": 1.0}}, "knob 'c'.*a, b"),
        ({"schedule_knobs": {"final": 1.0}}, "knob 'final'.*warmup"),
    ],
)
def test_what_makes_no_sense_is_said(given, message):
    with pytest.raises(ValueError, match=message):
        descend(**{"landscape": "rosenbrock", "optimizer": "adam", **given})


def test_records_are_taken_as_well_as_names():
    named = descend("booth", "adam", steps=9, schedule="cosine")
    given = descend(LANDSCAPES["booth"], OPTIMIZERS["adam"], steps=9, schedule=SCHEDULES["cosine"])
    np.testing.assert_array_equal(named.params, given.params)


NOTHING = ({}, {}, SCHEDULES["constant"], {})  # of hyperparameters, knobs and schedule is as usual


def test_a_run_is_told_bit_by_bit_and_can_be_left():
    def booth(steps):
        return descending(Descent(LANDSCAPES["booth"], OPTIMIZERS["gradient_descent"], (0.0, 0.0), steps, *NOTHING))

    run = booth(2 * ROWS)
    told = list(run)
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert [trajectory is None for _, trajectory in told] == [True, True, True, False]
    left = booth(LONGEST)
    next(left)
    left.close()


# ---- programs --------------------------------------------------------------------------------------------------------


def moves(rules, chance):
    """Random positions of all sliders of Rosenbrock and of the rules; most runs are short, so that the test is too."""

    def turned(make):
        found = {}
        for name, setting in settings(make).items():
            low, high = setting.knob.low, setting.knob.high
            value = chance.uniform(low, high)
            whole = setting.knob.kind in ("whole", "switch")
            found[name] = chance.choice([low, high, round(value) if whole else value])  # low and high may be ints
        return found

    while True:
        schedule = chance.choice(list(SCHEDULES))
        longest = chance.choice([4, 40, 10_000], p=[0.9, 0.098, 0.002])
        yield {
            "optimizer": (rule := chance.choice(rules)),
            "start": chance.uniform((-2.0, -1.0), (2.0, 3.0)).tolist(),
            "steps": int(chance.integers(1, longest + 1)),
            "knobs": turned(LANDSCAPES["rosenbrock"].make),
            "schedule": schedule,
            "schedule_knobs": turned(SCHEDULES[schedule].make),
            "noise": chance.choice([0, 0.0, 1, 0.3]),
            "seed": int(chance.integers(100)),
            **turned(OPTIMIZERS[rule].make),
        }


def test_thousands_of_slider_moves_compile_nothing(compiled):
    rules = ("gradient_descent", "rmsprop", "adam")
    cloud = np.zeros((5, 2))
    for rule in rules:
        descend("rosenbrock", rule, steps=1)
    for schedule in SCHEDULES:  # its factors are a program of their own, shared by all surfaces and rules
        descend("rosenbrock", "adam", steps=1, schedule=schedule)
        descend("rosenbrock", "adam", cloud, steps=1, schedule=schedule)
    compiled.clear()
    chance = np.random.default_rng(0)
    for number, move in enumerate(islice(moves(rules, chance), 2_000)):
        if number % 100 == 0:  # now and then a cloud of up to sixteen starts
            adams = {name: value for name, value in move.items() if name not in settings(OPTIMIZERS["rmsprop"].make)}
            cloud = chance.uniform(-1, 1, (chance.integers(2, 17), 2))
            descend("rosenbrock", **{**adams, "optimizer": "adam", "start": cloud, "steps": min(move["steps"], 50)})
        descend("rosenbrock", **move)
    assert compiled == []


def test_the_counter_of_compiles_counts(compiled):
    jax.jit(lambda x: x + 12345.0)(np.float64(1))
    assert len(compiled) == 1


@pytest.mark.parametrize("name", ["gradient_descent", "adam", "lbfgs"])
def test_a_descent_is_one_native_function(name):
    """The setting of engine/xla.py is active: XLA makes one call of the whole loop instead of one for each kernel."""
    surface, rule = LANDSCAPES["rosenbrock"], OPTIMIZERS[name]
    numbers, knobs = (
        {key: np.full(16, each.default) for key, each in settings(of.make).items()} for of in (rule, surface)
    )
    state = descent._blank_state(rule.make, tuple(numbers), 2, 16)
    program = descent._program.lower(
        surface.make, rule.make, True, (np.zeros((2, 16)), state, np.full(1, NEVER, np.int32)), np.int32(0),
        np.int32(9), descent.near_of(surface), knobs, numbers, np.ones(ROWS), np.zeros((ROWS, 2)), numbers,
    ).compile()  # fmt: skip
    assert "xla_cpu_small_call" in program.as_text()


def test_factors_of_a_stretch_are_rows_of_the_whole():
    knobs = (("warmup", 50.0), ("final", 0.1))
    whole = schedule_factors(SCHEDULES["warmup_cosine"], 0, 900, knobs)
    part = schedule_factors(SCHEDULES["warmup_cosine"], 400, 900, knobs)
    np.testing.assert_allclose(part[:500], whole[400:900], rtol=1e-12)
