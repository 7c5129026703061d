"""Settings that one page alone asks for: a widget whose value stands in the link, beside the experiment.

What can be asked for stands in ``asked.FIELDS``; here are the widgets. Streamlit's own ``bind="query-params"`` would
keep ``state`` from writing the rest of the address.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from views.kit.text import power_of_ten
from views.session import state
from views.session.asked import ALL, Name, Names, Number, options


def linked_slider(label: str, key: str, **how: Any) -> Any:
    """A number, of the type of its default."""
    field = ALL[key]
    assert isinstance(field, Number)
    ends = map(type(field.usual), (field.knob.low, field.knob.high))
    st.session_state[key] = state.asked(key)
    return st.slider(label, *ends, step=field.step, key=key, on_change=_keeper(key, field.usual), **how)


def linked_power(label: str, key: str, **how: Any) -> float:
    """A power of ten; the link holds the exponent."""
    field = ALL[key]
    assert isinstance(field, Number)
    powers = range(int(field.knob.low), int(field.knob.high) + 1)
    st.session_state[key] = state.asked(key)
    keep = _keeper(key, field.usual)
    chosen: int = st.select_slider(label, powers, format_func=power_of_ten, key=key, on_change=keep, **how)
    return float(10.0**chosen)


def linked_choice(label: str, key: str, named: Callable[[str], str], usual: str = "", **how: Any) -> str:
    """One of a few, side by side."""
    able, usual = _able(key, usual)
    st.segmented_control(label, able, format_func=named, key=key, on_change=_keeper(key, usual), required=True, **how)
    chosen: str = st.session_state[key]
    return chosen


def linked_menu(
    label: str, key: str, named: Callable[[str], str], usual: str = "", able: Sequence[str] = (), **how: Any
) -> str:
    """One of many, of those in ``able`` if there are any."""
    able, usual = _able(key, usual, able)
    chosen: str = st.selectbox(label, able, format_func=named, key=key, on_change=_keeper(key, usual), **how)
    return chosen


def _able(key: str, usual: str, able: Sequence[str] = ()) -> tuple[Sequence[str], str]:
    """What can be chosen, and what is if the link does not say it; the widget is set."""
    field = ALL[key]
    assert isinstance(field, Name)
    able = able or options(field, state.visit())
    usual = usual or field.usual or able[0]
    st.session_state[key] = told if (told := state.asked(key)) in able else usual
    return able, usual


def linked_choices(label: str, key: str, named: Callable[[str], str] = str, **how: Any) -> tuple[str, ...]:
    """Some of a few, in their order."""
    field = ALL[key]
    assert isinstance(field, Names)
    able = options(field, state.visit())
    st.session_state[key] = [name for name in state.asked(key) if name in able]
    keep = _keeper(key, field.usual)
    st.pills(label, able, selection_mode="multi", format_func=named, key=key, on_change=keep, **how)
    return tuple(sorted(st.session_state[key], key=able.index))[: field.most]


def linked_switch(label: str, key: str, **how: Any) -> bool:
    """On or off; off if the link says nothing."""
    st.session_state[key] = state.asked(key)
    return bool(st.toggle(label, key=key, on_change=_keeper(key, False), **how))


def _keeper(key: str, usual: Any) -> Callable[[], None]:
    """Writes a widget's value into the link; the usual one stands for itself."""

    def keep() -> None:
        value = st.session_state[key]
        state.ask_for(key, None if value == usual else value)

    return keep
