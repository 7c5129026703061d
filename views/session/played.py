"""The row under the charts of a page: the clock that all of them follow, and the button that saves their picture."""

from views.kit.component import component
from views.kit.text import language, section, text
from views.kit.wire import Played, packed
from views.session.visit import visit

row = component("played")


class PlayedCharts(Played):
    """Without steps only the picture can be saved."""

    per_epoch: int  # steps of the clock; 0 where no epoch is told
    file: str


def play(page: str, steps: int = 0, per_epoch: int = 0) -> None:
    """Put the row on the page; ``steps``: how far its clock goes."""
    current = visit()
    header: PlayedCharts = {
        "sequence": current.sequence,
        "moved": current.moved,
        "language": language(),
        "words": section("stage") | {"epoch": text("spectra.epoch")},
        "title": f"{text('page.title')} · {text(f'pages.{page}')}",
        "steps": steps,
        "per_epoch": per_epoch,
        "file": f"{page}.png",
    }
    row(key="play", data=packed(header))
