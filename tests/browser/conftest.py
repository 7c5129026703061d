"""The running app and a real Chromium for the tests of this folder."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jax
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, ViewportSize, expect, sync_playwright

from engine import xla
from engine.pace import Pace
from views.server.warm import EVERYTHING

ROOT = Path(__file__).parents[2]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BEEN_HERE = """localStorage.clear(); sessionStorage.clear();
    localStorage.setItem("lab-played", "1")"""  # a first visit plays by itself: tests would wait for its end
SCREEN: ViewportSize = {"width": 1280, "height": 800}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app while the block runs, and where it listens."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    if done := xla.remembered(EVERYTHING):
        done.parent.mkdir(parents=True, exist_ok=True)  # another checkout may have cleared the folder they share
        done.touch()  # no helper compiles ahead what tests may not ask for
        # Of the usual pace: what was measured beside other tests would make pages ask before they compile.
        done.with_name(xla.remembered("pace").name).write_text(json.dumps(Pace()), encoding="utf-8")
    mine = {**os.environ, "DESCENT_LAB_CACHE": jax.config.jax_compilation_cache_dir}
    server = subprocess.Popen(command, cwd=ROOT, env=mine, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail("the app did not answer within a minute")
        yield url, server
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """Where the app listens: started for these tests, stopped after them."""
    with serving() as (url, _):
        yield url


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Gone when the folder's last test is: Playwright's event loop would be in the way of others."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine; .ci/run installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def tab(chromium: Browser, address: str) -> Page:
    """One for all tests: what it has compiled of Streamlit's 5 MB of JavaScript would be gone with it."""
    page = chromium.new_context(viewport=SCREEN, locale="en-US").new_page()
    page.goto(f"{address}/healthz")  # nothing runs there
    page.evaluate(BEEN_HERE)
    return page


class Visit:
    """One tab, with what must not happen in it: console errors, failed requests, requests to other machines."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.complaints, self.picture = page, address, [], ".compare"
        self.listeners = {"console": self._heard, "pageerror": self._broken, "request": self._local}
        for event, listener in self.listeners.items():
            page.on(event, listener)

    def _heard(self, message: ConsoleMessage) -> None:
        busy = "status of 503" in message.text  # the page asks again; that its picture comes is for each test to see
        if message.type == "error" and not busy:
            self.complaints.append(f"{message.text} {message.location.get('url', '')}".strip())

    def _broken(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _local(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.complaints.append(f"left the machine: {request.url}")

    def check(self) -> None:
        """What the browser complained of fails the test."""
        complaints, self.complaints[:] = [*self.complaints], []
        assert not complaints, complaints

    def leave(self) -> None:
        """The next one finds the tab as if it were new."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        self.page.unroute_all()  # while a route stands the browser keeps nothing: each opening would load 5 MB anew
        self.page.goto(f"{self.address}/healthz")  # nothing runs there
        self.page.evaluate(BEEN_HERE)
        self.page.context.clear_cookies()
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(SCREEN)
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()

    def open(self, query: str = "", page: str = "") -> "Visit":
        self.page.goto(f"{self.address}/{page}?{query}")
        return self.arrived(".critical_points" if page == "critical_points" else ".compare")

    def arrived(self, picture: str) -> "Visit":
        """Wait until the page with this picture is there."""
        self.picture = picture
        self.page.wait_for_selector(f"{picture}[data-painted]", state="attached", timeout=60_000)
        self.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
        return self

    def settled(self) -> "Visit":
        """Wait until the page's script has run."""
        self.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
        return self

    def painted(self) -> int:
        return int(self.page.locator(self.picture).get_attribute("data-painted") or 0)

    def after(self, action) -> None:
        """Do something and wait until the picture has been painted anew."""
        before = self.painted()
        action()
        self.until(f"root.querySelector('{self.picture}')?.dataset.painted > {before}")

    def until(self, condition: str) -> None:
        """Wait until a JavaScript condition on the ``root`` of one of our components holds."""
        hosts = "[...document.querySelectorAll('*')].filter(host => host.shadowRoot)"
        asked = f"() => {hosts}.some(({{ shadowRoot: root }}) => {condition})"
        self.page.wait_for_function(asked, polling=50)  # not at every frame: that takes long, and makes frames

    def click_surface(self, across: float, up: float) -> None:
        """Click at shares of the contour's picture, from its left and from its top."""
        box = self.page.locator(".contour .paths").bounding_box()
        assert box
        self.after(lambda: self.page.mouse.click(box["x"] + across * box["width"], box["y"] + up * box["height"]))

    def column(self, number: int) -> list[str]:
        """A column of the table under the picture, 0 being the names."""
        return [row.locator("td").nth(number).inner_text() for row in self.page.locator(".sheet tbody tr").all()]


@pytest.fixture(scope="package")
def axe() -> str:
    """Its script, of the packages that check the JavaScript."""
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists() and not os.environ.get("CI"):
        pytest.skip("axe-core is not there; npm ci installs it")
    return script.read_text(encoding="utf-8")


@pytest.fixture
def visit(tab: Page, address: str) -> Iterator[Visit]:
    """A fresh visitor; the test fails if the browser complained."""
    visitor = Visit(tab, address)
    yield visitor
    visitor.leave()
    visitor.check()
