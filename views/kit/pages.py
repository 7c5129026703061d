"""What each page says of itself. Streamlit runs a page's script, so nobody imports it: it is read, and not run."""

import ast
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, Literal

from records import Words

FOLDER = Path(__file__).parents[2] / "pages"


@dataclass(frozen=True)
class Page:
    """The record of a page, at the top of its script.

    title: in the menu and in the tab; question: that a student has; tagline: a line on what can be done there.
    group: of the menu, what the page is about.
    place: in the menu, between those with a smaller and a larger one; at its end where none is given.
    """

    title: Words
    tagline: Words
    question: Words = Words("", "")
    group: Literal["surfaces", "networks"] = "networks"
    place: float = inf


@cache
def pages() -> dict[str, Page]:
    """All pages by their files' names, in the menu's order; the first one is where a visit begins."""
    records = {path.stem: read(path) for path in FOLDER.glob("*.py")}
    return dict(sorted(records.items(), key=lambda item: (item[1].place, item[0])))


def read(path: Path) -> Page:
    """``PAGE = Page(title=Words(…), …)`` of a script, from its text.

    Raises:
        ValueError: where there is none, or something else than words and numbers stands in it.
    """
    for node in ast.parse(path.read_text(encoding="utf-8"), str(path)).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGE" and isinstance(node.value, ast.Call):
            return Page(**{word.arg: _value(word.value) for word in node.value.keywords if word.arg})
    raise ValueError(f"{path.name} has no PAGE")


def _value(node: ast.expr) -> Any:
    return Words(*map(ast.literal_eval, node.args)) if isinstance(node, ast.Call) else ast.literal_eval(node)
