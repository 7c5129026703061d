"""Timing on a machine that others share: the things compared take turns, and only ratios within one turn are kept."""

import gc
import time
from collections.abc import Callable, Mapping
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
    """Ask each timer for one time per round, in turns; an unmeasured round comes first. Ratios are to the first timer.

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


def markdown(title: str, columns: list[str], rows: list[list[str]]) -> str:
    """A table that can be pasted into the README."""
    lines = [columns, ["---"] + ["---:"] * (len(columns) - 1), *rows]
    return "\n".join([f"### {title}", "", *(f"| {' | '.join(line)} |" for line in lines), ""])


def milliseconds(seconds: float) -> str:
    """Three digits."""
    value = 1000 * seconds
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"
