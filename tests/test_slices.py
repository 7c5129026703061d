"""The surface of a network by its address: the browser asks for any window of it, and each is computed anew."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from starlette.applications import Starlette
from test_network_experiment import SMALL
from test_network_plane import shown
from test_serve import fetch, fetching
from test_serve import unpacked as parts

from engine.networks.experiment import NetworkExperiment
from engine.networks.plane import surface_on
from views.kit.addresses import ROOT, slice_url
from views.server import answers, serve
from views.server.gate import GATE
from views.session import slices, work
from views.session.slices import LONGEST, PLANES_KEPT, WAITING, address_of, plane_at


def address(plane, window, net=SMALL):
    """Of a window of a plane that a page has just shown."""
    found = shown(plane, net)[0]
    return f"/{slice_url(address_of(replace(net, plane=plane), found))}&window={'~'.join(map(repr, window))}"


@pytest.fixture
def forget(monkeypatch):
    """What another process knows: nothing."""

    def nothing():
        monkeypatch.setattr(slices, "_shown", type(slices._shown)())
        monkeypatch.setattr(work, "_shelves", {})

    return nothing


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
    status, headers, body = fetch(address(plane, window))
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    header, shares = heights(body)
    assert header["window"] == pytest.approx(window, rel=1e-12)
    wanted = surface_on(found, window)
    np.testing.assert_allclose(shares, wanted.colour.share(wanted.heights), atol=1e-5)
    assert header["lengths"] == [len(line) for line in wanted.lines]


def test_a_line_is_a_curve():
    _, training = shown("line")
    header, rest = parts(fetch(address("line", (0.0, 1.0, 0.0, 1.0)))[2])
    assert header["flat"]
    curve = np.frombuffer(rest, "<f4")
    assert curve[[0, -1]] == pytest.approx(training.objective[:2, 0, -1], rel=1e-6)


@pytest.mark.parametrize("plane", ["pca", "line"])
def test_the_loss_under_the_pointer(plane):
    found, _ = shown(plane)
    x0, x1, *_ = found.window
    place = (0.7 * x0 + 0.3 * x1, 0.1 * (not found.flat))
    asked = slice_url(address_of(replace(SMALL, plane=plane), found)).replace("?", "/loss?")
    status, _, body = fetch(f"/{asked}&at={place[0]!r}~{place[1]!r}")
    assert status == 200
    exact = found.make(**found.data)(found.plane.points(place))
    assert float(body) == pytest.approx(float(exact), rel=1e-12)


def test_zoom_computes_anew():
    """A hundredth of a window: not the few numbers of the whole one, but as many as before, and the true ones."""
    found, _ = shown("pca")
    x0, x1, y0, y1 = found.window
    near = (x0, x0 + (x1 - x0) / 100, y0, y0 + (y1 - y0) / 100)
    (whole, _), (header, shares) = (heights(fetch(address("pca", window))[2]) for window in (found.window, near))
    assert (header["nx"], header["ny"]) == (whole["nx"], whole["ny"])
    assert header["colour"] != whole["colour"]
    assert len(np.unique(shares)) > header["nx"]
    wanted = surface_on(found, near)
    np.testing.assert_allclose(shares, wanted.colour.share(wanted.heights), atol=1e-5)


def test_a_zoom_does_not_compile(compiled):
    asked = [address(plane, (0.1, 0.2, -0.3, 0.1)) for plane in ("pca", "filter")]
    fetch(asked[0])
    compiled.clear()
    for each in asked:
        assert fetch(each)[0] == 200
    assert not compiled


def test_the_address_is_the_experiment():
    """Whatever decides the plane is in it; what shows nothing of it, the view of the examples, is not."""
    found = shown("pca")[0]
    others = [replace(SMALL, **change) for change in ({"plane": "filter"}, {"seed": 3}, {"decay": 0.5}, {"steps": 61})]
    assert len({address_of(net, found) for net in (SMALL, *others)}) == 5
    assert address_of(SMALL, found) == address_of(replace(SMALL, view="hidden"), found)
    assert address_of(NetworkExperiment(), found) == ""


@pytest.mark.parametrize("plane", ["pca", "filter", "eigen", "solutions", "line"])
def test_another_process_draws_the_same(plane, forget):
    """Byte for byte, from the address alone."""
    window = shown(plane)[0].window
    asked = address(plane, window)
    before = fetch(asked)[2]
    forget()
    status, _, body = fetch(asked)
    assert status == 200
    assert body == before


def test_several_seeds_are_trained_again_as_they_were(forget):
    net = replace(SMALL, seeds=3, steps=40)
    asked = address("pca", (-1.0, 1.0, -1.0, 1.0), net)
    before = fetch(asked)[2]
    forget()
    assert fetch(asked)[2] == before


def test_what_is_kept_is_bounded_and_what_is_not_kept_is_drawn(forget):
    """More planes than are kept push somebody's out, whose next zoom is answered all the same."""
    forget()
    found, window = shown("pca")[0], (0.1, 0.3, -0.2, 0.2)
    asked = address("pca", window)
    before = fetch(asked)[2]
    for seed in range(1, PLANES_KEPT + 40):
        address_of(replace(SMALL, seed=seed), found)
    assert len(slices._shown) == PLANES_KEPT
    assert all(parts[0][0].seed != SMALL.seed for parts, *_ in slices._shown)
    assert fetch(asked)[2] == before


def test_who_is_looked_at_stays(forget):
    forget()
    found = shown("pca")[0]
    first = address_of(SMALL, found)
    for seed in range(1, PLANES_KEPT + 2):
        plane_at(first)
        address_of(replace(SMALL, seed=seed), found)
    assert plane_at(first) is found


def test_all_who_wait_for_one_plane_wait_for_one_training(forget, monkeypatch):
    forget()
    trainings = []

    def counted(net):
        trainings.append(net)
        return (shown("pca")[1],)

    monkeypatch.setattr(slices, "trained_again", counted)
    with ThreadPoolExecutor(WAITING) as visitors:
        planes = set(map(id, visitors.map(plane_at, WAITING * [SMALL.to_link()])))
    assert len(planes) == len(trainings) == 1


def test_a_training_that_nobody_would_get_unasked_is_refused(forget):
    """A link is no way around the button that asks first."""
    forget()
    long = replace(SMALL, steps=100_000, width=64, depth=4)
    assert long.seconds > LONGEST
    with pytest.raises(ValueError, match="reload the page"):
        plane_at(long.to_link())
    found = shown("pca")[0]
    address_of(long, found)  # who has trained it is shown it
    assert plane_at(long.to_link()) is found


def test_no_more_wait_than_there_is_room_for(forget, monkeypatch):
    """Threads that wait for a training do not draw the surfaces of others."""
    forget()
    began, go = threading.Semaphore(0), threading.Event()

    def slow(net):
        began.release()
        go.wait(30)
        return (shown("pca")[1],)

    monkeypatch.setattr(slices, "trained_again", slow)
    with ThreadPoolExecutor(WAITING) as visitors:
        waiting = [visitors.submit(plane_at, replace(SMALL, seed=seed).to_link()) for seed in range(WAITING)]
        began.acquire()
        while slices._room._value:
            time.sleep(0.01)
        with pytest.raises(ValueError, match="ask later"):
            plane_at(replace(SMALL, seed=99).to_link())
        go.set()
        assert all(each.result() for each in waiting)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("{net}", "4 numbers"),
        ("{net}&window=0~1~0", "4 numbers"),
        ("{net}&window=1~0~0~1", "x0 < x1"),
        ("{net}&window=0~1~1~1", "y0 < y1"),
        ("{net}&window=nan~1~0~1", "4 numbers"),
        ("{net}&window=0~1e400~0~1", "4 numbers"),
        ("data=nowhere&window=0~1~0~1", "unknown or out of range: data nowhere"),
        ("net=width~1e9&window=0~1~0~1", "unknown or out of range: width 1e9"),
        ("net=width~256~depth~8&window=0~1~0~1", "are affordable"),
        ("rule=gradient_descent~~constant~~off&window=0~1~0~1", "cannot be trained: idle"),
        ("data=two_moons~size~40&net=plane~line~steps~9&rule=adam&window=0~1~0~1", "a line needs two optimizers"),
        ("", "4 numbers"),
    ],
)
def test_an_address_that_makes_no_sense_is_told(query, told):
    net = address_of(SMALL, shown("pca")[0])
    status, headers, body = fetch(f"/{ROOT}/slice?{query.format(net=net)}")
    assert status == 400
    assert headers["content-type"].startswith("text/plain")
    assert told in body.decode()


@pytest.mark.parametrize(
    "window", [(-1e29, 1e29, -1e29, 1e29), (0.5, 0.5 + 1e-15, 0.5, 0.5 + 1e-15), (0.0, 5e-324, 0.0, 5e-324)]
)
def test_any_zoom_is_answered(window):
    status, _, body = fetch(address("pca", window))
    assert status in (200, 400)
    assert body


def test_who_trains_again_holds_no_place_of_the_gate(forget, monkeypatch):
    """As many as may train wait for it; a click beside them is answered."""
    asked = address("pca", (0.0, 1.0, 0.0, 1.0))
    forget()
    begun, go, again = threading.Event(), threading.Event(), slices.trained_again

    def slowly(net):
        begun.set()
        assert go.wait(60)
        return again(net)

    monkeypatch.setattr(slices, "trained_again", slowly)
    app = Starlette(routes=[*serve.routes(), *answers.routes()])

    async def scene():
        waiting = [asyncio.create_task(fetching(asked, app)) for _ in range(WAITING)]
        await asyncio.to_thread(begun.wait, 60)
        assert GATE.free == GATE.places
        status, _, _ = await fetching(f"/{ROOT}/race?surface=booth&steps=20&run=adam", app)
        assert not any(task.done() for task in waiting)
        go.set()
        return status, [answer[0] for answer in await asyncio.gather(*waiting)]

    assert asyncio.run(scene()) == (200, [200] * WAITING)
