"""Critical points of many networks: against known spectra, closed forms and NumPy."""

from collections import Counter, deque
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from engine.curvature.derivatives import spectrum
from engine.curvature.points import judge, sign_tolerance
from engine.measures.minimum_ratio import FLAT, Search, by_width, critical_networks, ratios, stages, trained
from engine.measures.polishing import BLOCK, METHODS, STRICT, polished
from engine.networks.experiment import NetworkExperiment
from engine.networks.network import initials

SINE = NetworkExperiment.on("sine", knobs={"size": 40.0}, depth=1, decay=1e-3, steps=100)


def two_layers(target):
    """½‖W₂W₁ − target‖², both factors 2 × 2."""

    def loss(theta):
        first, second = theta[:4].reshape(2, 2), theta[4:].reshape(2, 2)
        return jnp.sum((second @ first - target) ** 2) / 2

    return loss


def cubic_slope(scale):
    """x³/3 + x + y²/2: its gradient (x² + 1, y) is never 0, and shortest at (0, 0), where H g = 0."""

    def loss(theta):
        x, y = theta
        return scale * (x**3 / 3 + x + y**2 / 2)

    return loss


def ended(arrivals):
    return sorted((arrival for some in arrivals for arrival in some), key=lambda arrival: arrival.number)


def last(search):
    (found,) = deque(critical_networks(search), maxlen=1)
    return found


@pytest.fixture(scope="module")
def sines():
    return last(Search(SINE, (1, 2, 4), 48, "norm"))


def test_the_way_leads_from_the_training_to_the_critical_point(sines):
    way = sines.way
    assert way.steps[0] == 0 and way.steps[-1] == sines.steps.max()
    np.testing.assert_array_equal(way.loss[-1], sines.loss)
    np.testing.assert_array_equal(way.gradient_norm[-1], sines.gradient_norm)
    np.testing.assert_array_equal(way.eigenvalues[-1], sines.eigenvalues.astype(np.float32))
    assert (np.diff(way.gradient_norm, axis=0) <= 0).all(), "this method lowers it at every step"
    arrived = way.steps[:, None] >= sines.steps
    assert (np.where(arrived, way.loss - sines.loss, 0) == 0).all(), "who has arrived stays"
    (net, seeds), *_ = Search(SINE, (1, 2, 4), 48, "norm").groups
    make, knobs = net.surface()
    thetas = initials(net.architecture, list(seeds), net.scheme)
    for _ in trained(make, knobs, thetas, stages(len(seeds), net.steps)):
        pass
    first = [float(make(**knobs)(theta)) for theta in thetas]
    begun = [way.loss[0, (sines.width == net.width) & (sines.seed == seed)][0] for seed in seeds]
    np.testing.assert_allclose(begun, first, rtol=1e-9)


# ---- known answers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_a_linear_network_ends_at_the_saddle_in_the_origin(method):
    """Its Hessian there has the eigenvalues ±3, ±3, ±1, ±1: half of them are positive."""
    starts = 0.05 * np.random.default_rng(0).standard_normal((5, 8))
    found = ended(polished(two_layers, {"target": np.diag([3.0, 1.0])}, starts, method))
    assert len(found) == 5
    for arrival in found:
        assert arrival.gradient_norm <= STRICT
        np.testing.assert_allclose(arrival.eigenvalues, [-3, -3, -1, -1, 1, 1, 3, 3], atol=1e-8)
        assert arrival.loss == pytest.approx(5)
        assert arrival.distance < 1e-8


def test_gradient_flat_points_hold_what_lowers_the_norm_and_not_what_follows_eigenvectors():
    starts = np.array([[0.6, 0.3], [1.5, -1.0], [-0.7, 0.2]])
    for arrival in ended(polished(cubic_slope, {"scale": np.float64(1)}, starts, "norm")):
        assert arrival.gradient_norm == pytest.approx(1, abs=1e-6)
        assert arrival.residual < FLAT
        assert arrival.distance < 1e-3
    for arrival in ended(polished(cubic_slope, {"scale": np.float64(1)}, starts, "index")):
        assert arrival.distance > 10
        assert arrival.residual > FLAT


@pytest.mark.parametrize("method", METHODS)
def test_every_critical_point_of_a_line_is_the_least_squares_fit(method):
    line = replace(SINE, depth=0, decay=0.0)
    found = last(Search(line, (1,), 20, method))
    train = line.examples.train
    columns = np.column_stack([train.inputs, np.ones(len(train.targets))])
    best, (rest,) = np.linalg.lstsq(columns, train.targets)[:2]
    np.testing.assert_allclose(found.loss, rest / len(columns), rtol=1e-12)
    np.testing.assert_allclose(found.distance, np.linalg.norm(best), rtol=1e-9)
    assert set(found.kind) == {"critical"}
    signs = ratios(found)
    assert (signs.of_signed == 1).all()
    assert (signs.of_all == 1).all()
    np.testing.assert_allclose(
        found.eigenvalues, np.tile(np.linalg.eigvalsh(2 * columns.T @ columns / len(columns)), (20, 1)), rtol=1e-10
    )


def test_logistic_regression_has_minima_only():
    found = last(Search(NetworkExperiment.on("two_moons", depth=0, decay=1e-3, steps=30), (1,), 10))
    assert set(found.kind) == {"critical"}
    np.testing.assert_allclose(found.loss, found.loss[0], rtol=1e-12)
    assert (ratios(found).of_signed == 1).all()


# ---- networks --------------------------------------------------------------------------------------------------------


def test_each_dot_is_what_the_engine_says_of_its_point(sines):
    """Trained and polished again, one by one: the same loss, and the spectrum that ``curvature`` computes."""
    net = replace(SINE, width=2)
    make, knobs = net.surface()
    rows = np.flatnonzero(sines.width == 2)
    thetas = initials(net.architecture, range(len(rows)), net.scheme)
    for _ in trained(make, knobs, thetas, stages(len(rows), net.steps)):
        pass
    (arrival,) = ended(polished(make, knobs, thetas[3:4], "norm"))
    (row,) = rows[sines.seed[rows] == 3]
    assert sines.loss[row] == pytest.approx(arrival.loss, rel=1e-9)
    np.testing.assert_allclose(sines.eigenvalues[row][: net.size], arrival.eigenvalues, atol=1e-6)


def test_training_is_adam_for_just_so_many_updates():
    net = replace(SINE, width=3)
    make, knobs = net.surface()
    updates = np.array([0, 7, 130])
    thetas = initials(net.architecture, range(3), net.scheme)
    wanted = thetas.copy()
    for _ in trained(make, knobs, thetas, updates):
        pass
    rule, slope = optax.adam(0.02), jax.jit(jax.grad(make(**knobs)))
    for row, count in enumerate(updates):
        theta, memory = jnp.asarray(wanted[row]), rule.init(jnp.asarray(wanted[row]))
        for _ in range(count):
            with jax.numpy_dtype_promotion("standard"):  # Optax counts in int32
                change, memory = rule.update(slope(theta), memory)
            theta = theta + change
        np.testing.assert_allclose(thetas[row], theta, rtol=1e-9, atol=1e-11)


def test_signs_are_those_of_the_house(sines):
    signs = ratios(sines)
    at = np.flatnonzero(sines.kind == "critical")
    assert len(at) > 20
    for row in at:
        values = sines.eigenvalues[row][np.isfinite(sines.eigenvalues[row])]
        limit = sign_tolerance(values, sines.gradient_norm[row], np.full(1, sines.distance[row]))
        verdict = judge(values, limit)
        assert (signs.positive[row], signs.zero[row], signs.negative[row]) == verdict[1:]
        assert signs.of_all[row] == pytest.approx(verdict.positive / len(values))


def test_a_wider_tolerance_makes_more_zeros_and_leaves_the_eigenvalues(sines):
    counts = [ratios(sines, share).zero.sum() for share in (1e-14, 1e-6, 1e-2, 1.0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    assert np.isnan(ratios(sines, 2.0).of_signed).all()


def test_the_record_grows_until_all_are_there(sines):
    search = Search(SINE, (1, 2), 3 * BLOCK + 1)
    seen = [(found.done, len(found.width)) for found in critical_networks(search)]
    assert seen == sorted(seen)
    assert seen[0] == (0.0, 0)
    assert seen[-1] == (1.0, 3 * BLOCK + 1)
    assert len({many for _, many in seen}) > 5
    assert Counter(sines.width.tolist()) == {1: 16, 2: 16, 4: 16}
    for width in (1, 2, 4):
        assert sorted(sines.seed[sines.width == width]) == list(range(16))


def test_following_eigenvectors_arrives_where_lowering_the_norm_does_not():
    net = replace(SINE, steps=50)
    arrived = {method: last(Search(net, (8,), 20, method)).kind == "critical" for method in METHODS}
    assert arrived["index"].sum() >= 18
    assert arrived["norm"].sum() < arrived["index"].sum()


def test_a_saddle_is_on_the_surface_of_the_network():
    """The spectrum at an arrival, from the loss that ``objective`` builds, by columns of the Hessian."""
    net = replace(SINE, width=2)
    make, knobs = net.surface()
    theta = initials(net.architecture, [1], net.scheme)
    (arrival,) = ended(polished(make, knobs, 0.0 * theta, "norm"))
    assert arrival.distance < 1  # all weights zero: only the last bias moves
    rest = np.zeros(net.size)
    rest[-1] = np.mean(knobs["targets"])
    np.testing.assert_allclose(arrival.eigenvalues, spectrum(make, rest, **knobs), atol=1e-8)


def test_rows_by_width(sines):
    rows = by_width(sines, ratios(sines))
    assert [(row.width, row.parameters, row.critical + row.hollow) for row in rows] == [
        (1, 4, 16),
        (2, 7, 16),
        (4, 13, 16),
    ]
    for row in rows:
        assert 0 <= row.minima <= row.critical


def test_stages_reach_from_no_update_to_the_last():
    found = stages(200, 1000)
    assert found.min() == 0
    assert 900 < found.max() <= 1000
    assert 0.4 < np.mean(found < 30) < 0.6  # √1000: half of them before it
    assert (stages(20, 0) == 0).all()


def test_what_is_not_finite_is_left_alone():
    starts = np.array([[np.inf, 0.0], [1.0, 0.5]])
    first, second = ended(polished(cubic_slope, {"scale": np.float64(1)}, starts, "norm"))
    assert np.isnan(first.eigenvalues).all()
    assert second.distance < 1e-3


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="unknown method 'guess'"):
        next(polished(cubic_slope, {"scale": np.float64(1)}, np.zeros((1, 2)), "guess"))
