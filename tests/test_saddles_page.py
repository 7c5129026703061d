"""The page of minima and saddles as Streamlit runs it, and what its demonstrations say, in numbers."""

import json
from collections import deque
from types import SimpleNamespace
from urllib.parse import parse_qs

import numpy as np
import pytest
from sheets import answered, check_sheet, refusals, sentences
from streamlit.testing.v1 import AppTest
from test_pages import APP, address, again, charts, drawn, fields, sent

from engine.measures.minimum_ratio import Search, by_width, critical_networks, ratios
from lessons import LESSONS
from settings.saddles import START, Saddles
from views.controls import widgets
from views.kit.text import CATALOGUE

USUAL_WIDTHS = (1, 2, 4, 8)
FAST = "data=sine~size~30&net=depth~1~decay~0.001~steps~50&widths=1~2"


def visit(link="", lang="en"):
    page = AppTest.from_file(APP, default_timeout=120)
    page.switch_page("pages/saddles.py")
    page.query_params["lang"] = lang
    for name, values in parse_qs(link, keep_blank_values=True).items():
        page.query_params[name] = values
    return again(page)


def dots(chart):
    return sum(len(each["ids"]) for each in drawn(chart, "marks") if "ids" in each)


def heights(page):
    """Of all dots of the second chart."""
    return np.concatenate([each["columns"][1] for each in drawn(charts(page)[1], "marks")])


def last(search):
    (found,) = deque(critical_networks(search), maxlen=1)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_visit_shows_both_ratios_unasked(lang):
    page = visit(lang=lang)
    assert not page.warning
    signed, whole = charts(page)
    assert 55 <= dots(signed) <= dots(whole) == 60
    assert "‖g‖ ≤" in said(page, "saddles_told")["sentences"][0]
    assert said(page, "saddles_dot")["note"] == CATALOGUE["saddles"]["click"].within(lang)


def said(page, key):
    """What stands under this name."""
    (found,) = [each for each in sentences(page) if each["key"] == key]
    return found


def test_a_dot_of_the_link_shows_its_network_and_opens_it():
    page = visit(f"{FAST}&dot=2~5")
    choice = said(page, "saddles_dot")["choice"]
    assert (choice["path"], choice["value"]) == ("dot", "2~5")
    assert "2~5" in dict(choice["options"])
    assert len(charts(page)) == 3
    page.button(key="open_network").click()
    again(page)
    opened, query = page.session_state["visit"].door
    assert opened == "networks"
    net = query["net"][0]
    assert "width~2" in net
    assert "seed~5" in net
    assert "decay~0.001" in net


def test_a_dot_that_is_not_there_is_not_shown():
    page = visit(f"{FAST}&dot=64~5")
    assert len(charts(page)) == 2
    assert not page.warning


def test_the_tolerance_judges_again_and_stands_in_the_link():
    before, after = visit(FAST), visit(f"{FAST}&zero=-1")
    assert (row(before)["zero"], row(after)["zero"]) == ("-9", "-1")
    assert not np.array_equal(heights(after), heights(before))


def row(page):
    """The fields above the picture."""
    (group,) = sent(page, "saddles_fields")[0]["groups"]
    return {field["path"]: field["value"] for field in group["fields"]}


def test_settings_come_from_the_link_and_go_into_it():
    page = visit(f"{FAST}&polish=index&networks=60&widths=4~1~77")
    assert (row(page)["widths"], row(page)["polish"], row(page)["networks"]) == ("1~4", "index", "60")


def test_the_default_network_gives_way_to_one_that_suits_the_page():
    page = visit()
    shown = fields(page)
    assert shown["net.depth"]["value"] == START.depth
    assert not {"net.width", "net.dropout", "net.batch", "net.seeds"} & set(shown)
    assert "net" not in address(page)  # until something is changed
    page.selectbox(key="data").set_value("xor")
    again(page)
    assert address(page)["data"] == ["xor"]
    assert "decay~0.001" in address(page)["net"][0]


@pytest.mark.parametrize(
    ("link", "key"),
    [("net=depth~4&widths=16", "large"), ("data=digits&net=depth~1&widths=16", "large")],
)
def test_what_is_too_large_is_refused_with_a_sentence(link, key):
    page = visit(link)
    (warning,) = page.warning
    assert warning.value.startswith(CATALOGUE["saddles"][key].split("{")[0])
    assert not charts(page)


def test_kinks_and_a_missing_penalty_are_named():
    page = visit("data=sine~size~30&net=depth~1~steps~20~activation~relu&widths=1")
    told = said(page, "saddles_words")["note"]
    assert CATALOGUE["saddles"]["kinks"] in told
    assert CATALOGUE["saddles"]["no_decay"] in told


@pytest.mark.parametrize(
    ("sent", "chosen"),
    [
        ([{"path": "chosen", "value": "2~5"}], "2~5"),
        ([{"value": "1~0"}, {"value": "2~5"}], "2~5"),
        ([{"value": 5}], None),
        ([{"value": None}], None),
        (["2~5"], None),
        ("2~5", None),
        (None, None),
        ([], None),
    ],
)
def test_a_click_names_a_dot_and_nothing_else_does(monkeypatch, sent, chosen):
    monkeypatch.setattr(widgets.st, "session_state", {"dots": SimpleNamespace(edit=sent)})
    assert widgets.pointed_at("dots") == chosen
    assert widgets.pointed_at("none of that name") is None


def test_the_chosen_dot_is_ringed_and_every_dot_has_its_name():
    (*_, ring), *_ = (drawn(chart, "marks") for chart in charts(visit(f"{FAST}&dot=2~5")))
    across, up, times = ring["columns"]
    assert ring["mute"] and ring["open"] and ring["time"] == "turns" and len(across) == len(up) == len(times)
    named = [name for each in drawn(charts(visit(FAST))[1], "marks") for name in each["ids"]]
    assert len(named) == len(set(named)) == 60
    assert all(name.split("~")[0] in ("1", "2") for name in named)


# ---- by its link -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "link",
    [f"{FAST}&dot=2~5&zero=-3", "data=sine~size~30&net=depth~1~steps~20~activation~relu&widths=1&polish=index",
     "net=depth~4&widths=16", ""],
    ids=["a dot", "kinks", "large", "first"],
)  # fmt: skip
def test_an_address_gives_what_the_page_shows(link, lang):
    page = visit(link, lang)
    header, floats, headers = answered(f"{link}&lang={lang}", "saddles")
    check_sheet(page, header, floats)
    assert headers["content-location"] == f"saddles?{header['link']}"


def test_edits_by_the_link():
    """Another width has other dots: the one that is looked at goes."""
    header, *_ = answered(f'{FAST}&edit=["dot","2~5"]&edit=["zero","-3"]', "saddles")
    assert set(header["link"].split("&")) >= {"dot=2~5", "zero=-3"}
    assert "dot_spectrum" in [chart["key"] for chart in header["charts"]]
    header, *_ = answered(f'{header["link"]}&edit=["widths","1"]', "saddles")
    assert "widths=1" in header["link"].split("&") and "dot" not in header["link"]
    first, *_ = answered('edit=["net.steps",199]', "saddles")
    assert "decay~0.001~steps~199" in first["link"]  # of the page's own first network


@pytest.mark.parametrize(("path", "value"), [("dot", "5~5"), ("zero", "-15"), ("networks", "61"), ("widths", "3")])
def test_what_cannot_be_taken_leaves_the_sheet_as_it_was(path, value):
    before, *_ = answered(FAST, "saddles")
    header, _, headers = answered(f"{FAST}&edit={json.dumps([path, value])}", "saddles")
    assert header == before
    assert list(refusals(headers)) == [path]


# ---- what the demonstrations say -------------------------------------------------------------------------------------


def test_the_wider_the_fewer_minima():
    net = LESSONS["wider_and_fewer_minima"].net
    assert net == START
    found = last(Search(net, USUAL_WIDTHS, 60))
    rows = by_width(found, ratios(found))
    assert rows[0].minima > rows[0].critical / 2
    assert [row.minima for row in rows[2:]] == [0, 0]
    assert all(row.critical for row in rows)
    assert np.all(np.diff([row.median for row in rows]) < 0)
    assert np.any(found.kind == "flat")
    assert LESSONS["wider_and_fewer_minima"].stages[1].settings == Saddles(polish="index")
    found = last(Search(net, USUAL_WIDTHS, 60, "index"))
    assert np.all(found.kind == "critical")
    assert sum(row.minima for row in by_width(found, ratios(found))) > 0.7 * 60


def test_zeros_part_the_two_ratios():
    net = LESSONS["rounding_decides_one_ratio"].net
    assert LESSONS["rounding_decides_one_ratio"].stages[1].net == START
    apart = {}
    for decay in (0.0, 1e-3):
        found = last(Search(net if decay == 0 else START, USUAL_WIDTHS, 60))
        signs, at = ratios(found), found.kind == "critical"
        apart[decay] = np.median(signs.of_signed[at]) - np.median(signs.of_all[at])
        if decay == 0:
            assert np.mean(signs.zero[at] > 0) > 0.5
    assert apart[0.0] > 2 * apart[1e-3] > 0
