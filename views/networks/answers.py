"""What Networks asks for by a link: a training, and the panel beside it; a long one grows on the screen."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from views.controls.fields import panel_answer
from views.controls.network import network_groups
from views.kit.learning import Learning
from views.kit.wire import packed
from views.networks.stage import PICTURES, beginning, pictured, so_far_pictured, waiting
from views.session.answer import Answer
from views.session.growing import growing
from views.session.trained import asks_first, preview, seconds_of, training_of


def _drawn(asked: Learning, grows: bool = False) -> Iterator[tuple[float, bytes | None]]:
    """The training as it goes on, if it ``grows`` with pictures of it, and the whole."""
    trained = yield from growing(training_of(asked.net), partial(so_far_pictured, asked) if grows else None)
    yield 1.0, pictured(asked, lambda: trained)


def _begun(asked: Learning) -> Iterator[tuple[float, bytes | None]]:
    """As much of a training that waits as runs unasked; that it waits, if there is no such part."""
    shorter = preview(asked.net)
    if shorter is None:
        yield 1.0, waiting(asked)
        return
    trained = yield from growing(training_of(shorter, "preview"), None)
    yield 1.0, beginning(asked, shorter, trained)


_of: dict[str, Any] = {"of": lambda said, lang, _: Learning(said.network, lang), "link": lambda asked: asked.link}
LEARNING: Answer[Learning] = Answer(
    **_of,
    kept=PICTURES.kept,
    waits=lambda asked: PICTURES.kept(asked) is None and asks_first(asked.net),
    waiting=lambda asked: packed({"link": asked.link, "seconds": 0.0 if asked.net.trouble else seconds_of(asked.net)}),
    drawn=_drawn,
    growing=partial(_drawn, grows=True),
)
ANSWERS = {
    "beginning": Answer(
        **_of, kept=lambda _: None, waits=lambda asked: bool(asked.net.trouble), waiting=waiting, drawn=_begun
    ),
    "learning": LEARNING,
    "learning_panel": panel_answer(LEARNING, lambda asked: network_groups(asked.net, compares=True)),
}
