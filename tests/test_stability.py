"""What curvature predicts, and that descents do it: rates, steps to leave a saddle, limits of stability."""

import numpy as np
import pytest

from engine import descend
from engine.curvature import hessian, inspect
from engine.stability import crossings, escape_steps, limits_along, local_rates, sharpness_along, stability_limit
from optimizers import OPTIMIZERS


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


@pytest.mark.parametrize("rule", ["lion", "sam", "newton"])
def test_rules_without_a_limit(rule):
    assert np.isnan(stability_limit(OPTIMIZERS[rule]))


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
    np.testing.assert_allclose(limits[:40] * found.learning_rate, stability_limit(rule, learning_rate=1.0), rtol=1e-12)
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
