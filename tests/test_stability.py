"""What curvature predicts, and that descents do it: rates, steps to leave a saddle, limits of stability."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from engine import descend
from engine.arrays import as_numbers
from engine.curvature.derivatives import hessian
from engine.curvature.points import inspect
from engine.surfaces.stability import (
    crossings,
    escape_steps,
    limits_along,
    limits_at,
    local_rates,
    sharpness_along,
    stability_limit,
)
from optimizers import OPTIMIZERS
from records import settings


def test_local_rates_are_reached():
    rates = local_rates(inspect("booth", (1, 3)).eigenvalues)
    assert rates.gradient_descent_rate == pytest.approx(0.1)
    assert rates.gradient_descent_factor == pytest.approx(0.8)
    plain = descend("booth", "gradient_descent", (-8, -5), 60, learning_rate=rates.gradient_descent_rate)
    far = np.linalg.norm(plain.params - (1, 3), axis=1)
    np.testing.assert_allclose(far[41:] / far[40:-1], 0.8, rtol=1e-9)
    heavy = descend(
        "booth", "momentum", (-8, -5), 60, learning_rate=rates.heavy_ball_rate, momentum=rates.heavy_ball_momentum
    )
    far = np.linalg.norm(heavy.params - (1, 3), axis=1)
    assert (far[60] / far[20]) ** (1 / 40) == pytest.approx(rates.heavy_ball_factor, rel=0.05)


def test_steps_to_leave_a_saddle():
    found = descend("saddle", "gradient_descent", (0.0, 1e-6), 200, learning_rate=0.05)
    measured = int(np.argmax(np.abs(found.params[:, 1]) >= 1.0))
    assert measured == int(np.ceil(escape_steps(0.05, -2.0, 1e-6, 1.0)))


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ("gradient_descent", {}, 2),
        ("momentum", {"momentum": 0.9}, 3.8),
        ("momentum", {"momentum": 0.999}, 3.998),
        ("nesterov", {"momentum": 0.9}, 3.8 / 2.8),
        ("rmsprop", {}, 2),
        ("adagrad", {}, 2),
        ("adam", {"b1": 0.9}, 38),
        ("adam", {"b1": 0.0}, 2),
        ("adam", {"b1": 0.5, "bias_correction": 0.0}, 6),
    ],
)
def test_stability_limits_in_closed_form(rule, given, expected):
    assert stability_limit(rule, learning_rate=0.1, **given) == pytest.approx(expected / 0.1, rel=1e-9)


@pytest.mark.parametrize("decay", [0.0, 0.01, 1.0])
@pytest.mark.parametrize("rate", [0.01, 0.7])
def test_a_decoupled_decay_takes_its_part_of_the_limit(rate, decay):
    """θ ← (1 − ηλ_w) θ − η m̂/σ: with z = −1 in its characteristic polynomial H/σ is (2/η − λ_w)(1 + β₁)/(1 − β₁)."""
    limit = stability_limit("adamw", learning_rate=rate, b1=0.8, weight_decay=decay)
    assert limit == pytest.approx((2 / rate - decay) * 9, rel=1e-9)


WITHOUT = ["lion", "sam", "newton", "saddle_free_newton", "lbfgs", "adadelta"]
LIMITED = [rule for rule in OPTIMIZERS if rule not in WITHOUT]
CORRECTED = ["adam", "adamw", "nadam", "radam", "amsgrad", "adabelief"]


@pytest.mark.parametrize("rule", WITHOUT)
def test_rules_without_a_limit(rule):
    """Their steps are not proportional to the gradients, or look at more than one gradient."""
    assert np.isnan(stability_limit(OPTIMIZERS[rule]))
    assert np.isnan(limits_at(rule, [0.1, 0.0], [0, 1])).all()


@partial(jax.jit, static_argnames="make")
def iterated(make, hyperparameters, rates, curvatures):
    """|θ_t| from 1, at rest, on parabolas of these curvatures (T,), σ frozen at 1: the rule's own step times its σ."""

    def one(carry, given):
        theta, state = carry
        rate, curvature = given
        rule = make(**{**hyperparameters, "learning_rate": rate})
        grads = curvature * theta
        blind, _ = rule.update(grads, state, jnp.zeros_like(theta))
        seeing, state = rule.update(grads, state, theta)
        theta = theta + rule.scale(state) * blind + (seeing - blind)  # the decay is not divided by σ
        return (theta, state), jnp.abs(theta[0])

    start = jnp.ones(1)
    return jax.lax.scan(one, (start, make(**hyperparameters).init(start)), (rates, curvatures))[1]


def sizes(rule, rates, curvatures, **hyperparameters):
    numbers = {name: setting.default for name, setting in settings(OPTIMIZERS[rule].make).items()} | hyperparameters
    found = np.asarray(iterated(OPTIMIZERS[rule].make, as_numbers(numbers), rates, curvatures))
    return np.nan_to_num(found, nan=np.inf)


def chosen(rule, number):
    """Hyperparameters within reach; memories that a run of 3000 steps outlasts."""
    chance = np.random.default_rng([number, 5])
    given = {}
    for name, setting in settings(OPTIMIZERS[rule].make).items():
        knob, share = setting.knob, chance.uniform()
        given[name] = min(knob.low * (knob.high / knob.low) ** share if knob.kind == "log" else share * knob.high, 1e3)
        if knob.kind == "decay":
            given[name] = min(given[name], 0.99)
    return given | ({"bias_correction": float(number % 2)} if "bias_correction" in given else {})


@pytest.mark.parametrize("rule", LIMITED)
def test_just_below_the_limit_the_error_fades_and_just_above_it_grows(rule):
    """The limit against the iteration itself, for hyperparameters drawn by chance."""
    steps = 3000
    for number in range(8):
        given = chosen(rule, number)
        rate = given.pop("learning_rate")
        limit = stability_limit(rule, learning_rate=rate, **given)
        rates = np.full(steps, rate)
        below, above = (sizes(rule, rates, np.full(steps, share * limit), **given) for share in (0.98, 1.02))
        if 2 / rate > given.get("weight_decay", 0):
            assert below[-50:].max() < 1e-6 * below.max(), (rate, given)
        else:
            assert limit < 0
        assert above[-50:].max() > 1e3 * above[:100].max() or np.isinf(above[-1]), (rate, given)


@pytest.mark.parametrize("rule", CORRECTED)
def test_the_limit_rises_while_the_bias_correction_fades(rule):
    """T23: if the curvature follows the limit, θ changes sides for ever; above, it grows, below, it fades."""
    steps = 400
    for number in range(6):
        given = chosen(rule, 2 * number + 1)  # with bias correction
        given.pop("learning_rate")
        given["weight_decay"] = 0.3
        given = {name: value for name, value in given.items() if name in settings(OPTIMIZERS[rule].make)}
        rates = np.full(steps, 0.2)
        limits = limits_at(rule, rates, np.arange(steps), **given)
        assert (np.diff(limits) > -1e-6).all()
        assert limits[-1] <= stability_limit(rule, learning_rate=0.2, **given) * (1 + 1e-6)
        np.testing.assert_allclose(sizes(rule, rates, limits, **given), 1, rtol=1e-5)
        faded, grown = (sizes(rule, rates, share * limits, **given) for share in (0.95, 1.05))
        assert faded.max() < 1
        assert faded[-1] < 0.1
        assert (np.diff(grown[:20]) > 0).all()
        assert grown[-1] > 10 * grown[10]


def test_the_limit_of_adam_step_by_step():
    """2(1 + β₁ − 2β₁^{t+1})/((1 − β₁)η): 2/η at first, 38/η in the end, nine tenths of it after 22 steps."""
    t = np.arange(500)
    for b1 in (0.0, 0.5, 0.9, 0.99):
        expected = 2 * (1 + b1 - 2 * b1 ** (t + 1)) / (1 - b1) / 0.01
        np.testing.assert_allclose(limits_at("adam", np.full(500, 0.01), t, b1=b1), expected, rtol=1e-8)
    rising = limits_at("adam", np.full(500, 1.0), t)
    assert rising[0] == pytest.approx(2)
    assert rising[20] < 0.9 * 38 < rising[22]
    assert rising[-1] == pytest.approx(38)
    plain = limits_at("adam", np.full(500, 1.0), t, bias_correction=0.0)
    np.testing.assert_allclose(plain, 38)


def test_early_steps_of_adam_are_above_its_limit():
    """T23, by the engine: σ frozen by ε = 1 and tiny gradients, at 0.97 of the final limit the error first grows."""
    rate = 0.97 * 38
    found = descend("narrow_valley", "adam", (1e-30, 0.0), 2000, knobs={"condition": 1.0}, learning_rate=rate, eps=1.0)
    far = np.abs(found.params[:, 0])
    linear = sizes("adam", np.full(2001, rate), np.ones(2001))
    np.testing.assert_allclose((far / far[0])[:200], [1, *linear[:199]], rtol=1e-6)
    assert far.max() / far[0] > 1e14
    assert far[-1] < 1e-6 * far.max()
    sharpness = sharpness_along("narrow_valley", found, condition=1.0)
    above = sharpness > limits_along("adam", found, learning_rate=rate, eps=1.0)
    last = int(np.flatnonzero(above)[-1])
    assert above[: last + 1].all()
    assert last < far.argmax() < 2 * last


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "nesterov", "adam", "adamw", "nadam", "yogi"])
@pytest.mark.parametrize("schedule", ["inverse_sqrt", "cosine"])
def test_the_limit_under_a_schedule(rule, schedule):
    found = descend("booth", rule, steps=400, learning_rate=0.3, schedule=schedule)
    limits = limits_along(rule, found, learning_rate=0.3)
    for share, grows in ((0.9, False), (1.1, True)):
        error = sizes(rule, found.learning_rate[:350], share * limits[:350])
        assert (error[-1] > 10) == grows
        assert (error[-1] < 0.1) == (not grows)


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "nesterov"])
@pytest.mark.parametrize("beyond", [0.97, 1.03])
def test_on_a_quadratic_the_mark_and_the_divergence_coincide(rule, beyond):
    rate = beyond * stability_limit(rule, learning_rate=1.0) / 18  # Booth's steepest curvature is 18
    found = descend("booth", rule, steps=3000, learning_rate=rate)
    sharpness = sharpness_along("booth", found)
    np.testing.assert_allclose(sharpness[:100], 18, rtol=1e-12)
    marks = crossings(sharpness, stability_limit(rule, learning_rate=rate))
    assert (len(marks) > 0) == (found.diverged_at >= 0) == (beyond > 1)


def test_the_sharpness_of_adaptive_rules_is_that_of_the_scaled_hessian():
    found = descend("rosenbrock", "adam", steps=1500, learning_rate=0.01)  # more than one block
    sharpness = sharpness_along("rosenbrock", found)
    assert sharpness.shape == (1501,)
    for row in (0, 700, 1499):
        root = np.sqrt(found.scale[row])
        expected = np.linalg.eigvalsh(hessian("rosenbrock", found.params[row]) / root / root[:, None])[-1]
        assert sharpness[row] == pytest.approx(expected, rel=1e-9)
    plain = sharpness_along("rosenbrock", found._replace(scale=None))
    assert plain[0] == pytest.approx(np.linalg.eigvalsh(hessian("rosenbrock", found.params[0]))[-1])


def test_a_diverged_path_has_no_sharpness_at_its_end():
    found = descend("rosenbrock", "gradient_descent", steps=50, learning_rate=1.0)
    sharpness = sharpness_along("rosenbrock", found)
    assert np.isfinite(sharpness[0]) and np.isnan(sharpness[-1])
    assert crossings(sharpness, 2.0)[0] == 0


@pytest.mark.parametrize("rule", ["gradient_descent", "adam"])
def test_the_limit_follows_the_learning_rate(rule):
    """It grows while the schedule lowers η; a step that is not taken cannot be too long."""
    found = descend("booth", rule, steps=40, learning_rate=0.1, schedule="cosine", schedule_knobs={"final": 0.0})
    limits = limits_along(rule, found, learning_rate=0.1)
    alone = limits_at(rule, np.ones(40), np.arange(40))
    np.testing.assert_allclose(limits[:40] * found.learning_rate, alone, rtol=1e-12)
    assert limits[40] == limits[39] > limits[0]
    resting = found._replace(learning_rate=np.zeros(40))
    np.testing.assert_array_equal(limits_along(rule, resting), np.full(41, np.inf))
    assert not len(crossings(np.full(41, 1e300), limits_along(rule, resting)))
    assert np.isnan(limits_along("lion", found)).all()


def test_crossings_are_upwards():
    np.testing.assert_array_equal(crossings(np.array([1.0, 3, 3, 1, np.nan, 5]), 2.0), [1, 5])


def test_bad_input():
    with pytest.raises(ValueError, match="positive"):
        local_rates((-1.0, 2.0))
    with pytest.raises(ValueError, match="λ < 0"):
        escape_steps(0.1, 2.0, 1e-3, 1.0)
    with pytest.raises(ValueError, match="unknown optimizer 'eve'"):
        stability_limit("eve")
    with pytest.raises(ValueError, match=r"hyperparameter 'b3'.*b1"):
        stability_limit("adam", b3=0.5)


def test_moving_anything_compiles_nothing(compiled):
    path = descend("rosenbrock", "adam", steps=9)
    calls = (
        lambda number: sharpness_along("rosenbrock", path._replace(params=path.params + number), a=number, b=7),
        lambda number: stability_limit("adam", learning_rate=number, b1=0.5 / (1 + number)),
        lambda number: limits_along("adam", path, b2=0.5 / (1 + number)),
    )
    for call in calls:
        call(0.1)
    compiled.clear()
    for number in (1, 0.5, 0.25, 2):
        for call in calls:
            call(number)
    assert compiled == []
