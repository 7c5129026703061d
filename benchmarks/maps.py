"""Maps of a whole window: every cell a run of 1000 steps, of which only the end is kept; the engine and plain C."""

import ctypes
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.descent import COMPILER
from benchmarks.timing import elapsed, interleave, ms, table
from engine.surfaces.many import Ends, Many, ending

HERE = Path(__file__).parent
STEPS, ROUNDS, TARGET = 1000, 5, 1e-3
SIDES = (64, 256)
RATES = {"adam": 1e-2, "momentum": 1e-4}
AGREE = 1e-9  # of the losses of lanes that have not diverged, at the median


def starts(side: int) -> np.ndarray:
    """The middles of the cells of Rosenbrock's window, (side², 2)."""
    shares = (np.arange(side) + 0.5) / side
    return np.stack(np.meshgrid(-2 + 4 * shares, -1 + 4 * shares), axis=-1).reshape(-1, 2)


def engine(name: str, side: int, workers: int) -> list[Ends]:
    many = Many("rosenbrock", name, starts(side), STEPS, {"learning_rate": RATES[name]}, target=TARGET)
    return list(ending(many, workers))


class PlainC:
    """``maps.c``, compiled for this machine."""

    def __init__(self, folder: str) -> None:
        library = Path(folder) / "maps.so"
        options = [*COMPILER, "-fno-trapping-math", "-shared", "-fPIC"]  # with traps it stays scalar
        subprocess.run([*options, "-o", library, HERE / "maps.c", "-lm"], check=True)
        self.compiled = ctypes.CDLL(str(library))

    def __call__(self, name: str, side: int) -> np.ndarray:
        x, y = np.ascontiguousarray(starts(side).T)
        lanes = side**2
        arrays = (np.full(lanes, RATES[name]), x, y, np.empty(lanes), np.full(lanes, -1.0), np.full(lanes, -1.0))
        pointers = (ctypes.c_void_p(array.ctypes.data) for array in arrays)
        self.compiled[name](ctypes.c_long(lanes), ctypes.c_long(STEPS), ctypes.c_double(TARGET), *pointers)
        return arrays[3]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        plain = PlainC(folder)
        for name in RATES:  # the same job
            ours, theirs = np.concatenate([each.loss for each in engine(name, 64, 1)]), plain(name, 64)
            there = np.isfinite(ours) & np.isfinite(theirs)
            assert np.median(np.abs(ours[there] - theirs[there])) < AGREE
        rows = []
        for name in RATES:
            for side in SIDES:
                jobs: dict[str, Callable[[], object]] = {
                    "C": partial(plain, name, side),
                    "one": partial(engine, name, side, 1),
                    "two": partial(engine, name, side, 2),
                }
                timed = interleave({job: partial(elapsed, call) for job, call in jobs.items()}, ROUNDS)
                cells = f"{side}² {name}"
                rows.append([cells, *(f"{ms(timed[job].median)} ms" for job in jobs),
                             *(f"{timed[job].ratio:.2f}" for job in ("one", "two"))])  # fmt: skip
    table(
        f"Maps: {STEPS} steps from every cell of Rosenbrock's window",
        ["cells", "gcc -O3, one thread", "engine, one thread", "two threads", "× C, one thread", "× C, two threads"],
        rows,
        f"Medians of {ROUNDS} rounds.",
    )
    return 0
