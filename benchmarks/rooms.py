"""A class in a room: all join, follow the presenter, vote, lose the network and vote again; each vote counted once."""

import asyncio
import json
import random
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from benchmarks.browser import PATIENCE, ROOT, Server, answering, server
from benchmarks.load import Client, resident, version_of
from benchmarks.load import lesson as visited
from benchmarks.opening import cpu
from benchmarks.timing import table

SEATS = 300
SECONDS = 10.0  # in which all join, and in which all vote
CUT = 20.0  # seconds without a network
STOPS = 5  # that the presenter goes to
POINTS = 200  # of a sketch
ASKED = {"kind": "choice", "text": "?", "choices": ["a", "b", "c"]}


class Line:
    """Somebody who speaks with a room: one connection for each question, one that stays for what is told."""

    def __init__(self, address: str, path: str = "/room", **headers: str) -> None:
        self.host, self.port, self.path = urlsplit(address).hostname, urlsplit(address).port, path
        self.headers = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.told: dict = {}
        self.heard: list[tuple[float, dict]] = []  # what was told, and when

    async def ask(self, method: str, path: str = "", said: object = None) -> tuple[int, dict]:
        """Status and answer."""
        body = b"" if said is None else json.dumps(said).encode()
        reader, writer = await asyncio.open_connection(self.host, self.port)
        head = f"{method} {self.path}{path} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n{self.headers}"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        try:
            answer, _, told = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        return int(answer.split()[1]), json.loads(told)

    async def listen(self) -> None:
        """Hear what is told, until this is cancelled."""
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=2**22)
        writer.write(f"GET {self.path}/events HTTP/1.1\r\nHost: lab\r\n{self.headers}\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self.told = json.loads(line[6:])
                    self.heard.append((time.perf_counter(), self.told))
        finally:
            writer.close()


class Seat(Line):
    """A phone: sends its vote again until it is answered."""

    number = 0

    async def vote(self, question: int, value: object, lost: int = 0) -> float:
        """When the vote was first sent; ``lost``: so many answers to it do not arrive."""
        self.number += 1
        said = {"question": question, "round": 0, "number": self.number, "value": value}
        begin = time.perf_counter()
        for _ in range(lost + 1):
            status, told = await self.ask("POST", "/vote", said)
            assert status == 200, told
        return begin


class Lesson(NamedTuple):
    """What came of one."""

    joined: list[float]  # seconds of each joining
    behind: list[float]  # seconds until each follower has heard of a stop
    shown: list[float]  # seconds from each vote to the count that holds it
    voted: tuple[int, int, int]  # counted, of the votes, of those after a cut, and of sketches


async def lesson(address: str, seats: int, seconds: float, cut: float) -> Lesson:
    """The whole: join, follow, vote, change, lose the network, vote, sketch."""
    draw = random.Random(1)
    _, room = await Line(address).ask("POST")
    path = f"/room/{room['code']}"
    presenter = Line(address, path, Lab_Secret=room["secret"])
    phones = [Seat(address, path, Lab_Seat=f"{number:032x}") for number in range(seats)]
    ears = [asyncio.create_task(presenter.listen())]

    async def spread(act) -> list[float]:
        async def one(phone: Seat) -> float:
            await asyncio.sleep(draw.uniform(0, seconds))
            return await act(phone)

        return list(await asyncio.gather(*map(one, phones)))

    async def join(phone: Seat) -> float:
        begin = time.perf_counter()
        status, told = await phone.ask("PUT", "/seat")
        assert status == 200, told
        ears.append(asyncio.create_task(phone.listen()))
        return time.perf_counter() - begin

    async def go(stop: int) -> list[float]:
        begin = time.perf_counter()
        await presenter.ask("POST", "/at", {"deck": "d", "stop": stop, "asked": {**ASKED, "stop": stop}})
        await _until(lambda: all(phone.told.get("stop") == stop for phone in phones))
        return [min(when for when, told in phone.heard if told["stop"] == stop) - begin for phone in phones]

    async def count() -> int:
        await _until(lambda: presenter.told.get("voted", [0])[-1] >= seats)
        await asyncio.sleep(0.5)  # in which one too many would be counted
        return presenter.told["voted"][-1]

    try:
        joined = await spread(join)
        behind = [each for stop in range(1, STOPS + 1) for each in await go(stop)]
        sent = await spread(lambda phone: phone.vote(STOPS, draw.choice("abc")))
        first = await count()
        counts = [(when, told["voted"][-1]) for when, told in presenter.heard if told.get("stop") == STOPS]
        shown = [min(when for when, counted in counts if counted > k) - begin for k, begin in enumerate(sorted(sent))]
        await asyncio.gather(*(phone.vote(STOPS, "c") for phone in phones))  # all change their minds at once
        await go(STOPS + 1)
        for ear in ears[1:]:
            ear.cancel()
        await asyncio.sleep(cut)  # all vote meanwhile: some messages have arrived and their answers have not
        ears[1:] = [asyncio.create_task(phone.listen()) for phone in phones]
        await asyncio.gather(*(phone.vote(STOPS + 1, "b", lost=number % 3) for number, phone in enumerate(phones)))
        second = await count()
        await go(STOPS + 2)
        await spread(lambda phone: phone.vote(STOPS + 2, [[draw.random(), draw.random()] for _ in range(POINTS)]))
        third = await count()
        _, votes = await presenter.ask("GET", "/votes")
        third = min(third, sum(times for _, times in votes["rounds"][0]))
    finally:
        for ear in ears:
            ear.cancel()
    await presenter.ask("DELETE")
    return Lesson(joined, behind, shown, (first, second, third))


async def _until(holds) -> None:
    deadline = time.perf_counter() + PATIENCE
    while not holds():
        assert time.perf_counter() < deadline
        await asyncio.sleep(0.02)


@contextmanager
def alone() -> Iterator[Server]:
    """Rooms in a process of their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "rooms", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_listening(port))
        yield Server(f"http://127.0.0.1:{port}/", time.perf_counter(), process)
    finally:
        process.terminate()
        process.wait(20)


async def _listening(port: int) -> None:
    async def there() -> bool:
        try:
            (await asyncio.open_connection("127.0.0.1", port))[1].close()
        except OSError:
            return False
        return True

    deadline = time.perf_counter() + PATIENCE
    while not await there():
        assert time.perf_counter() < deadline
        await asyncio.sleep(0.05)


async def watched(running: Server) -> tuple[Lesson, float]:
    """A lesson, and the MB that the process has held at most meanwhile."""
    going = asyncio.ensure_future(lesson(running.address, SEATS, SECONDS, CUT))
    most = resident(running)
    while not going.done():
        await asyncio.wait([going], timeout=0.2)
        most = max(most, resident(running))
    return await going, most


def main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard > 0 else 8192, hard))
    del soft
    rows = []

    def measured(name: str, running: Server) -> None:
        asyncio.run(lesson(running.address, 3, 0.1, 0.0))  # what is loaded late is there then
        before, worked = resident(running), cpu(running.process.pid)
        told, most = asyncio.run(watched(running))
        shares = [
            f"{1000 * np.percentile(times, 95):.0f} ms, {1000 * max(times):.0f} ms"
            for times in (told.joined, told.behind, told.shown)
        ]
        work = f"{cpu(running.process.pid) - worked:.1f} s"
        memory = f"{most - before:.0f} MB"
        rows.append([name, " / ".join(map(str, told.voted)), *shares, work, memory])

    with alone() as running:
        measured("a process of its own", running)
    with tempfile.TemporaryDirectory() as cache, server(cache) as running:
        answering(running)
        first = Client(running.address, version_of(running), 1)
        asyncio.run(visited([first], 1))  # what must be compiled is there then
        measured("inside the laboratory", running)
    table(
        f"A room with {SEATS} seats",
        ["", "votes counted", "joining", "a stop, later", "a vote, until it is shown", "processor time", "memory more"],
        rows,
        f"95 % and slowest. All join within {SECONDS:.0f} s and follow {STOPS} stops, vote within {SECONDS:.0f} s and "
        f"change their votes all at once; are cut off for {CUT:.0f} s and vote at the first moment after it, a third "
        f"each once, twice and three times; and send sketches of {POINTS} points within {SECONDS:.0f} s.",
    )
