"""Threads: the one place that makes them. Who leaves a block drops what has not begun; a server that ends drops all."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakSet

Job = TypeVar("Job")
Result = TypeVar("Result")

_pools: "WeakSet[ThreadPoolExecutor]" = WeakSet()


@contextmanager
def _pool(count: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(count)
    _pools.add(pool)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # at once: a program that runs cannot be stopped, only left


@contextmanager
def threads(count: int) -> Iterator[Callable[..., Iterator[Any]]]:
    """A ``map`` that ``count`` threads share; with one it is done in the thread that asks. What is left when the block
    is left, because somebody cancelled, is dropped."""
    if count == 1:
        yield map
        return
    with _pool(count) as pool:
        yield pool.map


def finishing(
    work: Callable[[Job], Result], jobs: Iterable[Job], count: int, pulse: float
) -> Iterator[list[tuple[Job, Result]]]:
    """Jobs with their results as they finish, and every ``pulse`` seconds, so that a caller who has enough is heard:
    then nothing more begins."""
    with _pool(count) as pool:
        waiting = {pool.submit(work, job): job for job in jobs}
        while waiting:
            done = wait(waiting, pulse).done
            yield [(waiting.pop(each), each.result()) for each in done]


def drop() -> None:
    """Nothing that waits for a thread begins any more: the process ends."""
    for pool in list(_pools):
        pool.shutdown(wait=False, cancel_futures=True)
