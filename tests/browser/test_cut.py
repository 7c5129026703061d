"""The network is cut for a while: the page comes back by itself, with its experiment, and a click is answered again."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, free_port

CUT = float(os.environ.get("DESCENT_LAB_CUT", "3"))  # seconds


class Cable:
    """A plain line to a server, that can be cut."""

    def __init__(self, address: str) -> None:
        self.there, self.port, self.whole = urlsplit(address).port, free_port(), True
        self.url = f"http://127.0.0.1:{self.port}"
        self.ends: set[asyncio.StreamWriter] = set()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._carry()))
        self.thread.start()
        self.ready.wait()

    async def _carry(self) -> None:
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._joined, "127.0.0.1", self.port)
        self.ready.set()
        await self.over.wait()
        server.close()
        self._abort()
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not asyncio.current_task()))

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole:
            return writer.transport.abort()
        other, out = await asyncio.open_connection("127.0.0.1", self.there)
        ends = {writer, out}
        self.ends |= ends
        await asyncio.gather(self._passed(reader, out), self._passed(other, writer))
        self.ends -= ends

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()

    def _abort(self) -> None:
        for end in self.ends:
            end.transport.abort()

    def cut(self) -> None:
        self.whole = False
        self.loop.call_soon_threadsafe(self._abort)

    def mend(self) -> None:
        self.whole = True

    def remove(self) -> None:
        self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join(20)


@pytest.fixture
def cable(address: str) -> Iterator[Cable]:
    line = Cable(address)
    yield line
    line.remove()


def test_a_cut_network_loses_nothing(tab, cable):
    visit = Visit(tab, cable.url)
    visit.open("surface=booth")
    visit.click_surface(0.3, 0.3)
    start = tab.evaluate("new URLSearchParams(location.search).get('start')")
    assert start != "-8~-5"
    visit.settled()
    cable.cut()
    box = tab.locator(".contour .paths").bounding_box()
    assert box
    tab.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    tab.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.6 * box["height"])
    expect(tab.locator(".veil")).to_contain_text("No connection to the server")
    before = visit.painted()
    time.sleep(CUT)
    assert visit.painted() == before, "the last picture stays"
    cable.mend()
    visit.until(f"root.querySelector('.compare')?.dataset.painted > {before}")  # the click was kept
    expect(tab.locator(".veil")).to_be_hidden()
    kept = tab.evaluate("new URLSearchParams(location.search).get('start')")
    assert kept != start
    tab.wait_for_function(  # the page speaks with the server again
        "!document.querySelector('[data-testid=stConnectionStatus]') &&"
        "document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED'",
        timeout=60_000,
    )
    visit.settled()
    assert tab.evaluate("new URLSearchParams(location.search).get('start')") == kept
    visit.click_surface(0.6, 0.4)
    visit.settled()
    assert tab.evaluate("new URLSearchParams(location.search).get('start')") != kept
    menu = tab.get_by_role("combobox", name="Surface")
    menu.fill("Himmelblau")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**surface=himmelblau**", timeout=60_000)
    visit.complaints.clear()  # the connection that broke
    visit.leave()
