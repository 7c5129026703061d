"""Times are measured: here only that they are there, and that an epoch is its updates."""

import numpy as np

from engine.measures.batch_timing import Timing, doubling, measure
from engine.networks.network import Architecture


def test_doubling():
    assert doubling(1) == (1,)
    assert doubling(8) == (1, 2, 4, 8)
    assert doubling(140) == (1, 2, 4, 8, 16, 32, 64, 128, 140)


def test_the_least_of_the_repeats_and_the_epochs():
    found = Timing(10, (1, 4, 10), np.array([[3.0, 1.0], [2.0, np.nan], [np.nan, np.nan]]))
    np.testing.assert_array_equal(found.update, [1, 2, np.nan])
    assert found.per_epoch == [10, 3, 1]
    np.testing.assert_array_equal(found.epoch, [10, 6, np.nan])


def test_every_batch_size_is_measured():
    chance = np.random.default_rng(0)
    inputs, targets = chance.standard_normal((12, 2)), np.arange(12) % 2
    chunks = list(measure(Architecture(2, 1, 1, 4), "cross_entropy", 2, inputs, targets, (1, 5, 12), repeats=2))
    shares = [share for share, _ in chunks]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(chunks) == 3 * (1 + 2)  # Cancel is heard after each size: first compiled, then measured
    found = chunks[-1][1]
    assert found.updates.shape == (3, 2)
    assert np.isfinite(found.updates).all()
    assert (found.updates > 0).all()
    assert (found.update == found.updates.min(axis=1)).all()
