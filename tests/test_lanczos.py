"""Spectra from products Hv: no ghosts, no breakdown, honest residuals, masses that sum to 1."""

import jax.numpy as jnp
import numpy as np
import pytest

from engine.curvature.lanczos import EXACT, extreme_eigenpairs, lanczos, spectral_density, trace

CHANCE = np.random.default_rng(0)
OUTLIER = np.concatenate([CHANCE.uniform(-1, 1, 499), [50.0]])
FOUR = np.repeat([0.0, 1.0, 2.0, 3.0], 25)


def diagonal(values):
    return lambda point: jnp.sum(values * point**2) / 2


def quadratic(matrix):
    return lambda point: point @ matrix @ point / 2


def test_extremes_are_those_of_numpy():
    matrix = CHANCE.standard_normal((300, 300))
    matrix = matrix + matrix.T
    values, _ = np.linalg.eigh(matrix)
    found = lanczos(quadratic, np.zeros(300), k=3, steps=160, matrix=matrix)
    np.testing.assert_allclose(found.eigenvalues, np.r_[values[:3], values[-3:]], rtol=1e-9)
    rest = matrix @ found.eigenvectors - found.eigenvectors * found.eigenvalues
    np.testing.assert_allclose(np.linalg.norm(rest, axis=0), found.residuals, atol=1e-9)
    np.testing.assert_allclose(found.eigenvectors.T @ found.eigenvectors, np.eye(6), atol=1e-12)
    assert (found.steps, found.breakdowns, found.exact) == (160, 0, False)


def test_residuals_tell_what_has_not_converged():
    found = lanczos(diagonal, np.zeros(500), k=5, steps=20, values=np.linspace(0, 1, 500))
    assert found.residuals.max() > 1e-4
    rest = np.linspace(0, 1, 500)[:, None] * found.eigenvectors - found.eigenvectors * found.eigenvalues
    np.testing.assert_allclose(np.linalg.norm(rest, axis=0), found.residuals, rtol=1e-6, atol=1e-12)


def test_four_eigenvalues_in_a_hundred_dimensions_do_not_break_it():
    found = lanczos(diagonal, np.zeros(100), k=2, values=FOUR)
    np.testing.assert_allclose(found.eigenvalues, [0, 0, 3, 3], atol=1e-12)
    assert found.breakdowns > 0
    assert np.isfinite(found.eigenvectors).all() and found.residuals.max() < 1e-10
    whole = lanczos(diagonal, np.zeros(100), k=60, values=FOUR)  # d ≤ 2k: all of them, with their multiplicities
    np.testing.assert_allclose(whole.eigenvalues, FOUR, atol=1e-10)


def test_an_outlier_appears_once():
    found = lanczos(diagonal, np.zeros(500), k=40, steps=80, values=OUTLIER)
    assert np.sum(found.eigenvalues > 2) == 1
    assert found.eigenvalues[-1] == pytest.approx(50, abs=1e-10)
    assert np.abs(found.eigenvectors[499, -1]) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("name", ["rosenbrock", "deep_toy_network", "cubic"])
def test_surfaces_are_taken_too(name):
    point = {"rosenbrock": (-1.2, 1.0), "deep_toy_network": (1.0, 0.5, 0.2), "cubic": (0.5,)}[name]
    exact, iterated = extreme_eigenpairs(name, point), lanczos(name, point)
    assert exact.exact
    assert iterated.breakdowns == 0
    np.testing.assert_allclose(iterated.eigenvalues, exact.eigenvalues, rtol=1e-9, atol=1e-12)


def test_no_curvature_at_all():
    found = lanczos("monkey_saddle", (0.0, 0.0))
    np.testing.assert_array_equal(found.eigenvalues, [0, 0])
    density = spectral_density(diagonal, np.zeros(50), values=np.zeros(50))
    np.testing.assert_allclose(density.nodes, 0, atol=1e-15)
    assert density.weights.sum() == pytest.approx(1)


def test_large_ones_are_iterated():
    found = extreme_eigenpairs(diagonal, np.zeros(EXACT + 1), k=2, values=np.r_[-9.0, 9.0, np.zeros(EXACT - 1)])
    assert not found.exact
    np.testing.assert_allclose(found.eigenvalues[[0, -1]], [-9, 9], rtol=1e-10)


def test_density():
    values = np.sort(np.random.default_rng(1).standard_normal(400))
    found = spectral_density(diagonal, np.zeros(400), probes=16, values=values)
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert found.weights.min() >= 0
    slack = 1e-10 * np.abs(values).max()
    assert values[0] - slack <= found.nodes[0] <= found.nodes[-1] <= values[-1] + slack
    for split in (-1.0, 0.0, 0.7):
        assert found.weights[found.nodes < split].sum() == pytest.approx(np.mean(values < split), abs=0.04)
    masses, edges = found.histogram(20)
    assert masses.sum() == pytest.approx(1)
    assert (edges[0], edges[-1]) == (found.nodes[0], found.nodes[-1])


def test_density_finds_the_share_of_each_eigenvalue():
    found = spectral_density(diagonal, np.zeros(100), probes=30, steps=20, values=FOUR)
    for value in range(4):
        assert found.weights[np.abs(found.nodes - value) < 1e-6].sum() == pytest.approx(0.25, abs=0.04)
    between = np.abs(found.nodes - np.rint(found.nodes)) > 1e-6
    assert found.weights[between].sum() < 1e-12


def test_trace():
    matrix = CHANCE.standard_normal((80, 80))
    found = trace(quadratic, np.zeros(80), probes=200, matrix=matrix + matrix.T)
    assert found.estimate == pytest.approx(2 * np.trace(matrix), abs=4 * found.standard_error)
    assert found.standard_error == pytest.approx(
        np.sqrt(2 * np.sum((matrix + matrix.T)[~np.eye(80, dtype=bool)] ** 2) / 200), rel=0.3
    )
    exact = trace(diagonal, np.zeros(500), values=OUTLIER)  # random signs are exact on a diagonal matrix
    assert exact.estimate == pytest.approx(OUTLIER.sum())
    assert exact.standard_error == pytest.approx(0, abs=1e-10)


def test_bad_input():
    with pytest.raises(ValueError, match="k must"):
        lanczos("booth", (1, 1), k=0)
    with pytest.raises(ValueError, match="steps must"):
        lanczos("booth", (1, 1), steps=1000)
    with pytest.raises(ValueError, match="probes must"):
        trace("booth", (1, 1), probes=1)
    with pytest.raises(ValueError, match="probes must"):
        spectral_density("booth", (1, 1), probes=0)


def test_where_the_hessian_is_not_finite_nothing_is_known():
    found = lanczos("himmelblau", (np.nan, 1))
    assert np.isnan(found.eigenvalues).all() and np.isnan(found.eigenvectors).all()
    density = spectral_density("rosenbrock", (1e200, 1), probes=2)
    assert np.isnan(density.nodes).all() and np.isnan(density.weights).all()
