"""Pictures of work that goes on: every now and then, so that they slow it by a quarter at most."""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TypeVar

EVERY = 0.1  # seconds between two pictures of what there is so far
TIMES = 3  # what one of them took, at least
NEARLY = 0.9999  # the share that is done before there is the whole

Result = TypeVar("Result")
Picture = TypeVar("Picture")  # its bytes, as a rule


def growing(
    work: Generator[tuple[float, Result | None]],
    draw: Callable[[Result], Picture | None] | None,
    low: float = 0.0,
    high: float = 1.0,
) -> Generator[tuple[float, Picture | None], None, Result]:
    """The share that is done, now and then beside a picture of what there is so far; in the end the result.

    Args:
        work: yields the share of it that is done, and the result so far or None.
        draw: makes a picture of that, or None before there is anything to see; None for no pictures.
        low, high: the shares of all that is to be done at which this work begins and ends.
    """
    result, due = None, time.monotonic() + EVERY
    with closing(work) as parts:
        for share, so_far in parts:
            result, body, begun = so_far, None, time.monotonic()
            if draw and result is not None and share < NEARLY and begun > due:
                body = draw(result)
                due = time.monotonic() + max(EVERY, TIMES * (time.monotonic() - begun))
            yield min(low + (high - low) * share, NEARLY), body
    if result is None:
        raise ValueError("the work has ended without a result")
    return result
