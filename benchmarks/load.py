"""A class at one server: clients that speak its own protocol open Compare and click every few seconds; all open one
link at once; and one who drags without pause."""

import asyncio
import json
import random
import re
import resource
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import numpy as np

from benchmarks.browser import Server, answering, server
from benchmarks.opening import cpu
from benchmarks.timing import table

EVERY = 5.0  # seconds between two clicks of one visitor
CLICKS = 4
REST = 0.3  # seconds after which the page tells Streamlit
CLASSES = (1, 30, 100, 300)
VISITS = (100, 900)  # one after the other, after which the memory is looked at
AT_ONCE = 8
CUT = 20.0  # seconds without a network
SAME = 300  # who open one link within EVERY seconds


class Client:
    """One visitor: a socket to Streamlit, and a connection for pictures."""

    def __init__(self, address: str, version: str, number: int) -> None:
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self.version, self.number, self.told = version, number, 0
        self.draw = random.Random(number)
        self.link, self.stage = "", ""
        self.visit: dict = {}
        self.heard = asyncio.Event()

    async def open(self, link: str = "") -> float:
        """Seconds until the page is there, as far as Python makes it."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from websockets.asyncio.client import connect

        begin = time.perf_counter()
        self.socket = await connect(f"ws://{self.host}:{self.port}/_stcore/stream", max_size=None, open_timeout=60)
        self.listener = asyncio.create_task(self._listen())
        message = BackMsg()
        message.rerun_script.query_string = self.link = link
        await self._run(message)
        return time.perf_counter() - begin

    async def _listen(self) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async for data in self.socket:
            message = ForwardMsg()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "bidi_component":
                part = message.delta.new_element.bidi_component
                if part.id.endswith("-compare"):
                    self.stage = part.id
                    self.visit = header_of(part.bytes) if part.bytes else self.visit
            elif kind == "script_finished":
                self.heard.set()

    async def _run(self, message) -> None:
        self.heard.clear()
        await self.socket.send(message.SerializeToString())
        await self.heard.wait()

    async def ask(self, query: str, kind: str = "race") -> tuple[int, str, bytes]:
        """Status, the link of the answer, and its bytes."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        asked = f"GET /lab/{self.version}/{kind}?{query} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n"
        writer.write(f"{asked}Lab-Visitor: {self.number}\r\n\r\n".encode())
        try:
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        link = re.search(rb"content-location: \w+\?(\S*)", head, re.IGNORECASE)
        return int(head.split()[1]), link[1].decode() if link else "", body

    async def click(self) -> float:
        """Seconds from a click to the picture's bytes; then the panel is asked for, or Streamlit hears of it."""
        start = [self.draw.uniform(-2, 2), self.draw.uniform(-1, 3)]
        begin = time.perf_counter()
        status, link, body = await self.ask(f"{self.link}&edit={quote(json.dumps(['start', start]))}")
        took = time.perf_counter() - begin
        assert status == 200, body
        assert len(body) > 10_000
        self.link = link
        if self.visit["calm"]:
            status, _, body = await self.ask(f"{self.link}&lang=en", "race_panel")
            assert status == 200, body
        else:
            await asyncio.sleep(REST)
            await self.tell()
        return took

    async def tell(self) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        self.told += 1
        value = [self.link, ["experiment"], self.told, True, self.visit["session"]]
        edits = [{"path": "link", "value": value, "live": False, "seen": self.visit["sequence"]}]
        message = BackMsg()
        message.rerun_script.query_string = self.link
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = f"$$STREAMLIT_INTERNAL_KEY_{self.stage}__events"
        widget.json_trigger_value = json.dumps([{"event": "edit", "value": edits}])
        await self._run(message)

    async def leave(self) -> None:
        self.listener.cancel()
        await self.socket.close()


def header_of(data: bytes) -> dict:
    """What is said of the visit, before the picture."""
    (size,) = struct.unpack_from("<I", data)
    raw = zlib.decompress(data[4 : 4 + size])
    return json.loads(raw[4 : 4 + struct.unpack_from("<I", raw)[0]])


async def lesson(clients: list[Client], clicks: int = CLICKS) -> list[float]:
    """Each opens the page within the first seconds, and clicks now and then: seconds of all clicks."""
    times: list[float] = []

    async def visitor(client: Client) -> None:
        await asyncio.sleep(client.draw.uniform(0, EVERY))
        await client.open()
        for _ in range(clicks):
            await asyncio.sleep(client.draw.uniform(0.5, 1.5) * EVERY)
            times.append(await client.click())

    await asyncio.gather(*map(visitor, clients))
    await asyncio.gather(*(client.leave() for client in clients))
    return times


async def one_link(clients: list[Client]) -> list[float]:
    """All open the same link within EVERY seconds: seconds until each has the page."""
    link = "v=1&surface=himmelblau&start=-4~0.5"

    async def visitor(client: Client) -> float:
        await asyncio.sleep(client.draw.uniform(0, EVERY))
        return await client.open(link)

    times = await asyncio.gather(*map(visitor, clients))
    await asyncio.gather(*(client.leave() for client in clients))
    return list(times)


async def visits(clients: list[Client]) -> list[float]:
    """Each opens the page, clicks once and goes, AT_ONCE at a time: seconds of all clicks."""
    room = asyncio.Semaphore(AT_ONCE)

    async def visitor(client: Client) -> float:
        async with room:
            await client.open()
            took = await client.click()
            await client.leave()
        return took

    return list(await asyncio.gather(*map(visitor, clients)))


async def cut(clients: list[Client]) -> list[float]:
    """All are there when the network is cut, and come back within a few seconds after CUT, as a browser does by itself:
    seconds until each has its page, with its own experiment."""

    async def there(client: Client) -> None:
        await asyncio.sleep(client.draw.uniform(0, EVERY))
        await client.open(f"surface=booth&start={client.number / 100}~1")

    async def back(client: Client) -> float:
        await asyncio.sleep(client.draw.uniform(0, EVERY))
        client.visit = {}
        took = await client.open(client.link)
        assert f"start={client.number / 100:g}~1" in client.visit["link"], client.visit
        return took

    await asyncio.gather(*map(there, clients))
    await asyncio.gather(*(client.leave() for client in clients))
    await asyncio.sleep(CUT)
    times = await asyncio.gather(*map(back, clients))
    await asyncio.gather(*(client.leave() for client in clients))
    return list(times)


async def neighbour(client: Client, until: asyncio.Event) -> int:
    """Drags without pause, each question at once after the one before; how many were answered."""
    count = 0
    while not until.is_set():
        await asyncio.gather(*(client.ask(f"edit={quote(json.dumps(['noise', client.draw.random()]))}") for _ in "ab"))
        count += 2
    return count


async def trainer(client: Client, until: asyncio.Event) -> int:
    """Trains large networks without pause, in three tabs at a time; how many questions."""
    count = 0

    async def training(number: int) -> None:
        net = f"data=digits&net=depth~4~width~48~steps~100000~seed~{number}&rule=adam&long=1"
        await Client(f"http://{client.host}:{client.port}", client.version, client.number + number).ask(net, "learning")

    going = set()
    while not until.is_set():
        while len(going) < 3:
            going.add(asyncio.create_task(training(count := count + 1)))
        _, going = await asyncio.wait(going, timeout=0.5)
    for task in going:
        task.cancel()
    return count


Neighbour = Callable[[Client, asyncio.Event], Awaitable[int]]


async def beside(clients: list[Client], greedy: Client, what: Neighbour = neighbour) -> tuple[list[float], int]:
    end = asyncio.Event()
    working = asyncio.ensure_future(what(greedy, end))
    times = await lesson(clients)
    end.set()
    return times, await working


def shares(times: list[float]) -> list[str]:
    return [f"{1000 * np.percentile(times, share):.0f} ms" for share in (50, 95, 100)]


def main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard > 0 else 8192, hard))
    del soft
    rows = []
    with tempfile.TemporaryDirectory() as cache, server(cache) as running:
        answering(running)
        version = version_of(running)

        def class_of(count: int) -> list[Client]:
            return [Client(running.address, version, number) for number in range(count)]

        asyncio.run(lesson(class_of(1), 2))  # what must be compiled is there then
        time.sleep(5)

        def measured(name: str, scene: Callable[[], Awaitable[list[float]]], memory: bool = True) -> None:
            worked = cpu(running.process.pid)
            times = asyncio.run(scene())  # type: ignore[arg-type]
            work = 1000 * (cpu(running.process.pid) - worked) / len(times)
            rows.append([name, *shares(times), f"{work:.0f} ms", f"{resident(running):.0f} MB" if memory else ""])
            print(*rows[-1], file=sys.stderr)

        for count in CLASSES:
            measured(f"{count} visitors, a click", lambda count=count: lesson(class_of(count)))
        measured(f"{SAME} open one link, a page", lambda: one_link(class_of(SAME)))
        dragged: list[int] = []

        async def hostile() -> list[float]:
            times, count = await beside(class_of(30), Client(running.address, version, 10**6))
            dragged.append(count)
            return times

        measured("30 visitors beside one who drags without pause, a click", hostile)

        async def training() -> list[float]:
            return (await beside(class_of(30), Client(running.address, version, 10**6), trainer))[0]

        measured("30 visitors beside one who trains the largest networks, a click", training)
        measured(f"{SAME} come back after {CUT:.0f} s without network, a page", lambda: cut(class_of(SAME)))
        for count in VISITS:
            measured(f"{count} visits, {AT_ONCE} at a time, a click", lambda count=count: visits(class_of(count)))
    table(
        "A class at one server",
        ["", "median", "95 %", "slowest", "processor time each", "memory afterwards"],
        rows,
        f"Each visitor opens Compare and clicks {CLICKS} times, every {EVERY:.0f} s on average; from the click to the "
        f"last byte of the picture, in clients on the same machine. The one who drags got {dragged[0]} pictures.",
    )


def version_of(running: Server) -> str:
    import urllib.request

    page = urllib.request.urlopen(running.address, timeout=10).read().decode()
    found = re.search(r"lab/([0-9a-f]{12})/", page)
    assert found
    return found[1]


def resident(running: Server) -> float:
    """MB of memory (Linux)."""
    try:
        status = Path(f"/proc/{running.process.pid}/status").read_text()
    except FileNotFoundError:
        return float("nan")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000
