"""Leaving a saddle: which way, how much lower it is there, and how long gradient descent takes."""

import numpy as np
import pytest

from engine.arrays import upright
from engine.curvature.critical_points import critical_points
from engine.curvature.points import inspect
from engine.surfaces.escape import LIMIT, leaving, random_direction, step_out, way_out
from landscapes import LANDSCAPES

ORIGIN = np.zeros(2)
WITH_SADDLES = ["himmelblau", "six_hump_camel", "styblinski_tang", "muller_brown"]


def test_the_way_out_of_the_toy_network():
    out = way_out(inspect("toy_network", ORIGIN))
    np.testing.assert_allclose(out, np.sqrt([0.5, 0.5]), rtol=1e-12)


@pytest.mark.parametrize("reach", [0.05, 0.5])
@pytest.mark.parametrize("side", [-1, 1])
def test_the_loss_of_the_toy_network_falls_on_both_sides(reach, side):
    at = inspect("toy_network", ORIGIN)
    step = step_out("toy_network", at, side * way_out(at), reach)
    assert step.change < 0
    assert step.predicted == pytest.approx(-(reach**2), rel=1e-12)  # ½ λ s², λ = −2
    assert step.loss == pytest.approx((1 - reach**2 / 2) ** 2, rel=1e-12)
    assert step.change == pytest.approx(step.loss - 1, rel=1e-12)
    np.testing.assert_allclose(step.point, side * reach * np.sqrt([0.5, 0.5]), rtol=1e-12)


@pytest.mark.parametrize("name", WITH_SADDLES)
def test_both_sides_of_every_saddle_are_lower(name):
    saddles = [point for point in critical_points(name) if point.kind == "saddle"]
    assert len(saddles) >= 2
    reach = 1e-2 * min(high - low for low, high in LANDSCAPES[name].window)
    for at in saddles:
        out = way_out(at)
        assert np.linalg.norm(out) == pytest.approx(1)
        assert out[np.abs(out).argmax()] > 0
        for direction in (out, -out):
            step = step_out(name, at, direction, reach)
            assert step.loss < at.loss
            assert step.change == pytest.approx(step.predicted, rel=0.1)


@pytest.mark.parametrize("name", ["booth", "himmelblau"])
def test_there_is_no_way_out_of_a_minimum(name):
    minima = [point for point in critical_points(name) if point.kind == "minimum"]
    assert minima
    for at in minima:
        assert way_out(at) is None
        with pytest.raises(ValueError, match="no way out: no eigenvalue lies below"):
            leaving(name, at, 0.01, 0.1)


def test_there_is_none_where_h_is_zero_or_within_the_tolerance():
    assert way_out(inspect("monkey_saddle", ORIGIN)) is None
    assert way_out(inspect("deep_toy_network", np.zeros(3))) is None
    assert way_out(inspect("saddle", ORIGIN, tolerance=3.0)) is None


@pytest.mark.parametrize("point", [(0.0, 0.0), (1e200, 0.0)])
def test_there_is_none_where_h_means_nothing(point):
    """Ackley's tip is a minimum that H cannot see; beyond the range of numbers there is no H."""
    name = "ackley" if point == (0.0, 0.0) else "rosenbrock"
    at = inspect(name, point)
    assert at.kind == "not smooth"
    assert way_out(at) is None
    with pytest.raises(ValueError, match="not smooth"):
        leaving(name, at, 0.01, 0.1)


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(
    ("vector", "expected"),
    [
        ((0.6, 0.8), (0.6, 0.8)),
        ((0.8, -0.6), (0.8, -0.6)),
        ((0.6, -0.8), (-0.6, 0.8)),
        ((np.sqrt(0.5), -np.sqrt(0.5) * (1 + 1e-15)), (np.sqrt(0.5), -np.sqrt(0.5))),  # equal but for rounding
        ((0.0, 1.0), (0.0, 1.0)),
    ],
)
def test_the_sign_of_an_eigenvector_is_the_same_whatever_the_solver_returns(sign, vector, expected):
    several = np.array([[vector], [vector]]).swapaxes(-1, -2) * sign  # (2, d, 1)
    np.testing.assert_allclose(upright(several)[:, :, 0], 2 * [expected], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_random_directions(dimension):
    drawn = np.array([random_direction(dimension, seed) for seed in range(300)])
    np.testing.assert_allclose(np.linalg.norm(drawn, axis=1), 1)
    np.testing.assert_array_equal(drawn[7], random_direction(dimension, 7))
    assert np.abs(drawn.mean(axis=0)).max() < 0.15
    assert len(np.unique(drawn, axis=0)) == (2 if dimension == 1 else 300)


def test_a_step_on_a_slope_is_predicted_with_the_slope():
    at = inspect("booth", (0.3, -0.2))
    step = step_out("booth", at, random_direction(2, 3), 1.7)
    assert step.change == pytest.approx(step.predicted, rel=1e-12)  # a quadratic
    assert step.loss == pytest.approx(float(LANDSCAPES["booth"].make()(step.point)), rel=1e-12)


def test_a_step_with_other_knobs():
    at = inspect("rosenbrock", (0.3, -0.2), b=3.0)
    step = step_out("rosenbrock", at, (1.0, 0.0), 0.5, b=3.0)
    assert step.loss == pytest.approx(0.2**2 + 3 * (-0.2 - 0.64) ** 2, rel=1e-12)


def test_a_direction_of_another_dimension_is_told():
    with pytest.raises(ValueError, match=r"direction must have the shape of the point, \(2,\), not \(3,\)"):
        step_out("saddle", inspect("saddle", ORIGIN), np.ones(3), 0.1)


# ---- how long it takes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [1e-3, 0.02, 0.3])
@pytest.mark.parametrize("far", [1e-3, 0.5])
def test_steps_to_leave_the_plain_saddle(rate, far):
    """On a parabola the prediction is exact: the first whole step at or beyond it."""
    told = leaving("saddle", inspect("saddle", ORIGIN), rate, far)
    np.testing.assert_allclose(told.near[[0, -1]], [far / 3, far * 1e-7])
    np.testing.assert_allclose(np.diff(np.log(told.near)), np.log(told.near[1] / told.near[0]))
    np.testing.assert_allclose(told.predicted, np.log(far / told.near) / np.log(1 + 2 * rate))
    np.testing.assert_array_equal(np.abs(told.measured - np.ceil(told.predicted)) <= 1, True)


@pytest.mark.parametrize("far", [0.02, 0.2])
def test_steps_to_leave_the_toy_network(far):
    told = leaving("toy_network", inspect("toy_network", ORIGIN), 0.01, far)
    np.testing.assert_allclose(told.measured, told.predicted, rtol=0.1)
    assert (np.diff(told.measured) > 0).all()


@pytest.mark.parametrize("name", WITH_SADDLES)
def test_steps_to_leave_every_saddle(name):
    """From far closer than the Hessian changes, with a rate at which the other direction is stable."""
    for at in critical_points(name):
        if at.kind == "saddle":
            far = 1e-3 * min(high - low for low, high in LANDSCAPES[name].window)
            told = leaving(name, at, 0.2 / np.abs(at.eigenvalues).max(), far)
            np.testing.assert_array_less(np.abs(told.measured - told.predicted), 2 + 0.05 * told.predicted)


def test_a_maximum_is_left_too():
    highest = next(point for point in critical_points("himmelblau") if point.kind == "maximum")
    told = leaving("himmelblau", highest, 1e-3, 1e-2)
    np.testing.assert_array_less(np.abs(told.measured - told.predicted), 2 + 0.05 * told.predicted)


def test_what_does_not_leave_within_the_limit_says_so():
    told = leaving("saddle", inspect("saddle", ORIGIN), 1e-4, 0.1)
    assert (told.measured == -1).any()
    np.testing.assert_array_equal(told.measured == -1, told.predicted > LIMIT)


def test_a_record_and_its_knobs():
    surface = LANDSCAPES["tilted_double_well"]
    at = next(point for point in critical_points(surface, tilt=0.1) if point.kind == "maximum")
    told = leaving(surface, at, 0.01, 0.01, tilt=0.1)
    np.testing.assert_array_less(np.abs(told.measured - told.predicted), 2 + 0.05 * told.predicted)


@pytest.mark.parametrize("rate", [0.9, 1e3, 1e200])
def test_a_rate_that_diverges_leaves_too(rate):
    told = leaving("toy_network", inspect("toy_network", ORIGIN), rate, 0.1)
    assert (told.measured > 0).all()
    assert (told.measured <= np.ceil(told.predicted) + 1).all()
    for at in critical_points("styblinski_tang"):  # along one axis the way out, along the other the path is lost
        if at.kind == "saddle":
            assert leaving("styblinski_tang", at, rate, 0.1).measured.shape == told.near.shape


def test_a_slope_is_not_left_but_descended():
    with pytest.raises(ValueError, match="this one is sloped"):
        leaving("saddle", inspect("saddle", (1.0, 1.0)), 0.01, 0.1)


@pytest.mark.parametrize(("rate", "far"), [(0.0, 0.1), (-1.0, 0.1), (0.1, 0.0), (np.nan, 0.1), (0.1, np.inf)])
def test_a_rate_or_a_distance_that_is_none_is_told(rate, far):
    with pytest.raises(ValueError, match="must be positive numbers"):
        leaving("saddle", inspect("saddle", ORIGIN), rate, far)


def test_other_rates_distances_and_points_do_not_compile(compiled):
    at = inspect("toy_network", ORIGIN)
    step_out("toy_network", at, way_out(at), 0.1)
    leaving("toy_network", at, 0.01, 0.1)
    compiled.clear()
    step_out("toy_network", at, random_direction(2, 1), 0.3)
    leaving("toy_network", at, 0.001, 0.3)
    assert not compiled
