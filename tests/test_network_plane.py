"""The plane of the picture: which one, that it shows the true losses of what lies on it, and which way is up."""

from dataclasses import replace

import numpy as np
import pytest
from test_network_experiment import ADAM, GD, HOT, MOMENTUM, SMALL, trained_on

from engine.curvature.derivatives import hessian
from engine.networks import network
from engine.networks.experiment import NetworkExperiment
from engine.networks.plane import CURVE, FEWEST, MOST, plane_for, shadows, share_shown, surface_on
from engine.networks.planes import PLANES
from engine.networks.planes.base import AROUND
from engine.networks.planes.line import BEYOND

LINE = NetworkExperiment.on("sine", GD, HOT, ADAM, MOMENTUM, knobs={"size": 40}, depth=1, width=3, steps=60)
LIVED = [0, 2, 3]  # all but the hot one


def shown(plane, net=SMALL):
    training = trained_on(replace(net, plane="pca"))
    return plane_for(replace(net, plane=plane), training), training


def loss(net, theta):
    """The mean loss of the training examples, in NumPy, from what the network says of them."""
    part = net.examples.train
    said = np.asarray(network.outputs(net.architecture, theta, part.inputs))[:, 0]
    if not net.classes:
        return np.mean((said - part.targets) ** 2)
    return np.mean(np.logaddexp(0, np.where(part.targets == 1, -said, said)))


def test_the_loss_of_these_tests_is_that_of_the_training():
    for net in (SMALL, LINE):
        training = trained_on(net)
        assert loss(net, training.final[0, 0]) == pytest.approx(training.objective[0, 0, -1], rel=1e-12)


# ---- which plane -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plane", [name for name in PLANES if not PLANES[name].flat])
@pytest.mark.parametrize("net", [SMALL, LINE], ids=["classes", "numbers"])
def test_rows_are_y_and_columns_are_x(plane, net):
    """A window that is neither square nor around the origin, and everywhere the loss of the point that is drawn."""
    found, _ = shown(plane, net)
    assert not found.flat
    x0, x1, y0, y1 = found.window
    window = (x0 + 0.1 * (x1 - x0), x0 + 0.5 * (x1 - x0), y0 + 0.3 * (y1 - y0), y0 + 1.1 * (y1 - y0))
    relief = surface_on(found, window)
    side = len(relief.heights)
    assert FEWEST <= side <= MOST
    assert relief.heights.shape == (side, side)
    assert relief.window == window
    along, across = np.linspace(window[0], window[1], side), np.linspace(window[2], window[3], side)
    for row, column in [(0, 0), (0, side - 1), (side - 1, 0), (7, side - 3), (side // 2, 5)]:
        theta = found.plane.points([along[column], across[row]])
        assert relief.heights[row, column] == pytest.approx(loss(net, theta), rel=1e-9)
    assert np.ptp(relief.heights) > 0


def test_the_surface_of_a_decayed_network_has_its_penalty():
    net = replace(SMALL, decay=0.1, lanes=(GD,))
    found, training = shown("pca", net)
    weights = training.final[0, 0][network.is_weight(net.architecture)]
    beside = shadows(found, training.path[0, -1:])
    assert beside.losses[0] == pytest.approx(loss(net, training.final[0, 0]) + 0.1 * weights @ weights, rel=1e-9)
    assert beside.losses[0] == pytest.approx(training.objective[0, 0, -1], rel=1e-12)


def test_principal_components_against_numpy():
    found, training = shown("pca")
    origin = training.path[:, -1].mean(axis=0)
    np.testing.assert_allclose(found.plane.origin, origin, rtol=1e-12)
    moves = (training.path - origin).reshape(-1, SMALL.size)
    _, sizes, turns = np.linalg.svd(moves, full_matrices=False)
    np.testing.assert_allclose(np.abs(found.plane.axes @ turns[:2].T), np.eye(2), atol=1e-9)
    assert share_shown(found, training.path) == pytest.approx(np.sum(sizes[:2] ** 2) / np.sum(sizes**2), rel=1e-9)


@pytest.mark.parametrize("plane", ["filter", "layer", "none"])
def test_random_directions_are_around_the_best_solution(plane):
    found, training = shown(plane)
    best = training.final[training.objective[:, 0, -1].argmin(), 0]
    np.testing.assert_array_equal(found.plane.origin, best)
    assert found.window == AROUND
    parts, trained = (
        network.unravelled(SMALL.architecture, theta) for theta in (found.plane.axes[0], found.plane.origin)
    )
    assert not parts["bias_1"].any()
    sizes = [np.linalg.norm(part["weight_1"], axis=0) for part in (parts, trained)]
    assert np.allclose(*sizes) == (plane == "filter")
    assert np.isclose(*(np.linalg.norm(size) for size in sizes)) == (plane in ("filter", "layer"))
    other, _ = shown(plane, replace(SMALL, seed=1))
    assert not np.allclose(other.plane.axes, found.plane.axes)


def test_eigenvectors_against_numpy():
    found, _ = shown("eigen")
    values, vectors = np.linalg.eigh(hessian(found.make, found.plane.origin, **found.data))
    np.testing.assert_allclose(found.values, values[[-1, 0]], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(np.abs(found.plane.axes @ vectors[:, [-1, 0]]), np.eye(2), atol=1e-5)


def test_three_solutions_lie_at_the_corners_with_their_true_losses():
    found, training = shown("solutions")
    ends = training.final[:, 0]
    places = found.plane.shadow(ends)
    np.testing.assert_allclose(found.plane.points(places), ends, atol=1e-9)
    np.testing.assert_allclose(places[0], 0, atol=1e-12)
    assert places[1] == pytest.approx([np.linalg.norm(ends[1] - ends[0]), 0], abs=1e-9)
    assert places[2][1] > 0
    x0, x1, y0, y1 = found.window
    assert ((x0 < places[:, 0]) & (places[:, 0] < x1) & (y0 < places[:, 1]) & (places[:, 1] < y1)).all()
    beside = shadows(found, ends)
    np.testing.assert_allclose(beside.shadow_losses, training.objective[:, 0, -1], rtol=1e-9)
    for (x, y), true in zip(places, training.objective[:, 0, -1], strict=True):
        corner = surface_on(found, (x, x + 0.1, y, y + 0.2)).heights[0, 0]
        assert corner == pytest.approx(true, rel=1e-9)


def test_the_line_between_two_solutions():
    found, training = shown("line")
    assert found.flat
    assert found.window[:2] == (-BEYOND, 1 + BEYOND)
    relief = surface_on(found, (0.0, 1.0, 0.0, 1.0))
    assert relief.heights.shape == (1, CURVE)
    assert relief.heights[0, [0, -1]] == pytest.approx(training.objective[:2, 0, -1], rel=1e-9)
    middle = training.final[:2, 0].mean(axis=0)
    assert relief.heights[0, CURVE // 2] == pytest.approx(loss(SMALL, middle), rel=1e-9)
    assert found.plane.shadow(training.final[:2, 0])[:, 0] == pytest.approx([0, 1], abs=1e-9)


# ---- what it hides ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plane", [name for name in PLANES if not PLANES[name].flat])
def test_shadows_of_points_on_the_plane_are_the_points(plane):
    found, _ = shown(plane)
    x0, x1, y0, y1 = found.window
    places = np.random.default_rng(0).uniform((x0, y0), (x1, y1), (5, 2))
    points = found.plane.points(places)
    np.testing.assert_allclose(found.plane.shadow(points), places, atol=1e-9)
    beside = shadows(found, points)
    np.testing.assert_allclose(beside.shadow_losses, beside.losses, rtol=1e-9)
    np.testing.assert_allclose(beside.distances, 0, atol=1e-9)
    assert share_shown(found, points[None]) == pytest.approx(1)


def test_a_path_off_the_plane_has_its_true_loss_beside_that_of_its_shadow():
    found, training = shown("filter")
    beside = shadows(found, training.path[0])
    np.testing.assert_allclose(beside.losses, training.objective[0, 0, training.path_rows], rtol=1e-9)
    assert beside.distances.max() > 0.1
    assert np.abs(beside.shadow_losses - beside.losses).max() > 0.01
    assert 0 < share_shown(found, training.path) < 0.9


def test_trainings_beside_each_other_are_lanes_of_one():
    """With paths of different lengths: a shorter one is not filled up."""
    _, both = shown("pca", replace(SMALL, lanes=(GD, ADAM)))
    one, other = (trained_on(replace(SMALL, lanes=(racer,))) for racer in (GD, ADAM))
    net = replace(SMALL, plane="pca")
    beside, together = plane_for(net, one, other), plane_for(net, both)
    np.testing.assert_allclose(beside.plane.origin, together.plane.origin, atol=1e-9)
    np.testing.assert_allclose(beside.plane.axes, together.plane.axes, atol=1e-6)
    short = one._replace(path=one.path[:, ::10])
    found = plane_for(net, short, other)
    paths = [short.path[0], other.path[0]]
    moves = np.concatenate(paths) - (short.path[0, -1] + other.path[0, -1]) / 2
    sizes = np.linalg.svd(moves)[1]
    assert share_shown(found, paths) == pytest.approx(np.sum(sizes[:2] ** 2) / np.sum(sizes**2), rel=1e-9)


def test_a_training_that_ends_higher_than_it_began_does_not_decide():
    net = replace(SMALL, plane="pca")
    sound, hot = (trained_on(replace(SMALL, lanes=(racer,))) for racer in (GD, HOT))
    assert hot.objective[0, 0, -1] > hot.objective[0, 0, 0]
    np.testing.assert_array_equal(plane_for(net, hot, sound).plane.origin, plane_for(net, sound).plane.origin)


def test_nothing_that_moved_is_shown_whole():
    found, training = shown("pca")
    assert share_shown(found, found.plane.origin[None, None]) == 1
    assert share_shown(found, np.full_like(training.path, np.nan)) == 1


# ---- lanes that diverged ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plane", PLANES)
def test_a_lane_that_diverged_does_not_decide_the_plane(plane):
    with_it, training = shown(plane, LINE)
    assert training.diverged_at[:, 0].tolist().count(-1) == 3
    without, _ = shown(plane, replace(LINE, lanes=tuple(LINE.lanes[at] for at in LIVED)))
    np.testing.assert_allclose(with_it.plane.origin, without.plane.origin, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(with_it.plane.axes, without.plane.axes, atol=1e-5)
    np.testing.assert_allclose(with_it.window, without.window, atol=1e-5)


@pytest.mark.parametrize("plane", PLANES)
def test_nor_does_a_lane_that_ends_higher_than_it_began(plane):
    """With cross-entropy a rate of 100 does not diverge, but leaps far away."""
    net = replace(SMALL, lanes=(GD, HOT, MOMENTUM, ADAM))
    with_it, training = shown(plane, net)
    assert training.diverged_at.max() == -1
    assert (training.objective[:, 0, -1] > training.objective[:, 0, 0]).tolist() == [False, True, False, False]
    without, _ = shown(plane)
    np.testing.assert_allclose(with_it.plane.points([0.3, 0.7]), without.plane.points([0.3, 0.7]), rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(with_it.window, without.window, rtol=1e-5)


@pytest.mark.parametrize("plane", ["pca", "filter", "eigen"])
def test_where_all_diverged_the_plane_is_around_the_start(plane):
    found, training = shown(plane, replace(LINE, lanes=(HOT,)))
    np.testing.assert_array_equal(found.plane.origin, training.path[0, 0])
    assert np.isfinite(surface_on(found, found.window).heights).all()


NONE = {
    "three solutions of two": (replace(LINE, lanes=(GD, HOT, ADAM)), "solutions", "three optimizers, not 2"),
    "three solutions at one place": (replace(SMALL, lanes=(GD, GD, GD)), "solutions", "on one line"),
    "a line from one": (replace(LINE, lanes=(GD, HOT)), "line", "two optimizers, not 1"),
    "a line from none": (replace(LINE, lanes=(HOT,)), "line", "not 0"),
    "a line to the same place": (replace(SMALL, lanes=(GD, GD)), "line", "the same"),
    "filters of 0": (replace(SMALL, lanes=(GD,), scheme="zero"), "filter", "all weights"),
    "layers of 0": (replace(SMALL, lanes=(GD,), scheme="zero"), "layer", "all weights"),
}


@pytest.mark.parametrize(("net", "plane", "told"), NONE.values(), ids=NONE)
def test_where_there_is_no_such_plane_it_is_told(net, plane, told):
    with pytest.raises(ValueError, match=told):
        shown(plane, net)
