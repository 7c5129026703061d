"""What a page will draw with is sent while Streamlit still starts in the browser, not once the page asks for it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from os.path import normpath
from pathlib import Path

import streamlit as st

from views.kit.addresses import ROOT, WEB, module_of

HOUSE = Path(__file__).parents[2]
STATIC = Path(st.__file__).parent / "static"
EVERYWHERE = ("tab",)  # the component of every page
PIECES = {  # of Streamlit's front end, which it asks for when it first meets one; and what of ours has need of them
    "PageLink": "", "ButtonGroup": "", "Selectbox": "", "BidiComponent": "", "Html": "",
    "Slider": "linked_slider", "Checkbox": "linked_switch",
}  # fmt: skip


@cache
def links(page: str) -> str:
    """HTML for the end of a page's head: our modules, and the pieces of Streamlit, after what its own start needs."""
    scripts = list(_scripts(HOUSE / "pages" / f"{page}.py"))
    drawn = [name for script in scripts for name in re.findall(r'= component\("(\w+)"\)', script)]
    ours = dict.fromkeys(module for name in (*drawn, *EVERYWHERE) for module in _modules(WEB / module_of(name)))
    needed = [name for name, sign in PIECES.items() if any(re.search(sign, script) for script in scripts)]
    theirs = dict.fromkeys(part for name in needed for piece in _piece(name) for part in _parts(piece))
    files = [f"{ROOT}/web/{path.relative_to(WEB).as_posix()}" for path in ours]
    files += [f"static/js/{name}" for name in theirs]
    tags = [f'<link rel="modulepreload" fetchpriority="low" href="./{name}">' for name in files]
    tags.append(f'<link rel="preload" as="style" href="./{ROOT}/web/kit/lab.css">')
    return "".join(tags)


def _scripts(path: Path, deep: int = 3) -> Iterator[str]:
    """The source of a script and of the views that it imports, and that those import."""
    script = path.read_text()
    yield script
    for node in ast.walk(ast.parse(script)) if deep else ():
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("views"):
            where = HOUSE.joinpath(*node.module.split("."))
            names = [where / alias.name for alias in node.names] if where.is_dir() else [where]
            for module in names:
                yield from _scripts(module.with_suffix(".py"), deep - 1)


@cache
def _modules(path: Path) -> tuple[Path, ...]:
    """A module of ours, and those that it imports."""
    imported = re.findall(r'from "(\.\.?/[\w/]+\.js)"', path.read_text(encoding="utf-8"))
    inner = (module for name in imported for module in _modules(Path(normpath(path.parent / name))))
    return tuple(dict.fromkeys([path, *inner]))


def _piece(name: str) -> list[str]:
    """The largest file of that name, if there is one."""
    files = sorted(STATIC.glob(f"static/js/{name}.*.js"), key=lambda path: path.stat().st_size)
    return [path.name for path in files[-1:]]


@cache
def _parts(name: str) -> tuple[str, ...]:
    """A file of Streamlit's front end, and those that it imports and that the page does not ask for anyway."""
    imported = re.findall(r'(?:from|import)"\./([^"]+\.js)"', (STATIC / "static" / "js" / name).read_text())
    asked = (STATIC / "index.html").read_text()
    return (name, *(part for each in imported if each not in asked for part in _parts(each)))
