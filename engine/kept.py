"""Compiled programs on the disk, whole: what is found there is neither traced nor compiled.

JAX's own cache spares the compiling; tracing and lowering, which it does at every start, take longer for programs as
small as ours than loading them. (The two do not go together: XLA cannot write again what it has read.) A program is
known by all that decides it: the sources, the versions, the processor, and what it was compiled for. Whoever can write
into the folder can run code here, as with the sources.
"""

import hashlib
import os
import pickle
import platform
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from jax.errors import JaxRuntimeError
from jax.experimental.serialize_executable import deserialize_and_load, serialize
from jaxlib import lapack

HOUSE = Path(__file__).parents[1]
OURS = ("engine", "landscapes", "optimizers", "activations", "normalisations", "losses")
LAPACK = b"lapack_"  # how a program calls what it asks of LAPACK
LENGTH = 16  # of the name of a shelf
MADE_OF = ("jax", "jaxlib", "numpy", "optax")


@cache
def circumstances() -> str:
    """All that decides a program beside what it is called with."""
    sources = sorted([HOUSE / "records.py", *(path for part in OURS for path in (HOUSE / part).rglob("*.py"))])
    ingredients = [path.read_bytes() for path in sources]
    ingredients += [f"{name} {version(name)}".encode() for name in MADE_OF]
    ingredients += [platform.python_version().encode(), os.environ.get("XLA_FLAGS", "").encode(), _processor().encode()]
    return hashlib.sha256(b"\0".join(ingredients)).hexdigest()


def _processor() -> str:
    """The instructions that it has, as far as the system tells."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    features = {line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))}
    return "\n".join([platform.machine(), platform.processor(), *sorted(features)])


def name_of(value: Any) -> str:
    """What a static argument is called in every process, "" if it has no such name: a function by where it is written
    and what it closes over, a record by what it holds."""
    if value is None or isinstance(value, str | int | float | np.generic):
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape} {hashlib.sha256(value.tobytes()).hexdigest()}"
    if isinstance(value, FunctionType):
        if str(value.__module__).split(".")[0] not in (*OURS, "optax"):
            return ""
        closed = [cell.cell_contents for cell in value.__closure__ or ()]
        parts = [f"{value.__module__}.{value.__qualname__}", *map(name_of, (*closed, *(value.__defaults__ or ())))]
    elif isinstance(value, partial):
        parts = ["partial", *map(name_of, (value.func, *value.args, *sum(value.keywords.items(), ())))]
    elif isinstance(value, tuple):
        parts = [type(value).__qualname__, *map(name_of, value)]
    elif is_dataclass(value):
        parts = [type(value).__qualname__, *(name_of(getattr(value, field.name)) for field in fields(value))]
    else:
        return ""
    return f"({', '.join(parts)})" if all(parts) else ""


def shelf(folder: Path) -> Path | None:
    """Where in ``folder`` the programs of these circumstances stand; those of others are thrown away. None where
    nothing can be written."""
    mine = folder / circumstances()[:LENGTH]
    try:
        mine.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    for other in folder.glob("[0-9a-f]" * LENGTH):
        if other != mine:
            shutil.rmtree(other, ignore_errors=True)
    return mine


def place(folder: Path, function: Callable[..., Any], static: tuple[Any, ...], *more: Any) -> Path | None:
    """The file of a program; None if it cannot be named."""
    names = [name_of(function), *map(name_of, static)]
    if not all(names):
        return None
    digest = hashlib.sha256("\0".join([*names, *map(str, more)]).encode())
    return folder / f"{function.__name__.strip('_')}-{digest.hexdigest()}"


def load(path: Path) -> Callable[..., Any] | None:
    """The program, None if it is not there or was not written to its end."""
    body = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(body[32:]).digest() != body[:32]:
        return None
    if LAPACK in body:  # JAX looks its functions up when it lowers a program: here nobody has
        lapack.prepare_lapack_call("potrf_ffi", np.dtype(np.float64))
    try:
        loaded: Callable[..., Any] = deserialize_and_load(*pickle.loads(body[32:]))
        return loaded
    except JaxRuntimeError:  # on some processors XLA does not take back what it compiled there: jax-ml/jax#38445
        return None


def save(path: Path, program: Any) -> None:
    """Keep it, if it can be kept."""
    with suppress(NotImplementedError, ValueError, OSError):  # it has constants; the disk is full
        body = pickle.dumps(serialize(program))
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as new:
            new.write(hashlib.sha256(body).digest() + body)
        os.replace(new.name, path)
