"""The gate that computing passes, for addresses and in scripts of pages, but for surfaces of networks (see slices.py):
as many places as there are cores, and a queue of visitors.

Of one visitor one question of each kind waits, the newest: whoever drags without pause stands in the queue once, as all
others do. Long work passes anew with every chunk, so that a click waits for one chunk and not for the work.
"""

import asyncio
import math
import os
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from functools import wraps
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

MOST = 400  # questions that may wait
EACH = 0.03  # seconds that a place is usually held
MUCH = 0.2  # seconds of work lately, after which a visitor lets others go first
FADES = 1.0  # seconds in which what somebody has had is forgotten by two thirds


class Who(NamedTuple):
    """Whose question it is, and of which kind."""

    visitor: str
    kind: str


class Busy(Exception):
    """No room in the queue, or a newer question of the same visitor has taken this one's place in it."""

    def __init__(self, ahead: int, places: int) -> None:
        super().__init__(f"{ahead} are waiting")
        self.ahead, self.seconds = ahead, max(round(ahead * EACH / places), 1)

    @property
    def response(self) -> Response:
        headers = {"Retry-After": str(self.seconds), "Lab-Place": str(self.ahead + 1), "Cache-Control": "no-store"}
        return Response(f"busy: again in {self.seconds} s", status_code=503, headers=headers)


class Gate:
    """Places and a queue, on one event loop at a time."""

    def __init__(self, places: int, most: int = MOST) -> None:
        self.places, self.most, self.free = places, most, places
        self._waiting: OrderedDict[Who, asyncio.Future[None]] = OrderedDict()
        self._had: dict[str, tuple[float, float]] = {}  # seconds of work by visitor, and when that was so

    @asynccontextmanager
    async def place(self, who: Who, patient: bool = False) -> AsyncIterator[None]:
        """A place while the block runs. ``patient``: also behind a full queue.

        Raises:
            Busy: when the queue is full, or once a newer question has come.
        """
        await self._enter(who, patient)
        begun = time.monotonic()
        try:
            yield
        finally:
            self._had[who.visitor] = self.lately(who) + time.monotonic() - begun, time.monotonic()
            self.free += 1
            self._call()

    def lately(self, who: Who) -> float:
        """Seconds of work that this visitor has had, the more the sooner they were."""
        seconds, then = self._had.get(who.visitor, (0.0, 0.0))
        return seconds * math.exp((then - time.monotonic()) / FADES)

    def _may(self, who: Who) -> bool:
        """Whether there is a place for this visitor: for one who has had much only beside nobody."""
        return self.free == self.places or (self.free > 0 and self.lately(who) < MUCH)

    def from_threads(self, loop: asyncio.AbstractEventLoop) -> Callable[[str], AbstractContextManager[None]]:
        """A place for a visitor's work in a thread, which waits for it; none is needed once ``loop`` has ended."""

        @contextmanager
        def place(visitor: str) -> Iterator[None]:
            if not loop.is_running():
                yield
                return
            block = self.place(Who(visitor, f"thread {threading.get_ident()}"), patient=True)
            asyncio.run_coroutine_threadsafe(block.__aenter__(), loop).result()
            try:
                yield
            finally:
                asyncio.run_coroutine_threadsafe(block.__aexit__(None, None, None), loop)

        return place

    async def _enter(self, who: Who, patient: bool) -> None:
        older = self._waiting.pop(who, None)
        if older and not older.done():
            older.set_exception(Busy(len(self._waiting), self.places))
        if not self._may(who) or self._waiting:
            if len(self._waiting) >= self.most and not patient:
                raise Busy(len(self._waiting), self.places)
            turn = self._waiting[who] = asyncio.get_running_loop().create_future()
            self._call()
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled() and not turn.exception():
                    self.free += 1  # it was called and went away at the same moment
                if self._waiting.get(who) is turn:
                    del self._waiting[who]
                self._call()
                raise
        else:
            self.free -= 1

    def _call(self) -> None:
        """Whoever is first of those who may has the next place."""
        while called := next((who for who in self._waiting if self._may(who)), None):
            turn = self._waiting.pop(called)
            if not turn.done():
                self.free -= 1
                turn.set_result(None)
        if self.free == self.places and len(self._had) > MOST:
            self._had = {name: had for name, had in self._had.items() if time.monotonic() < had[1] + 5 * FADES}


GATE = Gate(max(os.cpu_count() or 1, 1))


def who(request: Request) -> Who:
    """The page says which visit it is; who does not is one visitor for each connection."""
    there = request.client
    said = request.headers.get("lab-visitor", "")[:40] or (f"{there.host}:{there.port}" if there else "")
    return Who(said, request.url.path)


def through(endpoint: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that computes: in a thread, once there is a place; 503 with the place in the queue if it is full."""

    @wraps(endpoint)
    async def serve(request: Request) -> Response:
        try:
            async with GATE.place(who(request)):
                return await run_in_threadpool(endpoint, request)
        except Busy as busy:
            return busy.response

    return serve


async def in_turn(work: Callable[..., Any], *given: Any, of: Who, patient: bool) -> Any:
    """One turn of work."""
    async with GATE.place(of, patient):
        return await run_in_threadpool(work, *given)
