"""Programs are counted, and forgotten when there are too many of them."""

import threading

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


def test_a_pool_drops_what_is_left():
    done, go_on = [], threading.Event()

    def slow(number):
        if number > 3:
            go_on.wait()
        done.append(number)
        return number

    with xla.threads(2) as pool:
        assert next(result for result in pool(slow, range(1000)) if result == 3) == 3
    go_on.set()
    assert len(done) <= 6  # those that had begun


def test_one_thread_is_the_one_that_asks():
    with xla.threads(1) as pool:
        assert pool is map
