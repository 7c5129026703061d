"""What each setting of ``engine/xla.py`` buys: a process without it takes turns with one that has them all.

Each setting has a job where it must pay; where it no longer does by LEAST, the benchmark ends with an error: then it
can go. A twin with all settings shows what the machine alone does to the ratios: where it differs by as much, nothing
is decided. A process is asked one line at a time, and answers in seconds of its own processor time, in which waiting
for other programs does not count.
"""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np

from benchmarks.race import RATES, start_points, yardstick
from benchmarks.timing import Timing, interleave, ms, table

ROUNDS = 11
LEAST = 1.05  # times as long without a setting as with it
CPUINFO = Path("/proc/cpuinfo")


# ---- without a setting -----------------------------------------------------------------------------------------------


def _nothing() -> None:
    import engine  # noqa: F401


def _flag() -> None:
    os.environ["XLA_FLAGS"] = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=1024"  # XLA's own
    _nothing()


def _option(name: str) -> Callable[[], None]:
    def without() -> None:
        import jax

        from engine import xla

        options = {key: value for key, value in xla.OPTIONS.items() if key != name}
        for program in xla._all:
            program.jitted = jax.jit(program.function, static_argnums=tuple(program.static), compiler_options=options)

    return without


def _glibc() -> None:
    import jax  # noqa: F401  # loads its libraries as it likes
    import threadpoolctl  # noqa: F401

    load = ctypes.CDLL

    class Libc:
        def __getattr__(self, name: str) -> Any:
            if name == "mallopt":
                raise AttributeError(name)
            return getattr(load(None), name)

    with mock.patch.object(ctypes, "CDLL", lambda name, **how: Libc() if name is None else load(name, **how)):
        from engine import xla
    assert xla.GLIBC is None


def _asynchronous() -> None:
    import jax

    _nothing()
    jax.config.update("jax_cpu_enable_async_dispatch", True)  # read when the backend is made, at the first call


def _blas() -> None:
    from threadpoolctl import threadpool_limits

    _nothing()
    threadpool_limits(os.cpu_count(), user_api="blas")


# ---- jobs ------------------------------------------------------------------------------------------------------------


def _race(count: int) -> None:
    from engine import descend

    for name, rate in RATES.items():
        descend("rosenbrock", name, start_points(count), 1000, learning_rate=rate)


def _compile() -> None:
    from engine import descend

    descend(lambda point: (1 - point[0]) ** 2 + 100 * (point[1] - point[0] ** 2) ** 2, "adam", (0.0, 0.0), 1)


def _eigenvalues() -> None:
    for matrix in np.random.default_rng(0).standard_normal((40, 100, 100)):
        np.linalg.eigvalsh(matrix + matrix.T)


JOBS: dict[str, tuple[Callable[[], object], int]] = {  # and how often it is done at a time; the fastest counts
    "1 start": (lambda: _race(1), 20),
    "64 starts": (lambda: _race(64), 10),
    "1024 starts": (lambda: _race(1024), 2),
    "compiling": (_compile, 1),
    "eigenvalues": (_eigenvalues, 5),
    "yardstick": (yardstick, 5),
}


class Setting(NamedTuple):
    """One setting, how to do without it, and the job where it must pay."""

    name: str
    without: Callable[[], None]
    pays: str


SETTINGS = {
    "all": Setting("all of them", _nothing, "yardstick"),
    "twin": Setting("all of them, once more", _nothing, "yardstick"),
    "one_function": Setting("a loop as one function", _flag, "64 starts"),
    "width": Setting("vectors of 512 bits", _option("xla_cpu_prefer_vector_width"), "64 starts"),
    "level": Setting("optimization level 1", _option("xla_backend_optimization_level"), "64 starts"),
    "emitters": Setting("no fusion emitters", _option("xla_cpu_use_fusion_emitters"), "compiling"),
    "glibc": Setting("glibc keeps its pages", _glibc, "64 starts"),
    "dispatch": Setting("in the thread that asks", _asynchronous, "64 starts"),
    "blas": Setting("one thread for eigenvalues", _blas, "eigenvalues"),
}


def applies(key: str) -> bool:
    """Whether this machine has what a setting is about."""
    wide = CPUINFO.exists() and "avx512f" in CPUINFO.read_text()
    return {"width": wide, "glibc": sys.platform == "linux", "blas": (os.cpu_count() or 1) > 1}.get(key, True)


class Worker:
    """A process without one setting."""

    def __init__(self, key: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XLA", "NPROC", "OPENBLAS"))}
        command = [sys.executable, "-m", "benchmarks.xla", key]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self.process = subprocess.Popen(command, cwd=Path(__file__).parents[1], env=kept, **pipes)

    def seconds(self, job: str) -> float:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(job + "\n")
        return float(self.process.stdout.readline())


def main() -> int:
    """Print the table; 1 where a setting no longer pays."""
    workers = {key: Worker(key) for key in SETTINGS if applies(key)}
    try:
        timings = {
            job: interleave({key: lambda w=w, job=job: w.seconds(job) for key, w in workers.items()}, ROUNDS)
            for job in JOBS
        }
    finally:
        for worker in workers.values():
            worker.process.terminate()
            worker.process.wait(20)
    _print(list(workers), timings)
    failed = False
    for key, setting in SETTINGS.items():
        if key in ("all", "twin") or key not in workers:
            continue
        timing = timings[setting.pays]
        if timing[key].ratio < LEAST:
            noisy = not 1 / LEAST < timing["twin"].ratio < LEAST
            failed |= not noisy
            print(f"{setting.name}: {'not decided, the machine is too busy' if noisy else 'no longer pays'}")
    return int(failed)


def _print(keys: list[str], timings: dict[str, dict[str, Timing]]) -> None:
    first, *others = keys
    rows = [[SETTINGS[first].name, *(f"{ms(timing[first].best)} ms" for timing in timings.values())]]
    for key in others:
        ratios = [
            f"**{timing[key].ratio:.2f}**" if job == SETTINGS[key].pays else f"{timing[key].ratio:.2f}"
            for job, timing in timings.items()
        ]
        rows.append([SETTINGS[key].name if key == "twin" else f"without: {SETTINGS[key].name}", *ratios])
    table("Settings of XLA and glibc: times as long without each", ["", *timings], rows)


def _worked(job: Callable[[], object]) -> float:
    """Seconds of processor time, of all threads of this process."""
    start = time.process_time()
    job()
    return time.process_time() - start


def answer(key: str) -> None:
    """What a worker does."""
    SETTINGS[key].without()
    for line in sys.stdin:
        job, times = JOBS[line.strip()]
        print(min(_worked(job) for _ in range(times)), flush=True)


if __name__ == "__main__":
    answer(sys.argv[1])
