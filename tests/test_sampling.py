"""What a picture may show: no pattern of the grid's own, whatever the surface and however far away it is."""

import numpy as np
import pytest

from engine.link import choice
from engine.surfaces.relief import GRID, Plane, colour_scale, plane_of, plane_window, relief
from engine.surfaces.sampling import ALL, reach, sampled
from landscapes import LANDSCAPES

SIDE = 96
FLAT = Plane(np.zeros(2), np.eye(2))


def look(function, low=-1.0, high=1.0, calls=ALL, looks=0):
    """The picture of a function of x and y, and how often its heights were asked for."""
    asked = []

    def heights_on(along, across):
        asked.append((len(along), len(across)))
        return function(along[None, :], across[:, None])

    side = np.linspace(low, high, SIDE)
    found = sampled(heights_on, side, side, lambda heights: colour_scale(heights, np.inf).share, calls, looks)
    return found, asked


def dents(period):
    return lambda x, y: np.cos(2 * np.pi * x / period) + np.cos(2 * np.pi * y / period)


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: x**2 + 3 * y**2,
        lambda x, y: np.abs(x - 0.3) + 2 * np.abs(y + x),  # creases
        lambda x, y: np.where(x + y > 0.1, 1.0, 0.0),  # a cliff
        lambda x, y: np.minimum(np.hypot(x, y), 0.02),  # a plain with a small hole
        lambda x, y: 0 * x * y,
        dents(0.4),
    ],
)
def test_what_a_grid_can_show_is_shown_as_it_is(function):
    found, asked = look(function)
    assert not found.veiled
    assert found.heights.shape == (SIDE, SIDE)
    assert found.level.all()
    np.testing.assert_array_equal(found.heights, function(found.along[None, :], found.across[:, None]))
    assert len(asked) == 2


def test_where_the_nodes_hide_something_there_are_more_of_them():
    found, _ = look(dents(0.12))
    assert not found.veiled
    assert found.heights.shape == (2 * SIDE, 2 * SIDE)
    np.testing.assert_array_equal(found.heights, dents(0.12)(found.along[None, :], found.across[:, None]))


@pytest.mark.parametrize("nodes", [0.9, 0.997, 1.0, 1.11, 0.5, 0.25, 0.2501, 1 / 3, 0.013, 1.3])
def test_dents_finer_than_any_grid_leave_no_pattern(nodes):
    """Of so many nodes' period: the samples of a grid would say that it is longer, or that there is nothing. What is
    left of its height of 4 is the error of a mean, and no line is drawn through that."""
    found, asked = look(dents(nodes * 2 / (SIDE - 1)))
    assert found.veiled
    assert np.std(found.heights) < 0.16
    assert found.level.mean() < 0.02
    assert np.ptp(found.seen) > 3.5
    assert len(asked) == ALL


def test_what_the_dents_lie_on_is_shown():
    found, _ = look(lambda x, y: 20 * (x**2 + y) + dents(0.019)(x, y))
    under = 20 * (found.along[None, :] ** 2 + found.across[:, None])
    assert found.veiled
    np.testing.assert_allclose(found.heights[5:-5, 5:-5], under[5:-5, 5:-5], atol=0.6)
    assert found.level.mean() > 0.5


def test_dents_in_a_part_of_the_picture():
    found, _ = look(lambda x, y: 4 * x + dents(0.02)(x, y) * np.exp(-((x / 0.15) ** 2) - (y / 0.15) ** 2))
    assert found.veiled


@pytest.mark.parametrize("calls", [1, 2, 3, 10, ALL - 1, ALL])
def test_no_more_than_can_be_afforded(calls):
    found, asked = look(dents(0.02), calls=calls)
    assert len(asked) <= calls
    assert found.veiled is (calls > 2)
    assert found.heights.shape == (SIDE, SIDE)
    if calls > 2:
        assert np.std(found.heights) < 0.6
        assert found.level.mean() < 0.02


def test_few_looks_are_enough_to_know():
    found, asked = look(dents(0.02), looks=36)
    assert found.veiled
    assert asked.count((36, 36)) == 2


def test_what_is_not_finite_is_left_out_of_means():
    found, _ = look(lambda x, y: np.where(x < 0, np.inf, dents(0.02)(x, y)))
    assert found.veiled
    assert np.isnan(found.heights[:, found.along < -0.1]).all()
    assert np.isfinite(found.heights[:, found.along > 0.1]).all()
    assert np.std(found.heights[:, found.along > 0.1]) < 0.16


# ---- surfaces --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface_is_shown_as_it_is_in_its_own_window(name):
    surface = LANDSCAPES[name]
    plane = plane_of(surface, surface.start, [])
    found = relief(choice(LANDSCAPES, name), plane, plane_window(surface, plane))
    assert not found.veiled
    assert found.heights.shape == ((1, 2 * GRID) if surface.dimension == 1 else (GRID, GRID))


def test_ackley_from_afar_has_no_dents_ten_units_wide():
    """They are one unit wide, and 192 nodes over 173 units made a lattice of others."""
    side = 5 / 0.7**8
    found = relief(choice(LANDSCAPES, "ackley"), FLAT, (-side, side, -side, side))
    assert found.veiled
    x = np.linspace(-side, side, GRID)
    far = np.hypot(x[None, :], x[:, None])
    ring = found.heights[(far > 50) & (far < 80)]
    assert np.ptp(ring) < 0.3  # the dents are 2 deep
    assert all((np.hypot(*line.T) < 40).all() for line in found.lines)
    assert len(found.lines) > 5


def test_a_closer_look_shows_the_dents():
    found = relief(choice(LANDSCAPES, "ackley"), FLAT, (60.0, 70.0, 60.0, 70.0))
    assert not found.veiled
    assert np.ptp(found.heights) > 2


# ---- curves ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [np.square, np.abs, lambda x: np.where(x > 0.3, 1.0, 0.0), lambda x: 0 * x])
def test_a_curve_that_a_line_shows(function):
    x = np.linspace(-1, 1, 384)
    assert reach(function, x, function(x)) is None


@pytest.mark.parametrize("period", [0.0053, 2 / 383, 0.001])
def test_a_curve_that_no_line_shows_is_a_band(period):
    x = np.linspace(-1, 1, 384)

    def wild(x):
        return x + np.cos(2 * np.pi * x / period)

    low, high = reach(wild, x, wild(x))
    np.testing.assert_allclose(low, x - 1, atol=0.25)
    np.testing.assert_allclose(high, x + 1, atol=0.25)
    assert reach(wild, x, wild(x), calls=1) is None
