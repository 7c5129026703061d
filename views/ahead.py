"""What a page will draw with is sent while Streamlit still starts in the browser, not once the page asks for it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st

from views.version import ROOT, WEB

HOUSE = Path(__file__).parents[1]
STATIC = Path(st.__file__).parent / "static"
EVERYWHERE = ("tab", "panel")  # components that stand on every page


@cache
def links(page: str) -> str:
    """HTML for the head of a page: our modules and the pieces of Streamlit that show them. Plotly, 5 MB, only where
    nothing of our own is drawn, and then so that it also starts by itself."""
    drawn = tuple(_drawn(page))
    ours = dict.fromkeys(module for name in (*drawn, *EVERYWHERE) for module in _modules(name))
    told = [f'<link rel="modulepreload" href="./{ROOT}/web/{name}.js">' for name in ours]
    told.append(f'<link rel="preload" as="style" href="./{ROOT}/web/lab.css">')
    told += [f'<link rel="modulepreload" href="./{piece}">' for piece in _piece("BidiComponent")]
    if not drawn:
        told += [f'<script type="module">import("./{piece}")</script>' for piece in _piece("PlotlyChart")]
    return "".join(told)


def _drawn(page: str) -> Iterator[str]:
    """The components that the views of a page declare."""
    script = (HOUSE / "pages" / f"{page}.py").read_text()
    for names in re.findall(r"^from views import (.+)$", script, re.MULTILINE):
        for view in names.split(", "):
            declared = re.findall(r'= component\("(\w+)"\)', (HOUSE / "views" / f"{view}.py").read_text())
            yield from (name for name in declared if name not in EVERYWHERE)


def _modules(name: str) -> Iterator[str]:
    """A module of ours, and those that it imports."""
    yield name
    for imported in re.findall(r'from "\./(\w+)\.js"', (WEB / f"{name}.js").read_text()):
        yield from _modules(imported)


def _piece(name: str) -> list[str]:
    """A piece of Streamlit's front end: its largest file of that name, if there is one."""
    found = sorted(STATIC.glob(f"static/js/{name}.*.js"), key=lambda path: path.stat().st_size)
    return [path.relative_to(STATIC).as_posix() for path in found[-1:]]
