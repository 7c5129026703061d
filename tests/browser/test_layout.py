"""Every page and every demonstration: no text overlaps another or is cut, nothing scrolls sideways, and axe-core, the
usual checker of accessibility, finds nothing. On screens, telephones and under a browser's zoom.

To open a page anew takes the browser longer than to look at it: each is opened once for all that is asked of it, and a
demonstration is chosen from the menu of the one before.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import run
from lessons import LESSONS

from .conftest import ROOT, SCREEN, Visit
from .test_compare import number
from .test_demonstrations import choose, shows

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
FAULTS = Path(__file__).with_name("fits.js").read_text(encoding="utf-8")
STILL = Path(__file__).with_name("still.js").read_text(encoding="utf-8")
SIZES = {
    "a projector": (1920, 1080),
    "a laptop": (1280, 800),
    "a laptop at 150 %": (853, 533),
    "a laptop at 175 %": (731, 457),
    "a laptop at 200 %": (640, 400),
    "a telephone": (390, 844),
}
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 17, 23)"}
UNFOLD = """() => {
  const unfold = (root) => {
    for (const each of root.querySelectorAll("details")) each.open = true;
    for (const each of root.querySelectorAll("*")) if (each.shadowRoot) unfold(each.shadowRoot);
  };
  unfold(document);
}"""
FINDINGS = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id}: ${html.slice(0, 200)} ${target.flat().at(-1)}`))
"""


def faults(visit, sizes=tuple(SIZES)):
    """What is wrong at which size."""
    found = {}
    for size in sizes:
        width, height = SIZES[size]
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.evaluate(STILL)
        if wrong := visit.page.evaluate(FAULTS):
            found[size] = wrong
    visit.page.set_viewport_size(SCREEN)
    return found


def settled(visit, address):
    """Open a page and wait until its script has run."""
    visit.page.goto(f"{visit.address}/{address}")
    return visit.settled()


def findings(page: Page, axe: str) -> dict[str, list[str]]:
    """What axe finds in each theme, all details unfolded."""
    page.evaluate(axe)
    page.evaluate(UNFOLD)
    found = {}
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        page.evaluate(STILL)
        found[scheme] = page.evaluate(FINDINGS)
    page.emulate_media(color_scheme="light")
    return {scheme: nodes for scheme, nodes in found.items() if nodes}


# ---- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=PAGES)
def opened(request, tab, address):
    """Each page, open for all tests that look at it."""
    visitor = settled(Visit(tab, address), f"{'' if request.param == 'compare' else request.param}?lang=en")
    yield visitor
    visitor.leave()


def test_a_page_is_drawn_unasked_and_fits(opened):
    """No work of its defaults waits for a click."""
    assert not opened.page.get_by_role("button", name="Run", exact=True).count()
    assert faults(opened) == {}
    opened.check()


def test_a_page_fits_in_chinese(opened):
    opened.page.get_by_text("中文").click()
    expect(opened.page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert faults(opened.settled()) == {}
    opened.check()


def test_a_page_has_no_finding_in_either_theme(opened, axe):
    assert findings(opened.page, axe) == {}
    opened.check()


# ---- demonstrations --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tour(tab, address):
    """From one demonstration to the next."""
    visitor = settled(Visit(tab, address), "")
    yield visitor
    visitor.leave()


@pytest.mark.parametrize("name", sorted(LESSONS, key=lambda name: LESSONS[name].page))
def test_a_demonstration_has_its_words_fits_and_shows_its_numbers(tour, name):
    lesson = LESSONS[name]
    choose(tour, name)
    shows(tour, name)
    assert faults(tour.settled(), ("a laptop", "a laptop at 150 %", "a telephone")) == {}
    if lesson.page == "compare":
        tour.page.keyboard.press("End")  # until then the outcome is a secret
        tour.page.locator(".tabs button", has_text="Outcome").click()  # surfaces on data show their data first
        assert len(tour.column(0)) == sum(lane.shown for lane in lesson.experiment.lanes)
        for text, (_, trajectory) in zip(tour.column(1), run(lesson.experiment), strict=True):
            if trajectory.diverged_at < 0:
                assert number(text) == pytest.approx(float(trajectory.loss[-1]), rel=6e-3, abs=1e-12)
    tour.check()


@pytest.mark.parametrize("name", ["burst", "newton_ends_on_a_saddle", "xor_needs_a_hidden_layer"])
def test_a_demonstration_has_no_finding_in_either_theme(tour, name, axe):
    choose(tour, name)
    shows(tour, name)
    assert findings(tour.settled().page, axe) == {}
    tour.check()
