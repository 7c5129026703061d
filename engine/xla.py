"""How XLA is set up: 64 bits, one thread, and a whole descent as one native function, not a kernel per operation.

Import this before the first JAX operation of the process: the environment is read when the backend is created.
"""

import ctypes
import gc
import os
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from functools import partial, update_wrapper
from inspect import signature
from pathlib import Path
from threading import Lock
from typing import Any

import jax
import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from engine import kept

# Stock XLA does this only for loops that touch less than 1 kB a step, i.e. for a single optimizer on a single start.
ONE_FUNCTION = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=1000000000"

# Per program: wide vectors where the processor has them; level 1 compiles faster and, for our loops, runs faster; and
# without the new emitters, which set up MLIR for each of a hundred fusions, it compiles a third faster and runs alike.
OPTIONS = {
    "xla_cpu_prefer_vector_width": 512,
    "xla_backend_optimization_level": 1,
    "xla_cpu_use_fusion_emitters": False,
}

# Of loops over hundreds of networks at a time: here the new emitters run 1.7 times as fast.
WIDE = {"xla_cpu_prefer_vector_width": 512}

if "xla_cpu_small_while_loop_byte_threshold" not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {ONE_FUNCTION}".strip()

# Our programs are short: run them in the thread that asks. Their matrix products queue for a pool all the same: with
# one thread in it two visitors, or two lanes of a training, would wait for each other.
os.environ.setdefault("NPROC", "2")
jax.config.update("jax_cpu_enable_async_dispatch", False)

jax.config.update("jax_enable_x64", True)

# NumPy's eigen-solves likewise: of 100 rows, two threads wait for each other 3 to 10 times longer than they work.
threadpool_limits(1, user_api="blas")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # and those inside programs, whose LAPACK SciPy loads later


# A record is a few MB; if glibc gave them back after each run, fresh pages would cost as much as the descent itself.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h
GLIBC = ctypes.CDLL(None) if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt") else None  # musl: none
if GLIBC:
    for threshold in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD):
        GLIBC.mallopt(threshold, 1 << 30)


# ---- programs --------------------------------------------------------------------------------------------------------

MOST_PROGRAMS = 200  # that are kept in memory: a network's takes about 10 MB, and every width is another one
_count = 0
_folder: Path | None = None
_noted: set[Any] = set()
_all: "list[Program]" = []


def program(*static: str, options: dict[str, Any] = OPTIONS) -> "Callable[[Callable[..., Any]], Program]":
    """What is compiled for each value of its ``static`` arguments, and each shape of the others."""
    return partial(Program, static=static, options=options)


class Program:
    """A function under ``jax.jit``. Once programs are kept on the disk, those that are there are loaded."""

    def __init__(self, function: Callable[..., Any], static: tuple[str, ...], options: dict[str, Any]) -> None:
        update_wrapper(self, function)
        self.function = function
        self.jitted: Any = jax.jit(function, static_argnames=static, compiler_options=options)
        self.options = options
        self.lower = self.jitted.lower
        self.signature = signature(function)
        self.static = [number for number, name in enumerate(self.signature.parameters) if name in static]
        self.loaded: dict[Any, Callable[..., Any]] = {}
        self.locks: dict[Any, Lock] = {}
        _all.append(self)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if named or len(arguments) < len(self.signature.parameters):
            bound = self.signature.bind(*arguments, **named)
            bound.apply_defaults()
            arguments = bound.args
        if _folder is None:
            return self.jitted(*arguments)
        fixed = tuple(arguments[number] for number in self.static)
        others = [value for number, value in enumerate(arguments) if number not in self.static]
        leaves, tree = jax.tree.flatten(others)
        if any(isinstance(leaf, jax.core.Tracer) for leaf in leaves):
            return self.jitted(*arguments)
        shapes = tuple((np.shape(leaf), getattr(leaf, "dtype", type(leaf)), _weak(leaf)) for leaf in leaves)
        key = (fixed, tree, shapes, jax.config.read("jax_enable_x64"))
        program = self.loaded.get(key) or self._made(key, arguments, _folder)
        return program(*others)

    def _made(self, key: Any, arguments: tuple[Any, ...], folder: Path) -> Callable[..., Any]:
        """Loaded, or compiled and kept. Whoever asks for what another thread makes waits for it."""
        global _count
        with self.locks.setdefault(key, Lock()):
            if program := self.loaded.get(key):
                return program
            path = kept.place(folder, self.function, *key, self.options)
            program = kept.load(path) if path else None
            if program:
                _count += 1
            else:
                program = self.lower(*arguments).compile()
                if path:
                    kept.save(path, program)
            self.loaded[key] = program
            return program


def _weak(leaf: Any) -> bool:
    return bool(getattr(leaf, "weak_type", isinstance(leaf, int | float | complex)))


def keep_programs(folder: Path) -> None:
    """From here on programs are looked for in ``folder``, and put there."""
    global _folder
    _folder = kept.shelf(folder)


def remembered(*what: Any) -> Path | None:
    """A file that stands for the fact that programs for this are kept; None where nothing is."""
    return _folder and kept.place(_folder, remembered, what)


def drop_programs() -> None:
    """Forget what our programs have compiled; what others have compiled stays."""
    for each in _all:
        each.loaded.clear()
        each.locks.clear()
        each.jitted.clear_cache()
    _noted.clear()


def remember(*what: Any) -> None:
    """Note that programs for this are kept. A shelf that another version of the lab has cleared is no fault."""
    if path := remembered(*what):
        with suppress(OSError):
            path.touch()


Compiles = Mapping[Hashable, float]  # seconds that compiling takes, about, by what decides a program


def note(programs: Iterable[Hashable]) -> None:
    """These have been compiled."""
    for each in programs:
        _noted.add(each)
        remember(each)


def missing(programs: Compiles) -> list[float]:
    """Seconds that compiling takes, about, of each that is neither there nor kept."""
    return [seconds for each, seconds in programs.items() if not noted(each)]


def noted(program: Hashable) -> bool:
    """Whether it is there, or kept."""
    if program not in _noted and (path := remembered(program)) and path.exists():
        _noted.add(program)
    return program in _noted


def _counted(event: str, duration_secs: float, **more: str | int) -> None:
    del duration_secs, more
    global _count
    _count += event.endswith("backend_compile_duration")


jax.monitoring.register_event_duration_secs_listener(_counted)


def forget_programs(most: int | None = None) -> bool:
    """Whether there were so many programs that all have been forgotten, and their memory given back: a server that is
    never restarted would fill it. Where programs are kept they come back from the disk."""
    global _count
    if _count <= (MOST_PROGRAMS if most is None else most):
        return False
    _count = 0
    for each in _all:
        each.loaded.clear()
    _noted.clear()
    jax.clear_caches()
    gc.collect()
    if GLIBC:
        GLIBC.malloc_trim(0)
    return True


def remember_compiles(folder: Path) -> None:
    """Keep in ``folder`` what XLA compiles, whoever asks: for tests, which compile more than programs of ours."""
    for each in folder.glob("*"):
        if not each.stat().st_size:  # a server was killed as it began to write: JAX would never write it again
            each.unlink()
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
