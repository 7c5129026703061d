"""What each idea of the page consists of."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from engine.link import written_number
from settings.generative import Generative
from views.kit import address
from views.kit.charts import Grip
from views.session import visit

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


def written(values: Sequence[float]) -> str:
    """A tuple of Python."""
    return f"({', '.join(map(written_number, values))})"


def grip(path: str, sends: Sequence[float | str] = ("x", "y"), origin: Place = (0.0, 0.0), scale: float = 1.0) -> Grip:
    """What dragging a mark changes; as a rule a place."""
    return {"path": path, "origin": origin, "scale": scale, "sends": list(sends)}
