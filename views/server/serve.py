"""What the page fetches by itself: its JavaScript, what words mean, the relief of a surface for any window, the lines
over it, and the loss at any place of it."""

import gzip
import json
import mimetypes
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from engine.arrays import Floats
from engine.curvature.points import inspect
from engine.link import NUMBER, Choice, read_choice
from engine.networks.plane import loss_on, surface_on
from engine.surfaces.relief import Plane, Relief, Window, facing, lines_through, loss_at, model_curve, relief
from landscapes import LANDSCAPES
from views.demonstrations import link_of, offer
from views.kit.addresses import ROOT, WEB
from views.kit.glossary import glossary
from views.kit.text import LANGUAGES
from views.server import visitors
from views.server.gate import through
from views.session.slices import plane_at

mimetypes.add_type("image/webp", ".webp")  # not every machine knows it
KEEP = {"Cache-Control": "public, max-age=86400"}
MOST = 32  # levels in one address

Levels = tuple[float, ...]


def serve_relief(request: Request) -> Response:
    """Heights and level lines over a window."""
    return _served(request, _asked, lambda *asked: encoded(relief(*asked)))


def serve_loss(request: Request) -> Response:
    """The loss at one place of a relief."""
    return _answered(request, lambda query: loss_at(*_surface(query), _place(query)))


def serve_slice_loss(request: Request) -> Response:
    """The loss at one place of a network's surface."""
    return _answered(request, lambda query: loss_on(plane_at(str(query)), _place(query)))


def _answered(request: Request, answer: Callable[[QueryParams], float]) -> Response:
    """A number as JavaScript writes it; 400 with a sentence if the address makes no sense."""
    try:
        with visitors.served():
            return PlainTextResponse(json.dumps(answer(request.query_params)), headers=KEEP)
    except ValueError as error:
        return PlainTextResponse(str(error), status_code=400)


def serve_slice(request: Request) -> Response:
    """Heights and level lines of a network's surface over a window."""
    return _served(
        request,
        lambda query: (_window(query), plane_at(str(query))),
        lambda window, shown: encoded(surface_on(shown, window)),
    )


def serve_glossary(request: Request) -> Response:
    """What words and symbols mean, in a language."""
    return _in_language(request, lambda language: glossary(language, link_of))


def serve_demonstrations(request: Request) -> Response:
    """What the menu of demonstrations has, in a language."""
    return _in_language(request, offer)


def _in_language(request: Request, told: Callable[[str], Any]) -> Response:
    language = request.query_params.get("lang", "")
    if language not in LANGUAGES:
        return PlainTextResponse(f"lang={'|'.join(LANGUAGES)}", status_code=400)
    return JSONResponse(told(language), headers=KEEP)


def serve_overlay(request: Request) -> Response:
    """Level lines at chosen losses, and around a point those of surface and parabola; for d = 1 the parabola."""
    return _served(request, _asked_over, _overlay)


def _served(request: Request, read: Callable[[QueryParams], Any], write: Callable[..., bytes]) -> Response:
    """What is written of what is read from the address; 400 with a sentence if that makes no sense."""
    with visitors.served():
        try:
            asked = read(request.query_params)
        except ValueError as error:
            return PlainTextResponse(str(error), status_code=400)
        body = gzip.compress(write(*asked), 1, mtime=0)
    return Response(body, media_type="application/octet-stream", headers={**KEEP, "Content-Encoding": "gzip"})


def _asked(query: QueryParams) -> tuple[Choice, Plane, Window]:
    return *_surface(query), _window(query)


def _surface(query: QueryParams) -> tuple[Choice, Plane]:
    notices: list[Any] = []
    landscape = read_choice(query.get("surface", ""), LANDSCAPES, "surface", "rosenbrock", notices)
    if notices:
        raise ValueError(f"unknown surface or knob: {notices[0].value}")
    width = LANDSCAPES[landscape.name].dimension
    if width <= 2:
        return landscape, Plane(np.zeros(width), np.eye(2, width))
    plane = np.array(_numbers(query.get("plane", ""), 3 * width))
    return landscape, Plane(plane[:width], plane[width:].reshape(2, width))


def _place(query: QueryParams) -> list[float]:
    return _numbers(query.get("at", ""), 2)


def _window(query: QueryParams) -> Window:
    x0, x1, y0, y1 = _numbers(query.get("window", ""), 4)
    if not (x0 < x1 and y0 < y1):
        raise ValueError("window must be x0~x1~y0~y1 with x0 < x1 and y0 < y1")
    return (x0, x1, y0, y1)


def _asked_over(query: QueryParams) -> tuple[Choice, Plane, Window, Levels, Levels, float]:
    """What a relief is asked by, the levels, the point or (), and how far to look around it."""
    landscape, plane, window = _asked(query)
    width, levels, at = LANDSCAPES[landscape.name].dimension, query.get("levels", ""), query.get("at", "")
    if levels.count("~") >= MOST:
        raise ValueError(f"at most {MOST} levels, not {levels.count('~') + 1}")
    if not at and (width == 1 or not levels):
        raise ValueError(
            "a curve has no level lines: give a point, at=x" if width == 1 else "give levels=a~b~… or at=x~y&reach=r"
        )
    point = tuple(_numbers(at, width)) if at else ()
    reach = _numbers(query["reach"], 1)[0] if query.get("reach") else 0.0
    if not reach > 0 and ("reach" in query or (at and width > 1)):
        raise ValueError(f"with at=x~y give reach, a positive number in units of θ, not {query.get('reach', 'none')!r}")
    return (
        landscape,
        plane,
        window,
        tuple(_numbers(levels, levels.count("~") + 1)) if levels else (),
        point,
        reach,
    )


def _numbers(text: str, count: int) -> list[float]:
    parts = text.split("~")
    if len(parts) != count or not all(NUMBER.fullmatch(part) and abs(float(part)) < 1e30 for part in parts):
        raise ValueError(f"expected {count} numbers joined by ~")
    return [float(part) for part in parts]


def _overlay(landscape: Choice, plane: Plane, window: Window, levels: Levels, at: Levels, reach: float) -> bytes:
    """Header (JSON), then the points of all lines as 16-bit integers: of the levels; near a point of surface, model."""
    point = inspect(landscape.name, at, **landscape.numbers) if at else None
    if point and len(at) == 1:
        return _curve(window, model_curve(plane, window, point))
    exact = lines_through(landscape, plane, window, levels) if levels else []
    near = facing(landscape, plane, point, reach) if point else None
    header: dict[str, Any] = {"window": window, "lengths": [_lengths(lines) for lines in exact], "near": None}
    body = _shares_of(window, [line for lines in exact for line in lines])
    if near:
        header["near"] = {"window": near.window, "surface": _lengths(near.surface), "model": _lengths(near.model)}
        body += _shares_of(near.window, near.surface + near.model)
    return _with_header(header, body)


def encoded(shown: Relief) -> bytes:
    """Header (JSON), then for a curve heights, and how far they reach where a line cannot show it, as float32; else
    colours and level lines as 16-bit integers."""
    if shown.heights.shape[0] == 1:
        return _curve(shown.window, np.concatenate([shown.heights, *([] if shown.reach is None else [shown.reach])]))
    rows, columns = shown.heights.shape
    header = {
        "window": shown.window,
        "nx": columns,
        "ny": rows,
        "colour": shown.colour._asdict(),
        "lengths": _lengths(shown.lines),
        "veiled": shown.veiled,
    }
    shares = np.round(65535 * shown.colour.share(shown.heights)).astype("<u2")
    return _with_header(header, shares.tobytes() + _shares_of(shown.window, shown.lines))


def _curve(window: Window, heights: Floats) -> bytes:
    """Rows of heights."""
    return _with_header({"flat": True, "window": window, "nx": heights.shape[1]}, _narrow(heights).tobytes())


def _lengths(lines: Sequence[Floats]) -> list[int]:
    return [len(line) for line in lines]


def _shares_of(window: Window, lines: Sequence[Floats]) -> bytes:
    """The points of lines one after the other, as shares of the window, x before y, in 16-bit integers."""
    x0, x1, y0, y1 = window
    points = np.concatenate([*lines, np.zeros((0, 2))])
    return np.round(65535 * (points - (x0, y0)) / (x1 - x0, y1 - y0)).astype("<u2").tobytes()


def _narrow(heights: Floats) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # what is too high for float32 is infinite
        return heights.astype("<f4")


def _with_header(header: dict[str, Any], body: bytes) -> bytes:
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 4)  # arrays start at a multiple of their size
    return struct.pack("<I", len(text)) + text + body


async def _healthy(request: Request) -> Response:
    del request
    return PlainTextResponse("ok")


def routes() -> list[BaseRoute]:
    return [
        Route("/healthz", _healthy),
        Route(f"/{ROOT}/relief", through(serve_relief)),
        Route(f"/{ROOT}/relief/loss", through(serve_loss)),
        Route(f"/{ROOT}/overlay", through(serve_overlay)),
        Route(f"/{ROOT}/glossary", serve_glossary),
        Route(f"/{ROOT}/demonstrations", serve_demonstrations),
        # These may train a network again, for longer than a place may be held: they have a bound of their own.
        Route(f"/{ROOT}/slice", serve_slice),
        Route(f"/{ROOT}/slice/loss", serve_slice_loss),
        Mount(f"/{ROOT}/web", StaticFiles(directory=WEB)),
    ]
