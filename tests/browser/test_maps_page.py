"""The page of maps: a first picture, zooming while it is computed, a click that replays, a link that shows the same."""

import re

import pytest
from playwright.sync_api import expect

from engine import Experiment, run
from settings.maps import FIRST

from .conftest import Visit
from .test_by_link import heard_by_python, typed

DONE = """() => [...document.querySelectorAll("*")].map((each) => each.shadowRoot?.querySelector(".maps"))
    .some((maps) => maps?.querySelector(".legend").children.length
        && !maps.querySelector(".told").textContent.includes("computing"))"""
PICTURE = "canvas => canvas.toDataURL()"
PATH = "lanes.0.rule.learning_rate"


@pytest.fixture
def visit(tab, address):
    visitor = Visit(tab, address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints, visitor.complaints


def opened(visit, query="lang=en&fine=64"):
    """The canvas of the map once all of its cells are there."""
    visit.page.goto(f"{visit.address}/maps?{query}")
    canvas = visit.page.locator(".maps .atlas canvas.ground")
    canvas.wait_for(timeout=60_000)
    visit.page.wait_for_function(DONE, timeout=90_000)
    return canvas


def test_a_map_is_zoomed_clicked_and_linked(visit):
    canvas, page = opened(visit), visit.page
    first = canvas.evaluate(PICTURE)
    paths = page.locator(".maps .contour canvas.paths")
    shown = paths.evaluate(PICTURE)
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"])
    expect(page.locator(".maps .atlas .reading")).to_contain_text("minimum")
    page.wait_for_function(f"([canvas, first]) => ({PICTURE})(canvas) !== first", arg=[paths.element_handle(), shown])
    page.mouse.wheel(0, -800)
    page.wait_for_url(re.compile("[?&]zoom="), timeout=20_000)
    page.wait_for_function(DONE, timeout=90_000)
    assert canvas.evaluate(PICTURE) != first
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile("[?&]start="), timeout=20_000)
    chosen, _ = Experiment.from_link(page.url.partition("?")[2])
    assert chosen.lanes == FIRST.lanes and chosen.start != FIRST.start
    ends = dict(run(chosen))
    page.get_by_role("button", name="Compare", exact=True).last.click()
    page.locator(".compare[data-painted]").wait_for(timeout=60_000)
    for path in ends.values():  # the place that its end leads to, in all digits
        x, y = path.params[-1].tolist()
        expect(page.locator(f'.compare table a[href*="at={x!r}~{y!r}"]').first).to_be_visible(timeout=20_000)


def test_the_same_link_shows_the_same_cells(visit):
    query = "lang=en&fine=64&measure=steps&zoom=-2~2~-2~2"
    first = opened(visit, query).evaluate(PICTURE)
    assert opened(visit, query).evaluate(PICTURE) == first


def test_windows_that_make_no_sense_are_told(visit):
    """No width, the same axis twice, and a thousand times what there is: each leaves a page that works."""
    told = visit.page.locator(".maps .told")
    opened(visit, "lang=en&fine=64&across=start.0&up=start.0&zoom=1~1~2~3")
    expect(told).to_contain_text("same number")
    opened(visit, "lang=en&fine=64&zoom=1~1~2~3")
    expect(told).to_contain_text("no width")
    opened(visit, "lang=en&fine=64&zoom=-100000~100000~-100000~100000")


def test_a_training_of_a_map_is_shown_chosen_and_linked(visit):
    canvas, page = (
        opened(visit, "lang=en&over=network&fine=64&net=depth~1~width~4~subset~8~test~0~steps~60"),
        visit.page,
    )
    curve = page.locator('.maps figure[data-picture="loss"] canvas.paths')
    first = curve.evaluate(PICTURE)
    box = canvas.bounding_box()
    place = box["x"] + 0.7 * box["width"], box["y"] + 0.2 * box["height"]
    with page.expect_response(re.compile("/trial\\?")) as answer:
        page.mouse.move(*place)
    assert answer.value.ok
    expect(page.locator(".maps .atlas .reading")).to_contain_text("L/L₀")
    page.wait_for_function(f"([canvas, first]) => ({PICTURE})(canvas) !== first", arg=[curve.element_handle(), first])
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile("[?&]output=.*rule=|[?&]rule=.*output="), timeout=20_000)
    expect(page.get_by_role("button", name="Networks", exact=True)).to_be_disabled(timeout=20_000)  # it has one rate
    chosen, cells = page.url, canvas.evaluate(PICTURE)
    page.goto(f"{visit.address}/healthz")
    page.goto(chosen)
    canvas.wait_for(timeout=60_000)
    page.wait_for_function(DONE, timeout=90_000)
    assert canvas.evaluate(PICTURE) == cells


def test_a_click_and_a_knob_ask_nothing_of_python(visit):
    """It hears of another lane at once: its menus have other axes then."""
    page = visit.page
    start, rate = (page.locator(f".panel input[data-path='{path}']").last for path in ("start.0", PATH))
    with heard_by_python(page) as sent:
        opened(visit, "lang=en&fine=64&surface=booth&run=gradient_descent~learning_rate~0.01")
        visit.arrived(".maps").settled()
        sent.clear()
        visit.click_surface(0.3, 0.3)
        page.wait_for_url(re.compile("[?&]start="))
        (x, _) = Experiment.from_link(page.url.partition("?")[2])[0].start
        expect(start).to_have_value(f"{x:g}")
        typed(visit, PATH, "0.02")
        expect(rate).to_have_value("0.02")
        page.wait_for_timeout(600)
        assert not sent
        page.locator(".panel .lane .copy").first.click()
        expect(page.locator(".panel .lane")).to_have_count(2)
        page.wait_for_timeout(600)
        visit.settled()
        assert sent
    assert len(Experiment.from_link(page.url.partition("?")[2])[0].lanes) == 2
