"""The page of normalisation as Streamlit runs it."""

import json

import pytest
from test_pages import again, charts
from test_pages import visit as visit_page

from tests.sheets import answered, check_sheet, fields, refusals, sentences, texts
from views.kit.text import CATALOGUE

WORDS = CATALOGUE["normalisation"]
SMALL = "net=depth~1~width~3~steps~20"


def visit(link=SMALL, lang="en"):
    return visit_page(link, lang, "normalisation")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit(lang):
    page = visit(lang=lang)
    assert WORDS["layers_title"].within(lang) in texts(page)
    assert len(charts(page)) == 6
    assert "κ = 104" in texts(page)  # unequal features, raw, in place of two moons
    assert not page.warning


def test_data_with_numbers_are_taken_themselves():
    page = visit("data=unequal_features&net=depth~0")
    assert "κ = 10400" in texts(page)
    assert "ρ = 10" not in texts(page)


def test_a_linear_model_has_no_layer_to_normalise():
    page = visit("net=depth~0")
    assert page.info[0].value == WORDS["no_layer"]
    assert len(charts(page)) == 3


def test_the_rate_is_one_of_those_on_offer():
    page = visit(f"{SMALL}&norm_rate=0.5")
    assert "η = 0.5" in texts(page)
    assert "η = 0.2" in texts(visit(f"{SMALL}&norm_rate=0.123"))
    rates = fields(visit(f"{SMALL}&norm_rate=2"))["norm_rate"]
    assert (rates["value"], rates["options"][0]) == ("2", ["0.05", "0.05"])


def test_one_example_cannot_be_normalised_over_a_batch():
    page = visit("net=depth~1~width~3~batch~1")
    assert len(page.warning) == 1
    assert len(charts(page)) == 3


def test_a_large_network_that_diverges_is_shown():
    page = visit("net=width~48~decay~10~steps~200~scheme~he")
    if any(button.key == "norms_run" for button in page.button):
        page.button(key="norms_run").click()
        again(page)
    assert len(charts(page)) == 6
    sharpness = WORDS["sharpness"]
    row = next(line for line in texts(page).splitlines() if sharpness in line)
    assert "–" in row


def test_a_best_rate_at_the_end_of_the_range_is_told():
    page = visit("net=depth~1~width~3~steps~20")
    last = WORDS["largest"].split("{")[0]
    rows = next(line for line in texts(page).splitlines() if WORDS["updates_own"] in line)
    assert (last in texts(page)) == ("η = 2)" in rows)


def test_a_long_comparison_waits():
    page = visit("net=depth~2~width~40~steps~5000")
    assert page.button(key="norms_run")
    assert len(charts(page)) == 3


@pytest.mark.parametrize(("where", "lines"), [("before", 3), ("after", 3), ("both", 5)])
def test_before_or_after_the_activation(where, lines):
    """F4: a line for each norm, of one colour wherever it is compared; what is drawn is what is trained."""
    page = visit(f"{SMALL}&first=layers&norm_place={where}")
    same, *_ = [chart for chart in charts(page) if chart["y"]["title"] == WORDS["loss"]]
    drawn = [each for each in same["series"] if each["kind"] == "line" and each.get("name")]
    assert len({each["colour"] for each in drawn}) == lines
    heads = next(line for line in texts(page).splitlines() if line.startswith(WORDS["measured"]))
    assert ("after" in heads) == (where != "before")
    assert not page.warning


# ---- by its link -----------------------------------------------------------------------------------------------------

LINKS = {
    "features": SMALL,
    "layers": f"{SMALL}&first=layers&norm_place=both&norm_rate=2",
    "another rule": f"{SMALL}&norm_rule=adam&norm_place=after",
    "past values": f"{SMALL}&linear=window&past=5&days=400&past_noise=0.5",
    "if-conditions": f"{SMALL}&linear=cases&cases=own_b&cases_noise=0.1",
    "a grid": "net=depth~0&linear=grid&per_axis=5",
    "no valley": "data=sine~size~10&net=depth~0~test~0.9",
    "a batch of one": "net=depth~1~width~3~batch~1",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", LINKS)
def test_an_address_gives_what_the_page_shows(name, lang):
    page = visit(LINKS[name], lang)
    header, floats, headers = answered(f"{LINKS[name]}&lang={lang}", "normalisation")
    check_sheet(page, header, floats)
    boxes = [shown.value for shown in [*page.info, *page.warning]]
    assert set(header["places"]) >= set(boxes)
    assert headers["content-location"] == f"normalisation?{header['link']}"


def test_an_edit_is_of_the_network_or_of_what_the_page_asks_for():
    edits = ["net.width", 4], ["norm_rate", "0.5"], ["past", 9], ["linear", "window"]
    header, *_ = answered("&".join([SMALL, *(f"edit={json.dumps(edit)}" for edit in edits)]), "normalisation")
    assert header["link"] == "net=depth~1~width~4~steps~20&linear=window&past=9&norm_rate=0.5"
    page = visit(header["link"])
    assert {said["key"]: said for said in header["said"]} == {said["key"]: said for said in sentences(page)}
    panel, *_ = answered(header["link"], "normalisation_panel")
    values = {field["path"]: field["value"] for group in panel["groups"] for field in group["fields"]}
    assert values == {path: field["value"] for path, field in fields(page).items() if path in values}


def test_a_rate_goes_with_its_rule():
    """Each rule has rates of its own; one that is not on offer is refused."""
    header, _, headers = answered(f"{SMALL}&norm_rate=2&edit={json.dumps(['norm_rule', 'adam'])}", "normalisation")
    assert header["link"].endswith("norm_rule=adam")
    assert refusals(headers) == {}
    for path, value in (("norm_rate", "0.123"), ("past", 0), ("past", "x"), ("per_axis", [3, 4]), ("cases", "two")):
        same, _, headers = answered(f"net=depth~0&edit={json.dumps([path, value])}", "normalisation")
        assert path in refusals(headers)
        assert same["link"] == "net=depth~0"
