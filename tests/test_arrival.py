"""Arriving needs the place as well as the loss, and the distance to a continuum of minima is that to its equation."""

import numpy as np
import pytest

from engine import Experiment, descend, run
from engine.curvature.derivatives import slopes_at
from engine.surfaces.arrival import at_minimum, distance
from engine.surfaces.experiment import sensible_rate
from engine.surfaces.outcome import Outcome, outcome
from engine.surfaces.relief import lowest
from landscapes import LANDSCAPES
from landscapes.base import Landscape
from optimizers import OPTIMIZERS
from records import settings

NAMED = [name for name, surface in LANDSCAPES.items() if surface.minima]
VALLEYS = [name for name, surface in LANDSCAPES.items() if surface.valley]


def minima_of(surface: Landscape, knobs):
    return np.array(surface.minima_at(**knobs), dtype=float).reshape(-1, surface.dimension)


def ends(link):
    """The outcomes of a link's lanes."""
    experiment, notices = Experiment.from_link(link)
    assert not notices
    surface, knobs = experiment.surface, experiment.landscape.numbers
    floor = lowest(experiment.landscape)
    return [
        outcome(path, surface, minima_of(surface, knobs), floor, experiment.tolerance) for _, path in run(experiment)
    ]


def raced(name, start, rule="gradient_descent", steps=500, tolerance=1e-3, knobs=None, **given) -> Outcome:
    surface = LANDSCAPES[name]
    numbers = {knob: setting.default for knob, setting in settings(surface.make).items()} | (knobs or {})
    rate = given.pop("learning_rate", sensible_rate(surface, OPTIMIZERS[rule]))
    path = descend(name, rule, start, steps, knobs=numbers, learning_rate=rate, **given)
    minima = minima_of(surface, numbers)
    floor = float(np.min(slopes_at(surface.make, numbers, minima)[0]))
    return outcome(path, surface, minima, floor, tolerance)


# ---- the place ------------------------------------------------------------------------------------------------------


def test_below_the_known_minimum_is_not_arrived():
    """McCormick falls for ever along x = y, outside the window."""
    descent, momentum = ends(
        "v=1&surface=mccormick&start=-1.5~-3&run=gradient_descent~learning_rate~0.1&run=momentum~learning_rate~0.05"
    )
    assert momentum.final_loss == pytest.approx(-113.148, abs=1e-3)
    assert momentum.distance == pytest.approx(158.487, abs=1e-3)
    assert descent.final_loss == pytest.approx(-5.0548, abs=1e-4)
    for end, step in ((descent, 8), (momentum, 7)):
        assert (end.arrived, end.reached, end.elsewhere) == (False, -1, False)
        assert (end.left_window_at, end.below_at) == (1, step)
    assert not momentum.at_rest


def test_no_random_start_arrives_far_from_a_minimum():
    """The 256 starts of which 68 were said to be within the tolerance, at a median distance of 154."""
    low, high = np.array(LANDSCAPES["mccormick"].window).T
    starts = low + (high - low) * np.random.default_rng(0).random((64, 2))
    told = [raced("mccormick", start, "momentum", learning_rate=0.05) for start in starts]
    arrived = [end for end in told if end.arrived]
    assert max(end.distance for end in arrived) < 0.05
    assert len(arrived) > 10
    assert any(end.below_at >= 0 for end in told)
    assert not any(end.arrived for end in told if end.below_at >= 0)


def test_another_minimum_as_low_outside_the_window():
    end = raced("branin", (-9.2, 32.0))
    assert end.final_loss == pytest.approx(0.397887357729738, abs=1e-5)
    assert (end.arrived, end.reached, end.elsewhere, end.below_at) == (False, -1, True, -1)


@pytest.mark.parametrize(
    ("name", "start", "tolerance"), [("rastrigin", (1.1, 0.1), 2.0), ("griewank", (3.1, 4.4), 0.1)]
)
def test_a_dent_within_a_large_tolerance_is_another_place(name, start, tolerance):
    end = raced(name, start, tolerance=tolerance)
    assert end.final_loss < tolerance
    assert (end.arrived, end.reached, end.elsewhere) == (False, -1, True)


def test_steps_to_the_tolerance_count_from_the_right_hollow():
    """All losses of the path are within a tolerance of 20; what counts is when it has come into the middle ripple."""
    rule = {"rule": "momentum", "learning_rate": 0.003}
    end = raced("bohachevsky", (-1.7, 1.3), tolerance=20.0, **rule)
    path = descend("bohachevsky", "momentum", (-1.7, 1.3), 500, learning_rate=0.003)
    assert path.loss.max() < 20
    assert end.arrived
    assert end.reached > 10
    for step, falls in ((end.reached - 1, False), (end.reached, True)):
        x, y = np.linspace(1, 0, 2000) * path.params[step][:, None]
        way = x**2 + 2 * y**2 - 0.3 * np.cos(3 * np.pi * x) - 0.4 * np.cos(4 * np.pi * y)
        assert (np.diff(way) < 0).all() == falls


def test_the_lowest_place_of_eggholder_is_left_through_the_border():
    end = raced("eggholder", (511.9, 404.2), learning_rate=1e-3, steps=2000, tolerance=0.5)
    assert 0 <= end.reached < end.left_window_at <= end.below_at
    assert not end.arrived


def test_a_bent_floor_that_leads_there_is_the_place():
    """Rosenbrock far from (1, 1), within a tolerance of 5: the straight way there goes over a wall."""
    end = raced("rosenbrock", (-1.2, 1.0), learning_rate=1e-3, tolerance=5.0)
    assert (end.arrived, end.reached) == (True, 2)
    assert end.distance > 1.5


def test_the_tip_of_a_cone_and_an_edge_are_places():
    assert raced("ackley", (0.2, -0.1), learning_rate=1e-4).arrived
    assert raced("linear_regression_absolute_error", (-3.0, -6.0), "adam", tolerance=0.01).arrived


@pytest.mark.parametrize("draw", range(3))
@pytest.mark.parametrize("name", NAMED)
def test_beside_each_known_minimum_one_is_at_it(name, draw):
    surface, random = LANDSCAPES[name], np.random.default_rng(draw)
    knobs = {
        knob: random.uniform(setting.knob.low, setting.knob.high) if draw else setting.default
        for knob, setting in settings(surface.make).items()
    }
    minima = minima_of(surface, knobs)
    size = np.ptp(np.array(surface.window), axis=1)
    beside = np.repeat(minima, 8, axis=0)
    beside = beside + 1e-5 * size * random.uniform(-1, 1, beside.shape)
    low, high = np.array(surface.window).T
    beside = beside[((beside >= low) & (beside <= high)).all(axis=1)]
    assert at_minimum(surface, beside, minima, knobs).all()


def test_other_critical_points_are_other_places():
    wells = LANDSCAPES["double_well"]
    assert at_minimum(wells, np.array([[0.3, 1.0], [-0.01, -1.0]]), np.array([[1.0, 0.0], [-1.0, 0.0]]), {}).all()
    assert not at_minimum(wells, np.array([[-0.3, 0.1]]), np.array([[1.0, 0.0]]), {}).any()


def test_from_a_plain_no_way_leads_down():
    easom = LANDSCAPES["easom"]
    hole = np.full((1, 2), np.pi)
    assert at_minimum(easom, np.array([[-8.0, -8.0], [10.0, 11.0], [2.5, 3.5]]), hole, {}).tolist() == [0, 0, 1]


# ---- continua ------------------------------------------------------------------------------------------------------


def test_distance_to_the_valley_of_the_toy_network():
    """An end at w1 w2 = 1 is at a minimum, also between two listed points and outside the window."""
    (end,) = ends("v=1&surface=toy_network&start=2~0&run=gradient_descent~learning_rate~0.05")
    assert end.final_loss < 1e-30
    assert end.distance < 1e-15
    assert end.arrived


def test_distance_to_the_surface_of_minima_of_the_deep_toy_network():
    (end,) = ends("v=1&surface=deep_toy_network&run=gradient_descent~learning_rate~0.1")
    assert end.distance < 1e-15
    assert (end.arrived, end.reached) == (True, 21)


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("toy_network", (2.0439161, 1 / 2.0439161), 0),
        ("toy_network", (0, 0), np.sqrt(2)),
        ("toy_network", (5, 0.2), 0),
        ("toy_network", (-1e3, -1e-3), 0),
        ("toy_network", (3, 3), np.sqrt(7)),
        ("deep_toy_network", (0, 0, 0), np.sqrt(3)),
        ("deep_toy_network", (-2, 2, -0.25), 0),
        ("deep_toy_network", (1.1, 1.1, 1.1), 0.1 * np.sqrt(3)),
    ],
)
def test_distance_to_a_continuum(name, place, expected):
    surface = LANDSCAPES[name]
    found = distance(surface, np.array(place, dtype=float), minima_of(surface, {}), {})
    assert found == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("place", np.random.default_rng(0).uniform(-2.5, 2.5, (20, 2)))
def test_distance_to_the_hyperbola_is_that_of_a_dense_search(place):
    branch = np.geomspace(1e-2, 1e2, 400_001)
    curve = np.stack([branch, 1 / branch], axis=1)
    dense = np.linalg.norm(np.concatenate([curve, -curve]) - place, axis=1).min()
    surface = LANDSCAPES["toy_network"]
    assert distance(surface, place, minima_of(surface, {}), {}) == pytest.approx(dense, abs=1e-8)


def test_where_the_equation_has_no_slope_no_valley_is_near():
    """At the origin ∇r = 0: no minimum, however large the tolerance."""
    for name in VALLEYS:
        surface = LANDSCAPES[name]
        places = np.stack([np.zeros(surface.dimension), np.full(surface.dimension, 0.1)])
        assert at_minimum(surface, places, minima_of(surface, {}), {}).tolist() == [False, True]


@pytest.mark.parametrize("name", VALLEYS)
def test_the_equation_of_a_valley_is_where_the_surface_is_lowest(name):
    surface = LANDSCAPES[name]
    places = np.random.default_rng(1).uniform(-2, 2, (200, surface.dimension))
    off, loss = (np.asarray(slopes_at(make, {}, places)[0]) for make in (surface.valley, surface.make))
    known = minima_of(surface, {})
    np.testing.assert_array_equal(slopes_at(surface.valley, {}, known)[0], 0)
    assert (loss - np.max(slopes_at(surface.make, {}, known)[0]) >= 0.99 * off**2).all()


# ---- rest ----------------------------------------------------------------------------------------------------------


def test_who_walks_on_is_not_at_rest():
    """Lion moves 0.1 along each coordinate at every step, also where the gradient is below 1e-40."""
    descent, lion = ends(
        "v=1&surface=easom&start=-8~-8&steps=40&run=gradient_descent~learning_rate~0.2&run=lion~learning_rate~0.1"
    )
    assert lion.length == pytest.approx(40 * 0.1 * np.sqrt(2))
    assert (descent.at_rest, lion.at_rest) == (True, False)


def test_who_rolls_on_is_not_at_rest():
    """Momentum crosses the bottom of the hole and rolls over the plain behind it, where there is no gradient."""
    end = raced("easom", (3.3, 2.0), "momentum", learning_rate=5.0, momentum=0.999, steps=60)
    path = descend("easom", "momentum", (3.3, 2.0), 60, learning_rate=5.0, momentum=0.999)
    assert path.gradient_norm[-1] < 1e-6 < np.linalg.norm(path.step[-1])
    assert not end.at_rest
