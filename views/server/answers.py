"""Pictures by their links: the address holds all that decides one, so any process answers, and browsers and proxies may
keep what they got.

``race?<link>`` is the picture of an experiment; with ``&edit=["lanes.0.rule.learning_rate",0.3]``, as often as there
are edits, that of the experiment after them: ``Content-Location`` says by which link it is had again, ``Lab-Refused``
what was not taken. With ``&long=1`` a long run is run, and what comes are the shares that are done, now and then the
picture of what is there so far, and the whole at last.
"""

import hashlib
import json
import math
import struct
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from engine.link import About
from views.kit.addresses import HOUSE, ROOT
from views.kit.text import LANGUAGES, dictionary
from views.server import visitors
from views.server.flights import watched
from views.server.gate import Busy, Who, who
from views.session.answer import Answer
from views.session.edits import Refused, own_told
from views.session.said import read

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # addresses have the version in them
ONCE = {"Cache-Control": "no-store"}  # of what another moment answers otherwise
LONGEST = 8000  # letters of an address
MOST_EDITS = 40
OWN = ("edit", "long", "lang")  # fields of the address that are not the link's


def routes() -> list[BaseRoute]:
    rooms = sorted((HOUSE / "views").glob("*/answers.py"))
    modules = [import_module(f"views.{path.parent.name}.answers") for path in rooms if path.parent.name != "server"]
    found: dict[str, Answer[Any]] = {name: each for module in modules for name, each in module.ANSWERS.items()}
    return [
        Route(f"/{ROOT}/words", _words),
        *(Route(f"/{ROOT}/{name}", _serving(name, answer)) for name, answer in found.items()),
    ]


def _words(request: Request) -> Response:
    """What the codes of pictures stand for, in one language."""
    lang = request.query_params.get("lang", "")
    if lang not in LANGUAGES:
        return PlainTextResponse(f"lang: {' or '.join(LANGUAGES)}", status_code=400)
    return JSONResponse(dictionary(lang), headers=FOREVER)


def _serving(name: str, answer: Answer[Any]) -> Any:
    async def serve(request: Request) -> Response:
        try:
            asked, refused, edits = _asked(request.url.query, answer)
        except ValueError as error:
            return PlainTextResponse(str(error), status_code=400)
        headers = {"Content-Location": f"{name}?{answer.link(asked)}", "Lab-Refused": quote(json.dumps(refused))}
        if request.query_params.get("long") == "1" and answer.waits(asked):
            parts = _parts(answer, asked, who(request))
            return StreamingResponse(parts, media_type="application/x-parts", headers=ONCE | headers)
        try:
            lasting = not (edits or answer.waits(asked))
            return await _whole(request, answer, asked, (FOREVER if lasting else ONCE) | headers)
        except Busy as busy:
            return busy.response

    return serve


async def _whole(request: Request, answer: Answer[Any], asked: Any, headers: dict[str, str]) -> Response:
    """What is known at once, what is not once there is a place; nothing to who has it already, or has gone."""
    body = answer.kept(asked)
    if body is None and answer.waits(asked):
        body = answer.waiting(asked)
    if body is None:
        with visitors.served():
            body = await _worked(request, answer, asked)
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/octet-stream", headers={**headers, "ETag": tag})


async def _worked(request: Request, answer: Answer[Any], asked: Any) -> bytes:
    """The bytes after the work, which ends within one chunk if all who wait for it go."""
    async with aclosing(watched((answer.drawn, asked), lambda: answer.drawn(asked), who(request), False)) as parts:
        async for part in parts:
            if part.whole and part.body is not None:
                return part.body
            if await request.is_disconnected():
                break
    return b""


def _asked(query: str, answer: Answer[Any]) -> tuple[Any, dict[str, Any], bool]:
    """What an address asks for: what decides the picture, what was refused of its edits, and whether there are any.

    Raises:
        ValueError: with a sentence, for an address that makes no sense.
    """
    if len(query) > LONGEST:
        raise ValueError(f"an address has at most {LONGEST} letters, not {len(query)}")
    fields = parse_qsl(query, keep_blank_values=True)
    said, ignored = read(urlencode([(name, value) for name, value in fields if name not in OWN]))
    if ignored:
        raise ValueError(f"unknown or out of range: {ignored[0].field} {ignored[0].value}")
    lang = dict(fields).get("lang", next(iter(LANGUAGES)))
    if lang not in LANGUAGES:
        raise ValueError(f"lang: {' or '.join(LANGUAGES)}")
    edits = [_edit(value) for name, value in fields if name == "edit"]
    if len(edits) > MOST_EDITS:
        raise ValueError(f"at most {MOST_EDITS} edits, not {len(edits)}")
    refused: dict[str, Any] = {}
    others = dict(fields)
    ignored = answer.own.read(others, said.network)[1]
    if ignored:
        raise ValueError(f"unknown or out of range: {ignored[0].field} {ignored[0].value}")
    for path, value in edits:
        try:
            if path in answer.own.fields():
                about = About(said.network, vars(answer.own.read(others, said.network)[0]))
                others[path] = own_told(path, value, about)
            else:
                said = answer.changed(said, path, value)
        except Refused as refusal:
            refused[path] = refusal.notice._asdict()
    own, _ = answer.own.read(others, said.network)  # what no longer suits the network goes, as on the page
    return answer.of(said, lang, own), refused, bool(edits)


def _edit(text: str) -> tuple[str, Any]:
    try:
        path, value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise ValueError('an edit is ["path", value]') from None
    if not isinstance(path, str):
        raise ValueError('an edit is ["path", value]')
    return path, value


async def _parts(answer: Answer[Any], asked: Any, whose: Who) -> AsyncIterator[bytes]:
    """Each as its length and its bytes: the share that is done, as JSON, and behind it the picture of what is there so
    far, if there is one; behind share 1 the whole. Who goes ends the work within one chunk, unless others wait."""
    work = answer.growing or answer.drawn
    # A newer question of the same visitor may take its turn: then this answer ends without its picture.
    with suppress(Busy):
        async with aclosing(watched((work, asked), lambda: work(asked), whose, True)) as parts:
            async for share, body in parts:
                for told in (json.dumps({"share": math.floor(share * 1e4) / 1e4}).encode(), body):
                    if told is not None:
                        yield struct.pack("<I", len(told)) + told
