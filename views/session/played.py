"""The row under the charts of a page: the clock that all of them follow, and the button that saves their picture."""

from collections.abc import Sequence

from views.kit.component import component
from views.kit.text import language, section, text
from views.kit.wire import Played, packed
from views.session.visit import visit

row = component("played")


class PlayedCharts(Played):
    """Without steps only the picture can be saved."""

    per_epoch: int  # steps of the clock; 0 where no epoch is told
    file: str
    told: list[str]  # what the saved picture says besides, and its table, whose first row is the head
    rows: list[list[str]]


def play(
    page: str, steps: int = 0, per_epoch: int = 0, told: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()
) -> None:
    """Put the row on the page; ``steps``: how far its clock goes; ``told``, ``rows``: sentences and a table for the
    saved picture. With these the page has its own file of numbers, and the row offers none."""
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
        "told": [*told],
        "rows": [[*row] for row in rows],
    }
    row(key="play", data=packed(header))
