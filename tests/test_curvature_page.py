"""The page of curvature as Streamlit runs it: what its picture gets, and what a setting changes."""

from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import APP, again, charts, opened, sent

from engine.networks.experiment import NetworkExperiment
from lessons import LESSONS
from views.demonstrations import link_of
from views.kit.text import CATALOGUE


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
    assert header["size"] == NetworkExperiment().size == 105 and header["exact"]
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
    assert any(button.key == "spectra_run" for button in page.button)
    assert not header["told"]


@pytest.mark.parametrize("key", [key for key, lesson in LESSONS.items() if lesson.page == "curvature"])
def test_a_lesson_opens_here(key):
    page = open_page(link_of(key))
    assert opened(page) == key
    header, _ = spectra_of(page)
    assert header["told"]  # it runs without a click
