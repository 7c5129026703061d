"""Critical points: none is missing, none is invented, what fills a curve is a curve, and the count is kept."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Annotated

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from engine.curvature.critical_points import critical_points, find_critical_points
from engine.curvature.derivatives import hessian
from engine.curvature.points import inspect
from landscapes import LANDSCAPES
from records import Knob, settings

NOT_CRITICAL = {"ackley", "eggholder", "linear_regression_absolute_error"}  # a tip, a minimum on the border, a corner


@cache
def found(name):
    return find_critical_points(name)


def surface(loss, dimension=2, half=2.0):
    """A record around a loss, with the window [−half, half]^d."""
    window = ((-half, half),) * dimension
    return replace(LANDSCAPES["saddle"], make=lambda: loss, start=(0.7,) * dimension, window=window, minima=())


def kinds(search):
    return dict(Counter(point.kind for point in search.points))


def at(search, point):
    """The point of the list that is nearest to a place, which must be there."""
    nearest = min(search.points, key=lambda one: np.linalg.norm(one.point - point))
    np.testing.assert_allclose(nearest.point, point, atol=1e-6)
    return nearest


# ---- every surface ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_point_is_one(name):
    record, search = LANDSCAPES[name], found(name)
    low, high = np.array(record.window).T
    assert search.residual < 1e-12
    assert search.complete is not False
    assert not search.flat
    losses = [point.loss for point in search.points]
    assert losses == sorted(losses)
    for point in search.points[:: max(len(search.points) // 20, 1)]:
        again = inspect(name, point.point)
        assert np.all((low <= point.point) & (point.point <= high))
        np.testing.assert_allclose(point.loss, again.loss, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(again.gradient_norm, point.gradient_norm, atol=1e-9)
        np.testing.assert_allclose(point.eigenvalues, again.eigenvalues, rtol=1e-9, atol=point.tolerance)
        assert (again.kind, again.positive) == (point.kind, point.positive)
    for valley in search.valleys:
        assert np.all((low <= valley.points) & (valley.points <= high))


@pytest.mark.parametrize("name", sorted(LANDSCAPES.keys() - NOT_CRITICAL))
def test_known_minima_are_found(name):
    record = LANDSCAPES[name]
    knobs = {key: setting.default for key, setting in settings(record.make).items()}
    if record.valley:
        return
    for minimum in record.minima_at(**knobs):
        assert at(found(name), minimum).kind == "minimum"


@pytest.mark.parametrize(
    ("name", "minima", "saddles", "maxima"),
    [
        ("himmelblau", 4, 4, 1),
        ("six_hump_camel", 6, 7, 2),
        ("three_hump_camel", 3, 2, 0),
        ("styblinski_tang", 4, 4, 1),
        ("goldstein_price", 4, 4, 1),
        ("muller_brown", 3, 2, 0),
        ("rastrigin", 121, 220, 100),
        ("double_well", 2, 1, 0),
        ("branin", 3, 2, 0),
        ("freudenstein_roth", 2, 1, 0),
        ("rosenbrock", 1, 0, 0),
        ("booth", 1, 0, 0),
        ("matyas", 1, 0, 0),
        ("shelf_2d", 1, 0, 0),
        ("crescent", 1, 1, 1),
        ("bohachevsky", 25, 40, 16),
    ],
)
def test_all_are_found_where_the_surface_grows_in_all_directions(name, minima, saddles, maxima):
    search = found(name)
    counts = {"minimum": minima, "saddle": saddles, "maximum": maxima}
    assert kinds(search) == {kind: count for kind, count in counts.items() if count}
    assert [search.count(kind) for kind in counts] == [minima, saddles, maxima]
    assert search.index_sum == search.expected == minima - saddles + maxima == 1
    assert search.complete
    assert not search.valleys and not len(search.kinks)


@pytest.mark.parametrize(
    ("name", "total"), [("peaks", 3), ("griewank", 11), ("levy", 0), ("saddle", -1), ("beale", -1)]
)
def test_the_border_counts_what_is_inside(name, total):
    search = found(name)
    assert search.index_sum == search.expected == total
    assert search.count("minimum") - search.count("saddle") + search.count("maximum") == total


def test_the_list_is_the_searchs():
    listed = critical_points("himmelblau")
    np.testing.assert_array_equal([one.point for one in listed], [one.point for one in found("himmelblau").points])
    np.testing.assert_allclose(listed[0].eigenvectors @ listed[0].eigenvectors.T, np.eye(2), atol=1e-14)
    np.testing.assert_allclose(listed[-1].hessian, hessian("himmelblau", listed[-1].point), rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "point", "exact"),
    [
        ("toy_network", (0.0, 0.0), [[0.0, -2.0], [-2.0, 0.0]]),
        ("beale", (0.0, 1.0), [[0.0, 27.75], [27.75, 0.0]]),
        ("saddle", (0.0, 0.0), [[2.0, 0.0], [0.0, -2.0]]),
        ("double_well", (0.0, 0.0), [[-4.0, 0.0], [0.0, 2.0]]),
        ("deep_toy_network", (0.0, 0.0, 0.0), np.zeros((3, 3)).tolist()),
    ],
)
def test_what_is_exactly_0_is_said_to_be_0(name, point, exact):
    """Neither a coordinate of 1e-31 nor a Hessian put together again from its eigenvectors: 0 reads as 0."""
    (here,) = (one for one in found(name).points if np.allclose(one.point, point, atol=1e-9))
    assert here.point.tolist() == list(point)
    assert here.hessian.tolist() == hessian(name, point).tolist() == exact


def test_random_starts_find_nothing_more():
    """Newton from 200 random points on a surface that nobody arranged: whatever it ends on is in the list."""
    gradient = jax.jit(jax.grad(LANDSCAPES["peaks"].make()))
    curvature = jax.jit(jax.hessian(LANDSCAPES["peaks"].make()))
    listed = np.array([point.point for point in found("peaks").points])
    ends = 0
    for start in np.random.default_rng(0).uniform(-3, 3, (200, 2)):
        for _ in range(40):
            start = start - np.linalg.lstsq(curvature(start), gradient(start), rcond=None)[0]
        if np.abs(start).max() < 3 and np.linalg.norm(gradient(start)) < 1e-10:
            ends += np.abs(curvature(start)).max() > 1e-3  # not out on the plain
            if np.abs(curvature(start)).max() > 1e-3:
                assert np.linalg.norm(listed - start, axis=1).min() < 1e-8
    assert ends > 20


# ---- valleys ---------------------------------------------------------------------------------------------------------


def test_the_minima_of_the_toy_network_are_two_curves():
    search = found("toy_network")
    (only,) = search.points
    assert (only.kind, tuple(only.eigenvalues)) == ("saddle", (-2, 2))
    np.testing.assert_array_equal(only.point, (0, 0))
    assert len(search.valleys) == 2
    for valley in search.valleys:
        assert (valley.kind, valley.closed, valley.leaves, valley.dimension) == ("minimum", False, True, 1)
        np.testing.assert_allclose(valley.points.prod(axis=1), 1, rtol=1e-12)
        assert valley.loss < 1e-20
        size = np.abs(valley.points)
        assert size.min() < 0.53 and size.max() > 1.9  # from border to border
        assert np.linalg.norm(np.diff(valley.points, axis=0), axis=1).max() < 0.15  # in order
        squares = np.sum(valley.points**2, axis=1)  # H has eigenvalues 0 and 2 (w₁² + w₂²) there
        np.testing.assert_allclose(valley.across, (2 * squares.min(), 2 * squares.max()), rtol=1e-9)
    assert search.expected is None and search.complete is None


def test_a_closed_valley_keeps_the_count():
    search = find_critical_points(surface(lambda t: (t[0] ** 2 + t[1] ** 2 - 1) ** 2))
    assert kinds(search) == {"maximum": 1}
    (valley,) = search.valleys
    assert (valley.kind, valley.closed, valley.leaves) == ("minimum", True, False)
    np.testing.assert_allclose(np.linalg.norm(valley.points, axis=1), 1, rtol=1e-9)
    assert search.complete and search.index_sum == 1


def test_rings_of_a_drop():
    search = found("drop_wave")
    (centre,) = search.points
    assert centre.kind == "minimum"
    np.testing.assert_allclose(centre.point, 0, atol=1e-12)
    rings = sorted(
        (valley for valley in search.valleys if valley.closed), key=lambda one: one.points[0] @ one.points[0]
    )
    assert [ring.kind for ring in rings] == 9 * ["maximum", "minimum"] + ["maximum"]
    for ring in rings:
        radius = np.linalg.norm(ring.points, axis=1)
        np.testing.assert_allclose(radius, radius[0], rtol=1e-9)
    tops = [np.linalg.norm(ring.points[0]) for ring in rings[::2]]
    np.testing.assert_allclose(tops, np.arange(1, 20, 2) * np.pi / 12, rtol=1e-9)


def test_three_weights():
    """Minima fill w₁w₂w₃ = 1; the axes are full of saddles; where they meet the Hessian knows no way out."""
    search = found("deep_toy_network")
    (only,) = search.points
    assert (only.kind, only.zero) == ("degenerate", 3)
    np.testing.assert_array_equal(only.point, (0, 0, 0))
    shapes = Counter((valley.kind, valley.dimension) for valley in search.valleys)
    assert shapes == {("minimum", 2): 4, ("saddle", 1): 3}
    for valley in search.valleys:
        product_of = valley.points.prod(axis=1)
        np.testing.assert_allclose(product_of, 1 if valley.dimension == 2 else 0, atol=1e-9)


def test_crossing_valleys_and_the_point_where_they_meet():
    search = find_critical_points(surface(lambda t: (t[0] * t[1]) ** 2))
    assert kinds(search) == {"degenerate": 1}
    np.testing.assert_allclose(search.points[0].point, 0, atol=1e-9)
    assert {valley.kind for valley in search.valleys} == {"minimum"}


# ---- what the Hessian does not decide --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "index"), [("monkey_saddle", -2), ("cubic", 0)])
def test_degenerate_surfaces(name, index):
    search = found(name)
    assert kinds(search) == {"degenerate": 1}
    np.testing.assert_allclose(search.points[0].point, 0, atol=1e-12)
    assert search.index_sum == search.expected == index


@pytest.mark.parametrize(
    ("loss", "point", "index"),
    [
        (lambda t: (t[0] - 0.3) ** 3 - 3 * (t[0] - 0.3) * (t[1] + 0.17) ** 2, (0.3, -0.17), -2),
        (lambda t: (t[0] - 0.3) ** 4 + (t[1] - 0.1) ** 4, (0.3, 0.1), 1),
        (lambda t: (t[0] - 0.123) ** 3 + t[1] ** 2, (0.123, 0), 0),
        (
            lambda t: t[0] ** 4 - 1.2 * t[0] ** 3 + 0.54 * t[0] ** 2 - 0.108 * t[0] + t[1] ** 2,
            (0.3, 0),
            1,
        ),  # (x − 0.3)⁴
    ],
    ids=["monkey", "quartic", "inflection", "rounding"],
)
def test_degenerate_points_anywhere(loss, point, index):
    search = find_critical_points(surface(loss))
    assert kinds(search) == {"degenerate": 1}
    np.testing.assert_allclose(search.points[0].point, point, atol=1e-5)
    assert search.index_sum == search.expected == index


def test_two_points_a_hair_apart_and_none():
    def fold(split):
        return lambda t: (t[0] - 0.123) ** 3 / 3 - split * t[0] + t[1] ** 2

    near = find_critical_points(surface(fold(1e-6)))
    assert kinds(near) == {"minimum": 1, "saddle": 1}
    np.testing.assert_allclose([point.point[0] for point in near.points], (0.124, 0.122), rtol=1e-9)
    assert not find_critical_points(surface(fold(-1e-6))).points


# ---- nothing false ---------------------------------------------------------------------------------------------------


def test_easom_has_its_hole_and_the_ripples_around_it():
    """−f(u) f(v), f = cos u exp(−u²): f′ vanishes at 0 and ±1.8366, f at ±π/2. All others are lost on the plain."""
    ripple = 1.8365972031572728
    search = found("easom")
    assert kinds(search) == {"minimum": 5, "maximum": 4, "saddle": 4}
    for place in [*product((0, ripple, -ripple), repeat=2), *product((np.pi / 2, -np.pi / 2), repeat=2)]:
        at(search, np.pi + np.array(place))
    assert search.plain > 0.8
    assert search.expected is None  # the plain reaches the border


@pytest.mark.parametrize("name", ["three_logits_cross_entropy", "three_logits_squared_error"])
def test_no_points_on_the_plains_of_three_logits(name):
    assert not found(name).points
    assert not found(name).valleys


def test_the_shelf_is_no_critical_point():
    for slope in (1e-4, 0.01, 1.0):
        assert [point.point.tolist() for point in critical_points("shelf", slope=slope)] == [pytest.approx([2])]


def test_the_tip_of_ackley_is_none():
    search = found("ackley")
    assert min(np.linalg.norm(point.point) for point in search.points) > 0.5
    np.testing.assert_allclose([kink.point for kink in search.kinks], [(0, 0)], atol=1e-9)
    assert search.count("minimum") + len(search.kinks) == 121
    assert search.complete


def test_kinks_of_eggholder_and_schwefel_are_none():
    border = LANDSCAPES["eggholder"].minima_at()[0]
    for point in found("eggholder").points:
        assert np.linalg.norm(point.point - border) > 1
        cusps = (point.point[1] + point.point[0] / 2 + 47, point.point[0] - point.point[1] - 47)
        assert np.abs(cusps).min() > 0.1
    assert found("eggholder").complete
    coordinates = np.array([point.point for point in found("schwefel").points])
    assert np.abs(coordinates).min() > 1
    assert kinds(found("schwefel")) == {"minimum": 49, "saddle": 98, "maximum": 49}


@pytest.mark.parametrize(
    ("loss", "kink", "complete"),
    [
        (lambda t: jnp.sqrt((t[0] - 0.31) ** 2 + (t[1] + 0.2) ** 2), (0.31, -0.2), True),
        (lambda t: jnp.abs(t[0] - 0.21) + t[1] ** 2, (0.21, 0), True),
        (lambda t: jnp.abs(t[0]) ** 1.5 + t[1] ** 2, (0, 0), True),
        (lambda t: jnp.maximum(t[0], 0.0) ** 2 + t[1] ** 2, None, None),  # the edge of a plain is none either
    ],
    ids=["tip", "edge", "root", "plain"],
)
def test_kinks(loss, kink, complete):
    search = find_critical_points(surface(loss))
    assert not search.points
    points = np.array([one.point for one in search.kinks]).reshape(-1, 2)
    np.testing.assert_allclose(points, np.reshape(kink if kink else (), (-1, 2)), atol=1e-5)
    assert search.complete is complete


@pytest.mark.parametrize(
    "loss", [lambda t: 0 * t[0] + 3.0, lambda t: 1e6 + 1e-9 * t[0] ** 2, lambda t: 0 * t[0]], ids=["3", "rounding", "0"]
)
@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_a_flat_surface_is_called_flat(loss, dimension):
    search = find_critical_points(surface(loss, dimension))
    assert search.flat
    assert not search.points and not search.valleys and search.complete is None


def tub(depth: Annotated[float, Knob(0.0, 1.0)] = 1.0):
    return lambda point: depth * jnp.sum(point**2)


def test_a_knob_may_make_a_surface_flat():
    record = replace(surface(None), make=tub)
    assert [point.kind for point in critical_points(record)] == ["minimum"]
    assert find_critical_points(record, depth=0.0).flat


def test_surfaces_that_are_not_finite():
    nowhere = find_critical_points(surface(lambda t: jnp.nan * t[0]))
    assert (nowhere.flat, nowhere.undefined, nowhere.points) == (False, 1.0, [])
    half = find_critical_points(surface(lambda t: t[0] - jnp.log(t[0]) + t[1] ** 2))
    assert kinds(half) == {"minimum": 1}
    assert 0.4 < half.undefined < 0.6
    assert half.expected is None


def test_scale_does_not_matter():
    for size in (1e-12, 1.0, 1e12):
        search = find_critical_points(surface(lambda t, size=size: size * (t[0] ** 2 - t[1] ** 2)))
        assert kinds(search) == {"saddle": 1}


def test_windows_without_critical_points():
    search = find_critical_points(surface(lambda t: t[0] + 2 * t[1]))
    assert (search.points, search.index_sum, search.complete) == ([], 0, True)


def test_one_and_three_dimensions():
    wave = find_critical_points(surface(lambda t: jnp.sin(30 * t[0]), 1))
    assert kinds(wave) == {"minimum": 19, "maximum": 19} and wave.complete
    cube = find_critical_points(surface(lambda t: jnp.sum(t**4 - t**2) + 0.1 * t[0], 3))
    assert kinds(cube) == {"minimum": 8, "saddle": 18, "maximum": 1}


def test_what_makes_no_sense_is_said():
    with pytest.raises(ValueError, match="1 to 3 dimensions, not in 4"):
        find_critical_points(surface(lambda t: t @ t, 4))
    with pytest.raises(ValueError, match="unknown landscape 'nowhere'"):
        critical_points("nowhere")
    with pytest.raises(ValueError, match=r"unknown knob 'c'.*a, b"):
        critical_points("rosenbrock", c=1.0)


# ---- knobs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, record in LANDSCAPES.items() if settings(record.make)])
def test_knobs_move_the_points_and_compile_nothing(name, compiled):
    record = LANDSCAPES[name]
    found(name)
    inspect(name, record.start)
    compiled.clear()
    chance = np.random.default_rng(0)
    for number in range(6):
        knobs = {}
        for key, setting in settings(record.make).items():
            low, high = setting.knob.low, setting.knob.high
            share = (0.0, 1.0, *chance.random(4))[number]
            knobs[key] = low * (high / low) ** share if setting.knob.kind == "log" else low + share * (high - low)
        search = find_critical_points(name, **knobs)
        assert search.complete or (search.complete is None and search.plain > 0.1)  # on a plain nothing can be promised
        assert "degenerate" not in kinds(search)
        for minimum in record.minima_at(**knobs):
            if name in NOT_CRITICAL:
                assert np.abs(np.array([kink.point for kink in search.kinks]) - minimum).max(axis=1).min() < 1e-4
            else:
                assert at(search, minimum).kind == "minimum"
    assert compiled == []
