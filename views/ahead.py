"""What a page will draw with is sent while Streamlit still starts in the browser, not once the page asks for it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st

from views.version import ROOT, WEB

HOUSE = Path(__file__).parents[1]
STATIC = Path(st.__file__).parent / "static"
EVERYWHERE = ("tab",)  # the component of every page


@cache
def links(page: str) -> str:
    """HTML for the head of a page: our modules, the piece of Streamlit that shows them, and Plotly, 5 MB, where charts
    are drawn: that also starts by itself, while the server still computes."""
    scripts = list(_scripts(HOUSE / "pages" / f"{page}.py"))
    drawn = [name for script in scripts for name in re.findall(r'= component\("(\w+)"\)', script)]
    ours = dict.fromkeys(module for name in (*drawn, *EVERYWHERE) for module in _modules(name))
    told = [f'<link rel="modulepreload" href="./{ROOT}/web/{name}.js">' for name in ours]
    told.append(f'<link rel="preload" as="style" href="./{ROOT}/web/lab.css">')
    told += [f'<link rel="modulepreload" href="./{piece}">' for piece in _piece("BidiComponent")]
    if any(re.search(r"from views.charts import .*\bdraw\b", script) for script in scripts):
        told += [f'<script type="module">import("./{piece}")</script>' for piece in _piece("PlotlyChart")]
    return "".join(told)


def _scripts(path: Path, deep: int = 2) -> Iterator[str]:
    """The source of a script and of the views that it imports, and that those import."""
    script = path.read_text()
    yield script
    named = [
        name for names in re.findall(r"^from views import (.+)$", script, re.MULTILINE) for name in names.split(", ")
    ]
    for name in (*named, *re.findall(r"^from views\.(\w+) import", script, re.MULTILINE)) if deep else ():
        yield from _scripts(HOUSE / "views" / f"{name}.py", deep - 1)


def _modules(name: str) -> Iterator[str]:
    """A module of ours, and those that it imports."""
    yield name
    for imported in re.findall(r'from "\./(\w+)\.js"', (WEB / f"{name}.js").read_text()):
        yield from _modules(imported)


def _piece(name: str) -> list[str]:
    """A piece of Streamlit's front end: its largest file of that name, if there is one."""
    found = sorted(STATIC.glob(f"static/js/{name}.*.js"), key=lambda path: path.stat().st_size)
    return [path.relative_to(STATIC).as_posix() for path in found[-1:]]
