"""How long work takes here, beside the machine on which the estimates of cost were measured: as long as there, until
somebody has measured it."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from engine import xla

STEPS = 100_000  # of the probe
TRIES = 3  # of which the quickest counts: what else the process does only takes time
RAN, COMPILED = 1.6e-3, 0.018  # seconds of its thread that the probe took there
USUAL = 1.6  # times as long or short as there is as long: what else a machine does makes as much of a difference
MOST = 30.0  # times as long, or as short: what lies beyond was no measurement


class Pace(NamedTuple):
    """Times as long as there."""

    running: float = 1.0
    compiling: float = 1.0


_pace = Pace()


def running(seconds: float) -> float:
    """What runs so long there, here."""
    return seconds * _pace.running


def compiling(seconds: float) -> float:
    """What compiles so long there, here."""
    return seconds * _pace.compiling


def adopt(pace: Pace) -> None:
    """From now on estimates are of a machine of this pace."""
    global _pace
    _pace = pace


def learn(path: Path | None) -> None:
    """Adopt what has been measured on this machine, or measure it, and keep it in a file."""
    pace = _kept(path)
    if pace is None:
        pace = measured()
        with suppress(OSError):
            if path:
                path.write_text(json.dumps(pace), encoding="utf-8")
    adopt(pace)


def measured() -> Pace:
    """The pace of this machine, from a program that nobody has compiled before: a tenth of a second or two."""
    tries = np.array([_tried(number) for number in range(TRIES)])
    ran, compiled = tries.min(axis=0)
    return Pace(_times(ran / RAN), _times(compiled / COMPILED))


def _times(ratio: float) -> float:
    return 1.0 if 1 / USUAL < ratio < USUAL else float(np.clip(ratio, 1 / MOST, MOST))


def _tried(number: int) -> tuple[float, float]:
    """Seconds of running and of compiling the probe, of this thread alone: what others of the process do meanwhile, as
    a page that is served or a warm-up, says nothing of the machine."""
    begun = time.thread_time()
    program = jax.jit(_probe(1.0 + number), compiler_options=xla.OPTIONS).lower(jnp.zeros(2)).compile()
    compiled = time.thread_time() - begun
    begun = time.thread_time()
    program(jnp.zeros(2)).block_until_ready()
    return time.thread_time() - begun, compiled


def _probe(number: float) -> Any:
    """Momentum in a valley: what most of our programs look like, and with each number another one."""

    def loss(theta: Array) -> Array:
        return (number - theta[0]) ** 2 + 10 * (theta[1] - theta[0] ** 2) ** 2

    def step(_: Any, now: tuple[Array, Array]) -> tuple[Array, Array]:
        theta, movement = now
        movement = 0.9 * movement - 1e-3 * jax.grad(loss)(theta)
        return theta + movement, movement

    return lambda theta: jax.lax.fori_loop(0, STEPS, step, (theta, jnp.zeros_like(theta)))[0]


def _kept(path: Path | None) -> Pace | None:
    with suppress(OSError, ValueError, TypeError):
        pace = Pace._make(map(float, json.loads(path.read_text(encoding="utf-8")))) if path else None
        if pace and all(1 / MOST <= each <= MOST for each in pace):
            return pace
    return None
