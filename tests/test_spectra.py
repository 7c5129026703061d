"""Spectra along a training: closed forms, Lanczos against all eigenvalues, σ by hand, and the edge of stability."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from engine.curvature.derivatives import hessian
from engine.curvature.lanczos import EXACT, spectral_density
from engine.curvature.points import judge, sign_tolerance
from engine.measures import spectra as rooms
from engine.measures.flat_minima import cuts, sharpest
from engine.measures.spectra import (
    along,
    count,
    counted,
    estimated,
    picked,
    preconditioned,
    seconds,
    spectra,
    tolerances,
    whole,
)
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import Architecture, initial
from engine.networks.objective import objective
from engine.networks.plan import Plan
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from engine.surfaces.stability import stability_limit
from lessons import LESSONS

CHANCE = np.random.default_rng(1)
X = CHANCE.standard_normal((30, 2)) * [1.0, 2.0]
Y = X @ [1.5, -0.5] + 0.7
LINE = Architecture(2, 1, 0)
ONES = np.column_stack([X, np.ones(30)])
DATA = {"inputs": X, "targets": Y, "decay": 0.0}


def last(chunks):
    *_, found = chunks
    return found


def trained(net):
    train_part, test_part = net.examples
    return finish(train(net.plan, *train_part[:2], *test_part[:2]))


def parabola(curvature):
    return lambda point: 0.5 * point @ (curvature * point)


def two_layers():
    """½‖W₂W₁ − diag(3, 1)‖²."""
    wanted = np.diag([3.0, 1.0])

    def loss(point):
        first, second = point.reshape(2, 2, 2)
        return 0.5 * jnp.sum((second @ first - wanted) ** 2)

    return loss


# ---- what is known in advance ----------------------------------------------------------------------------------------


def test_a_linear_model_has_the_spectrum_of_its_data():
    """H = 2XᵀX/n wherever θ is; gradient descent feels it as it is, and bears 2/η."""
    lanes = (lane("gradient_descent", learning_rate=0.1), lane("momentum", learning_rate=0.1))
    training = finish(train(Plan(LINE, lanes, steps=40), X, Y))
    found = last(along(objective(LINE, "mse"), DATA, lanes, training))
    expected = np.linalg.eigvalsh(2 * ONES.T @ ONES / 30)
    np.testing.assert_allclose(found.eigenvalues, np.broadcast_to(expected, (2, 41, 3)), rtol=1e-10)
    np.testing.assert_allclose(found.sharpness, expected[-1], rtol=1e-10)
    np.testing.assert_allclose(found.limits, [[20.0] * 41, [38.0] * 41], rtol=1e-6)
    np.testing.assert_array_equal(found.steps, np.arange(41))
    assert found.exact and found.done == 1 and found.size == 3


def test_a_schedule_moves_the_limit():
    lanes = (lane("gradient_descent", "cosine", learning_rate=0.1),)
    training = finish(train(Plan(LINE, lanes, steps=40), X, Y))
    found = last(along(objective(LINE, "mse"), DATA, lanes, training))
    np.testing.assert_allclose(found.limits[0] * training.learning_rate[0], 2.0, rtol=1e-6)
    assert found.limits[0, -1] > 10 * found.limits[0, 0]


def test_two_linear_layers_at_the_origin():
    values, weights, _, sharpest = whole(two_layers, {}, np.zeros(8), np.ones(8), True)
    np.testing.assert_allclose(values, [-3, -3, -1, -1, 1, 1, 3, 3], atol=1e-12)
    assert sharpest == pytest.approx(3) and weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("look", [whole, estimated])
def test_the_sharpness_of_a_parabola(look):
    """With D = diag(σ) it is max λᵢ/σᵢ, without σ it is unknown."""
    curvature, scale = np.linspace(1, 30, 60), np.exp(CHANCE.standard_normal(60))
    knobs = {"curvature": curvature}
    values, *_, sharpest = look(parabola, knobs, np.full(60, 0.3), scale, False)
    assert values.max() == pytest.approx(30, rel=1e-3 if look is estimated else 1e-10)
    assert sharpest == pytest.approx((curvature / scale).max(), rel=1e-3 if look is estimated else 1e-10)
    assert look(parabola, knobs, np.full(60, 0.3), np.ones(60), True)[-1] == values[-1]
    assert np.isnan(look(parabola, knobs, np.full(60, 0.3), None, False)[-1])


def test_the_surface_that_an_adaptive_rule_sees():
    net = NetworkExperiment(width=3)
    make, knobs = net.surface()
    theta, scale = CHANCE.standard_normal(net.size), np.exp(CHANCE.standard_normal(net.size))
    seen = hessian(preconditioned(make), theta * np.sqrt(scale), scale=scale, **knobs)
    np.testing.assert_allclose(seen, hessian(make, theta, **knobs) / np.sqrt(np.outer(scale, scale)), atol=1e-10)


def test_lanczos_finds_the_ends_of_the_whole_spectrum():
    net = NetworkExperiment(steps=50)
    make, knobs = net.surface()
    theta = trained(net).final[0, 0]
    all_of_them, *_, sharpest = whole(make, knobs, theta, np.ones(net.size), True)
    nodes, weights, _, felt = estimated(make, knobs, theta, np.ones(net.size), True)
    assert weights.sum() == pytest.approx(1)
    np.testing.assert_allclose((nodes[-1], felt, sharpest), all_of_them[-1], rtol=1e-6)
    assert nodes[0] == pytest.approx(all_of_them[0], rel=1e-3)
    tau = tolerances(nodes, exact=False)
    assert tau == pytest.approx(rooms.RESOLVED * all_of_them[-1]) and tau > 1e3 * tolerances(nodes)
    exact = count(all_of_them, np.full(net.size, 1 / net.size), net.size, tau)
    about = count(nodes, weights, net.size, tau)
    np.testing.assert_allclose([*about], [*exact], atol=0.1 * net.size)


# ---- σ along a training ----------------------------------------------------------------------------------------------


def test_the_recorded_scale_is_adams():
    """σ after k steps is √v̂ + ε, from the gradients of the mean squared error by hand."""
    plan = Plan(LINE, (lane("adam", learning_rate=0.05, b2=0.9, eps=1e-3), lane("gradient_descent")), steps=12)
    found = finish(train(plan, X, Y))
    square = np.zeros(3)
    for k in range(1, 13):
        slope = 2 * ONES.T @ (ONES @ found.path[0, k - 1] - Y) / 30
        square = 0.9 * square + 0.1 * slope**2
        np.testing.assert_allclose(found.path_scale[0, k], np.sqrt(square / (1 - 0.9**k)) + 1e-3, rtol=1e-9)
    assert np.isnan(found.path_scale[0, 0]).all()
    np.testing.assert_array_equal(found.path_scale[1], 1)


def test_adaptive_rules_have_no_sharpness_before_their_first_step():
    lanes = (lane("rmsprop"), lane("adam"), lane("gradient_descent", learning_rate=0.1))
    training = finish(train(Plan(LINE, lanes, steps=30), X, Y))
    found = last(along(objective(LINE, "mse"), DATA, lanes, training))
    assert np.isnan(found.sharpness[:2, 0]).all() and np.isfinite(found.sharpness[:, 1:]).all()
    matrix, scale = 2 * ONES.T @ ONES / 30, training.path_scale[1, 17]
    expected = np.linalg.eigvalsh(matrix / np.sqrt(np.outer(scale, scale)))[-1]
    assert found.sharpness[1, 17] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("name", ["adagrad", "lion", "newton", "lbfgs"])
def test_every_kind_of_rule_records_its_scale(name):
    found = finish(train(Plan(LINE, (lane(name),), steps=3), X, Y))
    assert found.path_scale.shape == found.path.shape
    assert (found.path_scale[0, 1:] > 0).all()


def test_a_lane_that_diverges_leaves_the_others_alone():
    lanes = (lane("gradient_descent", learning_rate=100.0), lane("gradient_descent", learning_rate=0.01))
    training = finish(train(Plan(LINE, lanes, steps=60), X, Y))
    found = last(along(objective(LINE, "mse"), DATA, lanes, training))
    assert training.diverged_at[0, 0] >= 0
    assert np.isnan(found.eigenvalues[0, -1]).all() and np.isfinite(found.eigenvalues[0, 0]).all()
    assert np.isfinite(found.eigenvalues[1]).all()
    assert np.isnan(count(found.eigenvalues, found.weights, 3, tolerances(found.eigenvalues)).zero[0, -1])


# ---- signs -----------------------------------------------------------------------------------------------------------


def test_counts_are_those_of_a_critical_point():
    values = np.array([-2.0, -1e-12, 0.0, 1e-10, 3e-9, 5.0])
    tau = tolerances(values)
    assert tau == pytest.approx(sign_tolerance(values, 0.0, np.zeros(6)))
    for tolerance in (tau, 1e-11, 1.0):
        told = judge(values, tolerance)
        counted = count(values, np.full(6, 1 / 6), 6, np.array(tolerance))
        np.testing.assert_allclose([*counted], [told.positive, told.zero, told.negative])
    assert tolerances(values, 0.1) == pytest.approx(0.5)
    assert tolerances(values, 1e-12) == pytest.approx(5e-12)  # the floor does not hide what was asked for
    assert tolerances(values, slope=0.3) == pytest.approx(0.3)


# ---- how it runs -----------------------------------------------------------------------------------------------------


def test_it_tells_how_far_it_is_and_can_be_left():
    net = NetworkExperiment(steps=40)
    training = trained(net)
    shares = [found.done for found in spectra(net, training)]
    assert shares == sorted(shares) and shares[-1] == 1
    going = spectra(net, training)
    assert next(going).done < 1
    going.close()
    with pytest.raises(StopIteration):
        next(going)


def test_large_networks_are_looked_at_in_fewer_places_by_lanczos():
    assert len(picked(201, 100)) == 61 and len(picked(201, 3000)) == 11 and len(picked(4, 100)) == 4
    net = NetworkExperiment(width=50, steps=2, lanes=NetworkExperiment().lanes[2:])
    assert net.size > EXACT
    found = last(spectra(net, trained(net)))
    assert not found.exact and found.eigenvalues.shape[-1] == rooms.PROBES * rooms.PRODUCTS
    np.testing.assert_allclose(found.weights.sum(axis=-1), 1)
    assert np.isnan(found.sharpness[0, 0]) and found.sharpness[0, -1] > 0
    assert seconds(net) > seconds(replace(net, width=8))


# ---- flat and sharp ends ---------------------------------------------------------------------------------------------


def test_cuts_through_an_end():
    net = NetworkExperiment(steps=60)
    training = trained(net)
    sharp = last(sharpest(net, training))
    found = last(cuts(net, training, sharp, 0.02))
    centre, step = 40, found.distance[1] - found.distance[0]
    for along_it in (0, 1):
        np.testing.assert_allclose(found.train[:, along_it, centre], training.objective[:, 0, -1], rtol=1e-9)
        np.testing.assert_allclose(found.test[:, along_it, centre], training.test_loss[:, 0, -1], rtol=1e-9)
    bent = np.diff(found.train[:, 0, centre - 1 : centre + 2], 2)[:, 0] / step**2
    np.testing.assert_allclose(bent, sharp.curvature, rtol=1e-3)
    around = np.diff(found.train[:, 1, centre - 1 : centre + 2], 2)[:, 0] / step**2
    assert (around < sharp.curvature).all()
    assert np.isnan(last(cuts(replace(net, test=0.0), training, sharp, 0.02)).test).all()


def test_cuts_come_lane_by_lane_and_leave_out_what_diverged():
    net = NetworkExperiment(steps=20)
    training = trained(net)
    training.final[1, 0] = np.nan
    shares = [found.done for found in sharpest(net, training)]
    assert shares == [1 / 3, 2 / 3, 1]
    sharp = last(sharpest(net, training))
    first, second, third = ((found.done, found) for found in cuts(net, training, sharp, 1.0))
    assert (first[0], second[0], third[0]) == (1 / 3, 2 / 3, 1)
    known = np.isfinite(third[1].train).all(axis=(1, 2))
    assert known.tolist() == np.isfinite(sharp.curvature).tolist() == [True, False, True]


def test_a_lost_place_of_a_large_network_has_no_spectrum():
    net = NetworkExperiment(width=50)
    assert net.size > EXACT
    values, *_, felt = estimated(*net.surface(), np.full(net.size, np.nan), np.ones(net.size), True)
    assert np.isnan(values).all() and np.isnan(felt)


# ---- what the lessons say --------------------------------------------------------------------------------------------


def test_the_edge_of_stability():
    """Sharpness rises to 2/η, hovers there while the loss jumps, and a smaller η ends sharper."""
    net = LESSONS["edge_of_stability"].net
    training = trained(net)
    found = last(spectra(net, training))
    ratio = found.sharpness / found.limits
    third = len(found.steps) // 3
    np.testing.assert_allclose(found.limits[:, 0], [20, 40])
    assert (ratio[:, 0] < 0.9).all()
    assert (np.median(ratio[:, -third:], axis=1) > 0.8).all() and (np.median(ratio[:, -third:], axis=1) < 1.3).all()
    assert (ratio[:, -third:] > 0.8).all() and (ratio[:, -third:] < 1.3).all()
    assert 1.7 < found.sharpness[1, -1] / found.sharpness[0, -1] < 2.3
    loss = training.objective[:, 0]
    assert (np.sum(np.diff(loss) > 0, axis=1) > 10).all()
    early, middle, late = (np.median(part) for part in np.array_split(loss[0], 3))
    assert early > middle > late


def edge(key, number):
    """Sharpness over its limit of each lane, and the limits, through a stage of a lesson."""
    net = LESSONS[key].stages[number].net
    found = last(spectra(net, trained(net)))
    return found.sharpness / found.limits, found.limits


def test_the_edge_draws_from_above_and_small_batches_stay_below():
    ratio, limits = edge("edge_of_stability", 1)
    np.testing.assert_allclose(limits[:, 0], [10, 5])
    np.testing.assert_allclose(ratio[:, 0] * limits[:, 0], 10.6, atol=0.05)  # the start is above both
    third = ratio.shape[1] // 3
    assert (np.abs(ratio[:, -third:] - 1) < 0.1).all()
    ratio, _ = edge("edge_of_stability", 2)
    assert (np.abs(ratio[:, -third:] - 0.5) < 0.1).all()
    net = LESSONS["edge_of_stability"].stages[2].net
    assert (net.batch, net.points) == (7, 70)


def test_less_momentum_bears_less():
    ratio, limits = edge("each_rule_has_its_edge", 1)
    np.testing.assert_allclose(limits[1], 30)
    assert np.median(ratio[1, -20:]) == pytest.approx(1, abs=0.05)


def test_each_rule_has_its_edge():
    net = LESSONS["each_rule_has_its_edge"].net
    found = last(spectra(net, trained(net)))
    np.testing.assert_allclose(found.limits[:, 0], [20, 38, 200], rtol=1e-6)
    np.testing.assert_allclose(found.limits[:, -1], [20, 38, 3800], rtol=1e-6)
    assert stability_limit("adam", learning_rate=0.01) == pytest.approx(3800)
    ends = np.median((found.sharpness / found.limits)[:, -20:], axis=1)
    assert (ends > 0.8).all() and (ends < 1.1).all()
    assert ends[1] == min(ends)
    assert found.eigenvalues[2, -1, -1] < found.sharpness[2, -1] / 10  # Adam's sharpness is not λmax itself


# ---- estimates carry their error -------------------------------------------------------------------------------------


def surroundings(seed):
    """A small network somewhere: its surface, and all its eigenvalues."""
    net = NetworkExperiment(width=12, depth=2, seed=seed)
    make, knobs = net.surface()
    theta = np.random.default_rng(seed).standard_normal(net.size) * (0.3, 0.6, 1.0)[seed % 3]
    return net.size, (make, theta, knobs), whole(make, knobs, theta, None, True)[0]


@pytest.mark.parametrize("steps", [20, 80])
def test_the_true_counts_lie_within_what_is_said(steps):
    """At every tolerance, however coarse the quadrature: in nine of ten cases at least."""
    held = []
    for seed in range(8):
        size, (make, theta, knobs), values = surroundings(seed)
        for share in (1e-9, 2e-3, 1e-2, 5e-2, 0.2):
            tau = np.array(tolerances(values, share))
            found = spectral_density(make, theta, 4, steps, seed, **knobs)
            about, off = counted(found.nodes, found.weights, found.probe, size, tau)
            exact = count(values, np.full(size, 1 / size), size, tau)
            held += [abs(one - true) <= error + 1e-9 for one, true, error in zip(about, exact, off, strict=True)]
            assert sum(about) == pytest.approx(size)
    assert len(held) == 120 and np.mean(held) >= 0.9


def test_more_products_and_more_vectors_say_more():
    size, (make, theta, knobs), values = surroundings(1)
    tau = np.array(tolerances(values, 1e-2))
    errors = {}
    for probes, steps in ((2, 20), (2, 80), (16, 80)):
        found = spectral_density(make, theta, probes, steps, **knobs)
        errors[probes, steps] = counted(found.nodes, found.weights, found.probe, size, tau)[1].positive
    assert errors[2, 20] > errors[2, 80] > errors[16, 80]
    exact = count(values, np.full(size, 1 / size), size, tau)
    assert errors[16, 80] < 0.5 * exact.positive


def test_what_a_few_vectors_leave_to_chance_is_what_is_said():
    """Of the identity on a half of the space and its negative on the other the nodes are exact: all is sampling."""
    values = np.repeat([-1.0, 1.0], 200)
    told = []
    for seed in range(100):
        found = spectral_density(parabola, np.zeros(400), 2, 20, seed, curvature=values)
        sides = np.array([found.weights[(found.nodes > 0) & (found.probe == probe)].sum() * 2 for probe in (0, 1)])
        told.append(400 * sides.mean())
    assert np.std(told) == pytest.approx(400 * np.sqrt(2 * 0.25 / 402 / 2), rel=0.25)


def test_a_large_network_says_how_far_off_its_counts_may_be():
    """The public case: 178 / 1880 / 183 of 2241 at τ = 0.002 max|λ|."""
    net = NetworkExperiment(width=32, depth=3)
    (make, knobs), theta = net.surface(), initial(net.architecture, net.seed)
    exact, weights, _, _ = whole(make, knobs, theta, np.ones(net.size), True)
    values, masses, probe, felt = estimated(make, knobs, theta, np.ones(net.size), True)
    tau = np.array(tolerances(values, exact=False))
    about, off = counted(values, masses, probe, net.size, tau)
    true = count(exact, weights, net.size, tau)
    for one, other, error in zip(about, true, off, strict=True):
        assert abs(one - other) <= error
    assert max(off) < 60
    assert felt == pytest.approx(exact[-1], rel=1e-9)
