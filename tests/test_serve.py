"""What the page fetches by itself, asked for as a browser asks: through the routes of the application."""

import asyncio
import gzip
import json
import struct
from urllib.parse import quote

import numpy as np
import pytest
from starlette.applications import Starlette

from engine.curvature.critical_points import critical_points
from engine.curvature.points import inspect
from engine.curvature.taylor import model
from engine.link import choice
from engine.surfaces.relief import GRID, Plane, facing, lines_through, plane_of, plane_window, relief
from landscapes import LANDSCAPES
from views.kit.addresses import ROOT, VERSION, WEB, overlay_url, relief_url
from views.server.serve import MOST, encoded, routes

APP = Starlette(routes=routes())
PLAIN = Plane(np.zeros(2), np.eye(2))


def fetch(address, app=APP):
    """Status, headers and body of a GET; the client of Starlette's tests would need another package."""
    return asyncio.run(fetching(address, app))


async def fetching(address, app, **headers):
    """The same within a loop, where others may ask at the same time."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "root_path": "",
        "raw_path": path.encode(), "query_string": query.encode(), "server": ("lab", 80),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    sent = []

    async def receive():
        await asyncio.Event().wait()  # a GET has no body, and this browser never leaves

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:])


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


def test_a_picture_of_means_says_so():
    header, _ = unpacked(fetch(address("ackley", (-86.7, 86.7, -86.7, 86.7)))[2])
    assert header["veiled"] is True
    assert unpacked(fetch(address("ackley"))[2])[0]["veiled"] is False


def test_a_curve_that_no_line_shows_is_sent_with_how_far_it_reaches():
    heights = np.arange(6.0).reshape(1, 6)
    around = np.concatenate([heights - 1, heights + 2])
    shown = relief(choice(LANDSCAPES, "shelf"), Plane(np.zeros(1), np.eye(2, 1)), (0.0, 1.0, 0.0, 1.0))
    header, rest = unpacked(gzip.compress(encoded(shown._replace(heights=heights, reach=around))))
    assert header["nx"] == 6
    np.testing.assert_array_equal(np.frombuffer(rest, "<f4").reshape(3, 6), np.concatenate([heights, around]))


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


# ---- the loss under the pointer --------------------------------------------------------------------------------------


def loss_under(name, place):
    surface = LANDSCAPES[name]
    asked = relief_url(name, plane_of(surface, surface.start, [])).replace("?", "/loss?")
    status, _, body = fetch(f"/{asked}&at={'~'.join(map(repr, place))}")
    assert status == 200
    return json.loads(body)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_loss_at_any_place_is_exact(name):
    """Not that of the nearest node of the picture."""
    surface = LANDSCAPES[name]
    plane = plane_of(surface, surface.start, [])
    x0, x1, y0, y1 = plane_window(surface, plane)
    for across, up in np.random.default_rng(0).random((4, 2)):
        place = (float(x0 + across * (x1 - x0)), float(y0 + up * (y1 - y0)))
        point = plane.origin + np.array(place)[: surface.dimension] @ plane.axes[: surface.dimension]
        exact = float(surface.make()(point))
        assert loss_under(name, place) == pytest.approx(exact, rel=1e-7 if surface.dimension > 2 else 1e-12)


def test_the_loss_under_the_pointer_where_a_node_of_the_picture_is_far_off():
    assert loss_under("rastrigin", (-0.01688, -0.1206)) == pytest.approx(2.807, abs=5e-4)
    for name, star in (("rastrigin", (0.0, 0.0)), ("ackley", (0.0, 0.0)), ("rosenbrock", (1.0, 1.0))):
        assert loss_under(name, star) == 0


@pytest.mark.parametrize("name", [name for name, surface in LANDSCAPES.items() if not callable(surface.minima)])
def test_rounding_at_a_known_minimum_is_told_as_0(name):
    """A sum that cancels to 4e-16 is 0; a minimum that is not 0 keeps all its digits."""
    surface = LANDSCAPES[name]
    for point in surface.minima if surface.dimension == 2 else ():
        exact, told = float(surface.make()(np.array(point))), loss_under(name, point)
        assert told == 0 if abs(exact) < 1e-15 else told == pytest.approx(exact, rel=1e-9)


def test_another_place_does_not_compile(compiled):
    loss_under("beale", (0.1, 0.2))
    compiled.clear()
    loss_under("beale", (0.3, 0.4))
    assert not compiled


@pytest.mark.parametrize(
    "query", ["surface=booth", "surface=booth&at=1", "surface=nowhere&at=1~2", "surface=booth&at=a~b"]
)
def test_a_place_that_makes_no_sense_is_told(query):
    status, _, body = fetch(f"/{ROOT}/relief/loss?{query}")
    assert status == 400
    assert len(body.decode().split()) >= 3


# ---- lines over a relief ---------------------------------------------------------------------------------------------


def over(name, window=None, **query):
    """The address of an overlay; levels, at and reach are numbers."""
    fields = {key: value if isinstance(value, tuple | list) else (value,) for key, value in query.items()}
    return overlay_url(address(name, window)) + "".join(f"&{k}={'~'.join(map(repr, v))}" for k, v in fields.items())


def lines_of(header, rest):
    """In coordinates: for each level its lines; near the point those of the surface, and of the model."""
    near = header["near"] or {"window": header["window"], "surface": [], "model": []}
    numbers, at = np.frombuffer(rest, "<u2").reshape(-1, 2) / 65535, 0

    def taken(lengths, window):
        nonlocal at
        x0, x1, y0, y1 = window
        points = numbers[at : at + sum(lengths)] * (x1 - x0, y1 - y0) + (x0, y0)
        at += sum(lengths)
        return np.split(points, np.cumsum(lengths))[:-1]

    levels = [taken(lengths, header["window"]) for lengths in header["lengths"]]
    surface, modelled = (taken(near[kind], near["window"]) for kind in ("surface", "model"))
    assert at == len(numbers)
    return levels, surface, modelled


def distance_to(point, lines):
    """From a point to the nearest segment."""
    nearest = np.inf
    for line in lines:
        start, along = line[:-1], np.diff(line, axis=0)
        share = np.clip(((point - start) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-300), 0, 1)
        nearest = min(nearest, np.linalg.norm(start + share[:, None] * along - point, axis=1).min())
    return nearest


@pytest.mark.parametrize("name", ["himmelblau", "six_hump_camel", "muller_brown", "saddle", "toy_network"])
def test_the_level_line_through_each_saddle_passes_there(name):
    saddles = [point for point in critical_points(name) if point.kind == "saddle"]
    status, headers, body = fetch(over(name, levels=[point.loss for point in saddles]))
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    header, rest = unpacked(body)
    assert header["near"] is None
    levels, *_ = lines_of(header, rest)
    assert len(levels) == len(saddles) > 0
    (x0, x1), (y0, y1) = LANDSCAPES[name].window
    for saddle, lines in zip(saddles, levels, strict=True):
        assert distance_to(saddle.point, lines) < 0.5 * min(x1 - x0, y1 - y0) / (GRID - 1)


def test_levels_are_lines_of_equal_loss():
    levels, *_ = lines_of(*unpacked(fetch(over("himmelblau", (-5, 5, -4, 4), levels=(5.0, -1.0, 100.0)))[2]))
    loss = LANDSCAPES["himmelblau"].make()
    assert [len(lines) for lines in levels[:2]] == [4, 0]  # around each minimum; nothing is below 0
    for level, lines in zip((5.0, -1.0, 100.0), levels, strict=True):
        for point in (point for line in lines for point in line[::10]):
            assert float(loss(point)) == pytest.approx(level, abs=0.3)


@pytest.mark.parametrize("name", ["booth", "matyas", "saddle"])
def test_the_model_of_a_quadratic_lies_on_its_surface(name):
    header, rest = unpacked(fetch(over(name, at=(0.7, -0.3), reach=0.5))[2])
    assert header["lengths"] == []
    np.testing.assert_allclose(header["near"]["window"], (0.2, 1.2, -0.8, 0.2))
    assert header["near"]["surface"] == header["near"]["model"]
    own, modelled = np.frombuffer(rest, "<u2").astype(int).reshape(2, -1)
    assert own.size
    assert np.abs(own - modelled).max() <= 1


def test_what_is_near_does_not_depend_on_what_is_seen():
    def near(window):
        header, rest = unpacked(fetch(over("himmelblau", window, at=(1.0, 0.5), reach=0.3))[2])
        return header["near"], rest

    assert near((-5, 5, -4, 4)) == near((0.99, 1.01, 0.49, 0.51)) == near((30, 40, 30, 40))


def test_levels_and_model_come_together():
    around = {"at": (1.0, 0.5), "reach": 0.3}
    both = lines_of(*unpacked(fetch(over("himmelblau", levels=(13.0, 67.0), **around))[2]))
    alone = lines_of(*unpacked(fetch(over("himmelblau", levels=(13.0, 67.0)))[2]))
    only = lines_of(*unpacked(fetch(over("himmelblau", **around))[2]))
    assert [len(lines) for lines in both[0]] == [len(lines) for lines in alone[0]]
    assert alone[1:] == ([], [])
    for one, other in zip([*both[0][1], *both[1], *both[2]], [*alone[0][1], *only[1], *only[2]], strict=True):
        np.testing.assert_array_equal(one, other)
    wanted = facing(choice(LANDSCAPES, "himmelblau"), PLAIN, inspect("himmelblau", (1.0, 0.5)), 0.3)
    for sent, drawn in zip(both[1:], (wanted.surface, wanted.model), strict=True):
        np.testing.assert_allclose(np.concatenate(sent), np.concatenate(drawn), atol=1e-5)


def test_the_model_of_a_curve_is_its_heights():
    header, rest = unpacked(fetch(over("tilted_double_well", at=(0.4,)))[2])
    assert header["flat"] is True
    at = inspect("tilted_double_well", (0.4,))
    x = np.linspace(*header["window"][:2], 2 * GRID)
    np.testing.assert_allclose(np.frombuffer(rest, "<f4"), model(at, x[:, None]), rtol=1e-6, atol=1e-6)
    relief_header, _ = unpacked(fetch(address("tilted_double_well"))[2])
    assert relief_header == header


def test_over_a_plane_through_three_dimensions():
    name = "deep_toy_network"
    surface = LANDSCAPES[name]
    plane = plane_of(surface, surface.start, [])
    window = plane_window(surface, plane)
    asked = over(name, levels=(1.0, 0.5), at=(0.5, 0.6, 0.7), reach=0.2)
    levels, own, modelled = lines_of(*unpacked(fetch(asked)[2]))
    drawn = lines_through(choice(LANDSCAPES, name), plane, window, (1.0, 0.5))
    wanted = facing(choice(LANDSCAPES, name), plane, inspect(name, (0.5, 0.6, 0.7)), 0.2)
    loss = surface.make()
    for ours, theirs in ((levels[1], drawn[1]), (own, wanted.surface), (modelled, wanted.model)):
        assert theirs
        assert sum(map(len, ours)) == pytest.approx(sum(map(len, theirs)), rel=0.01)  # the plane was rounded
    for point in (point for line in levels[1] for point in line[::20]):
        assert float(loss(plane.origin + point @ plane.axes)) == pytest.approx(0.5, abs=0.01)


def test_knobs_are_in_the_address_of_an_overlay():
    def body(address):
        return fetch(address)[2]

    asked = over("rosenbrock", at=(0.3, 0.4), reach=0.6)
    assert body(asked.replace("=rosenbrock", "=rosenbrock~b~10")) != body(asked)


@pytest.mark.parametrize("name", LANDSCAPES)
@pytest.mark.parametrize(
    "window",
    [None, (-1e29, 1e29, -1e29, 1e29), (0.5, 0.5 + 1e-15, 0.5, 0.5 + 1e-15), (0, 5e-324, 0, 5e-324)],
    ids=["own", "far", "near", "dot"],
)
def test_any_zoom_and_any_point_has_an_overlay(name, window):
    surface = LANDSCAPES[name]
    for at in (surface.start, (0.0,) * surface.dimension, (-9e29,) * surface.dimension):
        levels = {"levels": (0.0, -9e29)} if surface.dimension > 1 else {}
        for reach in (0.5, 5e-324, 9e29):
            status, _, body = fetch(over(name, window, at=at, reach=reach, **levels))
            assert status in (200, 400)
            assert body
            if status == 200:
                header, rest = unpacked(body)
                assert header.get("flat") or lines_of(header, rest)


def test_as_many_levels_as_are_allowed():
    header, _ = unpacked(fetch(over("booth", levels=tuple(range(MOST))))[2])
    assert len(header["lengths"]) == MOST


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("surface=booth&window=0~1~0~1", "levels"),
        ("surface=booth&window=0~1~0~1&levels=&at=", "levels"),
        ("surface=booth&levels=1", "numbers"),
        ("surface=nowhere&window=0~1~0~1&levels=1", "unknown surface"),
        ("surface=booth&window=0~1~0~1&levels=1~a", "2 numbers"),
        ("surface=booth&window=0~1~0~1&levels=nan", "1 numbers"),
        ("surface=booth&window=0~1~0~1&levels=1e400", "1 numbers"),
        ("surface=booth&window=0~1~0~1&levels=" + "~".join("1" * (MOST + 1)), f"at most {MOST} levels, not {MOST + 1}"),
        ("surface=booth&window=0~1~0~1&at=1", "2 numbers"),
        ("surface=booth&window=0~1~0~1&at=1~2~3", "2 numbers"),
        ("surface=booth&window=0~1~0~1&at=inf~2", "2 numbers"),
        ("surface=booth&window=0~1~0~1&at=1~2", "reach, a positive number in units of θ, not 'none'"),
        ("surface=booth&window=0~1~0~1&at=1~2&reach=", "reach"),
        ("surface=booth&window=0~1~0~1&at=1~2&reach=0", "not '0'"),
        ("surface=booth&window=0~1~0~1&at=1~2&reach=-1", "not '-1'"),
        ("surface=booth&window=0~1~0~1&at=1~2&reach=1e-400", "not '1e-400'"),
        ("surface=booth&window=0~1~0~1&at=1~2&reach=inf", "1 numbers"),
        ("surface=booth&window=0~1~0~1&at=1~2&reach=1~2", "1 numbers"),
        ("surface=shelf&window=0~1~0~1&levels=1", "a curve has no level lines"),
        ("surface=deep_toy_network&window=0~1~0~1&at=1~2~3", "9 numbers"),
        ("", "unknown surface"),
    ],
)
def test_an_overlay_that_makes_no_sense_is_told(query, told):
    status, headers, body = fetch(f"/{ROOT}/overlay?{query}")
    assert status == 400
    assert headers["content-type"].startswith("text/plain")
    assert told in body.decode()


def test_other_levels_points_and_windows_do_not_compile(compiled):
    fetch(over("beale", levels=(1.0,), at=(1.0, 1.0), reach=0.5))
    compiled.clear()
    assert fetch(over("beale", (-1, 1, 0, 2), levels=(2.0, 3.0, 4.0), at=(0.3, 1.1), reach=0.1))[0] == 200
    assert not compiled


def test_healthy():
    assert fetch("/healthz")[::2] == (200, b"ok")


PICTURE = sorted(WEB.rglob("*.webp"))[0]  # one stands for all


@pytest.mark.parametrize("path", [*sorted(WEB.rglob("*.[jc]s*")), PICTURE], ids=lambda path: path.name)
def test_our_files_are_served_as_what_they_are(path):
    status, headers, body = fetch(f"/{ROOT}/web/{path.relative_to(WEB).as_posix()}")
    assert status == 200
    kinds = {".js": ("text/javascript", "application/javascript"), ".css": ("text/css",), ".webp": ("image/webp",)}
    assert headers["content-type"].split(";")[0] in kinds[path.suffix]
    assert body == path.read_bytes()


@pytest.mark.parametrize("name", ["../serve.py", "..%2Fserve.py", "nothing.js", "", "../../app.py"])
def test_nothing_else_is_served(name):
    assert fetch(f"/{ROOT}/web/{name}")[0] == 404


def test_a_new_version_has_new_addresses():
    assert VERSION in ROOT
    assert len(VERSION) == 12
