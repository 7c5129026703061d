"""No text overlaps another or is cut, no page scrolls sideways: on screens, telephones and under a browser's zoom."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from engine import run
from lessons import LESSONS
from views.demonstrations import link_of

from .test_compare import number

ROOT = Path(__file__).parents[2]
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


def faults(visit, sizes=tuple(SIZES)):
    """What is wrong at which size."""
    found = {}
    for size in sizes:
        width, height = SIZES[size]
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.evaluate(STILL)
        if wrong := visit.page.evaluate(FAULTS):
            found[size] = wrong
    return found


def settled(visit, address):
    """Open a page and wait until its script has run."""
    visit.page.goto(f"{visit.address}/{address}")
    visit.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    app = visit.page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    return visit


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
def test_a_page_fits_in_both_languages(visit, name):
    for lang in ("en", "zh"):
        assert faults(settled(visit, f"{'' if name == 'compare' else name}?lang={lang}")) == {}


@pytest.mark.parametrize("name", LESSONS)
def test_a_demonstration_fits_and_shows_its_numbers(visit, name):
    lesson = LESSONS[name]
    settled(visit, f"{'' if lesson.page == 'compare' else lesson.page}?{link_of(name)}")
    assert faults(visit, ("a laptop", "a laptop at 150 %", "a telephone")) == {}
    if lesson.page != "compare":
        return
    visit.page.keyboard.press("End")  # until then the outcome is a secret
    visit.page.locator(".tabs button", has_text="Outcome").click()  # surfaces on data show their data first
    assert len(visit.column(0)) == sum(lane.shown for lane in lesson.experiment.lanes)
    for text, (_, trajectory) in zip(visit.column(1), run(lesson.experiment), strict=True):
        if trajectory.diverged_at < 0:
            assert number(text) == pytest.approx(float(trajectory.loss[-1]), rel=6e-3, abs=1e-12)
