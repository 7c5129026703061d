"""The page of a lecture: HTML that loads its own JavaScript, which shows stops in frames, without Streamlit."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from lectures import DECKS
from views.kit.addresses import ROOT
from views.kit.text import LANGUAGES
from views.lecture.deck import deck_of, shelf_of, stop_of, words_of

PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Descent Lab</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./{root}/web/lecture/lecture.css">
<link rel="stylesheet" href="./{root}/web/lecture/distribution.css">
<link rel="stylesheet" href="./{root}/web/lecture/ask.css">
</head>
<body>
<div id="lecture" data-root="{root}" data-lang="{lang}"></div>
<script type="module" src="./{root}/web/lecture/lecture.js"></script>
</body>
</html>
"""
FRESH = {"Cache-Control": "no-cache"}  # a lecture may change while this version of the lab stays


def routes() -> list[BaseRoute]:
    return [
        Route("/lecture", _page),
        Route(f"/{ROOT}/decks", _decks),
        Route(f"/{ROOT}/deck", _deck),
        Route(f"/{ROOT}/stop", _stop),
    ]


def language_of(request: Request) -> str:
    """What the link says, else what the visitor's browser prefers, else English."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"


async def _page(request: Request) -> Response:
    language = language_of(request)
    deck = DECKS.get(request.query_params.get("deck", ""))
    title = deck.name.within(language) if deck else words_of("title", language)
    return HTMLResponse(PAGE.format(lang=language, title=escape(title), root=ROOT), headers=FRESH)


async def _decks(request: Request) -> Response:
    return JSONResponse(shelf_of(language_of(request)), headers=FRESH)


async def _deck(request: Request) -> Response:
    name = request.query_params.get("name", "")
    if name not in DECKS:
        return PlainTextResponse(f"name={'|'.join(DECKS)}", status_code=404)
    deck = deck_of(name, language_of(request), bool(request.query_params.get("veiled")))
    return JSONResponse(deck, headers=FRESH)


async def _stop(request: Request) -> Response:
    name, number = (request.query_params.get(each, "") for each in ("deck", "number"))
    if name not in DECKS or not number.isdecimal() or not 1 <= int(number) <= len(DECKS[name].stops):
        return PlainTextResponse(f"deck={'|'.join(DECKS)}, number=1, 2, …", status_code=404)
    return JSONResponse(stop_of(name, int(number) - 1, language_of(request)), headers=FRESH)
