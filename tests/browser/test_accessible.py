"""What axe-core, the usual checker of accessibility, finds on every page in both themes, and how pages stand still."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lessons import LESSONS
from views.demonstrations import link_of

from .test_layout import settled

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SHOWN = {name: LESSONS[name] for name in ("burst", "newton_ends_on_a_saddle", "xor_needs_a_hidden_layer")}
STILL = Path(__file__).with_name("still.js").read_text(encoding="utf-8")
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 17, 23)"}
UNFOLD = """() => {
  const unfold = (root) => {
    for (const each of root.querySelectorAll("details")) each.open = true;
    for (const each of root.querySelectorAll("*")) if (each.shadowRoot) unfold(each.shadowRoot);
  };
  unfold(document);
}"""
MOVING = """() => [...document.querySelectorAll("*")]
    .flatMap(({ shadowRoot }) => shadowRoot?.getAnimations() ?? []).length"""
GRAVE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id}: ${html.slice(0, 200)} ${target.flat().at(-1)}`))
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Its script, of the packages that check the JavaScript."""
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists() and not os.environ.get("CI"):
        pytest.skip("axe-core is not there; npm ci installs it")
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*PAGES, *SHOWN])
def test_a_page_has_no_grave_finding_in_either_theme(visit, axe, name):
    place, query = (SHOWN[name].page, link_of(name)) if name in SHOWN else (name, "")
    page = settled(visit, f"{'' if place == 'compare' else place}?{query}").page
    page.evaluate(axe)
    page.evaluate(UNFOLD)
    found = {}
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        page.evaluate(STILL)
        found[scheme] = page.evaluate(GRAVE)
    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("motion, face", [("reduce", "play"), ("no-preference", "pause")])
def test_a_click_plays_unless_motion_is_unwanted(visit, motion, face):
    """Nothing plays at load, and nothing of ours moves but with the clock."""
    visit.page.emulate_media(reduced_motion=motion)
    page = visit.open().page
    toggle, place = page.locator(".play .toggle"), page.locator(".play .place")
    expect(toggle).to_have_attribute("data-face", "play")
    assert place.inner_text() == "500 / 500"
    visit.click_surface(0.3, 0.3)
    assert toggle.get_attribute("data-face") == face
    assert (place.inner_text() == "500 / 500") == (motion == "reduce")
    assert page.evaluate(MOVING) == 0
