"""What the page fetches by itself, asked for as a browser asks: through the routes of the application."""

import asyncio
import gzip
import json
import struct
from urllib.parse import quote

import numpy as np
import pytest
from starlette.applications import Starlette

from engine.link import choice
from engine.relief import GRID, plane_of, plane_window, relief
from landscapes import LANDSCAPES
from views.serve import ROOT, VERSION, WEB, relief_url, routes

APP = Starlette(routes=routes())


def fetch(address):
    """Status, headers and body of a GET; the client of Starlette's tests would need another package."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "root_path": "",
        "raw_path": path.encode(), "query_string": query.encode(), "headers": [], "server": ("lab", 80),
    }  # fmt: skip
    sent = []

    async def receive():
        await asyncio.Event().wait()  # a GET has no body, and this browser never leaves

    async def send(message):
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def unpacked(body):
    """Header and the bytes behind it, which start at a multiple of four."""
    raw = gzip.decompress(body)
    (size,) = struct.unpack_from("<I", raw)
    assert size % 4 == 0
    return json.loads(raw[4 : 4 + size]), raw[4 + size :]


def address(name, window=None):
    surface = LANDSCAPES[name]
    plane = plane_of(surface, surface.start, [])
    corners = "~".join(map(str, window or plane_window(surface, plane)))
    return f"/{relief_url(name, plane)}&window={corners}"


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_relief_of_every_surface(name):
    status, headers, body = fetch(address(name))
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert "max-age" in headers["cache-control"]
    header, rest = unpacked(body)
    surface = LANDSCAPES[name]
    plane = plane_of(surface, surface.start, [])
    shown = relief(choice(LANDSCAPES, name), plane, plane_window(surface, plane))
    np.testing.assert_allclose(header["window"], shown.window, rtol=1e-8)
    if surface.dimension == 1:
        assert header["flat"] is True
        np.testing.assert_allclose(np.frombuffer(rest, "<f4"), shown.heights[0], rtol=1e-6, atol=1e-7)
        return
    assert (header["nx"], header["ny"]) == (GRID, GRID)
    assert header["colour"].keys() == {"log", "floor", "offset", "low", "high"}
    numbers = np.frombuffer(rest, "<u2")
    assert len(numbers) == GRID**2 + 2 * sum(header["lengths"])
    shares = numbers[: GRID**2].reshape(GRID, GRID) / 65535
    np.testing.assert_allclose(shares, shown.colour.share(shown.heights), atol=1e-4)
    assert header["lengths"] == [len(line) for line in shown.lines] or surface.dimension > 2  # its plane was rounded
    x0, x1, y0, y1 = shown.window
    points = numbers[GRID**2 :].reshape(-1, 2)[: header["lengths"][0]] / 65535 * (x1 - x0, y1 - y0) + (x0, y0)
    np.testing.assert_allclose(points, shown.lines[0], atol=1e-4 * (x1 - x0 + y1 - y0))


def test_knobs_and_window_are_in_the_address():
    header, rest = unpacked(fetch(address("rosenbrock", (-1, 1, 0, 2)).replace("rosenbrock", "rosenbrock~b~10"))[2])
    assert header["window"] == [-1, 1, 0, 2]
    assert header["colour"] != unpacked(fetch(address("rosenbrock", (-1, 1, 0, 2)))[2])[0]["colour"]
    assert len(rest) > 2 * GRID**2


@pytest.mark.parametrize("name", LANDSCAPES)
@pytest.mark.parametrize(
    "window",
    [(-1e29, 1e29, -1e29, 1e29), (0.5, 0.5 + 1e-15, 0.5, 0.5 + 1e-15), (0, 5e-324, 0, 5e-324)],
    ids=["far", "near", "dot"],
)
def test_any_zoom_has_a_relief(name, window):
    status, _, body = fetch(address(name, window))
    assert status in (200, 400)  # a window without a width may be refused, with a sentence
    assert body
    if status == 200:
        unpacked(body)


@pytest.mark.parametrize(
    "query",
    [
        "", "surface=booth", "window=0~1~0~1", "surface=nowhere&window=0~1~0~1",
        "surface=rosenbrock~a~9&window=0~1~0~1",
        "surface=rosenbrock~c~1&window=0~1~0~1", "surface=rosenbrock~a&window=0~1~0~1", "surface=booth&window=0~1~0",
        "surface=booth&window=1~0~0~1", "surface=booth&window=0~0~0~1", "surface=booth&window=nan~1~0~1",
        "surface=booth&window=-inf~inf~0~1", "surface=booth&window=0~1e400~0~1", "surface=booth&window=0~1e30~0~1",
        f"surface=booth&window=0~{quote('٣')}~0~1", "surface=booth&window=0~1~0~1~0~1", "surface=booth&window=a~b~c~d",
        "surface=deep_toy_network&window=0~1~0~1", "surface=deep_toy_network&plane=0~0~0&window=0~1~0~1",
        "surface=deep_toy_network&plane=0~0~0~1~0~0~0~nan~0&window=0~1~0~1", "%ff=%ff&surface=%ff",
        "surface=" + "9" * 5000,
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_told(query):
    status, headers, body = fetch(f"/{ROOT}/relief?{query}")
    assert status == 400
    assert headers["content-type"].startswith("text/plain")
    assert len(body.decode().split()) >= 3


def test_healthy():
    assert fetch("/healthz")[::2] == (200, b"ok")


@pytest.mark.parametrize("path", sorted(WEB.iterdir()), ids=lambda path: path.name)
def test_our_files_are_served_as_what_they_are(path):
    status, headers, body = fetch(f"/{ROOT}/web/{path.name}")
    assert status == 200
    kinds = {".js": ("text/javascript", "application/javascript"), ".css": ("text/css",)}
    assert headers["content-type"].split(";")[0] in kinds[path.suffix]
    assert body == path.read_bytes()


@pytest.mark.parametrize("name", ["../serve.py", "..%2Fserve.py", "nothing.js", "", "../../app.py"])
def test_nothing_else_is_served(name):
    assert fetch(f"/{ROOT}/web/{name}")[0] == 404


def test_a_new_version_has_new_addresses():
    assert VERSION in ROOT
    assert len(VERSION) == 12
