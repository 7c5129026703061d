"""What a browser gets first: Streamlit's page, told where its server is, and the way from a demonstration's name."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lessons import LESSONS
from views.demonstrations import link_of
from views.frame import STYLE
from views.kit.standing import SCRIPT
from views.kit.text import CATALOGUE, LANGUAGES
from views.server import ahead, visitors

# The server is where the scripts are: below the folder of the page, whatever a proxy has put before it. By itself the
# page would ask for the server below its own name first, and get a 404 twice.
SERVER = '<script>window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href }</script>'

# Said before anything is painted: who shows only the picture, in a slide, or as a stop of a lecture.
STANDING = f"<script>{SCRIPT}</script>"

ALONG = {"lang", "hide", "lock", "embed", "embed_options"}  # what may stand beside the name of a demonstration


def routes() -> list[BaseRoute]:
    return [Route(f"/{page}", _enter) for page in ("", *CATALOGUE["pages"])]


async def _enter(request: Request) -> Response:
    visitors.comes()
    if there := whole(request.url.path, request.query_params):
        return RedirectResponse(there)
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    name = request.url.path.rpartition("/")[2] or next(iter(CATALOGUE["pages"]))
    for place, before, after in (
        ("<head>", "", SERVER + STANDING),
        ("</head>", ahead.links(name), ""),
        ("<body>", "", STYLE),
    ):
        page = page.replace(place, f"{before}{place}{after}", 1)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def whole(path: str, asked_for: QueryParams) -> str:
    """Where an address leads that only names a demonstration; "" for any other."""
    asked = dict(asked_for)
    name = asked.pop("lesson", "")
    if name not in LESSONS or asked.keys() - ALONG:
        return ""
    page, first = LESSONS[name].page, next(iter(CATALOGUE["pages"]))
    if asked.get("lang", "") not in LANGUAGES:
        asked.pop("lang", None)
    query = "&".join([link_of(name), *([urlencode(asked, safe="~")] if asked else [])])
    there = path.endswith(f"/{page}") and query.startswith("lesson=")
    return "" if there else f"./{'' if page == first else page}?{query}"
