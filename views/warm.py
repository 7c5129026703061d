"""Programs are compiled before anybody asks for them: those of the first picture, then those of the demonstrations."""

import asyncio
import gc
import os
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from streamlit.runtime.pages_manager import PagesManager

from engine import xla
from engine.curvature import inspect_all, spectrum
from engine.descent import descend
from engine.escape import step_out
from engine.experiment import Experiment, default
from engine.network_experiment import NetworkExperiment
from engine.network_plane import plane_for, shadows, surface_on
from engine.relief import plane_of, plane_window, relief
from engine.stability import stability_limit
from engine.study import Study, looked_at
from engine.taylor import taylor
from engine.training import finish, train
from landscapes import LANDSCAPES
from lessons import LESSONS
from views import trained

SHORT = 0.3  # seconds that a training may take
CACHE = Path(os.environ.get("DESCENT_LAB_CACHE", Path(__file__).parent.parent / ".cache" / "xla"))


def up() -> None:
    """Compile what the first visitor sees; then keep it out of the collector. Then what a lecture will ask for: the
    programs of networks, which are large, only for the disk."""
    xla.remember_compiles(CACHE)
    sys.setswitchinterval(0.001)  # a run hands each message to the server's thread: the default holds it up for 5 ms
    first = default()
    plane = plane_of(first.surface, first.start, [])
    with ThreadPoolExecutor(1) as pool:
        drawn = pool.submit(relief, first.landscape, plane, plane_window(first.surface, plane))
        prepare(first)
        drawn.result()
    gc.collect()
    gc.freeze()
    give_way()
    usual = NetworkExperiment()
    for net in (usual, *(lesson.net for lesson in LESSONS.values() if lesson.net)):
        learn(net)
    tidy(0)
    learn(usual)
    for experiment, study in ((first, None), *((each.experiment, each.study) for each in LESSONS.values())):
        if experiment:
            prepare(experiment)
        if experiment and study:
            look(experiment, study)


def tidy(most: int | None = None) -> None:
    """Let go of programs when there are too many."""
    if xla.forget_programs(most):
        trained.forget()
        _compiled.cache_clear()


def give_way() -> None:
    """From here on this thread, and those that it starts, work when nobody else wants to (Linux)."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


def learn(net: NetworkExperiment) -> None:
    """Compile what a page of networks computes: a training, and its surface."""
    trained.prepare(net)
    if net.seconds > SHORT:
        return
    train_part, test_part = net.examples
    training = finish(train(net.plan, *train_part[:2], *test_part[:2]))
    shown = plane_for(net, training)
    surface_on(shown, shown.window)
    shadows(shown, training.path[0])


def look(experiment: Experiment, study: Study) -> None:
    """Compile what the page of critical points computes."""
    surface, chosen = experiment.surface, experiment.landscape
    here = looked_at(chosen, study)
    taylor(surface, here, 1.0, **chosen.numbers)
    step_out(surface, here, here.eigenvectors[:, 0], 0.0, **chosen.numbers)
    spectrum(surface, here.point, "float32", **chosen.numbers)


def prepare(experiment: Experiment) -> None:
    """Compile the programs of a race that have not been compiled yet, several at a time."""
    _compiled(experiment.landscape.name, frozenset(racer.optimizer.name for racer in experiment.lanes if racer.shown))


@lru_cache(maxsize=1024)
def _compiled(landscape: str, rules: frozenset[str]) -> None:
    surface = LANDSCAPES[landscape]
    with ThreadPoolExecutor(2) as pool:
        work: list[Future[Any]] = [pool.submit(inspect_all, surface, [surface.start])]
        work += [pool.submit(descend, surface, rule, steps=2) for rule in sorted(rules)]
        work += [pool.submit(stability_limit, rule) for rule in sorted(rules)]
    for done in work:
        done.result()


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Warm up in the background while the server already answers."""
    del app
    PagesManager.uses_pages_directory = False  # else the first visit, if it is to a page's address, would skip app.py
    with ThreadPoolExecutor(1) as pool:  # its own thread, which stays slow
        warming = asyncio.get_running_loop().run_in_executor(pool, up)
        yield
        await warming
