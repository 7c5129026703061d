"""The middle of several seeds, where some have been lost."""

import numpy as np
import pytest

from engine.networks.spread import quarters

RANDOM = np.random.default_rng(0).standard_normal((9, 5))


def test_without_losses_they_are_numpys():
    np.testing.assert_array_equal(quarters(RANDOM), np.quantile(RANDOM, [0.25, 0.5, 0.75], axis=0))
    np.testing.assert_array_equal(quarters(RANDOM[:1]), np.repeat(RANDOM[None, 0], 3, axis=0))


@pytest.mark.parametrize(("lost", "middle"), [(0, 3), (1, 4), (2, 5), (3, 6), (4, np.inf), (7, np.nan)])
def test_a_lost_seed_is_worse_than_all(lost, middle):
    values = np.arange(7.0)
    values[:lost] = np.nan  # the best are lost
    np.testing.assert_equal(quarters(values)[1], middle)
    assert not np.isnan(quarters(values)).any() or lost == 7


def test_of_accuracies_the_worst_is_0():
    assert quarters([1.0, 1.0, np.nan, np.nan, np.nan], worst=0.0).tolist() == [0, 0, 1]


def test_where_there_is_nothing_there_is_no_middle():
    assert np.isnan(quarters(np.full((3, 2), np.nan))).all()


def test_between_a_number_and_infinity_is_infinity():
    assert quarters([1.0, np.inf]).tolist() == [np.inf, np.inf, np.inf]
