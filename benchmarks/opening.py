"""How long a visitor waits: each page by its link, on a fresh machine and on a second start; how long Ctrl-C takes."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.browser import PATIENCE, Server, answering, chromium, server
from benchmarks.timing import table

PAGES = tuple(path.stem for path in sorted((Path(__file__).parents[1] / "pages").glob("*.py")))
PICTURE = ", ".join(f".{name}[data-painted]" for name in (*PAGES, "plot"))
RUNNING = '[data-testid="stApp"]:not([data-test-script-state="notRunning"])'
QUIET = 1.0  # seconds without a script or a change of the page: it has settled
SOON = 1.5  # seconds after the server answers: the warm-up is at work
IDLE = 4.0  # seconds in which a server that has warmed up does nothing

# In the page: all that moved without having been asked to, the last change, and the bytes of script.
WATCH = """
window.lab = { shift: 0, moved: [], changed: 0 };
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    window.lab.shift += entry.value;
    for (const source of entry.sources)
      window.lab.moved.push([
        entry.value.toFixed(3), Math.round(entry.startTime),
        source.node?.getAttribute?.("data-testid") || source.node?.className || source.node?.nodeName,
        ...[source.previousRect, source.currentRect].map(each => `${each.x},${each.y} ${each.width}x${each.height}`),
      ]);
  }
}).observe({ type: "layout-shift", buffered: true });
new MutationObserver(() => (window.lab.changed = performance.now()))
  .observe(document, { subtree: true, childList: true, characterData: true });
"""
SCRIPT = """() => performance.getEntriesByType("resource")
  .filter(each => /\\.js(\\?|$)/.test(each.name)).reduce((sum, each) => sum + each.decodedBodySize, 0)"""


class Opened(NamedTuple):
    """One visit: seconds since the link was followed; the script is that which was there with the first picture."""

    picture: float
    settled: float
    cpu: float  # seconds that the server worked until the page had settled
    script: float  # bytes
    shift: float
    up: float  # seconds from the start of the server until it answers


def cpu(process: int) -> float:
    """Seconds of work of a process and its children so far (Linux); children that are gone count with their parent."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(cpu, map(int, children)))


def opened(browser, running: Server, page: str, verbose: bool = False, size: tuple[int, int] = (1280, 800)) -> Opened:
    """A visitor who has never been here follows a link to the page."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-US")
    tab = context.new_page()
    tab.add_init_script(WATCH)
    up, worked = time.perf_counter() - running.begin, cpu(running.process.pid)
    begin = time.perf_counter()
    tab.goto(f"{running.address}{page}", wait_until="commit")
    tab.wait_for_selector(PICTURE, state="attached", timeout=1000 * PATIENCE)
    picture, script = time.perf_counter() - begin, tab.evaluate(SCRIPT)
    settled = None
    while settled is None or time.perf_counter() < settled + QUIET:
        quiet = tab.evaluate("performance.now() - lab.changed") > 100 * QUIET and not tab.query_selector(RUNNING)
        settled = (settled or time.perf_counter()) if quiet else None
        tab.wait_for_timeout(50)
        if time.perf_counter() > begin + PATIENCE:
            settled = time.perf_counter() - QUIET
    found = Opened(picture, settled - begin, cpu(running.process.pid) - worked, script, tab.evaluate("lab.shift"), up)
    if verbose:
        for moved in tab.evaluate("lab.moved"):
            print("   ", *moved)
    context.close()
    return found


def stopped(running: Server, how: signal.Signals = signal.SIGINT) -> float:
    """Seconds from the signal until the server is gone."""
    begin = time.perf_counter()
    running.process.send_signal(how)
    running.process.wait(PATIENCE)
    return time.perf_counter() - begin


def warmed(running: Server) -> tuple[float, float]:
    """Seconds until a server that nobody visits has nothing left to do, and how many of them it worked."""
    begin, seen, since = time.perf_counter(), cpu(running.process.pid), time.perf_counter()
    while time.perf_counter() < since + IDLE and time.perf_counter() < begin + 10 * PATIENCE:
        time.sleep(0.5)
        now = cpu(running.process.pid)
        if now > seen + 0.05:
            seen, since = now, time.perf_counter()
    return since - running.begin, seen


@contextmanager
def one_start(cache: str) -> Iterator[Server]:
    with server(cache) as running:
        answering(running)
        yield running


def main(names: Sequence[str] = (), verbose: bool = False) -> None:
    rows = []
    with chromium() as browser:
        if browser is None:
            print("opening: playwright is not installed\n")
            return
        for page in names or PAGES:
            with tempfile.TemporaryDirectory() as cache:
                visits, ends = [], []
                for start in range(2):
                    with one_start(cache) as running:
                        link = "" if page == "compare" else page
                        visits.append(opened(browser, running, link, verbose))
                        if start:
                            telephone = opened(browser, running, link, verbose, (390, 844)).shift
                        ends.append(stopped(running))
            first, second = visits
            rows.append([
                page,
                *(f"{visit.picture:.1f} / {visit.settled:.1f} ({visit.cpu:.1f})" for visit in visits),
                f"{first.script / 1e6:.1f}",
                f"{first.shift:.2f} / {second.shift:.2f} / {telephone:.2f}",
                f"{ends[0]:.1f} / {ends[1]:.1f}",
            ])  # fmt: skip
            print(f"  {page}: {rows[-1][1:]} up {first.up:.1f} / {second.up:.1f}", file=sys.stderr, flush=True)
    table(
        "Opening each page by its link",
        [
            "",
            "fresh: first picture / settled, s (CPU)",
            "second start",
            "script, MB",
            "shift, telephone",
            "Ctrl-C, s",
        ],
        rows,
        "Seconds from following the link, in a browser that has nothing in its cache; CPU seconds of the server.",
    )
    if names:
        return
    with tempfile.TemporaryDirectory() as cache:
        stops = []
        for how in (signal.SIGINT, signal.SIGTERM):
            with one_start(cache) as running:
                time.sleep(SOON)
                stops.append(stopped(running, how))
        with one_start(cache) as running:
            seconds, worked = warmed(running)
        with one_start(cache) as running:
            again, reworked = warmed(running)
    table(
        "The server alone",
        ["", "s"],
        [
            ["Ctrl-C during the warm-up → gone", f"{stops[0]:.1f}"],
            ["the same, SIGTERM", f"{stops[1]:.1f}"],
            ["start → everything warm, nobody visiting (CPU)", f"{seconds:.0f} ({worked:.0f})"],
            ["the same, second start", f"{again:.0f} ({reworked:.0f})"],
        ],
    )


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main([name for name in sys.argv[1:] if name in PAGES], "-v" in sys.argv)
