"""The panel beside a picture that is had by its link is had by that link, too: the same as the page sends."""

import json
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from test_pages import sent, visit
from test_serve import fetch
from test_wire import unpacked

from views.kit.addresses import ROOT
from views.server import answers

APP = Starlette(routes=answers.routes())
NET = "data=xor&net=steps~20~width~3~depth~1"
PANELS = {  # of a page: its picture, and a link with what is easily forgotten there
    "compare": (
        "race",
        "surface=booth&steps=30&run=adam~learning_rate~0.1~~constant~~kept&run=momentum~learning_rate~0.001~~cosine~~with~noise~0",
    ),
    "critical_points": ("atlas", "surface=himmelblau&at=3~2&tau=0.01"),
    "classification": ("pair", "surface=three_logits_cross_entropy&start=1~2&run=adam"),
    "networks": ("learning", f"{NET}&rule=adam&rule=momentum"),
    "diagnosis": ("diagnosis", NET),
    "curvature": ("spectra", f"{NET}&rule=adam&zero=-3"),
    "maps": ("race", "surface=himmelblau&steps=20&run=adam&run=gradient_descent"),
}


@pytest.mark.parametrize("page", PANELS)
def test_it_is_what_the_page_sends(page):
    picture, link = PANELS[page]
    header, _ = sent(visit(link, "zh", "" if page == "compare" else page), "panel")
    status, headers, body = fetch(f"/{ROOT}/{picture}_panel?{link}&lang=zh", APP)
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert unpacked(body)[0] == {name: header[name] for name in ("language", "words", "groups")}


def test_it_follows_an_edit_and_holds_no_other_ones_problems():
    edit = quote(json.dumps(["lanes.1.copy", True]))
    _, headers, body = fetch(f"/{ROOT}/race_panel?surface=booth&edit={edit}", APP)
    groups = unpacked(body)[0]["groups"]
    assert [group["number"] for group in groups if group["kind"] == "lane"] == [0, 1, 2, 3, 4, 5]
    fields = [field for group in groups for field in (*group["fields"], *group.get("more", ()))]
    assert fields
    assert not any("problem" in field for field in fields)
    again = headers["content-location"].removeprefix("race?").removeprefix("race_panel?")
    assert fetch(f"/{ROOT}/race_panel?{again}", APP)[2] == body
