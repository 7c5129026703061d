"""The parabola through a point: exact on quadratics, elsewhere off by the cube of the distance."""

import jax
import numpy as np
import pytest

from engine.curvature.critical_points import critical_points
from engine.curvature.derivatives import hessian
from engine.curvature.points import inspect
from engine.curvature.taylor import CUT, DISTANCES, model, taylor
from landscapes import LANDSCAPES
from records import settings

QUADRATIC = ["booth", "matyas", "saddle", "narrow_valley"]
PLANE = [name for name, surface in LANDSCAPES.items() if surface.dimension == 2]


def losses_of(name, places):
    return np.asarray(jax.jit(jax.vmap(LANDSCAPES[name].make()))(np.asarray(places, float)))


@pytest.mark.parametrize("name", QUADRATIC)
def test_the_parabola_of_a_quadratic_is_the_surface(name):
    at = inspect(name, (0.7, -0.3))
    places = np.random.default_rng(1).uniform(-3, 3, (40, 2))
    np.testing.assert_allclose(model(at, places), losses_of(name, places), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", QUADRATIC)
@pytest.mark.parametrize("radius", [1e-3, 1.0, 100.0])
@pytest.mark.parametrize("point", [(0.0, 0.0), (1.0, 3.0), (0.7, -0.3), (1e3, 2.0)])
def test_a_quadratic_has_no_gap(name, radius, point):
    cuts, gap = taylor(name, inspect(name, point), radius)
    np.testing.assert_allclose(cuts.model, cuts.losses, rtol=1e-9, atol=1e-9)
    assert np.isnan(gap.error).all()
    assert np.isnan(gap.slope)


def test_the_model_has_the_value_slope_and_curvature_of_the_point():
    at = inspect("himmelblau", (1.0, 0.5))
    step = 1e-3
    here, *beside = model(at, at.point + step * np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]))
    assert here == at.loss
    right, left, up, down = beside
    np.testing.assert_allclose([(right - left), (up - down)], 2 * step * at.gradient, rtol=1e-9)
    second = np.array([right + left - 2 * here, up + down - 2 * here]) / step**2
    np.testing.assert_allclose(second, np.diag(hessian("himmelblau", (1.0, 0.5))), rtol=1e-6)


def test_a_model_over_a_grid_has_the_shape_of_the_grid():
    assert model(inspect("booth", (0.0, 0.0)), np.zeros((4, 3, 2))).shape == (4, 3)


@pytest.mark.parametrize("point", [(1.0, 0.5), (-2.0, 1.0), (4.0, -3.0), (0.0, 0.0)])
@pytest.mark.parametrize("radius", [0.05, 0.5, 3.0])
def test_the_gap_of_a_smooth_surface_grows_with_the_cube(point, radius):
    _, gap = taylor("himmelblau", inspect("himmelblau", point), radius)
    assert gap.slope == pytest.approx(3, abs=0.02)


@pytest.mark.parametrize(
    ("name", "point", "slope"),
    [
        ("toy_network", (0.0, 0.0), 4),  # (1 − w1 w2)²: the next term is (w1 w2)²
        ("rastrigin", (0.0, 0.0), 4),  # even in x and y
        ("bohachevsky", (0.0, 0.0), 4),  # even too, and its loss of 0 is a sum of larger numbers
        ("monkey_saddle", (0.0, 0.0), 3),
        ("deep_toy_network", (0.0, 0.0, 0.0), 3),  # (1 − w1 w2 w3)²
        ("cubic", (0.0, 0.0), 3),
        ("tilted_double_well", (1.3,), 3),
    ],
)
def test_the_order_of_the_first_term_that_is_missing(name, point, slope):
    width = LANDSCAPES[name].dimension
    _, gap = taylor(name, inspect(name, point[:width]), 0.3)
    assert gap.slope == pytest.approx(slope, abs=0.02)


def test_no_parabola_touches_a_tip():
    cuts, gap = taylor("ackley", inspect("ackley", (0.0, 0.0)), 0.3)
    assert np.isnan(gap.error).all()
    assert np.isnan(gap.slope)
    assert np.isfinite(cuts.losses).all()


def test_the_gap_is_the_largest_error_around():
    at = inspect("himmelblau", (1.0, 0.5))
    _, gap = taylor("himmelblau", at, 2.0)
    assert (np.diff(gap.distance) > 0).all()
    assert gap.distance[-1] == pytest.approx(2)
    np.testing.assert_allclose(np.diff(np.log(gap.distance)), np.log(gap.distance[1] / gap.distance[0]))
    turns = np.linspace(0, 2 * np.pi, 400)
    for distance, error in list(zip(gap.distance, gap.error, strict=True))[-3:]:
        around = at.point + distance * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        largest = np.abs(losses_of("himmelblau", around) - model(at, around)).max()
        assert 0.9 * largest <= error <= largest * (1 + 1e-6)  # 16 directions miss a little of it


def test_rounding_is_no_error():
    """What is kept lies on one line down to its smallest entry; below that the differences would be noise."""
    _, gap = taylor("himmelblau", inspect("himmelblau", (-2.0, 1.0)), 1e-2)
    kept = np.isfinite(gap.error)
    assert 0 < kept.sum() < DISTANCES
    assert (np.diff(kept.astype(int)) >= 0).all(), "nan below, errors above"
    fitted = gap.error[kept] / gap.distance[kept] ** 3
    np.testing.assert_allclose(fitted, fitted[-1], rtol=0.1)


@pytest.mark.parametrize(("point", "curvatures"), [((1.0, 1.0), (0, 4)), ((2.0, 0.5), (0, 8.5)), ((0.0, 0.0), (-2, 2))])
def test_cuts_of_the_toy_network_bend_as_its_eigenvalues_say(point, curvatures):
    cuts, _ = taylor("toy_network", inspect("toy_network", point), 1e-2)
    spacing = cuts.distance[1] - cuts.distance[0]
    for curve, atol in ((cuts.model, 1e-7), (cuts.losses, 5e-3)):
        bend = np.diff(curve, 2, axis=1) / spacing**2
        np.testing.assert_allclose(bend, np.broadcast_to(np.array(curvatures)[:, None], bend.shape), atol=40 * atol)
        np.testing.assert_allclose(bend[:, CUT // 2 - 1], curvatures, atol=atol)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface_is_cut_through_its_start(name):
    surface = LANDSCAPES[name]
    at = inspect(name, surface.start)
    cuts, gap = taylor(name, at, 0.1)
    assert cuts.losses.shape == cuts.model.shape == (surface.dimension, CUT)
    assert gap.distance.shape == gap.error.shape == (DISTANCES,)
    assert cuts.distance[CUT // 2] == 0
    np.testing.assert_allclose(cuts.distance, -cuts.distance[::-1], rtol=1e-12)
    np.testing.assert_allclose(cuts.losses[:, CUT // 2], at.loss, rtol=1e-12, atol=1e-12)
    for axis in range(surface.dimension):
        places = at.point + np.outer(cuts.distance, at.eigenvectors[:, axis])
        np.testing.assert_allclose(cuts.losses[axis, ::32], losses_of(name, places[::32]), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", PLANE)
def test_no_slope_is_invented(name):
    """At smooth points of any surface the first missing term has a whole order from 3 on, or there is none."""
    low, high = np.array(LANDSCAPES[name].window).T
    for point in low + (high - low) * np.random.default_rng(3).random((6, 2)):
        at = inspect(name, point)
        _, gap = taylor(name, at, 0.05 * (high - low).min())
        if at.kind != "not smooth" and not np.isnan(gap.slope):
            assert gap.slope > 2.9


def test_what_is_not_finite_stays_without_a_parabola():
    at = inspect("rosenbrock", (1e200, 0.0))
    cuts, gap = taylor("rosenbrock", at, 1.0)
    assert np.isnan(cuts.model).all()
    assert np.isnan(gap.error).all()
    assert np.isnan(gap.slope)


@pytest.mark.parametrize("radius", [0.0, -1.0, np.inf, np.nan])
def test_a_radius_that_is_none_is_told(radius):
    with pytest.raises(ValueError, match="radius must be a positive number, not"):
        taylor("booth", inspect("booth", (0.0, 0.0)), radius)


def test_knobs_point_and_radius_do_not_compile(compiled):
    taylor("rosenbrock", inspect("rosenbrock", (0.0, 0.0)), 1.0)
    compiled.clear()
    for b in (3.0, 30.0):
        at = inspect("rosenbrock", (b / 10, 0.5), b=b)
        for radius in (1e-2, 5.0):
            cuts, gap = taylor(LANDSCAPES["rosenbrock"], at, radius, b=b)
            assert cuts.losses[0, CUT // 2] == pytest.approx(at.loss, rel=1e-12)
            assert gap.slope == pytest.approx(3, abs=0.05)
    assert not compiled
    assert "b" in settings(LANDSCAPES["rosenbrock"].make)


def test_the_cubic_term_of_himmelblaus_minimum():
    """At (3, 2) the third derivatives are those of the formula: L_xxx = 24x, L_xxy = L_xyy = 4, L_yyy = 24y."""
    lowest = next(point for point in critical_points("himmelblau") if np.allclose(point.point, (3, 2), atol=1e-6))
    _, gap = taylor("himmelblau", lowest, 0.01)
    turns = np.linspace(0, 2 * np.pi, 1000)
    x, y = np.cos(turns), np.sin(turns)
    cubic = np.abs(72 * x**3 + 3 * 4 * x**2 * y + 3 * 4 * x * y**2 + 48 * y**3).max() / 6
    assert gap.error[-1] / gap.distance[-1] ** 3 == pytest.approx(cubic, rel=0.1)
