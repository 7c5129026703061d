"""Timing on a machine that others share: the things compared take turns, and only ratios within one turn are kept."""

import gc
import os
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple


class Timing(NamedTuple):
    """One thing's times next to those of the first one."""

    ratio: float  # median over the rounds of its time / the first one's time in the same round
    best: float  # seconds, the fastest round: what a quiet machine would give
    median: float  # seconds


def elapsed(call: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def interleave(timers: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Timing]:
    """Ask each timer for one time per round, in turns, after a round that does not count. Ratios: to the first timer.

    A timer returns seconds, so that what runs in another process can take part.
    """
    for timer in timers.values():
        timer()
    gc.collect()
    gc.disable()
    try:
        table = [[timer() for timer in timers.values()] for _ in range(rounds)]
    finally:
        gc.enable()
    columns = list(zip(*table, strict=True))
    return {
        name: Timing(median(t / base for t, base in zip(times, columns[0], strict=True)), min(times), median(times))
        for name, times in zip(timers, columns, strict=True)
    }


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *notes: str) -> None:
    """Print a Markdown table, with the load of the machine when it was measured."""
    print(f"### {title}\n")
    for line in (columns, ["---", *["---:"] * (len(columns) - 1)], *rows):
        print(f"| {' | '.join(line)} |")
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print("\n" + " ".join([*notes, f"({load})"]) + "\n", flush=True)


def ms(seconds: float) -> str:
    """Milliseconds, three digits."""
    return f"{1000 * seconds:.3g}" if seconds < 0.1 else f"{1000 * seconds:.0f}"
