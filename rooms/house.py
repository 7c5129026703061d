"""The rooms of one process: found by their codes, bounded, told to those who listen, and gone when nobody uses them.

The one place where something changes. All of it on one event loop, so that nothing needs a lock.
"""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from rooms.refused import Refused
from rooms.room import Room, for_all, for_presenter
from rooms.votes import written

ALPHABET = "BCDFGHJKMNPRSTVWXYZ"  # no letters that look alike, no vowels: no words
CODE = 5  # letters
ROOMS = 200
BYTES = 200_000_000  # of the votes of all rooms
IDLE = 2 * 3600.0  # seconds after which a room that nobody uses ends
LOOK = 60.0  # seconds between two looks for such rooms
REMEMBERED = 1000  # codes of rooms that have ended, so that a late one hears that and not "unknown"
BURST, PER_SECOND = 20.0, 4.0  # messages of one seat
STREAMS = 4  # of one seat at a time
LATELY = 10.0  # seconds for which one who polls counts as here
PAUSE = 0.2  # seconds between two messages to one listener: what happens meanwhile is one message

ENDED = written({"ended": True})


class Channel:
    """The newest message to many; who is slow misses the older ones."""

    def __init__(self) -> None:
        self.text, self.number = "", 0
        self._changed = asyncio.Event()

    def say(self, text: str) -> None:
        if text != self.text:
            self.text, self.number = text, self.number + 1
            self._changed.set()
            self._changed = asyncio.Event()

    async def listen(self) -> AsyncIterator[str]:
        """The message of now, and each newer one, until the end."""
        seen = -1
        while True:
            if seen == self.number:
                await self._changed.wait()
            seen = self.number
            yield self.text
            if self.text == ENDED:
                return
            await asyncio.sleep(PAUSE)


@dataclass
class Bucket:
    """Messages that a seat may send at once: they come back one after the other."""

    left: float
    then: float

    def take(self, now: float) -> None:
        """One message, or the seconds until there may be one."""
        self.left = min(self.left + PER_SECOND * (now - self.then), BURST)
        self.then = now
        if self.left < 1:
            raise Refused("too_fast", seconds=1)
        self.left -= 1


@dataclass
class Hosted:
    """A room, and who listens to it."""

    room: Room
    used: float
    all: Channel = field(default_factory=Channel)
    presenter: Channel = field(default_factory=Channel)
    streams: Counter[str] = field(default_factory=Counter)  # by seat
    polled: dict[str, float] = field(default_factory=dict)  # by seat, when
    buckets: dict[str, Bucket] = field(default_factory=dict)  # by seat

    def here(self, now: float) -> int:
        """Seats that hear what happens."""
        return len({*self.streams, *(seat for seat, then in self.polled.items() if now - then < LATELY)})


class House:
    """All rooms by their codes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.rooms: dict[str, Hosted] = {}
        self.ended: dict[str, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def open(self) -> Room:
        """A new room, with a code and its presenter's secret."""
        self.tidy()
        if len(self.rooms) >= ROOMS:
            self._end_an_empty_one()
        code = self._code()
        hosted = self.rooms[code] = Hosted(Room(code, secrets.token_urlsafe(16)), self.clock())
        self._tell(hosted)
        if not self._timer:
            self._look_again()
        return hosted.room

    def _code(self) -> str:
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE))
            if code not in self.rooms and code not in self.ended:
                return code

    def _end_an_empty_one(self) -> None:
        empty = next((code for code, each in self.rooms.items() if not (each.room.seats or each.room.here.deck)), None)
        if empty is None:
            raise Refused("house_full", most=ROOMS)
        self.end(empty)

    def find(self, code: str) -> Hosted:
        """A room by its code."""
        hosted = self.rooms.get(code)
        if hosted is None:
            raise Refused("ended" if code in self.ended else "unknown")
        return hosted

    def change(self, code: str, change: Callable[..., Room], *given: Any) -> Room:
        """Something has happened in a room: it is another one now, and those who listen hear of it."""
        hosted = self.find(code)
        after = change(hosted.room, *given)
        if after.size > hosted.room.size and self.size + after.size - hosted.room.size > BYTES:
            raise Refused("house_full", most=ROOMS)
        hosted.room, hosted.used = after, self.clock()
        for told in (hosted.buckets, hosted.polled):
            for seat in told.keys() - after.seats.keys():
                told.pop(seat)
        self._tell(hosted)
        return after

    @property
    def size(self) -> int:
        """Bytes of all votes."""
        return sum(hosted.room.size for hosted in self.rooms.values())

    def seated(self, code: str, seat: str) -> Hosted:
        """The room of a seat that may send a message; each seat has its own measure, as a class shares one address."""
        hosted = self.find(code)
        if seat not in hosted.room.seats:
            raise Refused("no_seat")
        hosted.buckets.setdefault(seat, Bucket(BURST, self.clock())).take(self.clock())
        return hosted

    def poll(self, hosted: Hosted, seat: str) -> str:
        """What a seat hears that asks from time to time."""
        hosted.polled[seat] = self.clock()
        self._tell(hosted)
        return hosted.all.text

    def heard(self, hosted: Hosted, seat: str) -> AsyncIterator[str]:
        """What a seat hears that stays on the line."""
        if hosted.streams[seat] >= STREAMS:
            raise Refused("too_fast", seconds=1)
        return self._heard(hosted, seat)

    async def _heard(self, hosted: Hosted, seat: str) -> AsyncIterator[str]:
        hosted.streams[seat] += 1
        self._tell(hosted)
        try:
            async for text in hosted.all.listen():
                yield text
        finally:
            hosted.streams[seat] -= 1
            hosted.streams += Counter()  # without those of nobody
            self._tell(hosted)

    def _tell(self, hosted: Hosted) -> None:
        if hosted.all.text == ENDED:
            return
        hosted.all.say(written(for_all(hosted.room)))
        hosted.presenter.say(written({**for_presenter(hosted.room), "here": hosted.here(self.clock())}))

    def end(self, code: str) -> None:
        """Nothing is kept of a room but that its code was one."""
        hosted = self.rooms.pop(code, None)
        if hosted:
            hosted.all.say(ENDED)
            hosted.presenter.say(ENDED)
            self.ended[code] = None
            while len(self.ended) > REMEMBERED:
                del self.ended[next(iter(self.ended))]

    def tidy(self) -> None:
        """End the rooms that nobody has used for long."""
        for code in [code for code, each in self.rooms.items() if self.clock() - each.used >= IDLE]:
            self.end(code)

    def _look_again(self) -> None:
        """Rooms end in time also when nobody asks for anything any more."""
        self.tidy()
        self._timer = asyncio.get_running_loop().call_later(LOOK, self._look_again) if self.rooms else None
