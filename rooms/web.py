"""A room's addresses. ``Lab-Seat`` says who asks, ``Lab-Secret`` that it is the presenter; no cookies, and nothing of
either in an address, which proxies write down."""

import io
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import segno
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rooms import reach
from rooms.house import Hosted, House
from rooms.refused import Refused
from rooms.room import Stop, again, at, enter, join, leave, mine, tallies, vote
from rooms.votes import ballot, read, written

BODY = 100_000  # bytes of a message
LETTERS = 200  # of a deck, a stop, an address
PING = 10  # seconds between two signs of life
STATUS = {
    "unknown": 404, "ended": 410, "not_presenter": 403, "no_seat": 403, "too_large": 413, "too_fast": 429,
    "house_full": 503, "room_full": 503, "closed": 409, "revealed": 409, "moved_on": 409, "nothing_asked": 409,
    "no_more_rounds": 409,
}  # fmt: skip
ONCE = {"Cache-Control": "no-store"}

Answer = Callable[[Request], Awaitable[Response]]


def routes(house: House) -> list[BaseRoute]:
    """Those of a house, to be mounted beside others."""

    def answering(act: Callable[[House, Request], Awaitable[Response]]) -> Answer:
        async def answer(request: Request) -> Response:
            try:
                return await act(house, request)
            except Refused as refused:
                told = {"refused": refused.code, **refused.values}
                return JSONResponse(told, status_code=STATUS.get(refused.code, 400), headers=ONCE)

        return answer

    addresses = {
        "/room": {"POST": _open},
        "/room/{code}": {"DELETE": _end},
        "/room/{code}/seat": {"PUT": _sit, "DELETE": _rise},
        "/room/{code}/vote": {"POST": _vote},
        "/room/{code}/state": {"GET": _state},
        "/room/{code}/events": {"GET": _events},
        "/room/{code}/at": {"POST": _at},
        "/room/{code}/phase": {"POST": _phase},
        "/room/{code}/again": {"POST": _again},
        "/room/{code}/votes": {"GET": _votes},
        "/room/{code}/qr": {"GET": _qr},
    }
    return [
        Route(path, answering(act), methods=[method])
        for path, acts in addresses.items()
        for method, act in acts.items()
    ]


# ---- a seat ----------------------------------------------------------------------------------------------------------


async def _sit(house: House, request: Request) -> Response:
    code, seat = _code(request), _seat(request)
    room = house.change(code, join, seat)
    hosted = house.seated(code, seat)
    return _told({"state": read(hosted.all.text.encode()), "number": room.seats[seat], "mine": mine(room, seat)})


async def _rise(house: House, request: Request) -> Response:
    house.change(_code(request), leave, _seat(request))
    return _told({})


async def _vote(house: House, request: Request) -> Response:
    code, seat = _code(request), _seat(request)
    house.seated(code, seat)
    sent = await _body(request)
    number, question, turn = (_whole(sent, name) for name in ("number", "question", "round"))
    room = house.change(code, vote, seat, number, question, turn, ballot(sent.get("value")))
    return _told({"number": room.seats[seat]})


async def _state(house: House, request: Request) -> Response:
    code = _code(request)
    if "lab-secret" in request.headers:
        text = _presented(house, request).presenter.text
    else:
        text = house.poll(house.seated(code, _seat(request)), _seat(request))
    return Response(text, media_type="application/json", headers=ONCE)


async def _events(house: House, request: Request) -> Response:
    if "lab-secret" in request.headers:
        return _streaming(_presented(house, request).presenter.listen())
    return _streaming(house.heard(house.seated(_code(request), _seat(request)), _seat(request)))


def _streaming(texts: AsyncIterator[str]) -> Response:
    events = ({"data": text} async for text in texts)
    return EventSourceResponse(events, ping=PING, headers={"Cache-Control": "no-store, no-transform"})


# ---- the presenter ---------------------------------------------------------------------------------------------------


async def _open(house: House, request: Request) -> Response:
    room = house.open()
    lan = await run_in_threadpool(reach.address, (request.scope.get("server") or ("", 80))[1])
    return _told({"code": room.code, "secret": room.secret, "lan": lan})


async def _end(house: House, request: Request) -> Response:
    house.end(_presented(house, request).room.code)
    return _told({})


async def _at(house: House, request: Request) -> Response:
    _presented(house, request)
    sent = await _body(request)
    deck, stop, asked = sent.get("deck"), sent.get("stop"), sent.get("asked")
    if not isinstance(deck, str) or not isinstance(stop, str | int) or len(f"{deck}{stop}") > LETTERS:
        raise Refused("no_stop")
    house.change(_code(request), at, Stop(deck, stop), "" if asked is None else written(asked))
    return _told({})


async def _phase(house: House, request: Request) -> Response:
    _presented(house, request)
    sent = await _body(request)
    answer = "" if sent.get("payload") is None else written(sent["payload"])
    house.change(_code(request), enter, str(sent.get("phase")), answer)
    return _told({})


async def _again(house: House, request: Request) -> Response:
    _presented(house, request)
    house.change(_code(request), again, _whole(await _body(request), "round"))
    return _told({})


async def _votes(house: House, request: Request) -> Response:
    """All votes on the question of now, by rounds: [vote, how often]."""
    room = _presented(house, request).room
    counted = tallies(room.question) if room.question else []
    rounds = ",".join(f"[{','.join(f'[{value},{count}]' for value, count in votes)}]" for votes in counted)
    number = room.question.number if room.question else 0
    text = f'{{"question":{number},"rounds":[{rounds}]}}'  # votes are JSON already
    return Response(text, media_type="application/json", headers=ONCE)


async def _qr(house: House, request: Request) -> Response:
    _presented(house, request)
    address = request.query_params.get("address", "")
    if not 0 < len(address) <= LETTERS:
        raise Refused("no_address", most=LETTERS)
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, light="#fff", omitsize=True)
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers=ONCE)


# ---- what is asked ---------------------------------------------------------------------------------------------------


def _code(request: Request) -> str:
    return str(request.path_params["code"])


def _seat(request: Request) -> str:
    return request.headers.get("lab-seat", "")


def _presented(house: House, request: Request) -> Hosted:
    hosted = house.find(_code(request))
    if not secrets.compare_digest(request.headers.get("lab-secret", "").encode(), hosted.room.secret.encode()):
        raise Refused("not_presenter")
    hosted.used = house.clock()
    return hosted


async def _body(request: Request) -> dict[str, Any]:
    """A message, not read further than BODY: what is longer is not parsed."""
    data = b""
    if int(request.headers.get("content-length") or 0) > BODY:
        raise Refused("too_large", most=BODY)
    async for chunk in request.stream():
        data += chunk
        if len(data) > BODY:
            raise Refused("too_large", most=BODY)
    sent = read(data)
    if not isinstance(sent, dict):
        raise Refused("not_json")
    return sent


def _whole(sent: dict[str, Any], name: str) -> int:
    value = sent.get(name)
    if type(value) is not int or not 0 <= value < 2**53:
        raise Refused("no_vote")
    return value


def _told(said: dict[str, Any]) -> Response:
    return JSONResponse(said, headers=ONCE)
