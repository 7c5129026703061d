"""Pictures by their links: the address holds all that decides one, so any process answers, and browsers and proxies may
keep what they got.

``race?<link>`` is the picture of an experiment; with ``&edit=["lanes.0.rule.learning_rate",0.3]``, as often as there
are edits, that of the experiment after them: ``Content-Location`` says by which link it is had again, ``Lab-Refused``
what was not taken. With ``&long=1`` a long run is run, and what comes are the shares that are done, and the picture.
"""

import hashlib
import json
import struct
from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from views.kit.addresses import HOUSE, ROOT
from views.kit.text import LANGUAGES, dictionary
from views.server import visitors
from views.server.gate import GATE, Busy, Who, in_turn, who
from views.session.answer import Answer
from views.session.edits import Refused
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
        told = {"Content-Location": f"{name}?{answer.link(asked)}", "Lab-Refused": quote(json.dumps(refused))}
        if request.query_params.get("long") == "1" and answer.waits(asked):
            parts = _parts(answer, asked, who(request))
            return StreamingResponse(parts, media_type="application/x-parts", headers=ONCE | told)
        try:
            return await _whole(request, answer, asked, (ONCE if edits or answer.waits(asked) else FOREVER) | told)
        except Busy as busy:
            return busy.response

    return serve


async def _whole(request: Request, answer: Answer[Any], asked: Any, headers: dict[str, str]) -> Response:
    """What is known at once, what is not once there is a place; nothing to who has it already."""
    body = answer.kept(asked)
    if body is None:
        with visitors.served():
            async with GATE.place(who(request)):
                body = await run_in_threadpool(answer.picture, asked)
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/octet-stream", headers={**headers, "ETag": tag})


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
    for path, value in edits:
        try:
            said = answer.changed(said, path, value)
        except Refused as refusal:
            refused[path] = refusal.notice._asdict()
    return answer.of(said, lang), refused, bool(edits)


def _edit(text: str) -> tuple[str, Any]:
    try:
        path, value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise ValueError('an edit is ["path", value]') from None
    if not isinstance(path, str):
        raise ValueError('an edit is ["path", value]')
    return path, value


async def _parts(answer: Answer[Any], asked: Any, whose: Who) -> AsyncIterator[bytes]:
    """Each as its length and its bytes: the share that is done, as JSON, and the picture at last. Who goes
    ends the work within one chunk."""
    work = answer.drawn(asked)
    try:
        while (part := await in_turn(next, work, None, of=whose)) is not None:
            share, body = part
            told = body if body is not None else json.dumps({"share": round(share, 4)}).encode()
            yield struct.pack("<I", len(told)) + told
    finally:
        work.close()  # type: ignore[attr-defined]
