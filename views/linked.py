"""Settings that one page alone asks for: a widget whose value stands in the link, beside the experiment.

Streamlit's own ``bind="query-params"`` would keep ``state`` from writing the rest of the address.
"""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

import streamlit as st

from views.state import COMMON, FIELDS


def linked_slider(label: str, key: str, low: float, high: float, usual: float, step: float, **how: Any) -> float:
    """A number; what the link says is moved into the range. Whole if all of these are."""
    kind = type(usual)
    try:
        told = float(st.query_params.get(key, usual))
    except ValueError:
        told = usual
    st.session_state[key] = kind(min(max(told, low), high) if isfinite(told) else usual)
    value: float = st.slider(label, low, high, step=step, key=key, on_change=_keeper(key, usual), **how)
    return value


def linked_choice(
    label: str, key: str, options: Sequence[str], named: Callable[[str], str], usual: str = "", **how: Any
) -> str:
    """One of a few."""
    told = st.query_params.get(key, "")
    usual = usual or options[0]
    st.session_state[key] = told if told in options else usual
    st.segmented_control(
        label, options, format_func=named, key=key, on_change=_keeper(key, usual), required=True, **how
    )
    chosen: str = st.session_state[key]
    return chosen


def linked_menu(
    label: str, key: str, options: Sequence[str], named: Callable[[str], str], usual: str = "", **how: Any
) -> str:
    """One of many."""
    told = st.query_params.get(key, "")
    usual = usual or options[0]
    st.session_state[key] = told if told in options else usual
    chosen: str = st.selectbox(label, options, format_func=named, key=key, on_change=_keeper(key, usual), **how)
    return chosen


def linked_switch(label: str, key: str, **how: Any) -> bool:
    """On or off; off if the link says nothing."""
    st.session_state[key] = st.query_params.get(key) == "1"
    return bool(st.toggle(label, key=key, on_change=_keeper(key, False), **how))


def _keeper(key: str, usual: Any) -> Callable[[], None]:
    """Writes a widget's value into the link; the usual one stands for itself.

    Raises:
        ValueError: for a key that says something else in the link: it would be read, and lost, with the experiment.
    """
    if key in FIELDS | COMMON:
        raise ValueError(f"{key!r} is a field of every page's link: call this widget something else")

    def keep() -> None:
        value = st.session_state[key]
        if value in (usual, None):
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = str(int(value) if isinstance(value, bool) else value)

    return keep
