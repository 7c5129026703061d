"""The experiments and the study of this visit: read from the link, changed by controls, written back to the link."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from engine.link import Notice
from engine.networks import experiment as network_experiment
from engine.networks.experiment import NetworkExperiment
from engine.surfaces import experiment as experiments
from engine.surfaces import study as studies
from engine.surfaces.experiment import Experiment, default
from engine.surfaces.study import Study, followed
from lessons import LESSONS
from views.session.asked import Visit, refused, taken, value_of, written
from views.session.edits import STUDY_CHANGES, Refused, edited, studied
from views.session.network_edits import network_edited

RACE, WAIT, STEADY = "race", "wait", "steady"  # whether the clock sets out, waits at its beginning, or stays
FIELDS = {*experiments.FIELDS, *studies.FIELDS, *network_experiment.FIELDS}
LOOKS = ("chart", "aspect", "tab")  # how the compare page shows an experiment
COMMON = {"lang", "lesson", *LOOKS}  # fields of the link that are no experiment's and no page's own
Query = Mapping[str, str | list[str]]
DOORS = {"inspect": ("point", "critical_points"), "race": ("start", "compare")}  # an edit that opens another page


def experiment() -> Experiment:
    """The experiment to show now. A new link, a reload and the browser's Back and Forward replace it."""
    return _current().experiment


def study() -> Study:
    """What is looked at on the surface of the experiment. Only who asks for it waits for the search."""
    state = _current()
    if state.looked_on != state.experiment.landscape:
        state.study = followed(state.study, state.looked_on, state.experiment.landscape)
        state.looked_on = state.experiment.landscape
    return state.study


def network() -> NetworkExperiment:
    """The network experiment to show now."""
    net: NetworkExperiment = _current().network
    return net


def _current() -> Any:
    state = st.session_state
    if "experiment" not in state or state.link != link():
        state.experiment, told = Experiment.from_link(link())
        state.study, more = Study.from_link(link(), state.experiment.surface)
        state.network, most = NetworkExperiment.from_link(link())
        state.looked_on = state.experiment.landscape
        moved = WAIT if "lesson" in st.query_params else STEADY
        state.update(link=link(), moved=moved, problems={}, allowed=None, numbered=0, notices=told + more + most)
        state.setdefault("sequence", 0)
        state.beside = None
    if state.beside != beside():
        state.update(beside=beside(), refused=refused(visit()))
    return state


def link() -> str:
    """The part of the address that speaks of the experiment and the study."""
    return urlencode(_said(), doseq=True)


def _said() -> dict[str, list[str]]:
    """The same, field by field."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name in FIELDS}


def address_on(page: str) -> Query:
    """The address of this visit, to take along to another page."""
    return _said() | _along(page, beside())


def _along(page: str, others: Mapping[str, str]) -> dict[str, str]:
    """A demonstration stays on its own page."""
    lesson = LESSONS.get(others.get("lesson", ""))
    at_home = lesson is not None and lesson.page == page
    return {name: told for name, told in others.items() if name != "lesson" or at_home}


def keep(
    new: Experiment,
    moved: str,
    live: bool = False,
    problems: Mapping[str, Notice] | None = None,
    looking: Study | None = None,
    net: NetworkExperiment | None = None,
    others: Mapping[str, str] | None = None,
    page: str = "",
) -> None:
    """Make ``new`` the experiment, ``looking`` the study and ``net`` the network experiment, ask for ``others`` beside
    them, and open ``page``. While something is being dragged (``live``) the address stays as it was."""
    state = _current()  # a page that does not show the study does not wait for what it follows
    if looking is not None or new.landscape.name != state.experiment.landscape.name:
        state.update(study=looking or Study(), looked_on=new.landscape)
    net = net or state.network
    state.update(experiment=new, network=net, moved=moved, sequence=state.sequence + 1, problems=problems or {})
    looking = study() if state.get("page") == "critical_points" else state.study
    if live:
        return
    fields = {} if new == default() and not looking.to_link() else parse_qs(new.to_link())
    said = {**fields, **parse_qs(looking.to_link()), **parse_qs(net.to_link())}
    _go(said, beside() if others is None else others, page)


def _go(said: Query, others: Mapping[str, str], page: str = "") -> None:
    """Write the address: one entry of the browser's history. To another page the browser goes by itself."""
    state = st.session_state
    here = state.get("page", "")
    others = _along(page or here, taken(Visit(others, state.network)))
    if "lesson" in others and not said:
        said = {"v": [experiments.VERSION]}  # its name alone stands for all that it sets up
    query = {**said, **others}
    if page in ("", here):
        st.query_params.from_dict(query)
    else:
        state.door = (page, query)
    state.update(link=urlencode(said, doseq=True), beside=others, notices=(), refused=())


def take(edits: Any) -> None:
    """Apply what a component sent: a list of {path, value, live}. What is refused leaves a sentence at its field."""
    state = _current()
    now = before = state.experiment
    net = wired = state.network
    looking: Study | None = None
    others, page = beside(), ""
    moved, live, problems = STEADY, False, {}
    for change in edits if isinstance(edits, list) else []:
        if not isinstance(change, dict):
            continue
        path, value = str(change.get("path", "")), change.get("value")
        seen = change.get("seen")
        late = isinstance(seen, int) and seen < state.get("numbered", 0)
        renumbered = late or _recount(now, before) or _recount(net, wired)
        if renumbered and path.removeprefix("net.").startswith("lanes.") and not path.endswith("lanes.add"):
            continue  # meant for a card that has another number by now
        live = bool(change.get("live"))
        if path == "run":
            state.allowed = now
            moved = RACE
            continue
        if path in LOOKS:
            others[path] = str(value)
            continue
        path, door = DOORS.get(path, (path, ""))
        try:
            if path.startswith("net."):
                net = network_edited(net, path.removeprefix("net."), value)
            elif path.split(".")[0] in STUDY_CHANGES:
                looking = studied(looking or state.study, now, path, value)
            else:
                now = edited(now, path, value)
        except Refused as refusal:
            problems[path] = refusal.notice
            continue
        page = door or page
        if path in ("start", "leave") and not live:
            moved = RACE
    if _recount(now, before) or _recount(net, wired):
        state.numbered = state.sequence + 1  # what the browser will have seen when it knows the new numbers
    keep(now, moved, live, problems, looking, net, others, page)


def _recount(now: Experiment | NetworkExperiment, before: Experiment | NetworkExperiment) -> bool:
    return len(now.lanes) != len(before.lanes)


def beside() -> dict[str, str]:
    """What stands in the link beside the experiments."""
    return {name: value for name, value in st.query_params.items() if name not in FIELDS}


def visit() -> Visit:
    """What pages' own fields are read from."""
    return Visit(beside(), st.session_state.network)


def asked(name: str) -> Any:
    """What a page's own field says, or its default."""
    _current()
    return value_of(name, visit())


def ask_for(name: str, value: Any) -> None:
    """Write a page's own field into the link; its default, or None, stands for itself."""
    told = {key: text for key, text in beside().items() if key != name}
    _go(_said(), told if value is None else {**told, name: written(name, value)})


def refusals() -> list[Notice]:
    """What was not taken from the link."""
    state = _current()
    return [*state.notices, *state.refused]


def edit(path: str, value: Any) -> None:
    """Apply one change that a menu made."""
    take([{"path": path, "value": value}])


def heard(component: str) -> None:
    """Take what a component sent; one that another page has replaced meanwhile is heard no more."""
    if (sent := st.session_state.get(component)) is not None:
        take(sent.edit)


def enter(page: str) -> None:
    """The page that is shown."""
    st.session_state.page = page


def door() -> tuple[str, Query] | None:
    """The page that the last edit opens, if it opens one, and the address there."""
    opened: tuple[str, Query] | None = st.session_state.pop("door", None)
    return opened


def lesson() -> str:
    """The demonstration that is open on this page, by its name; "" if none is."""
    return _along(st.session_state.page, {"lesson": asked("lesson")}).get("lesson", "")


def looks() -> dict[str, str]:
    """How the compare page is asked to show the experiment: it stands in the link, but is no part of the experiment."""
    return {name: asked(name) for name in LOOKS}


def problem(path: str) -> Notice | None:
    """What was wrong with the last value typed into a field."""
    return st.session_state.get("problems", {}).get(path)
