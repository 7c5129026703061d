"""Curvature at a point: closed forms, the verdict and its tolerance; nothing recompiles."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from engine import descend
from engine.curvature.derivatives import SHARED, hessian, hvp, spectrum
from engine.curvature.points import inspect, inspect_all, judge, judged
from engine.link import choice
from landscapes import LANDSCAPES

CHANCE = np.random.default_rng(0)
INPUTS = CHANCE.standard_normal((30, 4))
TARGETS = CHANCE.standard_normal(30)
CLASSES = (TARGETS > 0).astype(float)


def linear_regression(inputs, targets):
    return lambda weights: jnp.mean((inputs @ weights - targets) ** 2)


def logistic_regression(inputs, classes):
    def loss(weights):
        score = inputs @ weights
        return jnp.mean(jnp.logaddexp(0.0, score) - classes * score)

    return loss


def quadratic(matrix):
    return lambda point: point @ matrix @ point / 2


def hinges(bend):
    return lambda point: jnp.sum(jnp.maximum(point, 0.0)) + bend * jnp.sum(point**2)


# ---- closed forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "point", "expected"),
    [
        ("toy_network", (0, 0), (-2, 2)),
        ("toy_network", (1, 1), (0, 4)),
        ("toy_network", (2, 0.5), (0, 8.5)),
        ("booth", (1, 3), (2, 18)),
        ("matyas", (0, 0), (0.04, 1)),
        ("saddle", (0.3, 0.2), (-2, 2)),
        ("cubic", (0.5,), (3,)),
        ("monkey_saddle", (0, 0), (0, 0)),
        ("deep_toy_network", (0, 0, 0), (0, 0, 0)),
    ],
)
def test_eigenvalues_in_closed_form(name, point, expected):
    found = inspect(name, point)
    np.testing.assert_allclose(found.eigenvalues, expected, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(found.hessian, hessian(name, point), rtol=1e-13, atol=1e-15)


def test_the_saddle_of_the_toy_network_shows_the_way_out():
    found = inspect("toy_network", (0.0, 0.0))
    assert (found.kind, found.positive, found.zero, found.negative) == ("saddle", 1, 0, 1)
    assert tuple(found.eigenvalues) == (-2, 2)
    np.testing.assert_allclose(np.abs(found.escape), np.full(2, np.sqrt(0.5)), rtol=1e-15)
    assert found.escape[0] * found.escape[1] > 0
    for side in (-1, 1):
        step = 0.1 * side * found.escape
        lowered = inspect("toy_network", step).loss - found.loss
        np.testing.assert_allclose(lowered, -0.5 * 2 * 0.1**2, rtol=0.01)  # −½|λ|‖u‖², to second order


def test_factories_with_data():
    point = CHANCE.standard_normal(4)
    found = hessian(linear_regression, point, inputs=INPUTS, targets=TARGETS)
    np.testing.assert_allclose(found, 2 / 30 * INPUTS.T @ INPUTS, rtol=1e-12)
    found = hessian(logistic_regression, point, inputs=INPUTS, classes=CLASSES)
    share = 1 / (1 + np.exp(-INPUTS @ point))
    np.testing.assert_allclose(found, INPUTS.T * (share * (1 - share)) @ INPUTS / 30, rtol=1e-11)


@pytest.mark.parametrize("width", [7, 8, 9, 64, SHARED - 1, SHARED, SHARED + 9])
def test_chunks_and_threads_leave_no_seam(width):
    matrix = np.random.default_rng(width).standard_normal((width, width))
    matrix += matrix.T
    found = hessian(quadratic, np.zeros(width), matrix=matrix)
    np.testing.assert_allclose(found, matrix, rtol=1e-13, atol=1e-13)
    np.testing.assert_array_equal(found, found.T)
    vector = np.random.default_rng(0).standard_normal(width)
    turned = hvp(quadratic, np.zeros(width), vector, matrix=matrix)
    np.testing.assert_allclose(turned, matrix @ vector, rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_hessian_and_products_are_those_of_jax(name):
    surface = LANDSCAPES[name]
    point = np.array(surface.start) + 0.013
    loss = surface.make()
    expected = np.asarray(jax.jit(jax.hessian(loss))(point))
    found = hessian(name, point)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12 * np.abs(expected).max())
    np.testing.assert_allclose(hvp(name, point, point), found @ point, rtol=1e-9, atol=1e-11 * np.abs(found).max())


def test_precision_is_seen_in_the_spectrum():
    point = (1.0001, 1.0001)
    double, single = (spectrum("rosenbrock", point, precision) for precision in ("float64", "float32"))
    np.testing.assert_allclose(double, np.linalg.eigvalsh(hessian("rosenbrock", point)), rtol=1e-12)
    assert 0 < np.abs(single - double).max() < 1e-2
    assert single.dtype == np.float64
    wide = np.diag(np.linspace(-1, 1, SHARED + 3))
    single = spectrum(quadratic, np.zeros(SHARED + 3), "float32", matrix=wide)
    np.testing.assert_allclose(single, np.linspace(-1, 1, SHARED + 3), atol=1e-5)
    assert hessian("booth", (0, 0)).dtype == np.float64  # this thread is back in 64 bits


# ---- the verdict -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eigenvalues", "kind", "counts"),
    [
        ((1, 2), "minimum", (2, 0, 0)),
        ((-2, -1), "maximum", (0, 0, 2)),
        ((-1, 2), "saddle", (1, 0, 1)),
        ((-1, 0, 2), "saddle", (1, 1, 1)),
        ((0, 2), "degenerate", (1, 1, 0)),
        ((-2, 0), "degenerate", (0, 1, 1)),
        ((1e-10, -1e-10), "degenerate", (0, 2, 0)),
        ((np.nan, 1), "not smooth", (0, 0, 0)),
    ],
)
def test_verdicts(eigenvalues, kind, counts):
    assert judge(eigenvalues, 1e-9) == (kind, *counts)


def test_the_verdict_moves_with_the_tolerance():
    found = inspect("matyas", (0, 0))
    assert (found.kind, found.condition) == ("minimum", pytest.approx(25))
    moved = judged(found, 0.1)
    assert (moved.kind, moved.positive, moved.zero, moved.tolerance) == ("degenerate", 1, 1, 0.1)
    assert inspect("matyas", (0, 0), tolerance=0.1)[5:10] == moved[5:10]


@pytest.mark.parametrize(("name", "width"), [("cubic", 1), ("monkey_saddle", 2), ("deep_toy_network", 3)])
def test_where_the_hessian_vanishes_it_decides_nothing(name, width):
    found = inspect(name, np.zeros(width))
    assert (found.kind, found.zero, found.escape) == ("degenerate", width, None)


def test_a_slope_is_no_critical_point():
    near, far = inspect("booth", (1.001, 3.0)), inspect("booth", (1.5, 3.0))
    assert (near.kind, far.kind) == ("minimum", "sloped")
    np.testing.assert_allclose(far.point + far.newton_step, (1, 3), rtol=1e-12)  # exact on a parabola
    np.testing.assert_allclose(far.gradient, (5.0, 4.0), rtol=1e-12)
    assert judged(far, 100.0).kind == "sloped"
    assert inspect("cubic", (0.01,)).kind == "sloped"
    assert inspect("monkey_saddle", (0.1, 0.0)).kind == "sloped"


@pytest.mark.parametrize(
    ("name", "point"), [("ackley", (0, 0)), ("schwefel", (0, 0)), ("schwefel", (0, 5)), ("eggholder", (0, -47))]
)
def test_where_the_surface_is_not_smooth_there_is_no_verdict(name, point):
    assert inspect(name, point).kind == "not smooth"


def test_a_kink_of_a_factory_is_seen():
    assert inspect(hinges, np.array([0.0, 1.0, -1.0, 0.5]), bend=1.0).kind == "not smooth"
    assert inspect(hinges, np.full(4, -0.5), bend=1.0).kind == "sloped"


def test_what_is_not_finite_is_said():
    found = inspect("booth", (np.nan, 0.0))
    assert (found.kind, found.positive, found.zero, found.negative) == ("not smooth", 0, 0, 0)
    assert inspect("rosenbrock", (1e200, 0.0)).kind == "not smooth"
    assert inspect("easom", (-8.0, -8.0)).kind == "degenerate"  # a plain: H is 0 for all purposes


@pytest.mark.parametrize("name", LANDSCAPES)
def test_several_points_at_once_are_judged_like_each_alone(name):
    surface = LANDSCAPES[name]
    middle = np.mean(surface.window, axis=1)
    known = np.reshape(surface.minima_at(**choice(LANDSCAPES, name).numbers), (-1, surface.dimension))[:5]
    points = [surface.start, middle, *known, np.full(surface.dimension, np.nan)]
    for together, point in zip(inspect_all(name, points), points, strict=True):
        alone = inspect(name, point)
        assert (together.kind, together.positive, together.negative) == (alone.kind, alone.positive, alone.negative)
        for field in ("point", "loss", "gradient", "eigenvalues", "tolerance"):
            size = 1e-10 * max(float(np.nanmax(np.abs(alone.hessian), initial=0)), 1e-3)
            np.testing.assert_allclose(getattr(together, field), getattr(alone, field), rtol=1e-9, atol=size)
    assert inspect_all(name, []) == []


@pytest.mark.parametrize(
    ("name", "rule", "race", "kind"),
    [
        ("himmelblau", "gradient_descent", {"learning_rate": 0.01}, "minimum"),
        ("himmelblau", "gradient_descent", {"learning_rate": 1e-5}, "sloped"),
        ("himmelblau", "newton", {"learning_rate": 0.1, "start": (2.0, -3.0)}, "saddle"),
        ("himmelblau", "newton", {"learning_rate": 1.0, "start": (-0.2, -0.9)}, "maximum"),
        ("cubic", "newton", {"learning_rate": 1.0, "start": (0.5,)}, "degenerate"),
        ("ackley", "gradient_descent", {"learning_rate": 1e-3, "start": (0.0, 0.0)}, "not smooth"),
    ],
)
def test_where_a_descent_ends(name, rule, race, kind):
    path = descend(name, rule, steps=100, **race)
    (end,) = inspect_all(name, path.params[-1:])
    assert end.kind == kind


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"landscape": "nowhere"}, "unknown landscape 'nowhere'.*rosenbrock"),
        ({"point": (1.0,)}, r"point.*\(2,\).*\(1,\)"),
        ({"point": 1.0}, r"point.*\(d,\).*\(\)"),
        ({"c": 1.0}, "unknown knob 'c'.*a, b"),
    ],
)
def test_what_makes_no_sense_is_said(given, message):
    for ask in (hessian, inspect, spectrum):
        with pytest.raises(ValueError, match=message):
            ask(**{"landscape": "rosenbrock", "point": (1.0, 1.0), **given})


def test_other_bad_input():
    with pytest.raises(ValueError, match=r"unknown knob 'a'.*none"):
        hessian("booth", (1, 1), a=1.0)
    with pytest.raises(ValueError, match=r"vector.*\(2,\).*\(3,\)"):
        hvp("booth", (1, 1), (1, 1, 1))
    with pytest.raises(ValueError, match=r"precision.*float16"):
        spectrum("booth", (1, 1), "float16")


# ---- programs --------------------------------------------------------------------------------------------------------


def test_moving_anything_compiles_nothing(compiled):
    calls = (
        lambda point, knobs, number: inspect("rosenbrock", point, tolerance=number, **knobs),
        lambda point, knobs, number: hessian("rosenbrock", point, **knobs),
        lambda point, knobs, number: hvp("rosenbrock", point, point, **knobs),
        lambda point, knobs, number: inspect_all("rosenbrock", [point] * (1 + int(4 * number)), **knobs),
        lambda point, knobs, number: spectrum("rosenbrock", point, "float32", **knobs),
    )
    for call in calls:
        call((0.0, 1.0), {}, 0.1)
    compiled.clear()
    for number in (1, 0.5, np.float32(0.25), 2):
        for call in calls:
            call((number, 0), {"a": number, "b": 10 * number}, number)
            call(np.array([0.0, number]), {"b": 7}, number)
    assert compiled == []


@pytest.mark.parametrize("name, point", [("cubic", (-5e-4,)), ("cubic", (1e-4,)), ("monkey_saddle", (0.003, 0.001))])
def test_beside_a_point_where_h_vanishes_its_signs_say_nothing(name, point):
    assert inspect(name, point).kind == "degenerate"


@pytest.mark.parametrize(
    "name, point, kind",
    [
        ("himmelblau", (3.002, 2.001), "minimum"),
        ("rosenbrock", (1.0001, 1.0002), "minimum"),
        ("toy_network", (0.001, 0.001), "saddle"),
        ("muller_brown", (-0.822, 0.6243), "saddle"),
    ],
)
def test_beside_a_regular_point_the_verdict_is_that_of_the_point(name, point, kind):
    assert inspect(name, point).kind == kind


def test_where_the_surface_has_a_tip_there_are_no_curvatures():
    tip = inspect("ackley", (0.0, 0.0))
    assert tip.kind == "not smooth"
    assert np.isnan(tip.eigenvalues).all()


def test_the_floor_of_a_long_valley_is_a_slope():
    """A long way from the minimum the gradient is small, but so is the curvature along the floor."""
    angle = np.pi / 6
    floor = np.array([np.cos(angle), np.sin(angle)])
    assert inspect("narrow_valley", -1.08 * floor, condition=300.0, angle=30.0).kind == "sloped"
    assert inspect("narrow_valley", -1e-3 * floor, condition=300.0, angle=30.0).kind == "minimum"
