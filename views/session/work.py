"""Work that may take long: at once if it is short, on a click with progress and Cancel if not; never twice."""

import time
from collections.abc import Callable, Generator, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from typing import Any, NamedTuple, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import pace
from engine.shelf import Shelf
from views.kit.text import number, text
from views.session.visit import visit

AUTOMATIC = 1.0  # seconds of work that run without being asked for
PATIENCE = 3.0  # seconds, with what must be compiled before
PULSE = 0.15  # seconds between two drawings of the bar, for each of which the browser goes through the whole page
REDRAW = 0.7  # and of what is there so far
KEPT = 8  # results of each kind that are kept, for all visitors: a class opens the same link
BYTES = 100_000_000  # that those of one kind may take

Result = TypeVar("Result")
Place = Callable[[str], AbstractContextManager[object]]
_gate: list[Place] = [nullcontext]  # in which each chunk of a visit's work is done
_shelves: dict[str, Shelf[Any]] = {}


def worked(
    name: str,
    key: Hashable,
    seconds: float,
    chunks: Callable[[], Iterator[tuple[float, Result | None]]],
    draw: Callable[[Result], None] | None = None,
    quiet: bool = False,
    preparing: float = 0.0,
) -> Result | None:
    """The finished result; None while it waits for a click or has been cancelled. A visitor who asks for what another
    one's script is working out already waits for that.

    Args:
        name: what kind of work this is; names the buttons.
        key: what decides the result.
        seconds: about how long it takes on a machine of the usual pace; beyond AUTOMATIC, here, it waits for a click.
        chunks: does the work: yields the share that is done and the result so far, None while there is none, every 20
            to 50 ms if it can.
        draw: shows what is there so far, while it runs and after it was cancelled; not the finished result.
        quiet: without bar and Cancel, for what is short and stands beside other work.
        preparing: seconds that compiling takes before; with it the work waits for a click beyond PATIENCE.
    """
    mine = visit().work(name)
    holder, picture = st.empty(), st.empty()  # always, so that what follows on the page keeps its place
    own, last = mine.last
    if own == key and last is not None:
        return cast(Result, last)  # also when others have pushed it off the shelf
    if (found := shelf(name).kept(key)) is not None:
        mine.last = (key, found)
        return cast(Result, found)
    seconds, preparing = pace.running(seconds), pace.compiling(preparing)
    whole = seconds + preparing
    waits = _asks(seconds, preparing) or mine.cancelled == key
    if waits and mine.asked != key:
        with holder.container(border=True, horizontal=True, vertical_alignment="center"):
            told = text(
                "work.wait_preparing" if preparing else "work.wait",
                seconds=number(whole, 2),
                preparing=number(preparing, 2),
            )
            st.markdown(told)
            st.button(
                text("work.run"), type="primary", key=f"{name}_run",
                on_click=lambda: setattr(mine, "asked", key),
            )  # fmt: skip
        if draw and mine.so_far[0] == key:
            with picture.container():
                draw(mine.so_far[1])
        return None
    visitor = visit().session
    working = shelf(name).working(key, lambda: in_turns(chunks(), visitor))
    result = _run(name, key, working, draw, holder, picture, quiet)
    mine.last, mine.so_far, mine.asked = (key, result), (None, None), None
    return result


class Task(NamedTuple):
    """Long work as a value, for a page and for an address.

    name, key, seconds, preparing: see ``worked``.
    chunks: does it, given what tasks before it have found, by their names.
    unasked: whether it runs without being asked for, though it takes a little longer than such work may.
    """

    name: str
    key: Hashable
    seconds: float
    chunks: Callable[[Mapping[str, Any]], Iterator[tuple[float, Any]]]
    preparing: float = 0.0
    unasked: bool = False

    @property
    def left(self) -> float:
        """About how many seconds it takes from now on, on a machine of the usual pace."""
        return 0.0 if shelf(self.name).kept(self.key) is not None else self.seconds + self.preparing

    @property
    def begins(self) -> bool:
        """Whether it does so by itself."""
        return self.unasked or not self.left or not _asks(pace.running(self.seconds), pace.compiling(self.preparing))

    def on_page(self, found: dict[str, Any], draw: Callable[[Any], None] | None = None) -> bool:
        """Do it in the script of a page, and put down what is found; whether it is done, see ``worked``."""
        result = worked(
            self.name, self.key, 0.0 if self.unasked else self.seconds, lambda: self.chunks(found), draw,
            preparing=self.preparing,
        )  # fmt: skip
        if result is not None:
            found[self.name] = result
        return result is not None


def _asks(seconds: float, preparing: float) -> bool:
    """Whether work that takes so long here waits for a click."""
    return seconds > AUTOMATIC or seconds + preparing > PATIENCE


def all_seconds(*parts: float) -> float:
    """Of work in parts: of all of it if one of them waits for its click, else of the longest: each begins unasked."""
    return sum(parts) if pace.running(max(parts)) > AUTOMATIC else max(parts)


def gated(place: Place) -> None:
    """From now on each chunk is done in a place of the server's gate."""
    _gate[0] = place


def in_turns(chunks: Iterator[tuple[float, Result | None]], visitor: str) -> Iterator[tuple[float, Result | None]]:
    """The work, each chunk of it in a place that is then free for others. Who waits for another one's work has none."""
    try:
        while True:
            with _gate[0](visitor):
                part = next(chunks, None)
            if part is None:
                return
            yield part
    finally:
        if isinstance(chunks, Generator):
            chunks.close()  # now, not when the garbage is collected


def finished(name: str, key: Hashable, chunks: Callable[[], Iterator[tuple[float, Result | None]]]) -> Result:
    """The finished result without a page: kept, or what another script is working out, or worked out here."""
    return cast(Result, shelf(name).finished(key, chunks))


def shelf(name: str) -> Shelf[Any]:
    """Of this kind of work."""
    return _shelves.setdefault(name, Shelf(KEPT, BYTES))


def _run(
    name: str,
    key: Hashable,
    chunks: Generator[tuple[float, Result | None]],
    draw: Callable[[Result], None] | None,
    holder: DeltaGenerator,
    picture: DeltaGenerator,
    quiet: bool,
) -> Result:
    mine, bar = visit().work(name), None
    told, drawn = time.monotonic(), -REDRAW
    result: Result | None = None
    with closing(chunks):  # now, if Cancel ends it, not when the garbage is collected
        for share, so_far in chunks:
            result = so_far
            now = time.monotonic()
            if now < told + PULSE:
                continue
            told = now
            if quiet:
                holder.empty()  # here whatever the visitor does ends the work
                continue
            if bar is None:
                with holder.container(horizontal=True, vertical_alignment="center"):
                    bar = st.progress(0.0)
                    st.button(text("stage.cancel"), key=f"{name}_cancel", on_click=_cancel, args=(name, key))
            told_now = text("work.running", share=round(100 * share)) if so_far is not None else text("work.preparing")
            bar.progress(min(share, 1.0), told_now)  # here Cancel ends the work
            if so_far is None:
                continue
            mine.so_far = (key, so_far)
            if draw and now > drawn + REDRAW:
                with picture.container():
                    draw(so_far)
                drawn = time.monotonic()
    holder.empty()
    picture.empty()
    assert result is not None
    return result


def _cancel(name: str, key: Hashable) -> None:
    mine = visit().work(name)
    mine.asked, mine.cancelled = None, key  # short work would begin again by itself
    st.toast(text("work.cancelled"))
