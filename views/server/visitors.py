"""Visitors come first: whoever works ahead sees whether somebody is being served; nobody holds up a server's end."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

CALM = 3.0  # seconds after an answer, in which the browser asks for what belongs to it
GRACE = 1.0  # seconds in which threads may finish what they are at

_serving = 0
_answered = -CALM
_lock = threading.Lock()
_last: list[Callable[[], object]] = []


@contextmanager
def served() -> Iterator[None]:
    """Somebody waits for what this block does."""
    global _serving, _answered
    with _lock:
        _serving += 1
    try:
        yield
    finally:
        with _lock:
            _serving, _answered = _serving - 1, time.monotonic()


def comes() -> None:
    """Somebody has asked for a page, which will ask for more."""
    with served():
        pass


def here() -> bool:
    """Whether somebody is being served, or was a moment ago."""
    return _serving > 0 or time.monotonic() < _answered + CALM


def parting(call: Callable[[], object]) -> None:
    """What is called should the process be ended before its time."""
    _last.append(call)


def _end(code: int) -> None:
    for call in _last:
        call()
    os._exit(code)


def leave_promptly() -> None:
    """Ctrl-C ends the process after GRACE seconds, whatever its threads do: a compilation cannot be interrupted, and
    Python would wait for it."""
    if threading.current_thread() is not threading.main_thread():
        return  # signals are heard there only
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}

    def leave(number: int, frame: FrameType | None) -> None:
        last = threading.Timer(GRACE, _end, [128 + number])
        last.daemon = True
        last.start()
        if callable(handler := before[signal.Signals(number)]):
            handler(number, frame)

    for each in before:
        signal.signal(each, leave)
