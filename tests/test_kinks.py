"""Critical points where a surface is not smooth: against linear programs, closed forms and the count of the border."""

import sys
from dataclasses import replace
from functools import cache
from itertools import product

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.optimize import lsq_linear

from engine.curvature.critical_points import find_critical_points
from engine.curvature.points import inspect
from landscapes import LANDSCAPES
from landscapes.examples import line

ABSOLUTE = replace(LANDSCAPES["linear_regression_absolute_error"], minima=())  # the search is told nothing
GRID = [
    dict(zip(("noise", "outliers", "scale", "offset", "penalty"), values, strict=True))
    for values in product(
        (0.0, 0.5, 2.0), (0.0, 3.0, 10.0), (0.5, 1.0, 2.0, 5.0, 10.0), (0.0, 1.0, 2.0), (0, 0.05, 0.5, 2)
    )
]
ONCE_WRONG = [  # found nothing, or the same tip twice
    {"scale": 10.0},
    {"noise": 0.0, "scale": 2.0, "offset": 2.0},
    {"noise": 0.0, "scale": 0.5, "offset": 1.0, "penalty": 0.05},
    {"noise": 0.0, "outliers": 10.0, "scale": 10.0, "offset": 0.0, "penalty": 0.5},
    {"noise": 2.0, "outliers": 3.0, "scale": 0.5, "offset": 2.0},
    {"noise": 2.0, "scale": 10.0, "penalty": 0.5},
    {"scale": 0.5, "offset": 2.0},
]
SAMPLE = [GRID[row] for row in np.random.default_rng(0).choice(len(GRID), 12, replace=False)]


def surface(loss, dimension=2, half=2.0):
    """A record around a loss, with the window [−half, half]^d."""
    window = ((-half, half),) * dimension
    return replace(LANDSCAPES["saddle"], make=lambda: loss, start=(0.7,) * dimension, window=window, minima=())


@cache
def searched(name):
    return find_critical_points(surface(*SHAPES[name][:2]))


def subgradient(point, noise=0.5, outliers=0.0, scale=2.0, offset=1.0, penalty=0.0):
    """The shortest subgradient of the absolute error at a place: 0 at the minimum of this convex function and only
    there. Each example on the line may pull with anything between −1 and 1."""
    x, y = line(noise, outliers, scale, offset)
    off = y - point[1] - point[0] * x
    free = np.abs(off) < 1e-9
    pulls = -np.stack([x, np.ones_like(x)]) / len(x)  # (2, n)
    fixed = pulls[:, ~free] @ np.sign(off[~free]) + [2 * penalty * point[0], 0.0]
    if not free.any():
        return np.linalg.norm(fixed)
    return np.linalg.norm(lsq_linear(pulls[:, free], -fixed, (-1, 1), tol=1e-14).fun)


# ---- the absolute error ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("knobs", [*ONCE_WRONG, *SAMPLE], ids=str)
def test_the_one_tip_of_the_absolute_error(knobs):
    search = find_critical_points(ABSOLUTE, **knobs)
    (tip,) = search.kinks
    assert subgradient(tip.point, **knobs) < 1e-9
    assert (tip.kind, tip.turns) == ("lowest", 1)
    assert (search.points, search.valleys, search.complete) == ([], [], True)


def test_the_public_case():
    (tip,) = find_critical_points("linear_regression_absolute_error", scale=10.0).kinks
    np.testing.assert_allclose(tip.point, (0.19999257, 1.89465644), atol=1e-8)


@pytest.mark.parametrize("knobs", GRID[::37], ids=str)
def test_an_edge_of_the_curvature_beside_a_minimum_does_no_harm(knobs):
    """Of the Huber error the gradient is continuous and H jumps; some jumps pass closer by than a pixel."""
    (point,) = find_critical_points("linear_regression_huber", **knobs).points
    assert (point.kind, inspect("linear_regression_huber", point.point, **knobs).kind) == ("minimum", "minimum")


@pytest.mark.parametrize("aside", [0.0, 1e-4, 1e-3, 0.1])
def test_a_jump_of_the_curvature(aside):
    record = surface(lambda t: t @ t + 5 * jnp.maximum(t[0] - aside, 0.0) ** 2)
    search = find_critical_points(record)
    if aside:
        assert [point.kind for point in search.points] == ["minimum"] and not search.kinks
        np.testing.assert_allclose(search.points[0].eigenvalues, (2, 2), rtol=1e-9)
        assert inspect(record, search.points[0].point).kind == "minimum"
    else:  # it passes through the point: no H
        assert [(kink.kind, kink.turns) for kink in search.kinks] == [("lowest", 1)] and not search.points
        assert inspect(record, (0.0, 0.0)).kind == "not smooth"
    assert search.complete


# ---- closed forms ----------------------------------------------------------------------------------------------------


def test_the_cusps_of_eggholder():
    """On its cusps y + 47 = −x/2 and y + 47 = x the loss is ∓x sin √|3x/2|: level where tan s = −s/2, s = √|3x/2|."""
    low, high = np.arange(1, 10) * np.pi - np.pi / 2 + 1e-9, np.arange(1, 10) * np.pi
    for _ in range(80):  # tan s + s/2 rises from −∞ to something positive
        middle = (low + high) / 2
        low, high = np.where(np.tan(middle) + middle / 2 < 0, [middle, high], [low, middle])
    x = np.concatenate([2 * low**2 / 3, -2 * low**2 / 3])
    expected = np.concatenate([np.stack([x, -x / 2 - 47], axis=1), np.stack([x, x - 47], axis=1)])
    expected = expected[(np.abs(expected) < 512).all(axis=1)]
    search = find_critical_points("eggholder")
    found = np.array([kink.point for kink in search.kinks])
    assert len(found) == len(expected) == 35
    assert np.abs(found[:, None] - expected).max(axis=2).min(axis=0).max() < 1e-4
    assert search.complete and search.index_sum == 0


@pytest.mark.parametrize("side", [1, 3, 5])
def test_a_finer_grid_finds_no_more(side, monkeypatch):
    """The cells of the first grid are small enough."""
    monkeypatch.setattr(
        sys.modules["engine.curvature.critical_points"], "CELLS", {1: 2047 * side, 2: 127 * side, 3: 23}
    )
    search = searched.__wrapped__("waves")
    assert (len(search.points), len(search.kinks), search.complete) == (0, 9, True)


X = np.array([-1.3, -0.4, 0.2, 0.9, 1.7, 2.4])
Y = np.array([0.3, -0.8, 1.1, 0.5, -0.2, 0.9])

# loss, dimension; what isolated kinks there are: kind and place (None: not known beforehand); kinds of valleys
SHAPES = {
    "corner": (lambda t: jnp.maximum(jnp.maximum(t[0], 0.3 * t[1] - t[0]), -t[1]), 2, [("lowest", (0, 0))], []),
    "pass": (lambda t: jnp.abs(t[0] - 0.2) - jnp.abs(t[1] + 0.3), 2, [("neither", (0.2, -0.3))], []),
    "summit": (lambda t: -jnp.abs(t[0] - 0.2) - 2 * jnp.abs(t[1] + 0.3), 2, [("highest", (0.2, -0.3))], []),
    "root": (
        lambda t: jnp.sqrt(jnp.abs(t[0] - 0.2)) + jnp.sqrt(jnp.abs(t[1] + 0.3)),
        2,
        [("lowest", (0.2, -0.3))],
        [],
    ),
    "steepest": (lambda t: jnp.max(jnp.abs(Y - t[1] - t[0] * X)), 2, [("lowest", None)], []),
    "even": (lambda t: jnp.mean(jnp.abs(Y - t[1] - t[0] * X)), 2, [("lowest", None)], []),
    "lasso": (
        lambda t: (t[0] - 1) ** 2 + (t[1] - 0.2) ** 2 + 0.7 * jnp.sum(jnp.abs(t)),
        2,
        [("lowest", (0.65, 0))],
        [],
    ),
    "fold": (lambda t: jnp.maximum(t @ t, 1 - t[0]), 2, [("lowest", ((5**0.5 - 1) / 2, 0))], []),
    "floor": (lambda t: jnp.abs(t[0] - 0.21 + 0.3 * t[1]), 2, [], [("minimum", 1)]),
    "crest": (lambda t: -jnp.abs(t[0] - 0.21 + 0.3 * t[1]), 2, [], [("maximum", 1)]),
    "network": (lambda t: jnp.abs(t[0] * t[1] - 1), 2, [], [("minimum", 1), ("minimum", 1)]),
    "moat": (lambda t: jnp.abs(jnp.sqrt(t @ t + 1e-30) - 1.1), 2, [("highest", (0, 0))], [("minimum", 1)]),
    "segment": (lambda t: jnp.abs(t[0] - 0.13) + jnp.maximum(jnp.abs(t[1]) - 0.5, 0.0), 2, [], [("minimum", 1)]),
    "short": (lambda t: jnp.abs(t[0] - 0.13) + jnp.maximum(jnp.abs(t[1]) - 0.005, 0.0), 2, [], [("minimum", 1)]),
    "plate": (lambda t: jnp.maximum(t @ t - 1, 0.0), 2, [], [("minimum", 2)]),
    "table": (lambda t: -jnp.maximum(t @ t - 1, 0.0), 2, [], [("maximum", 2)]),
    "median": (lambda t: jnp.abs(t[0] - 1) + jnp.abs(t[0] + 0.3), 1, [], [("minimum", 1)]),
    "two": (lambda t: jnp.abs(jnp.abs(t[0]) - 1.0), 1, [("lowest", (-1,)), ("lowest", (1,)), ("highest", (0,))], []),
    "needle": (lambda t: -jnp.sqrt(jnp.abs(t[0] - 0.3)), 1, [("highest", (0.3,))], []),
    "cube": (lambda t: jnp.sum(jnp.abs(t)), 3, [("lowest", (0, 0, 0))], []),
    "waves": (
        lambda t: jnp.abs(t[0] - 0.1) + jnp.abs(t[1] + 0.2) + 0.3 * jnp.sin(5 * t[0]) * jnp.cos(7 * t[1]),
        2,
        None,
        [],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name):
    *_, kinks, valleys = SHAPES[name]
    search = searched(name)
    assert sorted((valley.kind, valley.dimension) for valley in search.valleys) == valleys
    assert search.complete is not False
    if kinks is None:
        return
    assert [kink.kind for kink in search.kinks] == [kind for kind, _ in kinks]
    for kind, place in kinks:
        if place:
            alike = [kink.point for kink in search.kinks if kink.kind == kind]
            assert np.abs(np.array(alike) - place).max(axis=1).min() < 1e-9


@pytest.mark.parametrize("name", ["steepest", "even"])
def test_the_lowest_of_a_convex_surface(name):
    """No place of a dense grid around it is lower."""
    (kink,) = searched(name).kinks
    loss = SHAPES[name][0]
    for reach in (1.0, 1e-2, 1e-4):
        offsets = reach * np.stack(np.meshgrid(*2 * [np.linspace(-1, 1, 41)]), axis=-1).reshape(-1, 2)
        assert min(float(loss(place)) for place in kink.point + offsets) >= kink.loss - 1e-12


@pytest.mark.parametrize("name", ["floor", "crest", "network"])
def test_an_edge_that_is_level_is_a_valley(name):
    search = searched(name)
    loss = SHAPES[name][0]
    for valley in search.valleys:
        assert valley.leaves and not valley.closed
        assert max(abs(float(loss(place))) for place in valley.points[::20]) < 1e-12
        assert np.linalg.norm(np.diff(valley.points, axis=0), axis=1).max() < 0.1
    assert search.expected is None  # it crosses the border


@pytest.mark.parametrize("name", ["segment", "short", "plate", "table", "moat"])
def test_what_stays_inside_is_counted(name):
    search = searched(name)
    assert search.complete and search.index_sum == search.expected


# ---- what no gradient sees -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dimension", [1, 2])
def test_a_staircase_is_not_flat(dimension):
    search = find_critical_points(surface(lambda t: jnp.sum(jnp.floor(3 * t)) + 0 * t[0], dimension))
    assert search.steps and not search.flat
    assert not (search.points or search.valleys or search.kinks)
