"""A surface as it is drawn: which way is up, how heights become colours and level lines, and the plane for d = 3."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import descend
from engine.curvature.critical_points import critical_points
from engine.curvature.points import inspect
from engine.curvature.taylor import model
from engine.link import choice
from engine.surfaces.relief import (
    FINE,
    GRID,
    LEVELS,
    SPREAD,
    STEPS,
    Colour,
    Plane,
    colour_scale,
    facing,
    level_lines,
    lines_at,
    lines_through,
    lowest,
    model_curve,
    plane_of,
    plane_window,
    relief,
)
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


# ---- what lies over it -----------------------------------------------------------------------------------------------


def test_lines_at_chosen_heights():
    x, y = np.linspace(-1, 1, 41), np.linspace(-2, 2, 51)
    none, one, two = lines_at(x, y, x**2 + 0 * y[:, None], [-1.0, 2.0, 0.25])
    assert none == one == []
    assert len(two) == 2
    for line in two:
        np.testing.assert_allclose(np.abs(line[:, 0]), 0.5, atol=1e-12)
        assert set(line[[0, -1], 1]) == {-2, 2}


def test_no_line_where_heights_are_not_finite():
    x = np.linspace(-1, 1, 41)
    heights = x**2 + 0 * x[:, None]
    heights[:, x > 0] = np.nan
    heights[x > 0.9] = np.inf
    (lines,) = lines_at(x, x, heights, [0.25])
    assert len(lines) == 1
    assert lines[0][:, 0].max() < 0
    assert lines[0][:, 1].max() <= 0.9


def test_even_levels_are_lines_at_even_shares():
    found = drawn("himmelblau")
    x, y = np.linspace(*found.window[:2], GRID), np.linspace(*found.window[2:], GRID)
    share = found.colour.share(found.heights)
    per_level = lines_at(x, y, share, (np.arange(LEVELS) + 0.5) / LEVELS)
    assert [len(line) for lines in per_level for line in lines] == [len(line) for line in level_lines(x, y, share)]


def test_lines_through_a_loss_are_finer_than_the_relief():
    """Through the plain saddle go the two diagonals."""
    (lines,) = lines_through(choice(LANDSCAPES, "saddle"), FLAT, (-1.0, 1.0, -2.0, 2.0), [0.0])
    points = np.concatenate(lines)
    np.testing.assert_allclose(np.abs(points[:, 0]), np.abs(points[:, 1]), atol=2 / FINE)
    assert len(points) > 2 * GRID


def beside(lines, others):
    """The farthest that a point of these lines is from a point of the others."""
    points, every = np.concatenate(lines), np.concatenate(others)
    return max(np.linalg.norm(every - point, axis=1).min() for point in points)


def faced(name, point, reach, **knobs):
    return facing(choice(LANDSCAPES, name, **knobs), FLAT, inspect(name, point, **knobs), reach)


@pytest.mark.parametrize("name", ["booth", "matyas", "saddle"])
@pytest.mark.parametrize("point", [(0.7, -0.3), (0.0, 0.0), (1e3, -3.0)])
def test_a_quadratic_lies_on_its_parabola(name, point):
    found = faced(name, point, 0.5)
    assert len(found.surface) == len(found.model) > STEPS
    assert beside(found.surface, found.model) < 1e-9
    assert beside(found.model, found.surface) < 1e-9


@pytest.mark.parametrize(("name", "point"), [("himmelblau", (1.0, 1.6)), ("rosenbrock", (1.0, 1.0))])
def test_both_are_drawn_at_the_same_levels(name, point):
    """They are 13 even ones about that of the point, the outermost where the parabola may just come within reach."""
    reach, at, loss = 0.3, inspect(name, point), LANDSCAPES[name].make()
    found = faced(name, point, reach)
    span = at.gradient_norm * reach + np.abs(at.eigenvalues).max() * reach**2 / 2
    for lines, height in ((found.surface, loss), (found.model, lambda place: model(at, place))):
        steps = [(float(height(place)) - at.loss) / span * STEPS for line in lines for place in line[::9]]
        np.testing.assert_allclose(steps, np.round(steps), atol=0.02)
        assert set(np.round(steps)) <= set(range(-STEPS, STEPS + 1))
        assert np.max(steps) > STEPS - 1.1


@pytest.mark.parametrize("reach", [1.5, 0.1, 1e-3])
def test_through_a_saddle_goes_a_cross(reach):
    (saddle,) = (point for point in critical_points("himmelblau") if np.hypot(*(point.point - (3.385, 0.0739))) < 0.01)
    found = facing(choice(LANDSCAPES, "himmelblau"), FLAT, saddle, reach)
    cell = 2 * reach / GRID
    for lines in (found.surface, found.model):
        pieces = np.concatenate([np.linspace(line[:-1], line[1:], 20).reshape(-1, 2) for line in lines]) - saddle.point
        assert np.linalg.norm(pieces, axis=1).min() < 0.5 * cell
        ring = pieces[np.abs(np.linalg.norm(pieces, axis=1) - 3 * cell) < 0.3 * cell] @ saddle.eigenvectors
        assert {tuple(side) for side in np.sign(ring)} == {(1, 1), (1, -1), (-1, 1), (-1, -1)}


def test_close_to_a_point_surface_and_parabola_agree():
    """Lines at steps of ‖g‖r lie apart by r² to leading order: in shares of the disc, by r."""
    apart = [
        beside(found.model, found.surface) / reach
        for reach in (0.1, 0.01)
        if (found := faced("himmelblau", (1.0, 0.5), reach))
    ]
    assert apart[0] < 0.1
    assert apart[1] < 0.2 * apart[0]


def test_a_level_parabola_has_no_lines_but_its_surface_does():
    found = faced("monkey_saddle", (0.0, 0.0), 0.5)
    assert found.model == []
    loss = LANDSCAPES["monkey_saddle"].make()
    steps = [float(loss(place)) / 0.5**3 * STEPS for line in found.surface for place in line[::9]]
    np.testing.assert_allclose(steps, np.round(steps), atol=0.05)
    assert len(found.surface) > 2 * STEPS


@pytest.mark.parametrize("point", [(0.0, 0.0), (1e200, 0.0), (1e60, 1e60), (np.nan, 0.0)])
@pytest.mark.parametrize("reach", [1e-300, 1e-12, 1e29])
def test_where_nothing_can_be_told_no_line_is_drawn(point, reach):
    found = faced("rosenbrock", point, reach)
    assert found.window[0] <= found.window[1] or np.isnan(point[0])
    for line in found.surface + found.model:
        assert np.isfinite(line).all()
    if point[0] or reach == 1e-300:
        assert found.surface == found.model == []


def test_it_is_looked_at_on_the_parallel_plane_through_the_point():
    surface, point, reach = LANDSCAPES["deep_toy_network"], np.array((0.5, 0.6, 0.7)), 0.2
    plane = plane_of(surface, surface.start, [])
    assert np.linalg.norm(plane.origin + plane.shadow(point) @ plane.axes - point) > 0.01
    at = inspect("deep_toy_network", point)
    found = facing(choice(LANDSCAPES, "deep_toy_network"), plane, at, reach)
    here, loss = plane.shadow(point), surface.make()
    np.testing.assert_allclose(found.window, (here[0] - reach, here[0] + reach, here[1] - reach, here[1] + reach))
    slope, bend = plane.axes @ at.gradient, np.linalg.eigvalsh(plane.axes @ at.hessian @ plane.axes.T)
    span = np.linalg.norm(slope) * reach + np.abs(bend).max() * reach**2 / 2
    for lines, height in ((found.surface, loss), (found.model, lambda place: model(at, place))):
        places = [point + (place - here) @ plane.axes for line in lines for place in line[::9]]
        steps = [(float(height(place)) - at.loss) / span * STEPS for place in places]
        np.testing.assert_allclose(steps, np.round(steps), atol=0.02)


def test_the_parabola_of_a_curve_stands_where_the_curve_does():
    surface = LANDSCAPES["tilted_double_well"]
    plane, at = plane_of(surface, surface.start, []), inspect("tilted_double_well", (0.4,))
    heights = model_curve(plane, (0.3, 0.5, 0.0, 1.0), at)
    own = relief(choice(LANDSCAPES, "tilted_double_well"), plane, (0.3, 0.5, 0.0, 1.0)).heights
    assert heights.shape == own.shape
    np.testing.assert_allclose(heights, own, atol=0.01)


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
