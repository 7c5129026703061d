"""What Networks asks for by a link: a training that takes no longer than a click may."""

from collections.abc import Iterator
from contextlib import closing

from engine.networks.together import Trained
from views.kit.wire import packed
from views.networks.stage import PICTURES, Learning, pictured
from views.session.answer import Answer
from views.session.trained import asks_first, training_of


def _drawn(asked: Learning) -> Iterator[tuple[float, bytes | None]]:
    trained: Trained | None = None
    with closing(training_of(asked.net)) as chunks:
        for share, so_far in chunks:
            trained = so_far
            yield share, None
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
    )
}
