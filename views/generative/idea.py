"""What each idea of the page consists of."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from engine.link import Numbers, written_number
from records import Knob
from settings.generative import Generative
from views.controls.fields import field
from views.kit import address
from views.kit.charts import Grip
from views.session import visit
from views.session.visit import OWN

Place = tuple[float, float]
Table = tuple[list[str], list[list[Any]]]  # a head, and rows


class Idea(NamedTuple):
    """One idea: its picture; the panel's groups; formulas in LaTeX; a script that finds the same numbers, and these as
    a table; and what is worked out last and stands below the picture."""

    show: Callable[[Generative], None]
    groups: Callable[[Generative], list[dict[str, Any]]]
    formulas: Callable[[], Sequence[str]]
    script: Callable[[Generative], str]
    table: Callable[[Generative], Table]
    below: Callable[[Generative], None] = lambda asked: None


def dragged(drawn: Callable[[Generative], None]) -> None:
    """What can be dragged, and what follows it: while it is, this alone is run again, and then the whole page."""
    _alone(drawn, address.written())


@st.fragment
def _alone(drawn: Callable[[Generative], None], then: str) -> None:
    drawn(visit.settings(Generative))
    if address.written() != then:  # somebody has let go
        st.rerun()


def number_field(name: str, value: float, symbol: str, label: str = "", at: int = 0) -> dict[str, Any]:
    """A slider of the panel for a field of the page's own, whose path is the name in the link."""
    kind = OWN[name].kind
    knob: Knob = kind.knobs[at] if isinstance(kind, Numbers) else kind.knob
    return field(name, knob, value, symbol, label)


def group(name: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kind": "plain", "id": name, "fields": fields}


def written(values: Sequence[float]) -> str:
    """A tuple of Python."""
    return f"({', '.join(map(written_number, values))})"


def grip(path: str, sends: Sequence[float | str] = ("x", "y"), origin: Place = (0.0, 0.0), scale: float = 1.0) -> Grip:
    """What dragging a mark changes; as a rule a place."""
    return {"path": path, "origin": origin, "scale": scale, "sends": list(sends)}
