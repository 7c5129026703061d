"""Planes through a surface with many dimensions: what they are scaled to, where points lie on them, which way is up."""

import jax.numpy as jnp
import numpy as np
import pytest

from engine.curvature.lanczos import extreme_eigenpairs
from engine.link import choice
from engine.networks import network
from engine.networks.network import Architecture, initial, ravelled, unravelled
from engine.networks.objective import objective
from engine.networks.slices import (
    BLOCK,
    Slice,
    beside,
    eigen_plane,
    line,
    line_heights,
    pca_plane,
    random_plane,
    slice_heights,
    three_point_plane,
    window_of,
)
from engine.networks.stretch import FAR
from engine.surfaces.relief import GRID, Plane, relief
from landscapes import LANDSCAPES
from normalisations import NORMALISATIONS

CHANCE = np.random.default_rng(0)
X = CHANCE.standard_normal((40, 3))
Y = np.sin(X @ np.array([1.0, -2.0, 0.5]))
DATA = {"inputs": X, "targets": Y, "decay": 0.0}
NET = Architecture(3, 1, depth=2, width=6, activation="relu")
MSE = objective(NET, "mse")
THETA = initial(NET, 0) + 0.1 * CHANCE.standard_normal(network.size(NET))
SIDE = np.linspace(-1, 1, 7)
FLAT = Slice(np.zeros(2), np.eye(2))


def quadratic(matrix):
    return lambda theta: theta @ matrix @ theta / 2


def first_parameter():
    return lambda theta: theta[0]


def wave(phase):
    return lambda theta: jnp.sum(jnp.sin(theta + phase) * jnp.arange(1.0, theta.size + 1))


def kinked(matrix):
    return lambda theta: theta @ matrix @ theta / 2 + jnp.sum(jnp.abs(theta))


def rescaled(theta, c):
    """The same ReLU network: its first layer times c, its second by c."""
    parts = unravelled(NET, theta)
    return ravelled(
        NET,
        parts | {"weight_1": c * parts["weight_1"], "bias_1": c * parts["bias_1"], "weight_2": parts["weight_2"] / c},
    )


# ---- random directions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("normalised", ["filter", "layer"])
def test_a_rescaled_relu_layer_gives_the_same_slice(normalised):
    heights = [
        slice_heights(MSE, random_plane(NET, theta, 1, normalised), SIDE, SIDE, **DATA)
        for theta in (THETA, rescaled(THETA, 10.0), rescaled(THETA, 0.03))
    ]
    np.testing.assert_allclose(heights[1], heights[0], rtol=1e-9)
    np.testing.assert_allclose(heights[2], heights[0], rtol=1e-9)


def test_a_raw_slice_changes():
    once, again = (
        slice_heights(MSE, random_plane(NET, theta, 1, "none"), SIDE, SIDE, **DATA)
        for theta in (THETA, rescaled(THETA, 10.0))
    )
    assert once[3, 3] == pytest.approx(again[3, 3])  # the network itself, in the middle, is the same
    assert np.abs(again / once - 1).max() > 0.5


@pytest.mark.parametrize("norm", NORMALISATIONS)
def test_each_neuron_has_its_own_norm(norm):
    net = Architecture(3, 2, depth=2, width=5, norm=norm)
    theta = initial(net, 2) + 0.1 * CHANCE.standard_normal(network.size(net))
    by_filter, by_layer, raw = (random_plane(net, theta, 4, how).axes for how in ("filter", "layer", "none"))
    trained = unravelled(net, theta)
    for axis in range(2):
        filtered, layered, drawn = (unravelled(net, axes[axis]) for axes in (by_filter, by_layer, raw))
        for name, part in trained.items():
            if not name.startswith("weight"):
                assert not (filtered[name].any() or layered[name].any() or drawn[name].any())
                continue
            sizes = np.linalg.norm(part, axis=0)  # incoming weights (in, out)
            np.testing.assert_allclose(np.linalg.norm(filtered[name], axis=0), sizes, rtol=1e-12)
            assert np.linalg.norm(layered[name]) == pytest.approx(np.linalg.norm(part))
            ratio = filtered[name] / drawn[name]
            np.testing.assert_allclose(ratio, np.broadcast_to(ratio[0], ratio.shape), rtol=1e-12)  # one per neuron
            assert np.ptp(layered[name] / drawn[name]) < 1e-12  # one per layer
    assert not np.array_equal(by_filter, random_plane(net, theta, 5).axes)
    np.testing.assert_array_equal(by_filter, random_plane(net, theta, 4).axes)


def test_shadows_on_slanting_axes():
    plane = random_plane(NET, THETA, 1)
    assert abs(plane.axes[0] @ plane.axes[1]) > 1e-3  # not orthogonal
    places = CHANCE.standard_normal((4, 5, 2))
    np.testing.assert_allclose(plane.shadow(plane.points(places)), places, rtol=1e-10, atol=1e-12)
    far = THETA + CHANCE.standard_normal(THETA.size)
    rest = far - plane.points(plane.shadow(far))
    np.testing.assert_allclose(plane.axes @ rest, 0, atol=1e-12)  # nearest: what is left is perpendicular


# ---- planes of paths, curvature, solutions ---------------------------------------------------------------------------


def test_paths_in_a_plane_are_explained():
    axes = np.linalg.qr(CHANCE.standard_normal((50, 2)))[0].T
    paths = [3 + CHANCE.standard_normal((length, 2)) @ axes for length in (30, 12)]
    plane, explained = pca_plane(paths)
    assert explained.sum() == pytest.approx(1, abs=1e-12)
    assert explained[0] >= explained[1] > 0.01
    np.testing.assert_allclose(plane.origin, (paths[0][-1] + paths[1][-1]) / 2, rtol=1e-12)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    for path in paths:
        np.testing.assert_allclose(plane.points(plane.shadow(path)), path, atol=1e-11)
    alone, _ = pca_plane(paths[:1])
    np.testing.assert_array_equal(alone.origin, paths[0][-1])


def test_explained_is_the_share_of_squared_distance():
    path = CHANCE.standard_normal((200, 6)) * np.array([5.0, 3.0, 1.0, 1.0, 0.5, 0.1])
    path[-1] = 0
    plane, explained = pca_plane([path])
    values, vectors = np.linalg.eigh(path.T @ path)
    np.testing.assert_allclose(explained, values[[-1, -2]] / values.sum(), rtol=1e-10)
    np.testing.assert_allclose(np.abs(np.sum(plane.axes * vectors[:, [-1, -2]].T, axis=1)), 1, rtol=1e-10)
    shadows = plane.points(plane.shadow(path))
    assert np.sum(shadows**2) / np.sum(path**2) == pytest.approx(explained.sum())


def test_paths_that_say_little():
    still, explained = pca_plane([np.ones((1, 4))])
    np.testing.assert_array_equal(explained, [1, 0])
    np.testing.assert_allclose(still.axes @ still.axes.T, np.eye(2), atol=1e-12)
    straight, explained = pca_plane([np.outer(np.linspace(0, 1, 9), [1.0, 2.0, 2.0])])
    np.testing.assert_allclose(explained, [1, 0], atol=1e-12)
    np.testing.assert_allclose(straight.axes @ straight.axes.T, np.eye(2), atol=1e-12)


def test_rows_that_are_lost_are_left_out():
    path = np.concatenate([CHANCE.standard_normal((10, 4)), np.full((1, 4), 2 * FAR), np.full((3, 4), np.nan)])
    plane, explained = pca_plane([path, np.full((2, 4), np.inf)])
    np.testing.assert_allclose(plane.axes, pca_plane([path[:10]])[0].axes)
    assert np.isfinite(explained).all()
    assert window_of(plane, [path]) == window_of(plane, [path[:10]])
    assert np.isnan(plane.shadow(path)[-1]).all()
    with pytest.raises(ValueError, match="finite point"):
        pca_plane([path[10:]])


def test_eigen_plane_of_a_quadratic():
    turn = np.linalg.qr(CHANCE.standard_normal((30, 30)))[0]
    values = np.r_[-4.0, CHANCE.uniform(-1, 2, 28), 9.0]
    plane, found = eigen_plane(quadratic, np.ones(30), matrix=(turn * values) @ turn.T)
    np.testing.assert_allclose(found, [9, -4], rtol=1e-10)
    np.testing.assert_allclose(np.abs(np.sum(plane.axes * turn[:, [-1, 0]].T, axis=1)), 1, rtol=1e-10)
    np.testing.assert_allclose(np.linalg.norm(plane.axes, axis=1), 1, rtol=1e-12)  # not rescaled
    np.testing.assert_array_equal(plane.origin, np.ones(30))


def test_eigen_plane_beside_a_kink():
    values = np.r_[-4.0, CHANCE.uniform(-1, 2, 28), 9.0]
    theta = np.full(30, 1e-8)  # so near that curvature.inspect does not trust the Hessian
    assert np.isnan(extreme_eigenpairs(kinked, theta, matrix=np.diag(values)).eigenvectors).all()
    plane, found = eigen_plane(kinked, theta, matrix=np.diag(values))
    np.testing.assert_allclose(found, [9, -4], rtol=1e-8)
    np.testing.assert_allclose(np.abs(plane.axes[[0, 1], [-1, 0]]), 1, rtol=1e-8)


def test_three_points_lie_on_their_plane():
    a, b, c = CHANCE.standard_normal((3, 20))
    plane = three_point_plane(a, b, c)
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    places = plane.shadow(np.stack([a, b, c]))
    long = np.linalg.norm(b - a)
    foot = (c - a) @ (b - a) / long
    height = np.sqrt(np.sum((c - a) ** 2) - foot**2)
    np.testing.assert_allclose(places, [[0, 0], [long, 0], [foot, height]], atol=1e-12)
    np.testing.assert_allclose(plane.points(places), [a, b, c], atol=1e-12)


def test_line_between_two_solutions():
    a, b = CHANCE.standard_normal((2, 5))
    shares, points = line(a, b, 9, beyond=0.5)
    np.testing.assert_allclose(shares, np.linspace(-0.5, 1.5, 9))
    np.testing.assert_allclose(points[[2, 4, 6]], [a, (a + b) / 2, b], atol=1e-14)
    np.testing.assert_array_equal(line(a, b, 2)[1], [a, b])
    heights = line_heights(quadratic, points, matrix=np.eye(5))
    np.testing.assert_allclose(heights, np.sum(points**2, axis=1) / 2, rtol=1e-12)


# ---- heights ---------------------------------------------------------------------------------------------------------


def test_rows_are_y_and_columns_are_x():
    plane = Slice(np.zeros(3), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
    along, across = np.linspace(-2, 2, 5), np.linspace(0, 1, 4)
    heights = slice_heights(first_parameter, plane, along, across)
    assert heights.shape == (4, 5) and heights.dtype == np.float64
    np.testing.assert_array_equal(heights, np.tile(along, (4, 1)))


def test_heights_are_losses_at_the_points():
    plane = random_plane(NET, THETA, 3)
    along, across = np.linspace(-1, 1, 5), np.linspace(-0.5, 2, 7)  # 35 points: not an even number
    heights = slice_heights(MSE, plane, along, across, **DATA)
    points = plane.points(np.stack(np.meshgrid(along, across), axis=-1))
    loss = MSE(**{name: jnp.asarray(value) for name, value in DATA.items()})
    np.testing.assert_allclose(heights, [[loss(point) for point in row] for row in points], rtol=1e-11)


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau"])
def test_a_surface_of_two_parameters_is_its_relief(name):
    surface = LANDSCAPES[name]
    window = (*surface.window[0], *surface.window[1])
    found = relief(choice(LANDSCAPES, name), Plane(np.zeros(2), np.eye(2)), window)
    sides = np.linspace(*window[:2], GRID), np.linspace(*window[2:], GRID)
    np.testing.assert_allclose(slice_heights(surface.make, FLAT, *sides), found.heights, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("length", [0, 1, BLOCK, BLOCK + 5])
def test_points_on_the_plane_have_the_losses_of_their_shadows(length):
    plane = random_plane(NET, THETA, 3)
    path = plane.points(CHANCE.standard_normal((length, 2)))
    found = beside(MSE, plane, path, **DATA)
    assert found.losses.shape == found.shadow_losses.shape == found.distances.shape == (length,)
    np.testing.assert_allclose(found.shadow_losses, found.losses, rtol=1e-10)
    np.testing.assert_allclose(found.distances, 0, atol=1e-12)


def test_a_path_beside_its_shadow():
    plane = Slice(np.zeros(3), np.array([[2.0, 0.0, 0.0], [1.0, 1.0, 0.0]]))
    path = np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 3.0], [1.0, np.inf, 0.0], [np.nan, 0.0, 0.0]])
    found = beside(quadratic, plane, path, matrix=np.eye(3))
    np.testing.assert_allclose(found.losses[:2], [2.5, 7])
    np.testing.assert_allclose(found.shadow_losses[:2], [2.5, 2.5])
    np.testing.assert_allclose(found.distances[:2], [0, 3], atol=1e-14)
    assert not any(np.isfinite(part[2:]).any() for part in found)


def test_window_holds_the_shadows():
    plane = random_plane(NET, THETA, 3)
    paths = [plane.points([[0.0, 1.0], [2.0, -1.0]]), plane.points([[1.0, 3.0]])]
    np.testing.assert_allclose(window_of(plane, paths, 0.25), [-0.5, 2.5, -2, 4])
    assert window_of(plane, []) == (-1, 1, -1, 1)
    x0, x1, y0, y1 = window_of(plane, [plane.points([[0.0, 1.0], [0.0, 3.0]])], 0.0)  # a side without length
    np.testing.assert_allclose([x0, x1, y0, y1], [-0.05, 0.05, 1, 3], atol=1e-10)
    one = window_of(plane, [plane.origin[None]])
    assert one[0] < 0 < one[1] and one[2] < 0 < one[3]


def test_nothing_compiles_when_data_plane_or_window_move(compiled):
    matrix = np.diag(np.arange(1.0, 5.0))

    def look(seed, side, matrix):
        chance = np.random.default_rng(seed)
        path = chance.standard_normal((5 + 70 * seed, 4))
        plane, _ = pca_plane([path])
        slice_heights(quadratic, plane, seed + side, 2 * side, matrix=matrix)
        slice_heights(wave, three_point_plane(*path[:3]), side, side, phase=float(seed))
        beside(quadratic, plane, path, matrix=matrix)
        line_heights(quadratic, line(path[0], path[1], 10 + seed)[1], matrix=matrix)
        eigen_plane(quadratic, path[0], matrix=matrix)
        net_plane = random_plane(NET, initial(NET, seed), seed)
        slice_heights(MSE, net_plane, side, side, inputs=X + seed, targets=Y, decay=0.1 * seed)

    look(0, SIDE, matrix)
    assert compiled
    compiled.clear()
    look(1, SIDE, 2 * matrix)
    look(2, 3 * SIDE, matrix - 4 * np.eye(4))
    assert not compiled


def test_bad_input():
    with pytest.raises(ValueError, match="unknown normalisation 'neuron'"):
        random_plane(NET, THETA, 0, "neuron")
    with pytest.raises(ValueError, match="weights of the centre are 0"):
        random_plane(NET, np.zeros_like(THETA), 0)
    with pytest.raises(ValueError, match="centre must be finite"):
        random_plane(NET, np.full_like(THETA, np.nan), 0)
    with pytest.raises(ValueError, match="entries"):
        random_plane(NET, THETA[:-1], 0)
    with pytest.raises(ValueError, match="at least 2 parameters"):
        pca_plane([np.ones((3, 1))])
    with pytest.raises(ValueError, match="at least 2 parameters"):
        eigen_plane(quadratic, [1.0], matrix=np.eye(1))
    with pytest.raises(ValueError, match="one line"):
        three_point_plane(THETA, 2 * THETA, 3 * THETA)
    with pytest.raises(ValueError, match="one line"):
        three_point_plane(THETA, THETA, THETA)
    with pytest.raises(ValueError, match="at least 2 points"):
        line(THETA, THETA, 1)
    with pytest.raises(ValueError, match="not finite"):
        eigen_plane(quadratic, np.ones(3), matrix=np.full((3, 3), np.nan))
