"""Five optimizers down Rosenbrock's valley, every step recorded: the engine, plain C, Optax as it comes, PyTorch.

Each lane does the same job in float64: 1000 steps from N starts, writing down x, y, loss and gradient norm of each.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.race import RATES, start_points, yardstick
from benchmarks.timing import Timing, elapsed, interleave, ms, table
from engine import Trajectory, descend

HERE = Path(__file__).parent
STARTS, STEPS = (1, 16, 64, 256), 1000
SHOWN = 64  # starts, where each optimizer has a row of its own
ROUNDS, SLOW_ROUNDS = 41, 2
COMPILER = ["gcc", "-O3", "-march=native", "-fno-math-errno"]  # the last one so that sqrt is vectorised

Record = np.ndarray  # (steps + 1, 4, N): x, y, loss, gradient norm
Descent = Callable[[str, np.ndarray, int], Any]  #  optimizer, starts (N, 2), steps


def run_engine(name: str, starts: np.ndarray, steps: int) -> Trajectory:
    """One call of the engine."""
    return descend("rosenbrock", name, starts, steps, terms=False, learning_rate=RATES[name])


class PlainC:
    """``descent.c``, compiled for this machine. It writes into memory that it keeps, so it pays for no fresh pages."""

    def __init__(self, folder: str) -> None:
        library = Path(folder) / "descent.so"
        subprocess.run([*COMPILER, "-shared", "-fPIC", "-o", library, HERE / "descent.c", "-lm"], check=True)
        self.compiled = ctypes.CDLL(str(library))
        self.records: dict[tuple[int, int], Record] = {}

    def __call__(self, name: str, starts: np.ndarray, steps: int) -> Record:
        count = len(starts)
        record = self.records.setdefault((count, steps), np.zeros((steps + 1, 4, count)))
        x, y = np.ascontiguousarray(starts.T)
        arrays = (x, y, np.zeros((4, count)), record)
        pointers = (ctypes.c_void_p(array.ctypes.data) for array in arrays)
        self.compiled[name](ctypes.c_long(count), ctypes.c_long(steps), ctypes.c_double(RATES[name]), *pointers)
        return record


def torch_descent(name: str, starts: np.ndarray, steps: int) -> Record:
    """PyTorch's own optimizers, all starts in one tensor, on one thread."""
    import torch

    torch.set_num_threads(1)
    make = {
        "gradient_descent": torch.optim.SGD,
        "momentum": partial(torch.optim.SGD, momentum=0.9),
        "adagrad": partial(torch.optim.Adagrad, initial_accumulator_value=1e-7, eps=0.0),  # ours: inside the root
        "rmsprop": partial(torch.optim.RMSprop, alpha=0.9),
        "adam": torch.optim.Adam,
    }[name]
    point = torch.tensor(starts.T, requires_grad=True)
    optimizer = make([point], lr=RATES[name])
    record = np.zeros((steps + 1, 4, len(starts)))
    for row in record:
        optimizer.zero_grad()
        x, y = point
        loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
        loss.sum().backward()
        assert point.grad is not None
        row[:2], row[2], row[3] = point.detach(), loss.detach(), point.grad.norm(dim=0)
        optimizer.step()
    return record


class Stock:
    """Optax in a process of its own, where XLA is as it comes. It is asked for one thing at a time."""

    def __init__(self, folder: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("XLA", "JAX", "NPROC"))}
        command = [sys.executable, "-m", "benchmarks.stock", folder]
        self.process = subprocess.Popen(
            command, cwd=HERE.parent, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.result = Path(folder) / "stock.npy"

    def ask(self, question: str) -> float:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(question + "\n")
        return float(self.process.stdout.readline())

    def __call__(self, name: str, starts: np.ndarray, steps: int) -> Record:
        self.ask(f"keep {name} {len(starts)} {steps}")
        return np.load(self.result)

    def time(self, names: list[str], count: int, steps: int) -> float:
        return self.ask(f"time {','.join(names)} {count} {steps}")


@contextmanager
def rivals() -> Iterator[dict[str, Any]]:
    """C, where there is a compiler, and Optax; the child process ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        stock = Stock(folder)
        try:
            c = {"C": PlainC(folder)} if shutil.which(COMPILER[0]) else {}
            yield {**c, "Optax": stock}
        finally:
            stock.process.terminate()
            stock.process.wait(20)


def check(lanes: dict[str, Descent], steps: int = 30) -> float:
    """Largest relative difference of the final losses from the engine's. Rounding grows along a path: keep it short."""
    starts, worst = start_points(16), 0.0
    for name in RATES:
        ours = run_engine(name, starts, steps).loss[:, -1]
        for other, lane in lanes.items():
            off = float(np.max(np.abs(lane(name, starts, steps)[-1, 2] / ours - 1)))
            if off > 1e-9:
                raise AssertionError(f"{other} and the engine disagree on {name} by {off:.1e}")
            worst = max(worst, off)
    return worst


def _row(names: list[str], count: int, steps: int, lanes: dict[str, Descent], rounds: int) -> dict[str, Timing]:
    """Every lane's time for all of ``names``; ratios are to the engine."""
    starts = start_points(count)

    def one_by_one(lane: Descent) -> None:
        for name in names:
            lane(name, starts, steps)

    def timer(lane: Descent) -> Callable[[], float]:
        if isinstance(lane, Stock):
            return lambda: lane.time(names, count, steps)
        return lambda: elapsed(lambda: one_by_one(lane))

    return interleave({"engine": timer(run_engine), **{name: timer(lane) for name, lane in lanes.items()}}, rounds)


def main() -> None:
    names = list(RATES)
    slow: dict[str, Descent] = {"PyTorch": torch_descent} if find_spec("torch") else {}
    with rivals() as quick:
        off = check(quick | slow)
        rows = []
        for count in STARTS:
            times = _row(names, count, STEPS, quick, ROUNDS) | {
                name: timing for name, timing in _row(names, count, STEPS, slow, SLOW_ROUNDS).items() if name in slow
            }
            rows.append([str(count), *_cells(times)])
        fair = interleave(
            {"here": lambda: elapsed(yardstick), "there": lambda: quick["Optax"].ask("yardstick")}, ROUNDS
        )
        table(
            f"Five optimizers × N starts × {STEPS} steps, every step recorded",
            ["N", "C, ms", "engine, ms", "engine / C", "Optax / engine", "PyTorch / engine"],
            rows,
            f"Times: fastest of {ROUNDS} rounds; ratios: medians of each round's own. Final losses agree to {off:.0e}.",
            f"C: {' '.join(COMPILER)}. Optax: jit(vmap(scan)) with stock XLA. PyTorch: batched over starts.",
            f"One NumPy loop took {fair['there'].ratio:.2f} times as long in Optax's process as in ours.",
        )
        table(
            f"One optimizer × {SHOWN} starts × {STEPS} steps",
            ["", "C, ms", "engine, ms", "engine / C", "Optax / engine"],
            [[name, *_cells(_row([name], SHOWN, STEPS, quick, ROUNDS))[:4]] for name in names],
        )


def _cells(times: dict[str, Timing]) -> list[str]:
    ours, c, optax, torch = (times.get(name) for name in ("engine", "C", "Optax", "PyTorch"))
    assert ours
    return [
        ms(c.best) if c else "–",
        ms(ours.best),
        f"{1 / c.ratio:.2f}" if c else "–",
        f"{optax.ratio:.1f}" if optax else "–",
        f"{torch.ratio:.0f}" if torch else "–",
    ]
