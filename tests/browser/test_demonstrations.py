"""Demonstrations as a lecturer uses them: one entry of the browser's history for each thing that is done."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from lessons import LESSONS
from lessons.rows import CHAPTERS, NOTES, ROWS
from views.demonstrations import link_of
from views.kit.text import CATALOGUE

LAB = "Descent Lab"


def choose(visit, name):
    """Open a demonstration from the menu."""
    title = str(LESSONS[name].name)
    visit.page.get_by_role("combobox", name="Demonstrations").fill(title)
    visit.page.locator(f"[role=option][data-key={name}]").click()
    visit.page.wait_for_url(re.compile(f"lesson={name}(&|$)"))


def shows(visit, name, number=0):
    """Wait for the title and the text of a stage; the address is its own."""
    lesson = LESSONS[name]
    expect(visit.page).to_have_title(f"{lesson.name} · {CATALOGUE['pages'][lesson.page]} · {LAB}", timeout=60_000)
    expect(visit.page.locator(".st-key-guide")).to_contain_text(str(lesson.stages[number].about))
    asked = parse_qs(urlsplit(visit.page.url).query)
    link = parse_qs(link_of(name, number))
    assert {key: asked.get(key) for key in link} == link
    expect(visit.page.get_by_role("combobox", name="Demonstrations")).to_have_value(str(lesson.name))


def test_back_and_forward_go_where_somebody_has_been(visit):
    """Three demonstrations on three pages and a step: four entries, each with its page, title, text and address."""
    page = visit.open().page
    length = page.evaluate("history.length")
    saddle, step = "smallest_network_with_a_saddle", 1
    trail = [
        ("burst", 0, ".compare"), (saddle, 0, ".critical_points"), (saddle, step, ".critical_points"),
        ("xor_needs_a_hidden_layer", 0, ".networks"),
    ]  # fmt: skip
    for done, (name, number, picture) in enumerate(trail, 1):
        if number:
            page.get_by_role("button", name=str(LESSONS[name].stages[number].name)).click()
        else:
            choose(visit, name)
            visit.arrived(picture)
        shows(visit, name, number)
        assert page.evaluate("history.length") == length + done
    for name, number, picture in reversed(trail[:-1]):
        page.go_back()
        shows(visit, name, number)
        visit.arrived(picture)
    page.go_back()
    expect(page).to_have_title(f"Compare · {LAB}")
    assert urlsplit(page.url).query == ""
    for name, number, picture in trail:
        page.go_forward()
        shows(visit, name, number)
        visit.arrived(picture)
    page.reload()
    visit.arrived(".networks")
    shows(visit, "xor_needs_a_hidden_layer")
    assert page.evaluate("history.length") == length + len(trail)


def test_a_step_may_ask_how_it_is_looked_at(visit):
    """The third curve, the table below, one scale on both axes: the last by hand as well, and all stand in the link."""
    page = visit.open(link_of("burst")).page
    page.get_by_role("button", name="σ at each step").click()
    expect(page.locator(".tabs [aria-selected=true]")).to_have_text("At this step")
    page.get_by_role("button", name="Sharpness", exact=True).click()
    expect(page.locator("[data-picture=rate] .name")).to_have_text("sharpness λmax")
    expect(page.locator(".tabs [aria-selected=true]")).to_have_text("Outcome")
    page.get_by_role("button", name="Beginning").click()
    expect(page.locator("[data-picture=rate] .name")).to_have_text("learning rate η")
    visit.open(link_of("raw_and_normalised_feature", 2))
    equal = page.locator(".contour .tools button", has_text="1:1")
    expect(equal).to_have_attribute("aria-pressed", "true")
    equal.click()
    page.wait_for_url(lambda url: "aspect=full" in url)
    expect(equal).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="back to the demonstration").wait_for()


def test_a_touch_leaves_the_text_and_the_button_leads_back(visit):
    page = visit.open(link_of("burst")).page
    length = page.evaluate("history.length")
    back = page.get_by_role("button", name="back to the demonstration")
    assert not back.count()
    visit.click_surface(0.3, 0.3)
    back.wait_for()
    expect(page.locator(".st-key-guide")).to_contain_text(str(LESSONS["burst"].about))
    visit.after(back.click)
    shows(visit, "burst")
    expect(back).to_have_count(0)
    assert page.evaluate("history.length") == length + 2
    page.go_back()
    back.wait_for()
    page.go_back()
    expect(back).to_have_count(0)
    shows(visit, "burst")


def test_the_menu_leaves_a_demonstration_behind_and_back_returns_to_it(visit):
    page = visit.open(link_of("burst")).page
    length = page.evaluate("history.length")
    page.get_by_role("link", name="Critical points").click()
    visit.arrived(".critical_points")
    assert "lesson=" not in page.url
    assert "surface=narrow_valley" in page.url
    assert page.evaluate("history.length") == length + 1
    expect(page).to_have_title(f"Critical points · {LAB}")
    page.go_back()
    shows(visit, "burst")


def test_a_door_is_one_entry(visit):
    """From the end of a path to the page of critical points, and from there to a race."""
    page = visit.open("v=1&surface=himmelblau&start=2~-3&run=newton~learning_rate~0.1&steps=300").page
    length = page.evaluate("history.length")
    page.locator(".sheet tbody a").first.click()
    visit.arrived(".critical_points")
    assert page.evaluate("history.length") == length + 1
    page.get_by_text("Race from here").click()
    visit.arrived(".compare")
    assert page.evaluate("history.length") == length + 2
    for place in ("critical_points", ""):
        page.go_back()
        page.wait_for_url(f"**/{place}?**")


def test_the_name_alone_opens_it(visit):
    visit.page.goto(f"{visit.address}/networks?lesson=smallest_network_with_a_saddle")
    visit.arrived(".critical_points")
    shows(visit, "smallest_network_with_a_saddle")


@pytest.mark.parametrize("page", ["", "critical_points"])
def test_the_tab_says_its_language_and_asks_nothing_that_there_is_not(visit, page):
    """Also on a deep link: every answer is one, and the console stays silent."""
    missing = []
    visit.page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))
    visit.open("lang=zh", page)
    expect(visit.page.locator("html")).to_have_attribute("lang", "zh-CN")
    visit.page.get_by_text("English").click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    assert missing == []


def test_the_menu_is_searched_in_both_languages_and_by_rows_with_the_keyboard_alone(visit):
    """Chapters stand above what they have; a row's id is meant as a whole; from the notes what is missing is marked."""
    page = visit.open().page
    menu = page.get_by_role("combobox", name="Demonstrations")
    offered = page.locator(".offer [role=option]")
    menu.focus()
    page.keyboard.press("ArrowDown")
    expect(offered).to_have_count(len(LESSONS))
    expect(page.get_by_role("group", name=f"E · {CHAPTERS['E']}")).to_be_visible()
    page.keyboard.type("E7")
    expect(offered).to_have_count(sum("E7" in lesson.rows.split() for lesson in LESSONS.values()))
    menu.fill("爆冲")
    expect(offered.first).to_contain_text("The burst")
    page.keyboard.press("Escape")
    expect(page.locator(".offer")).to_be_hidden()
    expect(menu).to_have_value("")
    menu.fill("smallest network saddle")
    page.keyboard.press("Enter")
    visit.arrived(".critical_points")
    shows(visit, "smallest_network_with_a_saddle")


def test_from_the_notes_every_row_stands_and_what_is_missing_is_marked(visit):
    page = visit.open().page
    page.get_by_role("combobox", name="Demonstrations").click()
    page.get_by_role("button", name="From the notes").click()
    for number, called in NOTES.items():
        expect(page.get_by_role("group", name=f"{number} {called}")).to_have_count(1)
    shown = {row for lesson in LESSONS.values() for row in lesson.rows.split()}
    cited = [row.id for row in ROWS.values() for _ in row.notes.split() or [""]]
    expect(page.locator("[role=option][aria-disabled]")).to_have_count(sum(row not in shown for row in cited))
    page.get_by_role("option", name="● E7", exact=False).first.click()
    visit.arrived(".compare")
    expect(page).to_have_title(re.compile("burst"))


def test_it_is_closed_beside_its_name(visit):
    page = visit.open(link_of("burst")).page
    page.get_by_role("button", name="Close the demonstration").click()
    expect(page.get_by_role("combobox", name="Demonstrations")).to_have_value("")
    assert "lesson=" not in page.url
    assert "surface=narrow_valley" in page.url
