"""Streamlit's widgets for what stands in the link: their value is set from the visit before they are drawn, and kept
in the link when somebody changes it.

Streamlit's own ``bind="query-params"`` would keep the visit from writing the rest of the address.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from engine.link import Name, Names, Number
from records import Knob
from views.kit.text import power_of_ten
from views.session import visit
from views.session.edits import OWN


def menu(
    label: str, key: str, options: Mapping[str, str], value: str | None, change: Callable[[str], None], **how: Any
) -> None:
    """One of many names, by what they are called; ``change`` takes the one that somebody chooses."""
    st.session_state[key] = value
    st.selectbox(
        label, list(options), format_func=options.__getitem__, key=key,
        on_change=lambda: change(st.session_state[key]), **how,
    )  # fmt: skip


def tabs(label: str, key: str, options: Mapping[str, str], value: str, change: Callable[[str], None]) -> None:
    """One of a few, side by side, without a label."""
    st.session_state[key] = value
    st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, label_visibility="collapsed",
        on_change=lambda: change(st.session_state[key]) if st.session_state[key] else None,
    )  # fmt: skip


def pointed_at(key: str) -> Any:
    """The name of the mark of a chart that was clicked; None if nothing was, or what was sent is no name."""
    sent = st.session_state.get(key)
    edits = sent.edit if sent is not None and isinstance(sent.edit, list) else []
    names = [each.get("value") for each in edits if isinstance(each, dict)]
    return names[-1] if names and isinstance(names[-1], str) else None


# ---- what a page alone asks for --------------------------------------------------------------------------------------


def _range(key: str) -> tuple[Number, Knob, Any]:
    _, kind, usual = OWN[key]
    return kind, kind.knob, usual


def linked_slider(label: str, key: str, **how: Any) -> Any:
    """A number, of the type of its default."""
    kind, knob, usual = _range(key)
    low, high, step = map(type(usual), (knob.low, knob.high, kind.step))
    st.session_state[key] = visit.setting(key)
    return st.slider(label, low, high, step=step, key=key, on_change=_keeper(key), **how)


def linked_power(label: str, key: str, **how: Any) -> float:
    """A power of ten; the link holds the exponent."""
    _, knob, _ = _range(key)
    powers = range(int(knob.low), int(knob.high) + 1)
    st.session_state[key] = visit.setting(key)
    keep = _keeper(key)
    chosen: int = st.select_slider(label, powers, format_func=power_of_ten, key=key, on_change=keep, **how)
    return float(10.0**chosen)


def linked_choice(label: str, key: str, named: Callable[[str], str], usual: str = "", **how: Any) -> str:
    """One of a few, side by side; ``usual`` where what is usual depends on the rest."""
    able, usual = _able(key, usual)
    keep = _keeper(key, usual)
    st.segmented_control(label, able, format_func=named, key=key, on_change=keep, required=True, **how)
    chosen: str = st.session_state[key]
    return chosen


def linked_menu(
    label: str, key: str, named: Callable[[str], str], usual: str = "", able: Sequence[str] = (), **how: Any
) -> str:
    """One of many, of those in ``able`` if there are any."""
    able, usual = _able(key, usual, able)
    chosen: str = st.selectbox(label, able, format_func=named, key=key, on_change=_keeper(key, usual), **how)
    return chosen


def _able(key: str, usual: str = "", able: Sequence[str] = ()) -> tuple[Sequence[str], str]:
    """What can be chosen, and what is if the link does not say it; the widget is set."""
    kind: Name = OWN[key].kind
    able = able or kind.able(visit.about(key))
    usual = usual or OWN[key].usual or able[0]
    st.session_state[key] = asked if (asked := visit.setting(key)) in able else usual
    return able, usual


def linked_choices(label: str, key: str, named: Callable[[str], str] = str, **how: Any) -> tuple[str, ...]:
    """Some of a few, in their order."""
    kind: Names = OWN[key].kind
    able = kind.able(visit.about(key))
    st.session_state[key] = [name for name in visit.setting(key) if name in able]
    keep = _keeper(key)
    st.pills(label, able, selection_mode="multi", format_func=named, key=key, on_change=keep, **how)
    return tuple(sorted(st.session_state[key], key=able.index))[: kind.most]


def linked_switch(label: str, key: str, **how: Any) -> bool:
    """On or off; off if the link says nothing."""
    st.session_state[key] = visit.setting(key)
    return bool(st.toggle(label, key=key, on_change=_keeper(key), **how))


def _keeper(key: str, usual: str = "") -> Callable[[], None]:
    """Writes a widget's value into the link; ``usual``, where that depends on the rest, stands for itself."""

    def keep() -> None:
        value = st.session_state[key]
        visit.ask(key, None if usual and value == usual else value)

    return keep
