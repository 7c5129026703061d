"""The visit: what its link says, as values, and what has happened since. Controls change values; the link follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from secrets import token_hex
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import parse_qs, urlencode

import streamlit as st

from engine import link
from engine.link import Choice, Notice, short
from engine.networks import experiment as network_experiments
from engine.networks.experiment import NetworkExperiment
from engine.surfaces import experiment as experiments
from engine.surfaces import study as studies
from engine.surfaces.experiment import Experiment, default
from engine.surfaces.study import Study, followed
from lessons import LESSONS
from settings import SETTINGS, settings_of
from settings.base import Settings
from views.kit import address
from views.kit.address import Query
from views.kit.standing import PARTS
from views.kit.text import LANGUAGES
from views.session.edits import OWN, Refused, own_told
from views.session.said import Said, changed, read

RACE, WAIT, STEADY = "race", "wait", "steady"  # whether the clock sets out, waits at its beginning, or stays
SAID = {*experiments.FIELDS, *studies.FIELDS, *network_experiments.FIELDS}  # fields of the link that are no page's own
SHARED: dict[str, Mapping[str, Any]] = {"lang": LANGUAGES, "lesson": LESSONS}  # what a link says on every page
PARTED = ("hide", "lock")  # parts of the page that are not there, or cannot be changed; see standing.js
DOORS = {"inspect": ("point", "critical_points"), "race": ("start", "compare")}  # an edit that opens another page
STARTS = ("start", "leave", "landscape")  # edits after which the race sets out
Own = TypeVar("Own", bound=Settings)


class Door(NamedTuple):
    """Another page, and its address there."""

    page: str
    query: Query


@dataclass
class Work:
    """Long work of one kind: the key of what was asked for or cancelled last, and keys with results."""

    asked: Any = None
    cancelled: Any = None
    so_far: tuple[Any, Any] = (None, None)
    last: tuple[Any, Any] = (None, None)


@dataclass
class Visit:
    """One visitor. ``link`` and ``beside`` are the two parts of the address that ``said`` and the settings are of."""

    said: Said
    address: tuple[str, Any] = ("", None)  # that link and beside are of, with what a hand holds: asked at each field
    link: str | None = None
    beside: dict[str, str] | None = None
    page: str = ""
    looked_on: Choice | None = None  # the surface that the study is of
    moved: str = STEADY
    sequence: int = 0  # of changes
    turned: int = 0  # the latest change that was not made by hand, see hand.js
    numbered: int = 0  # the change with which lanes got other numbers
    opened: int = 0  # the change with which a demonstration was opened
    problems: Mapping[str, Notice] = field(default_factory=dict)  # of what was typed, by the field's path
    ignored: tuple[Notice, ...] = ()  # of the link: what was not taken
    refused: tuple[Notice, ...] = ()
    door: Door | None = None
    session: str = field(default_factory=lambda: token_hex(4))  # another one after a server has died
    painted: str | None = None  # the link of the picture that the page has asked for by itself
    learned: int = 0  # the latest link of the page's own that was heard
    held: tuple[str, dict[str, str]] = ("", {})  # an address, and what a hand that still drags makes of it
    chosen: set[str] = field(default_factory=set)  # fields of the page by menus, before its script has heard
    works: dict[str, Work] = field(default_factory=dict)
    moments: dict[str, int] = field(default_factory=dict)  # when something was asked for anew

    def work(self, name: str) -> Work:
        """Of this kind."""
        return self.works.setdefault(name, Work())


def visit() -> Visit:
    """This one. A new link, a reload and the browser's Back and Forward replace what is shown."""
    state = st.session_state
    if "visit" not in state:
        state.visit = Visit(read("")[0])
    here = cast(Visit, state.visit)
    if here.address[0] == (written := address.written()) and here.address[1] is here.held and here.beside is not None:
        return here
    if here.link != (said := _link()):
        before = here.said
        here.said, ignored = read(said)
        here.link, here.beside = said, None
        if here.said.study != before.study or before.experiment.landscape.name != here.said.experiment.landscape.name:
            here.looked_on = here.said.experiment.landscape  # else the point is followed to where it is now
        here.moved = WAIT if address.value("lesson") else STEADY
        here.problems, here.ignored, here.numbered = {}, ignored, 0
    if here.beside != (others := beside()):
        here.beside, here.refused = others, refused(others, here.said.network)
    here.address = written, here.held
    return here


# ---- what is looked at -----------------------------------------------------------------------------------------------


def experiment() -> Experiment:
    """The experiment, as the page takes it."""
    here = visit()
    page = settings_of(here.page)
    chosen = here.said.experiment != default() or experiments.FIELDS & parse_qs(here.link or "").keys()
    return page.on_surface(here.said.experiment if chosen else page.first_experiment())


def network() -> NetworkExperiment:
    """The network experiment, as the page takes it."""
    here = visit()
    net = here.said.network
    return settings_of(here.page).first_network() if net == NetworkExperiment() else net


def study() -> Study:
    """What is looked at on the surface of the experiment. Only who asks for it waits for the search."""
    here = visit()
    now = here.said.experiment.landscape
    if here.looked_on not in (None, now):
        here.said = here.said._replace(study=followed(here.said.study, here.looked_on, now))
    here.looked_on = now
    return here.said.study


def settings(of: type[Own]) -> Own:
    """What a page asks for."""
    return of.read(beside(), visit().said.network)[0]


def setting(name: str) -> Any:
    """One field of what a page asks for, by its name in the link."""
    return getattr(settings(_page_of(name)), OWN[name].attribute)


def about(name: str) -> link.About:
    """What the choices of a field depend on."""
    return link.About(visit().said.network, vars(settings(_page_of(name))))


def _page_of(name: str) -> type[Settings]:
    return next(page for page in SETTINGS.values() if name in link.fields(page))


def lesson() -> str:
    """The demonstration that is open on this page, by its name; "" if none is."""
    here = visit()
    return _along(here.page, beside()).get("lesson", "")


def problem(path: str) -> Notice | None:
    """What was wrong with the last value typed into a field."""
    return visit().problems.get(path)


def refusals() -> list[Notice]:
    """What was not taken from the link."""
    here = visit()
    return [*here.ignored, *here.refused]


# ---- the link --------------------------------------------------------------------------------------------------------


def beside() -> dict[str, str]:
    """What stands in the link beside the experiments, or will when the hand that drags it lets go."""
    written = address.written()
    here = st.session_state.get("visit")
    return dict(here.held[1] if here and here.held[0] == written else _parts(written)[1])


def refused(others: Mapping[str, str], net: NetworkExperiment) -> tuple[Notice, ...]:
    """What cannot be taken of what stands beside the experiments: one notice for each field."""
    own = [notice for page in SETTINGS.values() for notice in page.read(others, net)[1]]
    shared = [
        Notice("unknown", name, short(others[name]))
        for name, table in SHARED.items()
        if name in others and others[name] not in table
    ]
    shared += [
        Notice("unknown", name, short(part))
        for name in PARTED
        for part in others.get(name, "").split("~")
        if part and part not in PARTS
    ]
    strange = [name for name in others if name not in OWN and name not in (*SHARED, *PARTED)]
    return (*shared, *dict.fromkeys(own), *([Notice("field", short(", ".join(strange)), "")] if strange else []))


def taken(others: Mapping[str, str], net: NetworkExperiment) -> dict[str, str]:
    """The fields beside the experiments that are not as usual, as a link says them."""
    shared = {name: others[name] for name, table in SHARED.items() if others.get(name) in table}
    for name in PARTED:
        if parts := [part for part in others.get(name, "").split("~") if part in PARTS]:
            shared[name] = "~".join(parts)
    own = [page.read(others, net)[0].written() for page in SETTINGS.values()]
    return shared | {name: told for fields in own for name, told in fields.items()}


def _said() -> dict[str, list[str]]:
    return {name: told for name, told in address.query().items() if name in SAID}


def _link() -> str:
    """The part of the address that speaks of what is looked at."""
    return _parts(address.written())[0]


@lru_cache(maxsize=1024)
def _parts(written: str) -> tuple[str, dict[str, str]]:
    """Of this address, what is looked at and what stands beside that: asked for dozens of times a run."""
    del written
    others = {name: told[-1] for name, told in address.query().items() if name not in SAID}
    return urlencode(_said(), doseq=True), others


def address_on(page: str) -> Query:
    """The address of this visit, to take along to another page."""
    return _said() | _along(page, beside())


def _along(page: str, others: Mapping[str, str]) -> dict[str, str]:
    """A demonstration stays on its own page."""
    opened = LESSONS.get(others.get("lesson", ""))
    at_home = opened is not None and opened.page == page
    return {name: told for name, told in others.items() if name != "lesson" or at_home}


def _write(others: Mapping[str, str], page: str = "") -> None:
    """The address of what is looked at now, with ``others`` beside it. To another page the browser goes by itself."""
    here = visit()
    new, _, net = here.said
    looking = study() if here.page == "critical_points" else here.said.study
    plain = new == default() == settings_of(here.page).first_experiment() and not looking.to_link()
    said: dict[str, list[str]] = {} if plain else parse_qs(new.to_link())
    _go(here, said | parse_qs(looking.to_link()) | parse_qs(net.to_link()), others, page)


def _go(here: Visit, said: dict[str, list[str]], others: Mapping[str, str], page: str = "") -> None:
    others = _along(page or here.page, taken(others, here.said.network))
    if "lesson" in others and not said:
        said = {"v": [experiments.VERSION]}  # its name alone stands for all that it sets up
    query: Query = {**said, **others}
    if page in ("", here.page):
        address.write(query)
    else:
        here.door = Door(page, query)
    here.link, here.beside, here.ignored, here.refused = urlencode(said, doseq=True), others, (), ()
    here.held = ("", {})


# ---- what changes it -------------------------------------------------------------------------------------------------


def show(said: Said, others: Mapping[str, str], page: str, moved: str) -> None:
    """Look at something else, on a page."""
    _accept(said, moved, {})
    visit().turned = visit().sequence
    _write(others, page)


def demonstrate(name: str, number: int = 0) -> None:
    """Open a demonstration, or one of its steps: its page, with everything set up."""
    lesson, here = LESSONS[name], visit()
    stage, now = lesson.stages[number], here.said
    looking = (stage.study or Study()) if stage.experiment else None
    lang = {key: value for key, value in beside().items() if key in ("lang", *PARTED)}
    said = Said(stage.experiment or now.experiment, looking or now.study, stage.net or now.network)
    show(said, {**lang, **stage.settings.written(), "lesson": name}, lesson.page, RACE if number else WAIT)
    here.opened = here.sequence  # so that the picture is shown as it is asked for, once more


def _accept(said: Said, moved: str, problems: Mapping[str, Notice]) -> None:
    here = visit()
    if said.experiment.landscape.name != here.said.experiment.landscape.name or said.study is not here.said.study:
        here.looked_on = said.experiment.landscape
    here.said, here.moved, here.problems, here.sequence = said, moved, problems, here.sequence + 1


def take(edits: Any) -> None:
    """Apply what a component sent: a list of {path, value, live}. What is refused leaves a sentence at its field.
    While something is being dragged (``live``) the address stays as it was."""
    here = visit()
    before = Said(experiment(), here.said.study, network())
    now, others, page = before, beside(), ""
    moved, live, by_hand, problems = STEADY, False, True, {}
    own = 0  # edits that change nothing but what a page alone asks for
    for change in edits if isinstance(edits, list) else []:
        if not isinstance(change, dict):
            continue
        path, value, seen = str(change.get("path", "")), change.get("value"), change.get("seen")
        renumbered = (isinstance(seen, int) and seen < here.numbered) or _recount(now, before)
        if renumbered and path.removeprefix("net.").startswith("lanes.") and not path.endswith("lanes.add"):
            continue  # meant for a card that has another number by now
        live = bool(change.get("live"))
        if path == "link":
            now, others = _learned(here, now, others, value, isinstance(seen, int) and seen >= here.turned)
            own += now == before
            continue
        by_hand = False
        if path == "lesson":
            return demonstrate(str(value)) if value in LESSONS else ask("lesson", None)
        try:
            if path in OWN:
                own += 1
                others[path] = own_told(path, value, about(path))
                continue
            path, door = DOORS.get(path, (path, ""))
            now = changed(now, path, value)
        except Refused as refusal:
            problems[path] = refusal.notice
            continue
        page = door or page
        if path in STARTS and not live:
            moved = RACE
    if _recount(now, before):
        here.numbered = here.sequence + 1  # what the browser will have seen when it knows the new numbers
    # What the page takes otherwise than the link says it stays so until somebody changes it.
    _accept(here.said if now == before else now, moved, problems)
    here.turned = here.turned if by_hand else here.sequence
    if live:
        here.held = (address.written(), others)
    elif own and own == len(edits):
        _go(here, _said(), others)  # it says nothing of what is looked at: the link of another first surface stays
    else:
        _write(others, page)


def _learned(here: Visit, now: Said, others: dict[str, str], sent: Any, fresh: bool) -> tuple[Said, dict[str, str]]:
    """After edits that the page has asked the server about by itself: [the link that came of them, what it speaks of,
    which one it is, whether its picture has come, to whom it is told, which fields of the page's own it has]. Too late,
    when a menu has changed something meanwhile, or for a visit that has died with its server, it is only noted."""
    link, parts, number, painted, session, own = (
        sent if isinstance(sent, list) and len(sent) == 6 else ("", [], 0, False, "", [])
    )
    if session != here.session or not isinstance(parts, list) or not isinstance(own, list):
        return now, others
    here.learned = number if isinstance(number, int) else 0
    if not fresh:
        return now, others
    said, _ = read(str(link))
    here.painted = str(link) if painted else None
    # The browser may still tell the address that was here before; what a menu says in the same message comes after.
    own = [name for name in own if name in OWN and name not in here.chosen]
    told = {name: values[-1] for name, values in parse_qs(str(link)).items() if name in own}
    kept = {name: value for name, value in others.items() if name not in own}
    return now._replace(**{name: getattr(said, name) for name in Said._fields if name in parts}), kept | told


def plain_link() -> str:
    """The link that the address leaves unsaid on this page, "" for none."""
    first = settings_of(visit().page).first_experiment()
    return default().to_link() if first == default() else ""


def _recount(now: Said, before: Said) -> bool:
    return any(len(a.lanes) != len(b.lanes) for a, b in ((now[0], before[0]), (now[2], before[2])))


def edit(path: str, value: Any) -> None:
    """Apply one change that a menu made."""
    take([{"path": path, "value": value}])


def ask(name: str, value: Any) -> None:
    """Write a page's own field, a language or a demonstration into the link; what is as usual stands for itself."""
    visit().chosen.add(name)
    others = {key: text for key, text in beside().items() if key != name}
    kind = OWN[name].kind if name in OWN else None
    _go(visit(), _said(), {**others, name: kind.write(value) if kind else value} if value is not None else others)


def heard(component: str) -> None:
    """Take what a component sent; one that another page has replaced meanwhile is heard no more."""
    if (sent := st.session_state.get(component)) is not None:
        take(sent.edit)


def enter(page: str) -> None:
    """The page that is shown."""
    visit().page = page
    visit().chosen.clear()


def door() -> Door | None:
    """The page that the last edit opens, if it opens one, and the address there."""
    here = visit()
    opened, here.door = here.door, None
    return opened
