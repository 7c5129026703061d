"""The page of normalisation as Streamlit runs it."""

import pytest
from test_pages import again, charts
from test_pages import visit as visit_page

from views.kit.text import CATALOGUE

WORDS = CATALOGUE["normalisation"]
SMALL = "net=depth~1~width~3~steps~20"


def visit(link=SMALL, lang="en"):
    return visit_page(link, lang, "normalisation")


def shown(page):
    return "\n".join(part.value for part in page.markdown)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit(lang):
    page = visit(lang=lang)
    assert WORDS["layers_title"].within(lang) in shown(page)
    assert len(charts(page)) == 6
    assert "κ = 104" in shown(page)  # unequal features, raw, in place of two moons
    assert not page.warning


def test_data_with_numbers_are_taken_themselves():
    page = visit("data=unequal_features&net=depth~0")
    assert "κ = 10400" in shown(page)
    assert not any("ρ = 10" in part.value for part in page.caption)


def test_a_linear_model_has_no_layer_to_normalise():
    page = visit("net=depth~0")
    assert page.info[0].value == WORDS["no_layer"]
    assert len(charts(page)) == 3


def test_the_rate_is_one_of_those_on_offer():
    page = visit(f"{SMALL}&norm_rate=0.5")
    assert "η = 0.5" in shown(page)
    assert "η = 0.2" in shown(visit(f"{SMALL}&norm_rate=0.123"))
    page.button_group(key="norm_rate").set_value("2")
    again(page)
    assert page.query_params["norm_rate"] in ("2", ["2"])


def test_one_example_cannot_be_normalised_over_a_batch():
    page = visit("net=depth~1~width~3~batch~1")
    assert len(page.warning) == 1
    assert len(charts(page)) == 3


def test_a_large_network_that_diverges_is_shown():
    page = visit("net=width~48~decay~10~steps~200~scheme~he")
    for name in ("norms_run", "norm_shapes_run"):
        if any(button.key == name for button in page.button):
            page.button(key=name).click()
            again(page)
    assert len(charts(page)) == 6
    sharpness = WORDS["sharpness"]
    row = next(line for line in shown(page).splitlines() if sharpness in line)
    assert "–" in row


def test_a_best_rate_at_the_end_of_the_range_is_told():
    page = visit("net=depth~1~width~3~steps~20")
    last = WORDS["largest"].split("{")[0]
    rows = next(line for line in shown(page).splitlines() if WORDS["updates_own"] in line)
    assert any(last in part.value for part in page.caption) == ("η = 2)" in rows)


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
    heads = next(part.value for part in page.markdown if WORDS["measured"] in part.value)
    assert ("after" in heads) == (where != "before")
    assert not page.warning
