"""Gradients on batches against a linear model written out in NumPy, and the law of their spread against counting."""

from itertools import combinations, pairwise

import jax
import numpy as np
import pytest

from engine.measures.batch_noise import DRAWN, noise, noise_seconds, ring_batches, shrinkage
from engine.networks.network import Architecture, initial
from engine.networks.objective import batch_gradients, objective

LINE = Architecture(inputs=3, outputs=1, depth=0)
POINTS = 24
CHANCE = np.random.default_rng(0)
INPUTS, TARGETS = CHANCE.standard_normal((POINTS, 3)), CHANCE.standard_normal(POINTS)
THETA = CHANCE.standard_normal(4)
DATA = {"inputs": INPUTS, "targets": TARGETS, "decay": 0.0}


def clouds_of(make, theta, sizes, **how):
    """All of them; on the way each one is there as soon as it is known."""
    *_, (share, found) = chunks = list(noise(make, theta, sizes, **how))
    assert share == 1
    assert [len(so_far.clouds) for _, so_far in chunks] == list(range(1, len(sizes) + 1))
    return found


def single_gradients():
    """2 (w·x + b − y) (x, 1) for each point of a linear model with squared error."""
    columns = np.column_stack([INPUTS, np.ones(POINTS)])
    return 2 * (columns @ THETA - TARGETS)[:, None] * columns


def test_batches_in_a_ring_hold_each_point_equally_often():
    for batch in (1, 5, 7, 8, 24):
        rows = ring_batches(POINTS, batch, 100)
        assert rows.shape[1] == batch
        assert len(rows) >= 100
        assert set(np.bincount(rows.ravel(), minlength=POINTS)) == {len(rows) * batch // POINTS}
        assert all(len(set(row)) == batch for row in rows.tolist())  # without replacement
    with pytest.raises(ValueError, match="between 1 and the 24 points, not 25"):
        ring_batches(POINTS, 25, 1)


def test_the_mean_over_an_epoch_is_the_full_gradient():
    """Batches of equal size; of the engine's own batch gradients."""
    rows = np.random.default_rng(1).permutation(POINTS).reshape(-1, 6).astype(np.int32)
    found = np.asarray(batch_gradients(objective(LINE, "mse"), THETA, rows, INPUTS, TARGETS, np.float64(0)))
    np.testing.assert_allclose(found, single_gradients()[rows].mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.mean(axis=0), single_gradients().mean(axis=0), rtol=1e-12)


@pytest.mark.parametrize("batch", [1, 2, 3, 5, 6])
def test_the_law_of_the_spread_against_all_batches_there_are(batch):
    """All draws without replacement from six values: (6 choose b) of them."""
    values = np.random.default_rng(2).standard_normal((6, 2))
    means = np.array([values[list(rows)].mean(axis=0) for rows in combinations(range(6), batch)])
    spread = np.sqrt(np.mean(np.sum((means - values.mean(axis=0)) ** 2, axis=1)))
    single = np.sqrt(np.mean(np.sum((values - values.mean(axis=0)) ** 2, axis=1)))
    assert spread == pytest.approx(single * shrinkage(6, batch), abs=1e-15)


def test_clouds_of_a_linear_model():
    singles = single_gradients()
    full = singles.mean(axis=0)
    found = clouds_of(objective(LINE, "mse"), THETA, (1, 2, 5, 12), drawn=4000, **DATA)
    assert found.norm == pytest.approx(np.linalg.norm(full), rel=1e-12)
    spread = np.sqrt(np.mean(np.sum((singles - full) ** 2, axis=1)))
    one, *others = found.clouds
    assert one.spread == pytest.approx(spread, rel=1e-12)  # each point equally often
    assert one.downhill == pytest.approx(np.mean(singles @ full > 0))
    for cloud in others:
        assert cloud.spread == pytest.approx(spread * shrinkage(POINTS, cloud.batch), rel=0.05)
    for cloud in found.clouds:
        assert cloud.distance <= 1e-13 * spread  # the mean falls on the full gradient
        np.testing.assert_allclose(cloud.mean, [found.norm, 0], atol=1e-12)
    assert [later.spread < earlier.spread for earlier, later in pairwise(found.clouds)] == [True] * 3


@pytest.mark.parametrize("size", [1, 5, 7, 16, 23])
def test_running_sums_give_the_gradients_on_the_batches(size):
    """Also of those that go over the end of a ring."""
    full = single_gradients().mean(axis=0)
    gradients = single_gradients()[ring_batches(POINTS, size, 100)].mean(axis=1)
    (cloud,) = clouds_of(objective(LINE, "mse"), THETA, (size,), drawn=100, **DATA).clouds
    assert len(cloud.places) == len(gradients)
    np.testing.assert_allclose(cloud.places[:, 0], gradients @ full / np.linalg.norm(full), rtol=1e-10, atol=1e-12)
    assert cloud.spread == pytest.approx(np.sqrt(np.mean(np.sum((gradients - full) ** 2, axis=1))), rel=1e-10)
    assert cloud.downhill == np.mean(gradients @ full > 0)


def test_the_estimate_counts_batches_and_parameters():
    assert noise_seconds(100, 2000, (1, 10)) == pytest.approx(2 * noise_seconds(100, 1000, (1, 10)))
    assert noise_seconds(1258, 7510, (1, 2, 4)) > 2 * noise_seconds(1258, 7510, (1,))
    assert noise_seconds(1258, 7510, (64,), alone=False) > noise_seconds(1258, 7510, (64,))


def test_the_plane_keeps_lengths():
    """Orthonormal axes, x along the full gradient: no point of the picture is farther away than in truth."""
    (cloud,) = clouds_of(objective(LINE, "mse"), THETA, (1,), drawn=POINTS, **DATA).clouds
    singles, full = single_gradients(), single_gradients().mean(axis=0)
    along = singles @ full / np.linalg.norm(full)
    np.testing.assert_allclose(np.sort(cloud.places[:, 0]), np.sort(along), rtol=1e-10)
    rest = singles - full - np.outer((singles - full) @ full, full) / (full @ full)
    widest = np.linalg.svd(rest)[1][0] ** 2
    assert np.sum(cloud.places[:, 1] ** 2) == pytest.approx(widest, rel=1e-10)


def test_a_batch_norm_gradient_is_no_mean_of_single_ones():
    """Its points see each other: the clouds are those of the engine's own batch gradients, and not centred."""
    network = Architecture(inputs=3, outputs=1, depth=1, width=4, norm="batch")
    make, theta = objective(network, "mse"), initial(network, 0)
    (cloud,) = clouds_of(make, theta, (4,), alone=False, **DATA).clouds
    rows = ring_batches(POINTS, 4, 200)
    found = np.asarray(batch_gradients(make, theta, rows, INPUTS, TARGETS, np.float64(0)))
    full = np.asarray(jax.jit(jax.grad(make(INPUTS, TARGETS, 0.0)))(theta))
    assert cloud.spread == pytest.approx(np.sqrt(np.mean(np.sum((found - full) ** 2, axis=1))), rel=1e-10)
    assert cloud.distance > 0.01 * cloud.spread


def test_a_plane_without_a_gradient():
    """At a critical point there is a cloud all the same."""
    columns = np.column_stack([INPUTS, np.ones(POINTS)])
    best = np.linalg.lstsq(columns, TARGETS, rcond=None)[0]
    found = clouds_of(objective(LINE, "mse"), best, (1, 8), **DATA)
    assert found.norm < 1e-12
    assert found.clouds[0].spread > 0.1
    assert np.isfinite(found.clouds[0].places).all()


def test_the_share_that_leads_downhill_is_as_good_as_the_page_says():
    """Of many draws 95 % lie within two standard errors of DRAWN random batches, 8 points."""
    data = objective(LINE, "mse"), THETA, (2,)
    (true,) = clouds_of(*data, drawn=20_000, **DATA).clouds
    within = []
    for seed in range(40):
        order = np.random.default_rng(seed).permutation(POINTS)
        shuffled = {**DATA, "inputs": DATA["inputs"][order], "targets": DATA["targets"][order]}
        (cloud,) = clouds_of(*data, drawn=DRAWN, **shuffled).clouds
        assert len(cloud.places) >= DRAWN
        within.append(abs(cloud.downhill - true.downhill) <= 0.08)
    assert np.mean(within) >= 0.9
