"""Work that is under way for who has asked by an address: once for all who ask for the same, in turns through the gate,
as long as somebody waits for it. Who joins holds no place, and sees what the first one sees.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Hashable, Iterator
from typing import NamedTuple

from views.server.gate import Busy, Who, in_turn

TURN = 0.04  # seconds of long work, after which others have theirs


class Part(NamedTuple):
    """The share of the work that is done; bytes, if there is something to show: at share 1 the whole."""

    share: float
    body: bytes | None

    @property
    def whole(self) -> bool:
        return self.body is not None and self.share >= 1


Work = Callable[[], Iterator[tuple[float, bytes | None]]]


class Watcher:
    """Somebody who waits: of what he has not fetched yet the newest is kept, a picture before a share."""

    def __init__(self, who: Who, patient: bool) -> None:
        self.who, self.patient = who, patient
        self.news: asyncio.Queue[Part | Busy | None] = asyncio.Queue(1)

    def tell(self, news: Part | Busy | None) -> None:
        """A part, that there is no place, or that it is over."""
        if self.news.full():
            if isinstance(news, Part) and news.body is None:
                return
            self.news.get_nowait()
        self.news.put_nowait(news)


class Flight:
    """One piece of work under way."""

    def __init__(self, key: Hashable, work: Work) -> None:
        self.watchers: list[Watcher] = []
        self.task = asyncio.create_task(self._fly(key, work))

    async def _fly(self, key: Hashable, work: Work) -> None:
        parts, part = work(), Part(0.0, None)
        begun = False
        try:
            while self.watchers and not part.whole:
                first = self.watchers[0]  # his turns they are, until he leaves
                try:
                    part = await in_turn(self._turn, parts, of=first.who, patient=begun or first.patient)
                except Busy as busy:
                    self.watchers.remove(first)
                    first.tell(busy)
                    continue
                begun = True
                for each in self.watchers:
                    each.tell(part)
        finally:
            del _flights[key]
            parts.close()  # type: ignore[attr-defined]
            for each in self.watchers if not part.whole else ():
                each.tell(None)

    def _turn(self, parts: Iterator[tuple[float, bytes | None]]) -> Part:
        """As many chunks as fit into one turn: the last of them, or the first with something to show."""
        until, part = time.monotonic() + TURN, Part(0.0, None)
        while self.watchers and part.body is None:
            found = next(parts, None)
            if found is None:
                raise ValueError("the work has ended without its picture")
            part = Part(*found)
            if time.monotonic() >= until:
                break
        if part.whole:
            for _ in parts:  # to its end: then it is kept
                pass
        return part


_flights: dict[Hashable, Flight] = {}


async def watched(key: Hashable, work: Work, who: Who, patient: bool) -> AsyncGenerator[Part]:
    """Parts of the work, the last of them the whole. Whoever closes this leaves; when all have left, the work ends.

    Args:
        key: what decides it.
        work: as often as it can the share that is done, and what there is to show.
        who: asks; in whose name it is done while he is the first of those who wait.
        patient: whether he waits behind a full queue, too.

    Raises:
        Busy: when there is no room in the queue.
    """
    flight = _flights.get(key) or _flights.setdefault(key, Flight(key, work))
    me = Watcher(who, patient)
    flight.watchers.append(me)
    try:
        while (news := await me.news.get()) is not None:
            if isinstance(news, Busy):
                raise news
            yield news
            if news.whole:
                return
        await flight.task  # its fault is everybody's
    finally:
        if me in flight.watchers:
            flight.watchers.remove(me)
