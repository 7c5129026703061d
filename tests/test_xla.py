"""Programs are counted, and forgotten when there are too many of them."""

import jax
import numpy as np

from engine import xla


def test_too_many_programs_are_forgotten_and_come_back(monkeypatch):
    monkeypatch.setattr(xla, "_count", 0)
    monkeypatch.setattr(xla, "MOST_PROGRAMS", 1)
    double, treble = jax.jit(lambda x: 2 * x), jax.jit(lambda x: 3 * x)
    double(np.ones(3))
    assert not xla.forget_programs()
    assert double._cache_size() == 1
    treble(np.ones(3))
    assert xla.forget_programs()
    assert double._cache_size() == 0
    assert not xla.forget_programs()
    assert double(np.ones(3)).tolist() == [2, 2, 2]
