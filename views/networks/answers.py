"""What Networks asks for by a link: a training; a long one grows on the screen."""

import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial

from engine.networks.together import Trained
from views.kit.wire import packed
from views.networks.stage import PICTURES, Learning, growing, pictured
from views.session.answer import Answer
from views.session.trained import asks_first, training_of

EVERY = 0.1  # seconds between two pictures of what there is so far
NEARLY = 0.9999  # the share that is done before there is the whole
TIMES = 3  # what one of them took: they slow the training by a quarter at most


def _drawn(asked: Learning, grows: bool = False) -> Iterator[tuple[float, bytes | None]]:
    """The training as it goes on, if it ``grows`` with pictures of it, and the whole."""
    trained: Trained | None = None
    due = time.monotonic() + EVERY
    with closing(training_of(asked.net)) as chunks:
        for share, so_far in chunks:
            trained, body, begun = so_far, None, time.monotonic()
            if grows and trained and begun > due and not all(each.finished for each in trained):
                body = growing(asked, trained)
                due = time.monotonic() + max(EVERY, TIMES * (time.monotonic() - begun))
            yield min(share, NEARLY), body
    assert trained
    yield 1.0, pictured(asked, lambda: trained)


ANSWERS = {
    "learning": Answer(
        of=lambda said, lang: Learning(said.network, lang),
        link=lambda asked: asked.link,
        kept=PICTURES.kept,
        waits=lambda asked: PICTURES.kept(asked) is None and asks_first(asked.net),
        waiting=lambda asked: packed({"link": asked.link, "seconds": 0.0 if asked.net.trouble else asked.net.seconds}),
        drawn=_drawn,
        growing=partial(_drawn, grows=True),
    )
}
