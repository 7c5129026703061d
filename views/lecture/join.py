"""The page that phones open: a code, what is asked in the room, and the vote. It is no page of Streamlit's."""

import json
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from views.kit.addresses import ROOT
from views.kit.text import section
from views.lecture.shell import language_of
from views.server import visitors

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Descent Lab</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./{root}/web/lecture/join.css">
<link rel="stylesheet" href="./{root}/web/lecture/distribution.css">
</head>
<body>
<div id="join"></div>
<script type="application/json" id="said">{said}</script>
<script type="module" src="./{root}/web/lecture/join.js"></script>
</body>
</html>
"""


def routes() -> list[BaseRoute]:
    return [Route("/join", _join)]


async def _join(request: Request) -> Response:
    visitors.comes()
    language = language_of(request)
    words = section("room", language)
    said = json.dumps({"language": language, "words": words}, ensure_ascii=False).replace("<", "\\u003c")
    page = PAGE.format(language=language, title=escape(words["title"]), root=ROOT, said=said)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})
