"""Programs are compiled before anybody asks for them: in the server those of the first picture, then, by a process of
its own that works when nobody else wants to, those of the other pages and of the demonstrations, for the disk."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

from streamlit.env_util import is_repl
from streamlit.runtime.pages_manager import PagesManager

from engine import pace, xla
from engine.curvature.derivatives import spectrum
from engine.curvature.taylor import taylor
from engine.measures.tuning import RATE, tune, values_of
from engine.networks import cost
from engine.networks.experiment import NetworkExperiment
from engine.networks.plan import BLOCK
from engine.networks.plane import grounded, plane_for, shadows, surface_on
from engine.networks.together import train_parts
from engine.races import run as races
from engine.surfaces.escape import step_out
from engine.surfaces.experiment import Experiment, default
from engine.surfaces.relief import plane_of, plane_window, relief
from engine.surfaces.study import Study, looked_at
from engine.threads import drop, threads
from lessons import LESSONS
from settings.diagnosis import Diagnosis
from settings.fair import Fair
from views.kit.glossary import faces
from views.kit.text import CATALOGUE, LANGUAGES
from views.server import prompt, visitors
from views.server.gate import GATE
from views.session import prepared, trained, work

SHORT = 0.3  # seconds that a training may take
HOUSE = Path(__file__).parents[2]
CACHE = Path(os.environ.get("DESCENT_LAB_CACHE", HOUSE / ".cache"))
EVERYTHING = "everything"  # what stands on the shelf when all has been done
FEW = 20  # programs that the helper keeps in memory
LONG = 600.0  # seconds that a page may take while it is compiled at leisure
PULSE = 0.1  # seconds between two looks for visitors
HELPER = "from views.server.aside import aside; aside()"


def scripts() -> None:
    """Load what the scripts of pages are made of: the first visitor would wait for it."""
    for path in sorted((HOUSE / "views").glob("**/[!_]*.py")):
        import_module(".".join(path.relative_to(HOUSE).with_suffix("").parts))


def once() -> None:
    """What is worked out once a process, whoever comes first."""
    is_repl()  # Streamlit asks before it sends anything: Python looks for the file of every module
    for each in LANGUAGES:
        faces(each)
    cost.seconds(NetworkExperiment().plan, 1)


def first_picture() -> None:
    """Compile what the first visitor sees, unless he is already there; then keep it out of the collector."""
    xla.keep_programs(CACHE / "programs")
    once()
    sys.setswitchinterval(0.001)  # a run hands each message to the server's thread: the default holds it up for 5 ms
    first = default()
    plane = plane_of(first.surface, first.start, [])
    work: list[Callable[[], Any]] = [partial(relief, first.landscape, plane, plane_window(first.surface, plane))]
    work += prepared.programs(first.landscape.name, {racer.optimizer.name for racer in first.lanes})
    with threads(2) as shared:
        for _ in shared(unless_visited, work):
            pass
    gc.collect()
    gc.freeze()


def unless_visited(work: Callable[[], Any]) -> None:
    if not visitors.here():
        work()


def everything() -> None:
    """What pages and demonstrations will ask for, the most likely first; for the disk, so that nothing piles up."""
    xla.keep_programs(CACHE / "programs")
    for page in CATALOGUE["pages"]:
        visit(page)
        tidy(FEW)
    for net in (NetworkExperiment(), Diagnosis.first_network()):
        sweep(net)
        tidy(FEW)
    by_step = zip_longest(*(lesson.stages for lesson in LESSONS.values()))  # how each begins, then each first step, …
    stages = [stage for each in by_step for stage in each if stage]
    for net in dict.fromkeys(stage.net for stage in stages if stage.net):
        learn(net)
        tidy(FEW)
    for experiment, study in dict.fromkeys((stage.experiment, stage.study) for stage in stages if stage.experiment):
        prepared.prepare(experiment)
        if study:
            look(experiment, study)
        tidy(FEW)
    for stage in stages:
        if stage.experiment and isinstance(stage.settings, Fair):
            races.prepare(stage.settings.race(stage.experiment))
            tidy(FEW)
    for lesson in LESSONS.values():
        if not (lesson.experiment or lesson.net):  # of a page's own settings alone
            for stage in lesson.stages:
                visit(lesson.page, stage.settings.written())
            tidy(FEW)
    xla.remember(EVERYTHING)


def visit(page: str, said: Mapping[str, str] = MappingProxyType({})) -> None:
    """Open a page as somebody does who follows its link, without a browser; ``said``: fields of the link."""
    from streamlit.testing.v1 import AppTest  # puts another runtime in the server's place: not for the server itself

    shown = AppTest.from_file(HOUSE / "pages" / f"{page}.py", default_timeout=LONG)
    for name, told in said.items():
        shown.query_params[name] = told
    shown.run()


def tidy(most: int | None = None) -> None:
    """Let go of programs when there are too many."""
    if xla.forget_programs(most):
        prepared.forget()


def learn(net: NetworkExperiment) -> None:
    """Compile what a page of networks computes: a training, and its surface."""
    trained.prepare(net)
    if net.seconds > SHORT:
        return
    *_, (_, found) = train_parts(net)
    assert found
    part, on_it = grounded(net, found)
    surface = plane_for(part, *on_it)
    surface_on(surface, surface.window)
    shadows(surface, on_it[0].path[0])


def sweep(net: NetworkExperiment) -> None:
    """Compile what a sweep of learning rates computes, as many seeds at a time as it does: one rate will do."""
    tried = replace(net, seeds=BLOCK)
    for _ in tune(tried, RATE, values_of(tried, RATE)[:1].tolist()):
        pass


def look(experiment: Experiment, study: Study) -> None:
    """Compile what the page of critical points computes."""
    surface, chosen = experiment.surface, experiment.landscape
    point = looked_at(chosen, study)
    taylor(surface, point, 1.0, **chosen.numbers)
    step_out(surface, point, point.eigenvectors[:, 0], 0.0, **chosen.numbers)
    spectrum(surface, point.point, "float32", **chosen.numbers)


# ---- when it is done -------------------------------------------------------------------------------------------------


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Warm up in the background while the server already answers."""
    del app
    PagesManager.uses_pages_directory = False  # else the first visit, if it is to a page's address, would skip app.py
    visitors.leave_promptly()
    prompt.at_once()
    work.gated(GATE.from_threads(asyncio.get_running_loop()))
    warming = asyncio.create_task(_ahead())
    yield
    warming.cancel()
    drop()
    with suppress(asyncio.CancelledError):
        await warming


async def _ahead() -> None:
    await asyncio.to_thread(first_picture)
    await _alone()
    await asyncio.to_thread(pace.learn, xla.remembered("pace"))
    done = xla.remembered(EVERYTHING)
    if done is None or done.exists():
        return
    await _alone()
    helper = subprocess.Popen([sys.executable, "-c", HELPER], cwd=HOUSE, **_apart())
    visitors.parting(helper.kill)
    try:
        if helper.stdout:
            await asyncio.to_thread(helper.stdout.read, 1)  # until it would not outlive the server, even at rest
        await _while_nobody_waits(helper)
    finally:
        helper.kill()
        helper.wait()


async def _alone() -> None:
    """Until nobody is being served."""
    while visitors.here():
        await asyncio.sleep(PULSE)


async def _while_nobody_waits(helper: subprocess.Popen[bytes]) -> None:
    """Let it work until it is done, but stop it in its tracks while somebody is being served."""
    resting = False
    while helper.poll() is None:
        if resting != visitors.here() and sys.platform != "win32":
            resting = not resting
            helper.send_signal(signal.SIGSTOP if resting else signal.SIGCONT)
        await asyncio.sleep(PULSE)


def _apart() -> dict[str, Any]:
    """How the helper is started: deaf to the terminal's Ctrl-C, which the server hears."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    if sys.platform == "win32":
        return {**pipes, "creationflags": subprocess.IDLE_PRIORITY_CLASS | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {**pipes, "start_new_session": True}
