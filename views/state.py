"""The experiment of this visit: read from the link, changed by the controls, written back to the link."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from engine.experiment import FIELDS, Experiment, default
from engine.link import Notice
from views.edits import Refused, edited

RACE, STEADY = "race", "steady"  # whether the clock starts anew or stays where it is
CHARTS = ("rate", "sharpness")  # what the third curve of the compare page shows


def experiment() -> Experiment:
    """The experiment to show now. A new link, a reload and the browser's Back and Forward replace it."""
    state = st.session_state
    if "experiment" not in state or state.link != link():
        state.experiment, state.notices = Experiment.from_link(link())
        state.update(link=link(), moved=STEADY, problems={}, allowed=None, numbered=0)
        state.setdefault("sequence", 0)
    return state.experiment


def link() -> str:
    """The part of the address that speaks of the experiment."""
    known = [name for name in st.query_params if name in FIELDS]
    return urlencode([(name, value) for name in known for value in st.query_params.get_all(name)])


def keep(new: Experiment, moved: str, live: bool = False, problems: Mapping[str, Notice] | None = None) -> None:
    """Make ``new`` the experiment; while something is being dragged (``live``) the address stays as it was."""
    state = st.session_state
    state.update(experiment=new, moved=moved, sequence=state.get("sequence", 0) + 1, problems=problems or {})
    if live:
        return
    others = {name: st.query_params.get_all(name) for name in st.query_params if name not in FIELDS}
    fields = {} if new == default() else parse_qs(new.to_link())
    st.query_params.from_dict({**fields, **others})
    state.update(link=link(), notices=())


def take(edits: Any) -> None:
    """Apply what a component sent: a list of {path, value, live}. What is refused leaves a sentence at its field."""
    state = st.session_state
    now = before = experiment()
    moved, live, problems = STEADY, False, {}
    for change in edits if isinstance(edits, list) else []:
        if not isinstance(change, dict):
            continue
        path, value = str(change.get("path", "")), change.get("value")
        seen = change.get("seen")
        renumbered = (isinstance(seen, int) and seen < state.get("numbered", 0)) or len(now.lanes) != len(before.lanes)
        if renumbered and path.startswith("lanes.") and path != "lanes.add":
            continue  # meant for a card that has another number by now
        live = bool(change.get("live"))
        if path == "run":
            state.allowed = now
            moved = RACE
            continue
        if path == "chart" and value in CHARTS:
            st.query_params["chart"] = value
            continue
        try:
            now = edited(now, path, value)
        except Refused as refusal:
            problems[path] = refusal.notice
            continue
        if path == "start" and not live:
            moved = RACE
    if len(now.lanes) != len(before.lanes):
        state.numbered = state.sequence + 1  # what the browser will have seen when it knows the new numbers
    keep(now, moved, live, problems)


def chart() -> str:
    """What the third curve shows: it stands in the link, but is no part of the experiment."""
    asked = st.query_params.get("chart", "")
    return asked if asked in CHARTS else CHARTS[0]


def problem(path: str) -> Notice | None:
    """What was wrong with the last value typed into a field."""
    return st.session_state.get("problems", {}).get(path)
