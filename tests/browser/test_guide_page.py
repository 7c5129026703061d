"""The page of diagnosis in a real browser: a remedy is one click, the boxes light up, the thresholds decide."""

import re

from playwright.sync_api import expect


def open_guide(visit, query="lang=en"):
    visit.page.goto(f"{visit.address}/diagnosis?{query}")
    return visit.arrived(".diagnosis")


def lit(visit):
    """The titles of the boxes that the lane in focus lights."""
    return visit.page.locator(".diagnosis .end.lit h2").all_inner_texts()


def test_a_remedy_is_one_click_and_the_boxes_light_up(visit):
    page = open_guide(visit).settled().page
    assert lit(visit) == ["Overfitting"]
    expect(page.locator(".diagnosis .question.lit")).to_have_count(2)
    visit.after(page.get_by_role("button", name="more data", exact=True).click)
    page.wait_for_url(re.compile("with(~|%7E)subset(~|%7E)0"))
    assert visit.column(0) == ["Adam", "examples used = all"]
    assert visit.column(4) == ["Overfitting", "Nothing large"]
    few, many = (float(text) for text in visit.column(3))
    assert many < few / 2
    page.locator(".diagnosis .who button", has_text="examples used").click()
    assert lit(visit) == ["Nothing large"]


def test_the_thresholds_are_in_the_link_and_decide(visit):
    page = open_guide(visit).settled().page
    threshold = page.get_by_label("much: more than")
    threshold.fill("100")
    visit.after(lambda: threshold.press("Enter"))
    assert lit(visit) == ["Overfitting"]  # by more than twice the constant's loss
    page.wait_for_url(re.compile("gap(~|%7E)1"))
    threshold = page.get_by_label("large: more than")
    threshold.fill("1")
    visit.after(lambda: threshold.press("Enter"))
    assert lit(visit) == ["Overfitting"]
    threshold.fill("x")
    threshold.press("Enter")
    expect(threshold).to_have_value("1")
    assert lit(visit) == ["Overfitting"]


def test_the_loss_stops_where_validation_says(visit):
    page = open_guide(visit).settled().page
    visit.after(page.get_by_role("button", name="early stopping", exact=True).click)
    assert visit.page.locator(".sheet thead th").all_inner_texts()[-2:] == ["stops", "what is the matter"]
    assert visit.column(4)[0] == "–"
    assert 0 < int(visit.column(4)[1]) < 400
