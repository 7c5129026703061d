"""What Curvature asks for by a link: a training and the spectra along it; what takes long grows on the screen."""

from collections.abc import Iterator
from functools import partial

from engine.networks.growing import so_far
from engine.networks.together import Trained
from settings.curvature import Curvature
from views.controls.fields import panel_answer
from views.curvature.stage import (
    PICTURES,
    AllSpectra,
    Looked,
    chunks,
    groups,
    long,
    looking_seconds,
    pictured,
    so_far_pictured,
)
from views.kit.wire import packed
from views.session.answer import Answer
from views.session.growing import growing
from views.session.trained import asks_first, is_trained, key_of, seconds_of, training_of
from views.session.work import shelf


def _drawn(asked: Looked, grows: bool = False) -> Iterator[tuple[float, bytes | None]]:
    """The training, then the spectra along it, if they ``grow`` with pictures of them; and the whole."""
    net = asked.net

    def learning(trained: Trained) -> bytes | None:
        there = [each for each in map(so_far, trained) if each]
        return so_far_pictured(asked, tuple(there), None) if len(there) == len(trained) else None

    def looking(spectrum: AllSpectra) -> bytes | None:
        return so_far_pictured(asked, training, spectrum)

    first, then = seconds_of(net) if asks_first(net) else 0.0, looking_seconds(net)
    middle = first / (first + then)
    training = yield from growing(training_of(net), learning if grows else None, 0.0, middle)
    work = shelf("spectra").working(key_of(net), lambda: chunks(net, training))
    spectrum = yield from growing(work, looking if grows else None, middle, 1.0)
    yield 1.0, pictured(asked, training, spectrum)


def _waits(asked: Looked) -> bool:
    net = asked.net
    if PICTURES.kept(asked) is not None:
        return False
    return asks_first(net) or long(net, 0.0 if is_trained(net) else seconds_of(net))


def _waiting(asked: Looked) -> bytes:
    net = asked.net
    return packed({"link": asked.link, "seconds": 0.0 if net.trouble else seconds_of(net) + looking_seconds(net)})


SPECTRA: Answer[Looked] = Answer(
    of=lambda said, lang, own: Looked(said.network, own.zero, lang),
    link=lambda asked: asked.link,
    kept=PICTURES.kept,
    waits=_waits,
    waiting=_waiting,
    drawn=_drawn,
    growing=partial(_drawn, grows=True),
    own=Curvature,
)
ANSWERS = {"spectra": SPECTRA, "spectra_panel": panel_answer(SPECTRA, lambda asked: groups(asked.net))}
