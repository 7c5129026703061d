"""How XLA is set up: 64 bits, one thread, and a whole descent as one native function, not a kernel per operation.

Import this before the first JAX operation of the process: the environment is read when the backend is created.
"""

import ctypes
import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jax
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

# Stock XLA does this only for loops that touch less than 1 kB a step, i.e. for a single optimizer on a single start.
ONE_FUNCTION = "--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold=1000000000"

# Per program: wide vectors where the processor has them; level 1 compiles faster and, for our loops, runs faster; and
# without the new emitters, which set up MLIR for each of a hundred fusions, it compiles a third faster and runs alike.
OPTIONS = {
    "xla_cpu_prefer_vector_width": 512,
    "xla_backend_optimization_level": 1,
    "xla_cpu_use_fusion_emitters": False,
}

if "xla_cpu_small_while_loop_byte_threshold" not in os.environ.get("XLA_FLAGS", ""):
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {ONE_FUNCTION}".strip()

# Our programs are short: run them in the thread that asks. Their matrix products queue for a pool all the same: with
# one thread in it two visitors, or two lanes of a training, would wait for each other.
os.environ.setdefault("NPROC", "2")
jax.config.update("jax_cpu_enable_async_dispatch", False)

jax.config.update("jax_enable_x64", True)

# NumPy's eigen-solves likewise: of 100 rows, two threads wait for each other 3 to 10 times longer than they work.
threadpool_limits(1, user_api="blas")


# A record is a few MB; if glibc gave them back after each run, fresh pages would cost as much as the descent itself.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h
GLIBC = ctypes.CDLL(None) if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt") else None  # musl: none
if GLIBC:
    for threshold in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD):
        GLIBC.mallopt(threshold, 1 << 30)


@contextmanager
def threads(count: int) -> Iterator[Callable[..., Iterator[Any]]]:
    """A ``map`` that ``count`` threads share; with one it is done in the thread that asks. What is left when the block
    is left, because somebody cancelled, is dropped."""
    if count == 1:
        yield map
        return
    pool = ThreadPoolExecutor(count)
    try:
        yield pool.map
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


MOST_PROGRAMS = 200  # that are kept: a network's takes about 10 MB, and every width is another one
_programs = 0


def _counted(event: str, duration_secs: float, **more: str | int) -> None:
    del duration_secs, more
    global _programs
    _programs += event.endswith("backend_compile_duration")


jax.monitoring.register_event_duration_secs_listener(_counted)


def forget_programs(most: int | None = None) -> bool:
    """Whether there were so many programs that all have been forgotten, and their memory given back: a server that is
    never restarted would fill it. Where compiles are remembered they come back from the disk."""
    global _programs
    if _programs <= (MOST_PROGRAMS if most is None else most):
        return False
    _programs = 0
    jax.clear_caches()
    gc.collect()
    if GLIBC:
        GLIBC.malloc_trim(0)
    return True


def remember_compiles(folder: Path) -> None:
    """Keep compiled programs in ``folder``, so that the second start of the app finds them."""
    for each in folder.glob("*"):
        if not each.stat().st_size:  # a server was killed as it began to write: JAX would never write it again
            each.unlink()
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)
