"""Results by what decides them: worked out once, however many ask at a time, and kept as long as there is room."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import closing
from typing import Any, Generic, TypeVar, cast

import numpy as np

PULSE = 0.05  # seconds between two looks at how far somebody else's work is

Result = TypeVar("Result")
Chunks = Callable[[], Iterator[tuple[float, Any]]]


class Shelf(Generic[Result]):
    """The latest results of one kind, for all visitors: a class opens the same link.

    Args:
        most: results that are kept.
        room: bytes that they may take together; one may take more.

    Example:
        >>> shelf = Shelf(most=8, room=1_000_000)
        >>> shelf.made("a", lambda: b"once"), shelf.made("a", lambda: b"twice"), shelf.works
        (b'once', b'once', 1)
    """

    def __init__(self, most: int, room: int) -> None:
        self.most, self.room, self.works = most, room, 0  # works: how many have been begun
        self.size = 0  # bytes of all that is kept, about
        self._kept: OrderedDict[Hashable, Result] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._running: dict[Hashable, tuple[float, Result | None]] = {}  # how far each is
        self._news = threading.Condition()

    def kept(self, key: Hashable) -> Result | None:
        """The result, if it is there."""
        with self._news:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, result: Result) -> None:
        with self._news:
            taken = size_of(result)
            self.size += taken - self._sizes.get(key, 0)
            self._kept[key], self._sizes[key] = result, taken
            while len(self._kept) > self.most or (len(self._kept) > 1 and self.size > self.room):
                oldest, _ = self._kept.popitem(last=False)
                self.size -= self._sizes.pop(oldest)

    def made(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """The result: kept, or what another thread is working out, or worked out here."""
        return self.finished(key, lambda: iter([(1.0, work())]))

    def finished(self, key: Hashable, chunks: Chunks) -> Result:
        """The result of work that comes in chunks; see ``made``."""
        result = self.kept(key)
        if result is None:
            *_, (_, result) = self.working(key, chunks)
        return cast(Result, result)

    def working(self, key: Hashable, chunks: Chunks) -> Generator[tuple[float, Result | None]]:
        """Work as it goes on, each time the share that is done and the result so far; while another thread is at the
        same work, those of that. Who closes this ends the work; who waited behind it takes it up.

        Args:
            key: what decides the result.
            chunks: does the work: yields the share that is done, and the result so far or None.
        """
        while not self._mine(key):
            with self._news:
                if key not in self._kept:
                    self._news.wait(PULSE)
                so_far, found = self._running.get(key, (0.0, None)), self._kept.get(key)
            yield so_far if found is None else (1.0, found)
            if found is not None:
                return
        try:
            result: Result | None = None
            with closing(_closable(chunks())) as parts:
                for share, result in parts:
                    self._running[key] = share, result
                    yield share, result
            self.keep(key, cast(Result, result))
        finally:
            with self._news:
                self._running.pop(key, None)
                self._news.notify_all()

    def _mine(self, key: Hashable) -> bool:
        """Whether nobody is at this work, so that it is begun here."""
        with self._news:
            if key in self._running or key in self._kept:
                return False
            self._running[key] = 0.0, None
            self.works += 1
            return True


def _closable(parts: Iterator[Any]) -> Generator[Any]:
    yield from parts


def size_of(result: Any) -> int:
    """Bytes of what a result holds, about."""
    if isinstance(result, np.ndarray):
        return result.nbytes
    if isinstance(result, bytes):
        return len(result)
    if isinstance(result, dict):
        return sum(map(size_of, result.values()))
    return sum(map(size_of, result)) if isinstance(result, list | tuple) else 0
