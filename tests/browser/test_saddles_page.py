"""Minima or saddles, in a browser: a dot is clicked, and its network is opened; another τ, another dot, another λ."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from .test_by_link import heard_by_python

FAST = "lang=en&data=sine~size~30&net=depth~1~decay~0.001~steps~50&widths=1~2"


def test_a_click_on_a_dot_leads_to_its_network(visit):
    page = visit.page
    page.goto(f"{visit.address}/saddles?{FAST}")
    page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    signed, whole = (page.locator(f'[class*="st-key-dots_{name}-"] .plot') for name in ("signed", "all"))
    for chart in (signed, whole):
        expect(chart).to_have_attribute("data-painted", re.compile(r"\d"), timeout=60_000)
    dots, tip = signed.locator("canvas.ground"), signed.locator(".tip")
    assert "minimum ratio" in dots.get_attribute("aria-label")
    dots.focus()
    dots.press("ArrowRight")  # to the first dot
    first = tip.inner_text()
    box = signed.locator(".spot").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + box["height"] / 2)
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    page.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + box["height"] / 2)
    assert tip.inner_text() == first
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**dot=*")
    width, seed = parse_qs(urlsplit(page.url).query)["dot"][0].split("~")
    assert re.search(rf"width {width}, seed \d+", first)  # one of those that ended there
    spectrum = page.locator('[class*="st-key-dot_spectrum-"] .plot')
    expect(spectrum).to_have_attribute("data-painted", re.compile(r"\d"))
    spectrum.locator("canvas.ground").press("ArrowLeft")  # to the last eigenvalue
    assert spectrum.locator(".tip").inner_text().startswith({"1": "λ₄ = ", "2": "λ₇ = "}[width])
    page.locator(".st-key-open_network button").click()
    page.wait_for_url("**/networks?**")
    net = parse_qs(urlsplit(page.url).query)["net"][0].split("~")
    told = dict(zip(net[::2], net[1::2], strict=True))
    assert (told["width"], told.get("seed", "0")) == (width, seed)


def test_fields_and_dots_are_heard_by_the_server_alone(visit):
    """Charts and sentences follow them without a run of the page's script."""
    page = visit.page
    with heard_by_python(page) as sent:
        page.goto(f"{visit.address}/saddles?{FAST}&dot=2~5")
        facts, told = (page.locator(f".st-key-saddles_{name} .sentences") for name in ("dot", "told"))
        expect(facts).to_contain_text("Trained for", timeout=60_000)
        visit.settled()
        sent.clear()
        before, signed = told.inner_text(), page.locator('[class*="st-key-dots_signed-"] .plot')
        painted = signed.get_attribute("data-painted")
        page.locator(".panel select:has(option[value='-14'])").select_option("-1")
        page.wait_for_url("**zero=-1**")
        expect(told).not_to_have_text(before, use_inner_text=True)
        expect(signed).not_to_have_attribute("data-painted", painted)
        first = facts.inner_text()
        dots = signed.locator("canvas.ground")
        dots.focus()
        dots.press("ArrowRight")
        dots.press("Enter")
        expect(facts).not_to_have_text(first, use_inner_text=True)
        assert "dot=2~5" not in page.url
        steps = page.locator('.panel input[type=text][data-path="net.steps"]')
        steps.fill("40")
        steps.press("Enter")
        page.wait_for_url("**steps~40**")
        page.wait_for_timeout(600)
        assert not sent
