"""What each idea of the page consists of."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from engine.link import written_number
from settings.generative import Generative
from views.kit.charts import Grip
from views.kit.sheet import Sheet, tell
from views.session.linked import put

Place = tuple[float, float]
Table = tuple[list[str], list[list[Any]]]  # a head, and rows


class Idea(NamedTuple):
    """One idea: its picture, and where its parts stand; the panel's groups; formulas in LaTeX; a script that finds the
    same numbers, and these as a table; what is chosen above the picture; and what is worked out last and stands below
    it, with the edits that change either of these."""

    sheet: Callable[[Generative], Sheet]
    lay: Callable[[Sheet], None]
    groups: Callable[[Generative], list[dict[str, Any]]]
    formulas: Callable[[], Sequence[str]]
    script: Callable[[Generative], str]
    table: Callable[[Generative], Table]
    above: Callable[[], None] = lambda: None
    below: Callable[[Generative], None] = lambda asked: None
    hears: tuple[str, ...] = ()


def beside(sheet: Sheet, keys: Sequence[str], tables: Sequence[str] = ()) -> None:
    """Charts beside each other under their titles, each over its table."""
    for at, (column, key) in enumerate(zip(st.columns(len(keys)), keys, strict=True)):
        with column:
            st.markdown(f"**{sheet.charts[key].title}**")
            put(sheet, key)
            for each in tables[at : at + 1]:
                tell(sheet, each)


def written(values: Sequence[float]) -> str:
    """A tuple of Python."""
    return f"({', '.join(map(written_number, values))})"


def grip(path: str, sends: Sequence[float | str] = ("x", "y"), origin: Place = (0.0, 0.0), scale: float = 1.0) -> Grip:
    """What dragging a mark changes; as a rule a place."""
    return {"path": path, "origin": origin, "scale": scale, "sends": list(sends)}
