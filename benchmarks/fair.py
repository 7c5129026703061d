"""A fair race: eight rules, 49 rates each, from 64 starts for 500 steps; and plain C that does the same steps.

C keeps no path either, and has the same two threads: what it does is the choosing of rates. The whole race beside it
also judges every rule on 64 other starts, whose paths are written down one by one, and draws the intervals.
"""

import ctypes
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.descent import COMPILER
from benchmarks.timing import elapsed, interleave, ms, table
from engine import Experiment
from engine.races import tuner
from engine.races.run import fair_race
from engine.races.value import TUNING, WORKERS, FairRace
from engine.surfaces.experiment import racer_on
from landscapes import LANDSCAPES

RULES = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lion")
RACE = FairRace(
    Experiment.on("rosenbrock", *(racer_on(LANDSCAPES["rosenbrock"], rule) for rule in RULES)), rates=49, starts=64
)
ROUNDS = 21


class PlainC:
    """``fair.c``, compiled for this machine."""

    def __init__(self, folder: str) -> None:
        library = Path(folder) / "fair.so"
        source = Path(__file__).parent / "fair.c"
        subprocess.run([*COMPILER, "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
        self.compiled = ctypes.CDLL(str(library))
        self.starts = np.tile(RACE.draw(TUNING).starts, (RACE.rates, 1))
        self.rates = [np.repeat(RACE.rates_of(lane), RACE.starts) for lane in RACE.lanes]

    def __call__(self, lane: int) -> Any:
        """Losses, first steps at the tolerance and steps of divergence of every lane, (3, R, N)."""
        found = np.empty((3, len(self.starts)))
        arrays = (self.rates[lane], self.starts, *found)
        pointers = (ctypes.c_void_p(array.ctypes.data) for array in arrays)
        long, level = ctypes.c_long, ctypes.c_double(RACE.tolerance)
        self.compiled[RULES[lane]](long(len(self.starts)), long(RACE.budget), level, *pointers)
        return found.reshape(3, RACE.rates, RACE.starts)


def tune(lane: int) -> tuner.Ends:
    """All rates of a rule by the engine."""
    return tuner.tried(RACE, lane, 0)


def by_two(each: Any) -> None:
    """All rules, two threads at work."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(each, range(len(RULES))))


def check(plain: PlainC) -> float:
    """The share of lanes where both diverge or neither does. Rounding grows along 500 steps: losses are not compared,
    but of each rule the middle one at its best rate must agree."""
    same = []
    for lane, rule in enumerate(RULES):
        ours, (loss, _, lost) = tune(lane), plain(lane)
        same.append(float(np.mean((lost >= 0) == (ours.lost > 0))))
        theirs = np.median(np.where(lost >= 0, np.inf, loss), axis=1)
        mine = np.median(ours.above, axis=1)
        best = int(np.argmin(mine))
        if not np.isclose(theirs[best], mine[best], rtol=0.3, atol=1e-3):
            raise AssertionError(f"C and the engine disagree on {rule}: {theirs[best]} and {mine[best]}")
    return min(same)


def main() -> None:
    if not shutil.which(COMPILER[0]):
        print("no compiler: nothing to compare with")
        return
    with tempfile.TemporaryDirectory() as folder:
        plain = PlainC(folder)
        agree = check(plain)
        fair_race(RACE)
        times = interleave(
            {
                "C": lambda: elapsed(lambda: by_two(plain)),
                "engine, choosing rates": lambda: elapsed(lambda: by_two(tune)),
                "engine, the whole race": lambda: elapsed(lambda: fair_race(RACE)),
            },
            ROUNDS,
        )
    steps = len(RULES) * RACE.trials * RACE.budget / 1e6
    table(
        f"A fair race: {len(RULES)} rules × {RACE.rates} rates × {RACE.starts} starts × {RACE.budget} steps",
        ["", "ms", "times C"],
        [[name, ms(timing.best), f"{timing.ratio:.2f}"] for name, timing in times.items()],
        f"{steps:.1f} million steps, two threads each. ms: fastest of {ROUNDS} rounds; ratios: medians of each round's",
        f"own. Divergence agrees in at least {100 * agree:.1f} % of each rule's lanes.",
    )
