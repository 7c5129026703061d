"""Work that threads share: what nobody waits for does not begin."""

import threading
from concurrent.futures import CancelledError

import pytest

from engine import threads as shared
from engine.threads import finishing, threads


def test_a_pool_drops_what_is_left():
    done, go_on = [], threading.Event()

    def slow(number):
        if number > 3:
            go_on.wait()
        done.append(number)
        return number

    with threads(2) as pool:
        assert next(result for result in pool(slow, range(1000)) if result == 3) == 3
    go_on.set()
    assert len(done) <= 6  # those that had begun


def test_one_thread_is_the_one_that_asks():
    with threads(1) as pool:
        assert pool is map


def test_jobs_are_told_as_they_finish():
    told = [pair for some in finishing(lambda number: number**2, range(20), 2, 0.01) for pair in some]
    assert sorted(told) == [(number, number**2) for number in range(20)]


def test_a_caller_is_heard_while_a_job_runs_and_what_waits_is_dropped():
    begun, go_on = [], threading.Event()

    def slow(number):
        begun.append(number)
        go_on.wait()

    run = finishing(slow, range(100), 2, 0.01)
    assert next(run) == []
    run.close()
    go_on.set()
    assert len(begun) <= 2


def test_a_job_that_fails_is_heard():
    with pytest.raises(ZeroDivisionError):
        list(finishing(lambda number: 1 / number, [1, 0], 2, 0.01))


def test_an_end_drops_what_has_not_begun():
    begun, go_on = [], threading.Event()

    def slow(number):
        begun.append(number)
        go_on.wait()

    with threads(2) as pool:
        results = pool(slow, range(100))
        while not begun:
            pass
        shared.drop()
        go_on.set()
        with pytest.raises(CancelledError):
            list(results)
    assert len(begun) <= 2
