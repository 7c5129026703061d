"""From a click to the paths on the screen, in a real Chromium against the running app."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks.timing import table

ROOT = Path(__file__).parents[1]
CLICKS = 40
WATCH = 5.0  # seconds of playing
PATIENCE = 60.0  # seconds
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAINTED, ATLAS = ".compare[data-painted]", ".critical_points[data-painted]"
LOOP = ".play .toggle ~ button[aria-pressed]"  # the first of them
RATE = 'input[type="range"][data-path="lanes.0.rule.learning_rate"]'
KNOB = 'input[type="range"][data-path="knobs.b"]'

# In the page: from a press of the pointer or of a key to the moment the picture has drawn what Python answered.
LISTEN = """picture => {
  window.lab = { pressed: 0, times: [] };
  for (const press of ["pointerdown", "keydown"])
    document.addEventListener(press, () => (window.lab.pressed = performance.now()), true);
  new MutationObserver(() => {
    if (window.lab.pressed) window.lab.times.push(performance.now() - window.lab.pressed);
    window.lab.pressed = 0;
  }).observe(picture, { attributes: true, attributeFilter: ["data-painted"] });
}"""

# In the page: frames of the browser, and those in which the paths were drawn anew.
FRAMES = """(stage, seconds) => new Promise(done => {
  const context = stage.querySelector(".contour canvas.paths").getContext("2d");
  const clear = context.clearRect;
  let [drawn, redrawn, frames, begin] = [false, 0, 0, performance.now()];
  context.clearRect = (...box) => { drawn = true; clear.apply(context, box); };
  const frame = () => {
    frames++;
    if (drawn) redrawn++;
    drawn = false;
    const passed = (performance.now() - begin) / 1000;
    if (passed < seconds) return requestAnimationFrame(frame);
    delete context.clearRect;
    done({ redrawn: redrawn / passed, frames: frames / passed });
  };
  requestAnimationFrame(frame);
})"""

# In the page: a slider moves with every frame, as under a hand; pictures that are painted in a second.
DRAG = """async (picture, [slider, seconds]) => {
  let painted = 0;
  const watch = new MutationObserver(() => painted++);
  watch.observe(picture, { attributes: true, attributeFilter: ["data-painted"] });
  const [low, high, begin] = [Number(slider.min), Number(slider.max), performance.now()];
  let passed = 0;
  for (let move = 0; passed < seconds; move++) {
    await new Promise(requestAnimationFrame);
    slider.value = low + (high - low) * (0.4 + 0.2 * (move % 60) / 60);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    passed = (performance.now() - begin) / 1000;
  }
  watch.disconnect();
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  return painted / passed;
}"""


class Server(NamedTuple):
    """The app, started at a moment of ``time.perf_counter``."""

    address: str
    begin: float
    process: subprocess.Popen[bytes]


@contextmanager
def server(cache: str) -> Iterator[Server]:
    """The app keeps what it compiles in a folder; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DESCENT_LAB_CACHE": cache},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(f"http://127.0.0.1:{port}/", begin, process)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window; None where Playwright is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None
        return
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def answering(running: Server) -> None:
    """Wait until the server answers."""
    deadline = time.perf_counter() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{running.address}healthz", timeout=1).close()
            return
        except OSError:
            if time.perf_counter() > deadline:
                raise
            time.sleep(0.02)


def first_picture(browser, running: Server):
    """A fresh tab, from the moment the server answers until it shows its first picture."""
    answering(running)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    traffic = {"up": 0, "down": 0}

    def follow(socket) -> None:
        socket.on("framesent", lambda data: traffic.update(up=traffic["up"] + len(data)))
        socket.on("framereceived", lambda data: traffic.update(down=traffic["down"] + len(data)))

    page.on("websocket", follow)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on(
        "Network.loadingFinished", lambda told: traffic.update(down=traffic["down"] + int(told["encodedDataLength"]))
    )
    page.goto(running.address)
    page.wait_for_selector(PAINTED, state="attached", timeout=1000 * PATIENCE)
    return page, traffic


def clicks(page, traffic: dict[str, int]) -> tuple[list[float], float, float]:
    """Milliseconds of each click, and bytes a click, to the server and back."""
    page.wait_for_timeout(1000)
    before = dict(traffic)
    times = answers(page, PAINTED, anywhere(page))
    page.wait_for_timeout(500)
    sent, received = ((traffic[way] - before[way]) / CLICKS for way in ("up", "down"))
    return times, sent, received


def anywhere(page) -> Callable[[], None]:
    """Click somewhere on the surface, each time elsewhere."""
    box = page.query_selector(".contour canvas.paths").bounding_box()
    draw = np.random.default_rng(0)

    def click() -> None:
        across, up = draw.uniform(0.2, 0.75, 2)
        page.mouse.click(box["x"] + across * box["width"], box["y"] + up * box["height"])

    return click


def answers(page, picture: str, act: Callable[[], None]) -> list[float]:
    """Milliseconds until the picture has answered, for each of CLICKS acts."""
    page.query_selector(picture).evaluate(LISTEN)
    for number in range(CLICKS):
        act()
        page.wait_for_function("count => lab.times.length > count", arg=number, timeout=1000 * PATIENCE)
        page.wait_for_timeout(150)  # whatever else the act sets off belongs to its bytes
    return page.evaluate("lab.times")[:CLICKS]


def looking(browser, address: str) -> dict[str, list[float]]:
    """On the page of critical points: another point is looked at; a knob moves, and all points are found anew."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}critical_points?v=1&surface=rosenbrock")
    page.wait_for_selector(ATLAS, state="attached", timeout=1000 * PATIENCE)
    page.wait_for_selector(KNOB, timeout=1000 * PATIENCE)
    page.wait_for_timeout(2000)
    looks = answers(page, ATLAS, anywhere(page))
    page.focus(KNOB)
    return {"look": looks, "knob": answers(page, ATLAS, lambda: page.keyboard.press("ArrowLeft"))}


def dragged(page, knob: str) -> float:
    """Pictures a second while a slider is dragged, after the race."""
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    return page.query_selector(PAINTED).evaluate(DRAG, [page.query_selector(knob), WATCH])


def playing(page, key: str = "") -> dict[str, float]:
    """Frames a second while five paths of 500 steps are played, over and over; after a key."""
    stage = page.query_selector(PAINTED)
    if key:
        page.keyboard.press(key)
        page.wait_for_timeout(2000)
    if page.get_attribute(LOOP, "aria-pressed") != "true":
        page.click(LOOP)
    if page.query_selector('.play .toggle[data-face="play"]'):
        page.click(".play .toggle")
    return stage.evaluate(f"stage => ({FRAMES})(stage, {WATCH})")


def main() -> None:
    starts, rows = [], []
    with tempfile.TemporaryDirectory() as cache:
        for visit in range(3):  # the first with nothing compiled
            with chromium() as browser, server(cache) as running:
                if browser is None:
                    print("browser: playwright is not installed\n")
                    return
                page, traffic = first_picture(browser, running)
                starts.append(time.perf_counter() - running.begin)
                if visit == 2:
                    times, sent, received = clicks(page, traffic)
                    drags = [dragged(page, knob) for knob in (RATE, KNOB)]
                    speed, solid = playing(page), playing(page, "3")
                    atlas = looking(browser, running.address)
    rows = [
        ["click → new paths drawn, median", f"{median(times):.0f} ms"],
        ["click → new paths drawn, 95 %", f"{np.percentile(times, 95):.0f} ms"],
        ["bytes of a click, to the server", f"{sent / 1000:.2f} kB"],
        ["bytes of a click, back", f"{received / 1000:.1f} kB"],
        ["a learning rate dragged; a knob of the surface", "{:.0f}; {:.0f} pictures a second".format(*drags)],
        ["playing 5 × 500 steps, redrawn", f"{speed['redrawn']:.0f} of {speed['frames']:.0f} frames a second"],
        ["the same in three dimensions", f"{solid['redrawn']:.0f} of {solid['frames']:.0f} frames a second"],
        ["critical points: click → the point judged, median", f"{median(atlas['look']):.0f} ms"],
        ["critical points: knob → all found anew, median", f"{median(atlas['knob']):.0f} ms"],
        ["start of the server → first picture, nothing compiled", f"{starts[0]:.1f} s"],
        ["the same, from the second start on", f"{min(starts[1:]):.1f} s"],
    ]
    table("In the browser", ["", ""], rows, f"{CLICKS} clicks; Chromium without a GPU on the same machine.")
