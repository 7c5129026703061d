"""What doubling costs: the steps, the starts, the optimizers. Twice the work should take about twice the time."""

import itertools
from collections.abc import Callable, Sequence

from benchmarks.race import RATES, start_points
from benchmarks.timing import elapsed, interleave, ms, table
from engine import Experiment, descend, lane, run

ROUNDS = 21
STEPS = (1000, 2000, 4000, 8000)
STARTS = (16, 32, 64, 128, 256)
LANES = (1, 2, 4, 8)


def with_steps(starts: int, steps: int) -> None:
    descend("rosenbrock", "adam", start_points(starts), steps, terms=False, learning_rate=RATES["adam"])


def with_lanes(count: int) -> None:
    """The same rule several times, so that every lane costs the same; with its terms, as the app asks for them."""
    lanes = [lane("adam", learning_rate=0.01 * (1 + number)) for number in range(count)]
    list(run(Experiment.on("rosenbrock", *lanes, steps=1000)))


def _rows(what: str, sizes: Sequence[int], work: Callable[[int], None]) -> list[list[str]]:
    timers = {str(size): (lambda size=size: elapsed(lambda: work(size))) for size in sizes}
    times = interleave(timers, ROUNDS)
    ratios = [times[name].ratio for name in timers]
    steps = ["", *(f"{now / before:.2f}" for before, now in itertools.pairwise(ratios))]
    return [
        [f"{size} {what}", ms(times[name].best), step] for size, name, step in zip(sizes, timers, steps, strict=True)
    ]


def main() -> None:
    rows = _rows("steps, 1 start", STEPS, lambda steps: with_steps(1, steps))
    rows += _rows("steps, 64 starts", STEPS, lambda steps: with_steps(64, steps))
    rows += _rows("starts, 1000 steps", STARTS, lambda starts: with_steps(starts, 1000))
    rows += _rows("optimizers, 1000 steps", LANES, with_lanes)
    table(
        "Doubling the work (Adam on Rosenbrock)",
        ["", "ms", "times the row above"],
        rows,
        "Starts are filled up to a power of two, at least 16.",
        f"Times: fastest of {ROUNDS} rounds.",
    )
