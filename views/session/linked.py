"""The hand of a page whose charts are had by its link: unseen, it asks for them and hands them to where they stand."""

from collections.abc import Callable, Generator, Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from engine import pace
from engine.networks.experiment import NetworkExperiment
from engine.shelf import Shelf
from engine.surfaces.experiment import Experiment
from settings.base import Settings
from views.kit.charts import draw, key_of
from views.kit.component import component
from views.kit.sheet import Sheet, pictured, sketch
from views.kit.text import in_language, language, spoken
from views.kit.wire import followed, packed
from views.session import visit
from views.session.answer import Answer
from views.session.asked import Visited, visited
from views.session.growing import growing
from views.session.said import Said, changed
from views.session.work import AUTOMATIC, PATIENCE, Task, shelf, worked

SOON = 5.0  # seconds that it may take: what an edit has begun so is seen, grows, and can be ended
PICTURES: Shelf[bytes] = Shelf(most=300, room=20_000_000)  # for all visitors

Result = TypeVar("Result")
Parts = Iterator[tuple[float, Sheet | None]]  # the share of the work that is done, and the sheet so far

linked = component("linked")


class LinkedVisit(Visited):
    """kind: the name of the address; places: what the sheet takes of the page."""

    kind: str
    places: list[str]


class Asked(NamedTuple):
    """What decides a sheet; its sentences are in one language. net: on a page of networks; experiment: of surfaces."""

    own: Any
    language: str
    net: NetworkExperiment = NetworkExperiment()
    experiment: Experiment | None = None


class Linked(NamedTuple):
    """A page, or one question of it, whose sheets are had by their links.

    kind: the name of its address; of: what it asks for; names: the fields of that which decide the sheet.
    work: what makes one: yields the share that is done, and the sheet so far or None, at last the whole.
    seconds: about how long that takes beside what is known already, on a machine of the usual pace; preparing: and
        compiling before.
    networks: whether the experiment on a network decides it, too; parts: which experiments do, where that depends on
        what the page asks for.
    begins: whether what takes long begins by itself when an edit asks for it, in sight and with a way to end it.
    """

    kind: str
    of: type[Settings]
    names: Sequence[str]
    work: Callable[[Asked], Parts]
    seconds: Callable[[Asked], float] = lambda asked: 0.0
    preparing: Callable[[Asked], float] = lambda asked: 0.0
    networks: bool = False
    begins: Callable[[Asked], bool] = lambda asked: False
    parts: Callable[[Any], tuple[str, ...]] | None = None

    def about(self, own: Any) -> tuple[str, ...]:
        """The experiments that decide it, by their names in ``Said``."""
        return self.parts(own) if self.parts else ("network",) * self.networks

    def asked(self, said: Said, own: Any, lang: str) -> Asked:
        """What decides it, of all that a link says."""
        about = self.about(own)
        net = said.network if "network" in about else NetworkExperiment()
        return Asked(own, lang, net, said.experiment if "experiment" in about else None)

    def link(self, asked: Asked) -> str:
        """The canonical query string of what decides it."""
        about = self.about(asked.own)
        surface = asked.experiment.to_link() if asked.experiment else ""
        net = asked.net.to_link() if "network" in about else ""
        return "&".join(filter(None, [surface, net, link_of(asked.own, self.names)]))

    def key(self, asked: Asked) -> Hashable:
        return self.work, self.link(asked), asked.language

    def whole(self, asked: Asked) -> float:
        """Seconds that it takes here, about."""
        return pace.running(self.seconds(asked)) + pace.compiling(self.preparing(asked))

    def soon(self, asked: Asked) -> bool:
        """Whether it is there before long: what ``begins`` may be."""
        return self.whole(asked) <= SOON

    def asks_first(self, asked: Asked) -> bool:
        """Whether it waits for a click."""
        return pace.running(self.seconds(asked)) > AUTOMATIC or self.whole(asked) > PATIENCE


def follow(
    kind: str, own: Settings, names: Sequence[str], hears: tuple[str, ...] = (), places: Sequence[str] = ()
) -> None:
    """From now on edits of what the page asks for are answered by ``kind?<link>``.

    Args:
        names: of the fields that decide what is shown.
        hears: edits of which Python hears at once: something of its own shows them.
        places: of the sheet that stands on the page.
    """
    page = Linked(kind, type(own), names, lambda _: iter(()))
    follow_sheet(page, Asked(own, language()), places, hears)


def follow_sheet(page: Linked, asked: Asked, places: Sequence[str], hears: tuple[str, ...] = ()) -> None:
    """From now on edits of what decides the sheet are answered by its address."""
    header: LinkedVisit = {
        **visited(
            page.link(asked), page.about(asked.own), own=tuple(page.names),
            at=lambda said, own: page.link(page.asked(said, own, asked.language)), hears=hears,
        ),
        "kind": page.kind,
        "places": [*places],
    }  # fmt: skip
    drawn = packed({"link": page.link(asked), "lanes": [], "seconds": 1.0})  # by Python: not worth keeping
    linked(key="linked", data=followed(packed(header), drawn), on_edit_change=lambda: visit.heard("linked"))


def put(sheet: Sheet, key: str) -> None:
    """A chart of these on the page, with what can be dragged on it."""
    chart = sheet.charts[key]
    draw(chart, key, on_edit_change=lambda: visit.heard(key_of(key, chart.height, chart.legend)))


def sheet_of(page: Linked, asked: Asked) -> Sheet | None:
    """The whole sheet, worked out for the page; None while it waits for a click or has been cancelled."""
    return worked(
        page.kind, page.key(asked), page.seconds(asked), lambda: _parts(page, asked), draw=sketch,
        preparing=page.preparing(asked),
    )  # fmt: skip


def _parts(page: Linked, asked: Asked) -> Generator[tuple[float, Sheet | None]]:
    return in_language(asked.language, page.work(asked))


def piece(
    name: str,
    key: Hashable,
    chunks: Callable[[], Iterator[tuple[float, Result | None]]],
    draw: Callable[[Result], Sheet | None] | None = None,
    low: float = 0.0,
    high: float = 1.0,
) -> Generator[tuple[float, Sheet | None], None, Result]:
    """A piece of a sheet's work, kept for all who ask for it: in the end its result.

    Args:
        name: what kind of work this is; key: what decides the result; chunks: does it, as in ``worked``.
        draw: the sheet of what there is so far; low, high: the shares of all work at which this begins and ends.
    """
    parts = growing(shelf(name).working(key, chunks), draw, low, high)
    sheet: Sheet | None = None
    while True:
        try:
            share, news = next(parts)
        except StopIteration as end:
            return end.value
        sheet = news or sheet
        yield share, sheet


def pieces(
    tasks: Sequence[Task], draw: Callable[[Mapping[str, Any]], Sheet | None]
) -> Generator[tuple[float, Sheet | None], None, dict[str, Any]]:
    """All that these tasks find, by their names; ``draw``: the sheet of what there is so far, if there is one."""
    left = [task.left for task in tasks]
    found: dict[str, Any] = {}

    def so_far(task: Task, part: Any) -> Any:
        return draw(found | {task.name: part})

    for place, task in enumerate(tasks):
        low, high = (sum(left[: place + more]) / (sum(left) or 1.0) for more in (0, 1))
        chunks = partial(task.chunks, found)
        found[task.name] = yield from piece(task.name, task.key, chunks, partial(so_far, task), low, high)
    return found


def sheet_answer(of: type[Settings], names: Sequence[str], sheet: Callable[[Any], Sheet]) -> Answer[Asked]:
    """What the address gives: the sheet of such settings, of which only fields with these names count."""

    def work(asked: Asked) -> Parts:
        yield 1.0, sheet(asked.own)

    return linked_answer(Linked("", of, names, work))


def linked_answer(page: Linked) -> Answer[Asked]:
    """What its address gives; a long one on a click, and it grows on the screen."""

    def drawn(asked: Asked, grows: bool = False) -> Iterator[tuple[float, bytes | None]]:
        def body(sheet: Sheet) -> bytes:
            with spoken(asked.language):
                return pictured(page.link(asked), sheet)

        def chunks() -> Iterator[tuple[float, bytes | None]]:
            sheet = yield from growing(_parts(page, asked), body if grows else None)
            yield 1.0, body(sheet)

        yield from PICTURES.working(page.key(asked), chunks)

    def waiting(asked: Asked) -> bytes:
        return packed({"link": page.link(asked), "seconds": page.whole(asked), "begins": page.begins(asked)})

    def taken(said: Said) -> Said:
        """As the page takes it, where the link says nothing of a network."""
        first = page.networks and said.network == NetworkExperiment()
        return said._replace(network=page.of.first_network()) if first else said

    return Answer(
        of=lambda said, lang, own: page.asked(taken(said), own, lang),
        changed=lambda said, path, value: changed(taken(said), path, value),
        link=page.link,
        kept=lambda asked: PICTURES.kept(page.key(asked)),
        waits=lambda asked: PICTURES.kept(page.key(asked)) is None and page.asks_first(asked),
        waiting=waiting,
        drawn=drawn,
        growing=lambda asked: drawn(asked, grows=True),
        own=page.of,
    )


def link_of(own: Settings, names: Sequence[str]) -> str:
    """The canonical query string of these fields."""
    return urlencode({name: told for name, told in own.written().items() if name in names})
