"""A surface as it is drawn: which way is up, how heights become colours and level lines, and the plane for d = 3."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import descend
from engine.link import choice
from engine.relief import GRID, LEVELS, SPREAD, Colour, Plane, colour_scale, lowest, plane_of, plane_window, relief
from landscapes import LANDSCAPES

FLAT = Plane(np.zeros(2), np.eye(2))


@cache
def drawn(name, **knobs):
    surface = LANDSCAPES[name]
    plane = plane_of(surface, surface.start, [])
    return relief(choice(LANDSCAPES, name, **knobs), plane, plane_window(surface, plane))


def test_rows_are_y_and_columns_are_x():
    found = relief(choice(LANDSCAPES, "rosenbrock", b=10.0), FLAT, (-2.0, 1.0, 0.0, 3.0))
    x, y = np.meshgrid(np.linspace(-2, 1, GRID), np.linspace(0, 3, GRID))
    assert found.heights.shape == (GRID, GRID)
    np.testing.assert_allclose(found.heights, (1 - x) ** 2 + 10 * (y - x**2) ** 2, rtol=1e-12)
    assert found.heights[0, -1] == pytest.approx(10)  # at (1, 0); at (-2, 3) it would be 19


def test_a_curve_is_one_row():
    found = drawn("tilted_double_well", tilt=0.0)
    assert found.heights.shape == (1, 2 * GRID)
    assert found.lines == []
    assert found.window[:2] == LANDSCAPES["tilted_double_well"].window[0]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface_has_colours_from_end_to_end(name):
    found = drawn(name)
    share = found.colour.share(found.heights)
    assert np.isfinite(found.heights).all()
    assert share.min() >= 0
    assert share.max() == 1
    assert share.min() < 0.1
    if LANDSCAPES[name].dimension > 1:
        assert len(found.lines) >= 5


@pytest.mark.parametrize("name", LANDSCAPES)
def test_log_colours_where_much_of_the_window_is_low(name):
    """A twentieth of it within a hundredth of the range: linear colours would show that as one patch."""
    found = drawn(name)
    above = found.heights - found.colour.floor
    assert found.colour.log is bool(np.mean(above < above.max() / SPREAD) > 0.05)
    assert {"rosenbrock": True, "beale": True, "saddle": False, "rastrigin": False}.get(
        name, found.colour.log
    ) is found.colour.log


@pytest.mark.parametrize("name", ["booth", "rosenbrock", "himmelblau", "mccormick"])
def test_level_lines_lie_on_equal_heights(name):
    found = drawn(name)
    loss = LANDSCAPES[name].make()
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    for line in found.lines:
        share = found.colour.share(np.array([float(loss(point)) for point in line[:: max(len(line) // 8, 1)]]))
        if (
            found.colour.log and np.median(share) < 0.3
        ):  # so near to a minimum the logarithm bends within a cell of the grid
            continue
        nearest = levels[np.abs(levels - np.median(share)).argmin()]
        np.testing.assert_allclose(share, nearest, atol=0.3 / LEVELS)


@given(st.lists(st.floats(), min_size=1, max_size=30), st.floats(-1e3, 1e3) | st.just(np.inf))
def test_shares_lie_between_0_and_1_whatever_the_heights(heights, known):
    heights = np.array([heights])
    heights = np.where(np.abs(heights) < 1e150, heights, np.copysign(np.inf, heights))
    share = colour_scale(heights, known).share(heights)
    assert ((share >= 0) & (share <= 1)).all()
    assert (share[~np.isfinite(heights)] == 1).all()


def test_what_is_not_finite_is_drawn_as_highest():
    colour = colour_scale(np.array([[0.0, 1.0, 4.0, np.nan, np.inf]]), np.inf)
    np.testing.assert_allclose(colour.share(np.array([0, 1, 4, np.nan, np.inf, -np.inf, 5])), [0, 0.25, 1, 1, 1, 1, 1])
    nothing = colour_scale(np.full((1, 2), np.nan), 0.0)
    np.testing.assert_array_equal(nothing.share(np.array([np.nan, np.nan])), 1)


def test_higher_is_darker():
    colour = Colour(True, floor=0.0, offset=1e-3, low=-3.0, high=2.0)
    share = colour.share(np.geomspace(1e-4, 100, 20))
    assert (np.diff(share) > 0).all()


def test_the_level_of_the_best_minimum():
    assert lowest(choice(LANDSCAPES, "booth")) == pytest.approx(0, abs=1e-12)
    assert lowest(choice(LANDSCAPES, "styblinski_tang")) == pytest.approx(-78.332331408)
    assert lowest(choice(LANDSCAPES, "saddle")) == np.inf


# ---- the plane of the picture ----------------------------------------------------------------------------------------


def test_a_plane_surface_is_its_own_plane():
    plane = plane_of(LANDSCAPES["booth"], (3.0, 4.0), [np.ones((5, 2))])
    np.testing.assert_array_equal(plane.shadow(np.array([[1.0, 2.0]])), [[1, 2]])
    assert plane_window(LANDSCAPES["booth"], plane) == (-10, 10, -10, 10)


def raced():
    start = (1.5, -0.7, 0.9)
    rules = {"gradient_descent": 0.02, "adam": 0.05}
    paths = [descend("deep_toy_network", rule, start, 200, learning_rate=rate).params for rule, rate in rules.items()]
    return start, paths


def test_the_plane_holds_the_start_and_the_end_of_the_first_path():
    start, paths = raced()
    plane = plane_of(LANDSCAPES["deep_toy_network"], start, paths)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    for point in (np.array(start), paths[0][-1]):
        np.testing.assert_allclose(plane.origin + plane.shadow(point) @ plane.axes, point, atol=1e-12)


def test_moving_the_start_in_the_plane_does_not_move_the_plane():
    start, paths = raced()
    surface = LANDSCAPES["deep_toy_network"]
    plane = plane_of(surface, start, paths)
    beside = np.array(start) + 0.3 * plane.axes[0]
    again = plane_of(surface, beside, [path + 0.3 * plane.axes[0] for path in paths])
    np.testing.assert_allclose(again.origin, plane.origin, atol=1e-12)
    np.testing.assert_allclose(again.axes, plane.axes, atol=1e-9)


def test_the_plane_follows_the_paths():
    """No other plane through start and end leaves the paths less: the second axis is the best of many."""
    start, paths = raced()
    plane = plane_of(LANDSCAPES["deep_toy_network"], start, paths)
    moves = np.concatenate(paths) - start
    across = np.cross(*plane.axes)
    angles = np.linspace(0, np.pi, 60)[:, None]
    others = np.cos(angles) * plane.axes[1] + np.sin(angles) * across
    seen = ((moves @ others.T) ** 2).sum(axis=0)
    assert seen[0] >= seen.max() * (1 - 1e-9)


@pytest.mark.parametrize(
    "paths",
    [
        [],
        [np.ones((3, 3))],  # stays at the start
        [np.linspace((1, 1, 1), (2, 1, 1), 5)],  # along a line
        [np.linspace((1, 1, 1), (1, 3, 1), 5)],
        [np.array([(1.0, 1, 1), (np.inf, 1, 1), (np.nan, np.nan, np.nan)])],
        [np.full((3, 3), np.nan), np.linspace((1, 1, 1), (2, 3, 5), 4)],
    ],
    ids=["none", "still", "along x", "along y", "diverged", "one diverged"],
)
def test_there_is_always_a_plane(paths):
    plane = plane_of(LANDSCAPES["deep_toy_network"], (1.0, 1.0, 1.0), paths)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    x0, x1, y0, y1 = plane_window(LANDSCAPES["deep_toy_network"], plane)
    assert np.isfinite([x0, x1, y0, y1]).all()
    assert x0 < x1
    assert y0 < y1
