"""After the first picture no slider compiles anything: ten thousand random moves, counting XLA's compilations."""

import gc
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import jax
import numpy as np

from benchmarks.timing import elapsed, table
from engine import Experiment, lane, run
from engine.surfaces.experiment import NOISE, STEPS, Choice, Lane
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES
from records import Knob, settings

MOVES = 10_000
LONGEST = 10_000  # steps
FIRST = Experiment.on(
    "rosenbrock",
    lane("gradient_descent", "step_decay"),
    lane("momentum", "cosine"),
    lane("adagrad", "constant"),
    lane("rmsprop", "exponential"),
    lane("adam", "warmup_cosine"),
)
EVENT = "/jax/core/compile/backend_compile_duration"


def somewhere(knob: Knob, draw: np.random.Generator) -> float:
    """A random position of a slider."""
    if knob.kind == "log":
        return float(np.exp(draw.uniform(np.log(knob.low), np.log(knob.high))))
    value = float(draw.uniform(knob.low, knob.high))
    return float(round(value)) if knob.kind in ("whole", "switch") else value


def _slid(choice: Choice, shelf: dict[str, Any], draw: np.random.Generator) -> Choice:
    """One random slider of a surface, a rule or a schedule moved; unchanged if it has none."""
    knobs = settings(shelf[choice.name].make)
    if not knobs:
        return choice
    name = str(draw.choice(list(knobs)))
    return choice.with_values(**{name: somewhere(knobs[name].knob, draw)})


def moved(experiment: Experiment, draw: np.random.Generator) -> Experiment:
    """One slider, or the start, moved."""
    what = draw.choice(["surface", "rule", "schedule", "start", "steps", "noise", "seed"])
    number = int(draw.integers(len(experiment.lanes)))
    racer = experiment.lanes[number]

    def with_lane(new: Lane) -> Experiment:
        return replace(experiment, lanes=(*experiment.lanes[:number], new, *experiment.lanes[number + 1 :]))

    match what:
        case "surface":
            return replace(experiment, landscape=_slid(experiment.landscape, LANDSCAPES, draw))
        case "rule":
            return with_lane(replace(racer, optimizer=_slid(racer.optimizer, OPTIMIZERS, draw)))
        case "schedule":
            return with_lane(replace(racer, schedule=_slid(racer.schedule, SCHEDULES, draw)))
        case "start":
            return replace(experiment, start=tuple(draw.uniform(*np.array(experiment.surface.window).T).tolist()))
        case "steps":  # evenly in its logarithm: short runs are what people look at
            return replace(experiment, steps=int(somewhere(Knob(STEPS.low, LONGEST, "log"), draw)))
        case "noise":
            return replace(experiment, noise=somewhere(Knob(NOISE.low, 1.0), draw) if draw.random() < 0.5 else 0.0)
        case _:
            return replace(experiment, seed=int(draw.integers(1_000_000)))


def resident() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    compiled: list[str] = []
    jax.monitoring.register_event_duration_secs_listener(lambda name, *_, **__: compiled.append(name))
    count = lambda: compiled.count(EVENT)  # noqa: E731

    def picture(experiment: Experiment) -> None:
        for _ in run(experiment):
            pass

    before = count()
    first = elapsed(lambda: picture(FIRST))
    programs, draw, experiment = count() - before, np.random.default_rng(0), FIRST
    gc.collect()
    memory, before = resident(), count()

    def all_moves() -> None:
        nonlocal experiment
        for _ in range(MOVES):
            experiment = moved(experiment, draw)
            picture(experiment)

    seconds = elapsed(all_moves)
    gc.collect()
    table(
        "Compilations",
        ["", "programs compiled", "resident, MB", "ms a picture"],
        [
            ["first picture", str(programs), f"{memory:.0f}", f"{1000 * first:.0f}"],
            [
                f"then {MOVES:,} random moves",
                str(count() - before),
                f"{resident():.0f}",
                f"{1000 * seconds / MOVES:.1f}",
            ],
        ],
        "A move is a random slider of the surface, a rule or a schedule, the start, the noise, the seed, or 1 to "
        f"{LONGEST:,} steps; a picture is five optimizers with their terms.",
    )
    if programs < 1:
        raise AssertionError(f"no {EVENT} was reported: JAX has renamed it")
