"""What the page fetches by itself: its JavaScript, and the relief of a surface for any window."""

import gzip
import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from engine.descent import Floats
from engine.link import NUMBER, Choice, read_choice
from engine.relief import Plane, Relief, relief
from landscapes import LANDSCAPES

WEB = Path(__file__).parent / "web"
HOUSE = WEB.parents[1]
SHOWN = [*WEB.iterdir(), *HOUSE.glob("landscapes/*.py"), HOUSE / "engine" / "relief.py", Path(__file__)]
VERSION = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SHOWN))).hexdigest()[:12]
ROOT = f"lab/{VERSION}"  # a new version has new addresses, so browsers may keep what they fetched
KEEP = {"Cache-Control": "public, max-age=86400"}


def relief_url(landscape: str, plane: Plane) -> str:
    """Address of a relief, up to its window, which the page adds."""
    address = f"{ROOT}/relief?surface={landscape}"
    if plane.axes.shape[1] <= 2:
        return address
    return f"{address}&plane={'~'.join(f'{value:.9g}' for value in (*plane.origin, *plane.axes.ravel()))}"


def serve_relief(request: Request) -> Response:
    """Heights and level lines over a window; 400 with a sentence if the address makes no sense."""
    try:
        landscape, plane, window = _asked(dict(request.query_params))
    except ValueError as error:
        return PlainTextResponse(str(error), status_code=400)
    body = gzip.compress(encoded(relief(landscape, plane, window)), 1)
    return Response(body, media_type="application/octet-stream", headers={**KEEP, "Content-Encoding": "gzip"})


def _asked(query: dict[str, str]) -> tuple[Choice, Plane, tuple[float, float, float, float]]:
    notices: list[Any] = []
    landscape = read_choice(query.get("surface", ""), LANDSCAPES, "surface", "rosenbrock", notices)
    if notices:
        raise ValueError(f"unknown surface or knob: {notices[0].value}")
    x0, x1, y0, y1 = _numbers(query.get("window", ""), 4)
    if not (x0 < x1 and y0 < y1):
        raise ValueError("window must be x0~x1~y0~y1 with x0 < x1 and y0 < y1")
    width = LANDSCAPES[landscape.name].dimension
    if width <= 2:
        return landscape, Plane(np.zeros(width), np.eye(2, width)), (x0, x1, y0, y1)
    plane = np.array(_numbers(query.get("plane", ""), 3 * width))
    return landscape, Plane(plane[:width], plane[width:].reshape(2, width)), (x0, x1, y0, y1)


def _numbers(text: str, count: int) -> list[float]:
    parts = text.split("~")
    if len(parts) != count or not all(NUMBER.fullmatch(part) and abs(float(part)) < 1e30 for part in parts):
        raise ValueError(f"expected {count} numbers joined by ~")
    return [float(part) for part in parts]


def encoded(shown: Relief) -> bytes:
    """Header (JSON), then heights as float32 for a curve, else colours and level lines as 16-bit integers."""
    if shown.heights.shape[0] == 1:
        return _with_header({"flat": True, "window": shown.window}, _narrow(shown.heights).tobytes())
    x0, x1, y0, y1 = shown.window
    rows, columns = shown.heights.shape
    header = {
        "window": shown.window,
        "nx": columns,
        "ny": rows,
        "colour": shown.colour._asdict(),
        "lengths": [len(line) for line in shown.lines],
    }
    points = np.concatenate(shown.lines or [np.zeros((0, 2))])
    inside = (points - (x0, y0)) / (x1 - x0, y1 - y0)
    shares = np.round(65535 * shown.colour.share(shown.heights)).astype("<u2")
    return _with_header(header, shares.tobytes() + np.round(65535 * inside).astype("<u2").tobytes())


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
        Route(f"/{ROOT}/relief", serve_relief),
        Mount(f"/{ROOT}/web", StaticFiles(directory=WEB)),
    ]
