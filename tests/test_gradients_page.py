"""The page of gradients as Streamlit runs it, and by its link."""

import json

import numpy as np
import pytest
from sheets import BY_LINK, answered, check_sheet, refusals
from test_networks_page import parts
from test_pages import again, charts, drawn, fields, sent
from test_pages import visit as visit_page
from test_serve import fetch
from test_wire import unpacked

from engine.measures.layer_gradients import logit_gradient
from views.kit.addresses import ROOT
from views.kit.text import CATALOGUE
from views.session import linked, work

WORDS = CATALOGUE["gradients"]
BELOW = 3  # charts: two of the matrices, and one of the memory
SMALL = "net=depth~1~width~3&layers=4"


def visit(link=SMALL, lang="en"):
    return visit_page(link, lang, "gradients")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit(lang):
    page = visit(lang=lang)
    shown = "".join(part.value for part in page.markdown)
    for title in ("depth_title", "check_title", "softmax_title"):
        assert WORDS[title].within(lang) in shown
    assert not page.warning
    *depths, _, _ = charts(page)[:-BELOW]
    assert [len(drawn(chart, "line")) for chart in depths] == [4, 4, 4]


def test_the_chosen_activation_joins_in():
    page = visit("net=depth~1~width~3~activation~softplus&layers=4")
    assert len(charts(page)) == 4 + 2 + BELOW


def test_a_network_that_cannot_be_afforded_is_refused():
    page = visit("net=depth~1~width~200&layers=10")
    assert "20000" in page.warning[0].value
    assert len(charts(page)) == 2 + BELOW  # the check and softmax are there


def test_a_variant_that_cannot_be_afforded_is_left_out():
    page = visit("layers=64&net=width~17")
    (warning,) = page.warning  # gain and shift make a normalised network larger
    assert WORDS["variant_batch"] in warning.value and "20000" in warning.value
    assert WORDS["variant_plain"] not in warning.value
    if page.get("button") and any(button.key == "depth_run" for button in page.button):
        page.button(key="depth_run").click()
        again(page)
    assert [len(drawn(chart, "line")) for chart in charts(page)[:3]] == [2, 2, 2]


def test_zero_weights_pass_nothing_on():
    page = visit("net=depth~1~width~3~scheme~zero&layers=4")
    assert page.info[0].value == WORDS["all_zero"]  # the classes are balanced: even the last layer's cancels


def test_softmax_follows_its_sliders():
    page = visit(f"{SMALL}&z1=3&z2=1&z3=-2&class=2")
    found = logit_gradient((3.0, 1.0, -2.0), 1)
    heights = [bars["columns"][1] for bars in drawn(charts(page)[-1 - BELOW], "bars")]
    np.testing.assert_allclose(heights, [found.probabilities, found.target, found.gradient], rtol=1e-6)


def test_after_training():
    before, after = visit(), visit("net=depth~1~width~3~steps~20&layers=4&after=1")
    assert "net.steps" not in fields(before)
    assert fields(after)["net.steps"]["value"] == 20
    assert row(after, "check") == {"after": 1}
    assert len(charts(after)) == 5 + BELOW


def row(page, name):
    """The fields beside a picture."""
    groups = sent(page, f"{name}_fields")[0]["groups"]
    return {field["path"]: field["value"] for group in groups for field in group["fields"]}


def test_a_training_that_diverges_leaves_nothing_to_check():
    page = visit("net=depth~1~width~3~steps~200~decay~10&rule=gradient_descent~learning_rate~10&layers=4&after=1")
    assert [part.value for part in page.warning] == [WORDS["diverged"]]


# ---- by its link -----------------------------------------------------------------------------------------------------

PARTS = {
    "plain": f"{SMALL}&norms=weights&z1=3&class=2&rows=4&theta_seed=3&memory_depth=4",
    "trained": "net=depth~1~width~3~steps~20~activation~softplus&layers=4&after=1&part=matrices",
    "left out": "net=depth~1~width~200&layers=10",
    "zero": "net=depth~1~width~3~scheme~zero&layers=4",
    "diverged": "net=depth~1~width~3~steps~200~decay~10&rule=gradient_descent~learning_rate~10&layers=4&after=1",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("link", PARTS.values(), ids=[*PARTS])
def test_an_address_gives_what_the_page_shows(link, lang):
    page = visit(link, lang)
    header, floats, headers = answered(f"{link}&lang={lang}", "gradients")
    check_sheet(page, header, floats)
    assert header["places"] == sent_places(page)
    assert headers["content-location"] == f"gradients?{header['link']}"


def sent_places(page):
    """What the page says that it has laid out; before it what the picture had been."""
    (data,) = [part.proto.bytes for part in page.get("bidi_component") if part.proto.id.endswith("-linked")]
    size = int.from_bytes(data[:4], "little")
    return unpacked(data[4 : 4 + size])[0]["places"]


def test_edits_by_the_link():
    header, *_ = answered(
        f'{SMALL}&edit=["z1",3]&edit=["class","2"]&edit=["layers",5]&edit=["net.width",4]', "gradients"
    )
    said = {each["key"]: each for each in header["said"]}
    assert f"{logit_gradient((3.0, 0.5, -1.0), 1).loss:.4g}" in said["softmax_told"]["note"]
    assert (
        len(header["charts"][0]["series"][0]["counts"]) == 3 and header["charts"][0]["series"][0]["counts"][1] % 6 == 0
    )
    assert set(header["link"].split("&")) >= {"z1=3", "class=2", "layers=5"}
    panel, *_ = answered(header["link"], "gradients_panel")
    values = {field["path"]: field["value"] for group in panel["groups"] for field in group["fields"]}
    assert (values["net.width"], values["layers"], values["z1"], values["class"]) == (4, 5, 3, "2")


@pytest.mark.parametrize(
    ("path", "value"), [("z1", 11), ("z1", "x"), ("layers", 65), ("class", "4"), ("norms", "none"), ("net.width", 0)]
)
def test_what_cannot_be_taken_leaves_the_sheet_as_it_was(path, value):
    before, *_ = answered(SMALL, "gradients")
    header, _, headers = answered(f"{SMALL}&edit={json.dumps([path, value])}", "gradients")
    assert header == before
    assert list(refusals(headers)) == [path]


def test_long_work_begins_by_itself_or_waits_for_the_page(monkeypatch):
    monkeypatch.setattr(linked, "AUTOMATIC", 0.0)
    waiting, *_ = answered(f"{SMALL.replace('=4', '=6')}", "gradients")
    assert waiting["begins"]
    assert "lanes" not in waiting
    *_, (whole, _) = [unpacked(part) for part in parts(fetch_long(waiting["link"])) if part[:1] != b"{"]
    assert whole["link"] == waiting["link"]
    assert {chart["key"] for chart in whole["charts"]} >= {"depth_tanh", "check_errors"}
    monkeypatch.setattr(work, "AUTOMATIC", 0.0)
    assert not answered(f"{SMALL.replace('~3', '~5')}", "gradients")[0]["begins"]


def fetch_long(link):
    status, _, body = fetch(f"/{ROOT}/gradients?{link}&long=1", BY_LINK)
    assert status == 200
    return body
