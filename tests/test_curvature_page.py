"""The page of curvature as Streamlit runs it: what its picture gets, and what a setting changes."""

from dataclasses import replace
from urllib.parse import parse_qs

import numpy as np
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from test_pages import APP, again, charts, opened, sent, told
from test_race import parts
from test_serve import fetch
from test_wire import unpacked

from engine.networks.experiment import NetworkExperiment, network_lane
from lessons import LESSONS
from tests.web.declare import misfits
from views.curvature.stage import PICTURES, SpectraPicture
from views.demonstrations import link_of
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE
from views.server.answers import routes


def open_page(link="", lang="en"):
    page = AppTest.from_file(APP, default_timeout=120)
    for name, values in parse_qs(f"{link}&lang={lang}").items():
        page.query_params[name] = values
    page.switch_page("pages/curvature.py")
    return again(page)


def table(block, floats):
    """The columns of a block by name, as rows."""
    found, at = {}, block["offset"]
    for name, width in block["columns"]:
        found[name] = floats[at : at + width * block["frames"]].reshape(width, block["frames"])
        at += width * block["frames"]
    return found


def spectra_of(page):
    header, floats = sent(page, "curvature")
    return header, [table(racer["spectrum"], floats) for racer in header["lanes"]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit_shows_spectra_without_a_click(lang):
    page = open_page(lang=lang)
    assert not page.warning
    header, lanes = spectra_of(page)
    assert header["words"].keys() >= CATALOGUE["spectra"].keys()
    assert (
        {(each["size"], each["exact"]) for each in header["lanes"]}
        == {(NetworkExperiment().size, True)}
        == {(105, True)}
    )
    assert [racer["number"] for racer in header["lanes"]] == [0, 1, 2]
    for lane in lanes:
        assert lane["values"].shape[0] == 105
        assert (np.diff(lane["values"], axis=0) >= 0).all()
        np.testing.assert_allclose(lane["positive"] + lane["zero"] + lane["negative"], 105, rtol=1e-6)
    assert [round(float(lane["limit"][0, -1])) for lane in lanes] == [10, 38, 3800]
    assert [round(float(lane["limit"][0, 0])) for lane in lanes] == [10, 38, 200]  # Adam's first step is its gradient
    assert len(charts(page)) == 4  # the shifted surface, and the cut of each lane


def test_a_larger_tolerance_makes_more_zeros():
    few, many = (spectra_of(open_page(link))[1] for link in ("", "zero=-2"))
    for usual, large in zip(few, many, strict=True):
        assert (large["zero"] > usual["zero"] + 20).all()
        np.testing.assert_array_equal(usual["values"], large["values"])


def test_the_cuts_setting_survives_an_edit():
    page = open_page("cut=2")
    assert page.slider(key="cut").value == 2.0
    page.selectbox(key="data").set_value("xor")
    again(page)
    assert page.slider(key="cut").value == 2.0
    assert page.query_params["cut"] in ("2", ["2"])


def test_a_diverged_lane_has_no_spectrum_and_the_page_stays():
    page = open_page("data=sine&net=depth~1~width~4~steps~40&rule=gradient_descent~learning_rate~100&rule=adam")
    header, lanes = spectra_of(page)
    assert header["lanes"][0]["diverged"] >= 0
    assert np.isnan(lanes[0]["values"][:, -1]).all() and np.isfinite(lanes[1]["values"]).all()


def test_long_work_waits_and_the_loss_is_there_already():
    page = open_page("net=width~48~steps~10&rule=adam")
    header, lanes = spectra_of(page)
    assert all(np.isnan(lane["values"]).all() for lane in lanes)
    assert header["runnable"]
    assert header["waiting"]
    assert not header["told"]
    _, floats = sent(page, "curvature")
    assert np.isfinite(table(header["lanes"][0]["curve"], floats)["loss"]).all()


def test_a_long_training_waits_with_its_spectra():
    header, _ = spectra_of(open_page("data=digits&net=depth~4~width~48~steps~100000&rule=adam"))
    assert header["lanes"] == []
    assert header["seconds"] > 10
    assert header["runnable"]


def by_address(link, more=""):
    return fetch(f"/{ROOT}/spectra?{link}{more}", Starlette(routes=routes()))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_address_gives_what_the_page_sends(lang):
    link = "data=xor&net=steps~40&zero=-3"
    said, floats = sent(open_page(link, lang), "curvature")
    PICTURES._kept.clear()
    status, headers, body = by_address(link, f"&lang={lang}")
    header, same = unpacked(body)
    assert status == 200
    assert header.items() <= said.items()
    np.testing.assert_array_equal(same, floats)
    assert headers["content-location"] == f"spectra?{header['link']}"
    assert header["link"].endswith("zero=-3")
    assert by_address("zero=1")[0] == 400


def test_what_lanes_have_of_their_own_stays_in_the_link():
    net = NetworkExperiment.on("xor", steps=30)
    apart = replace(net, lanes=(net.lanes[0], net.lanes[0].with_own("depth", 2)))
    header, _ = unpacked(by_address(apart.to_link())[2])
    assert header["link"] == apart.to_link()
    assert len(header["lanes"]) == 2


def test_what_is_long_grows(monkeypatch):
    """First the losses, then the spectra from the first on; each is what the whole has there."""
    for name in ("EVERY", "TIMES"):
        monkeypatch.setattr(f"views.session.growing.{name}", 0.0)
    monkeypatch.setattr("views.server.flights.TURN", 0.0)
    monkeypatch.setattr("engine.networks.training.CELLS", 100)  # so many updates at a time
    monkeypatch.setattr("engine.networks.training.CHUNK", 0.0)
    monkeypatch.setattr("engine.measures.spectra.PULSE", 0.0)
    for where in ("views.session.trained", "views.curvature.stage"):
        monkeypatch.setattr(f"{where}.AUTOMATIC", 0.0)
    link = "data=two_moons~size~50&net=steps~1500"
    waiting, _ = unpacked(by_address(link)[2])
    assert waiting.keys() == {"link", "seconds"}
    *grown, (whole, floats) = [unpacked(part) for part in parts(by_address(link, "&long=1")[2]) if part[:1] != b"{"]
    spectra = [table(racer["spectrum"], floats) for racer in whole["lanes"]]
    counts = []
    for header, some in grown:
        assert [*misfits(header, SpectraPicture)] == []
        assert header["seconds"]
        assert header["told"] == ""
        for racer, wanted in zip(header["lanes"], spectra, strict=True):
            found = table(racer["spectrum"], some)
            there = np.flatnonzero(np.isfinite(found["values"]).all(axis=0))
            np.testing.assert_array_equal(found["values"][:, there], wanted["values"][: len(found["values"]), there])
            np.testing.assert_array_equal(found["positive"][0, there], wanted["positive"][0, there])
        counts.append((header["steps"], len(there)))
    assert counts == sorted(counts)
    assert counts[0][0] < 1500
    assert counts[0][1] == 0
    assert counts[-1][0] == 1500
    assert counts[-1][1] > 10
    assert whole["seconds"] is None
    assert whole["told"]


@pytest.mark.parametrize("key", [key for key, lesson in LESSONS.items() if lesson.page == "curvature"])
def test_a_lesson_opens_here(key):
    page = open_page(link_of(key))
    assert opened(page) == key
    header, _ = spectra_of(page)
    assert header["told"]  # it runs without a click


def test_lanes_of_other_shapes_have_spectra_of_their_own():
    racer = network_lane("gradient_descent")
    net = NetworkExperiment.on(
        "xor", racer, racer.with_own("width", 5), racer.with_own("decay", 0.1), knobs={"size": 20}, depth=1, width=3,
        steps=20,
    )  # fmt: skip
    page = open_page(net.to_link())
    assert told(page) == []
    header, lanes = spectra_of(page)
    assert [each["size"] for each in header["lanes"]] == [net.alone(at).size for at in range(3)] == [13, 21, 13]
    assert [len(lane["values"]) for lane in lanes] == [13, 21, 13]
    alone, wanted = spectra_of(open_page(net.alone(1).to_link()))
    np.testing.assert_array_equal(lanes[1]["values"], wanted[0]["values"])
    assert header["lanes"][1]["crossings"] == alone["lanes"][0]["crossings"]
