"""Programs are compiled before anybody asks for them: those of the first picture, then those of the demonstrations."""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager

from engine import xla
from engine.experiment import default, run
from engine.relief import plane_of, plane_window, relief
from lessons import LESSONS

CACHE = Path(os.environ.get("DESCENT_LAB_CACHE", Path(__file__).parent.parent / ".cache" / "xla"))


def up() -> None:
    """Compile what the first visitor sees, one lane at a time on two threads; then keep it out of the collector."""
    xla.remember_compiles(CACHE)
    sys.setswitchinterval(0.001)  # a run hands each message to the server's thread: the default holds it up for 5 ms
    first = default()
    alone = [first.__class__(first.landscape, (lane,), first.start, steps=2) for lane in first.lanes]
    surface = first.surface
    plane = plane_of(surface, first.start, [])
    with ThreadPoolExecutor(2) as pool:
        drawn = pool.submit(relief, first.landscape, plane, plane_window(surface, plane))
        list(pool.map(lambda experiment: list(run(experiment)), alone))
        drawn.result()
    gc.collect()
    gc.freeze()
    for lesson in LESSONS.values():  # then, one after the other, what a lecture will ask for
        list(run(replace(lesson.experiment, steps=2)))


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Warm up in the background while the server already answers."""
    del app
    PagesManager.uses_pages_directory = False  # else the first visit, if it is to a page's address, would skip app.py
    warming = asyncio.get_running_loop().run_in_executor(None, up)
    yield
    await warming
