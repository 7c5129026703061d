"""The surface of a network by its address: the browser asks for any window of it, and each is computed anew."""

from dataclasses import replace

import numpy as np
import pytest
from test_network_experiment import SMALL
from test_network_plane import shown
from test_serve import fetch
from test_serve import unpacked as parts

from engine.network_plane import surface_on
from views import slices
from views.serve import ROOT, slice_url
from views.slices import KEPT, name_of, plane_of_name


def address(found, window):
    return f"/{slice_url(name_of(found))}&window={'~'.join(map(repr, window))}"


def heights(body):
    """What the browser reads of a window: its corners, and the places on the colour scale (ny, nx)."""
    header, rest = parts(body)
    count = header["nx"] * header["ny"]
    return header, np.frombuffer(rest, "<u2")[:count].reshape(header["ny"], header["nx"]) / 65535


@pytest.mark.parametrize("plane", ["pca", "filter", "solutions"])
def test_a_window_of_a_plane(plane):
    found, _ = shown(plane)
    x0, x1, y0, y1 = found.window
    window = (x0, (x0 + x1) / 2, y0, y1 + 0.25)
    status, headers, body = fetch(address(found, window))
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    header, shares = heights(body)
    assert header["window"] == pytest.approx(window, rel=1e-12)
    wanted = surface_on(found, window)
    np.testing.assert_allclose(shares, wanted.colour.share(wanted.heights), atol=1e-5)
    assert header["lengths"] == [len(line) for line in wanted.lines]


def test_a_line_is_a_curve():
    found, training = shown("line")
    header, rest = parts(fetch(address(found, (0.0, 1.0, 0.0, 1.0)))[2])
    assert header["flat"]
    curve = np.frombuffer(rest, "<f4")
    assert curve[[0, -1]] == pytest.approx(training.objective[:2, 0, -1], rel=1e-6)


@pytest.mark.parametrize("plane", ["pca", "line"])
def test_the_loss_under_the_pointer(plane):
    found, _ = shown(plane)
    x0, x1, *_ = found.window
    place = (0.7 * x0 + 0.3 * x1, 0.1 * (not found.flat))
    address = slice_url(name_of(found)).replace("?", "/loss?")
    status, _, body = fetch(f"/{address}&at={place[0]!r}~{place[1]!r}")
    assert status == 200
    exact = found.make(**found.data)(found.plane.points(place))
    assert float(body) == pytest.approx(float(exact), rel=1e-12)


def test_zoom_computes_anew():
    """A hundredth of a window: not the few numbers of the whole one, but as many as before, and the true ones."""
    found, _ = shown("pca")
    x0, x1, y0, y1 = found.window
    near = (x0, x0 + (x1 - x0) / 100, y0, y0 + (y1 - y0) / 100)
    (whole, _), (header, shares) = (heights(fetch(address(found, window))[2]) for window in (found.window, near))
    assert (header["nx"], header["ny"]) == (whole["nx"], whole["ny"])
    assert header["colour"] != whole["colour"]
    assert len(np.unique(shares)) > header["nx"]
    wanted = surface_on(found, near)
    np.testing.assert_allclose(shares, wanted.colour.share(wanted.heights), atol=1e-5)


def test_a_zoom_does_not_compile(compiled):
    found, _ = shown("pca")
    surface_on(found, found.window)
    other, _ = shown("filter")
    compiled.clear()
    for each in (found, other):
        assert fetch(address(each, (0.1, 0.2, -0.3, 0.1)))[0] == 200
    assert not compiled


def test_the_same_plane_has_the_same_name():
    found, _ = shown("pca")
    assert name_of(found) == name_of(shown("pca")[0])
    others = [
        shown("filter")[0],
        shown("pca", replace(SMALL, seed=3))[0],
        found._replace(window=(0.0, 1.0, 0.0, 1.0)),
        found._replace(data=found.data | {"decay": 0.5}),
        found._replace(data=found.data | {"targets": 1 - found.data["targets"]}),
    ]
    assert len({name_of(found), *map(name_of, others)}) == 6


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("name=nobody&window=0~1~0~1", "reload the page"),
        ("window=0~1~0~1", "reload the page"),
        ("name={name}", "4 numbers"),
        ("name={name}&window=0~1~0", "4 numbers"),
        ("name={name}&window=1~0~0~1", "x0 < x1"),
        ("name={name}&window=0~1~1~1", "y0 < y1"),
        ("name={name}&window=nan~1~0~1", "4 numbers"),
        ("name={name}&window=0~1e400~0~1", "4 numbers"),
        ("", "reload the page"),
    ],
)
def test_an_address_that_makes_no_sense_is_told(query, told):
    name = name_of(shown("pca")[0])
    status, headers, body = fetch(f"/{ROOT}/slice?{query.format(name=name)}")
    assert status == 400
    assert headers["content-type"].startswith("text/plain")
    assert told in body.decode()


@pytest.mark.parametrize(
    "window", [(-1e29, 1e29, -1e29, 1e29), (0.5, 0.5 + 1e-15, 0.5, 0.5 + 1e-15), (0.0, 5e-324, 0.0, 5e-324)]
)
def test_any_zoom_is_answered(window):
    status, _, body = fetch(address(shown("pca")[0], window))
    assert status in (200, 400)
    assert body


def test_what_nobody_looks_at_is_forgotten(monkeypatch):
    monkeypatch.setattr(slices, "_shown", type(slices._shown)())
    found, _ = shown("pca")
    first, second = name_of(found), name_of(found._replace(window=(0.0, 2.0, 0.0, 1.0)))
    for number in range(KEPT - 1):
        if number == KEPT // 2:
            name_of(found)  # somebody still looks at the first
        name_of(found._replace(window=(0.0, 1.0, 0.0, 1.0 + number)))
    assert plane_of_name(first) is found
    with pytest.raises(ValueError, match="no longer kept"):
        plane_of_name(second)
    assert len(slices._shown) == KEPT
