"""A phone in a room, beside its presenter: joins, answers, changes its mind, and hears that it is over."""

import re

import pytest
from playwright.sync_api import Page, expect

from .test_layout import FAULTS, FINDINGS

PATIENCE = 30_000  # milliseconds
PHONE = {"width": 390, "height": 844}
LEAD = """async root => {
  const { openRoom, presenter } = await import(`./${root}/web/lecture/presenter.js`);
  window.room = await openRoom();
  window.lead = presenter(room, { onCounts: counts => (window.counts = counts) });
  return room;
}"""
CHOICE = {"kind": "choice", "text": {"en": "Which is lowest?", "zh": "哪个最低？"}, "choices": ["sgd", "adam"]}
PLACE = {"kind": "place", "text": "Where does it end?", "window": [-5, 5, -5, 5]}
SKETCH = {"kind": "sketch", "text": "Sketch the path.", "window": [0, 1, 0, 1]}


@pytest.fixture
def people(chromium, address):
    """A presenter's tab and a telephone, which share nothing."""
    contexts = [chromium.new_context(locale="en-US"), chromium.new_context(viewport=PHONE, locale="zh-CN")]
    pages = [context.new_page() for context in contexts]
    complaints: list[str] = []
    for page in pages:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    pages[0].goto(f"{address}/join")
    yield pages
    for context in contexts:
        context.close()
    assert not complaints


def looks_well(page: Page, axe: str) -> None:
    assert page.evaluate(FAULTS) == []
    page.evaluate(axe)
    assert page.evaluate(FINDINGS) == []


def counted(lead: Page, voted: list[int]) -> None:
    lead.wait_for_function("voted => String(window.counts?.voted) === String(voted)", arg=voted)


def test_a_phone_joins_answers_and_hears_that_it_is_over(people, address, axe):
    lead, phone = people
    (root,) = set(re.findall(r"lab/[0-9a-f]{12}", lead.content()))
    room = lead.evaluate(LEAD, root)
    phone.goto(f"{address}/join")
    looks_well(phone, axe)
    phone.get_by_role("textbox").fill(room["code"].lower())
    phone.get_by_role("textbox").press("Enter")
    expect(phone.locator("main")).to_contain_text("你已加入", timeout=PATIENCE)

    lead.evaluate("asked => lead.at('whole', 1, asked)", CHOICE)
    expect(phone.locator("h1")).to_have_text("哪个最低？", timeout=PATIENCE)
    phone.get_by_role("button", name="sgd").click()
    counted(lead, [1])
    phone.get_by_role("button", name="adam").click()
    lead.wait_for_function("window.counts.taken === 2")
    looks_well(phone, axe)
    phone.reload()
    expect(phone.get_by_role("button", name="adam")).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    assert lead.evaluate("counts.votes") is None
    lead.evaluate("lead.phase('distribution')")
    lead.wait_for_function("JSON.stringify(window.counts.votes) === '[[[\"adam\",1]]]'")
    lead.evaluate("lead.again()")
    counted(lead, [1, 0])
    phone.get_by_role("button", name="sgd").click()
    counted(lead, [1, 1])
    lead.evaluate("lead.phase('revealed', { text: { en: 'Adam.', zh: '是 Adam。' } })")
    expect(phone.locator(".answer")).to_contain_text("是 Adam。", timeout=PATIENCE)
    expect(phone.locator(".distribution .count")).to_have_text(
        ["0 · 0 %", "1 · 100 %", "1 · 100 %", "0 · 0 %"], timeout=PATIENCE
    )
    looks_well(phone, axe)

    lead.evaluate("asked => lead.at('whole', 2, asked)", PLACE)
    phone.locator("canvas.square").click(position={"x": 200, "y": 100})
    counted(lead, [1])
    lead.evaluate("asked => lead.at('whole', 3, asked)", SKETCH)
    expect(phone.locator("h1")).to_have_text("Sketch the path.", timeout=PATIENCE)
    phone.locator("canvas.square").focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowRight", "Enter"):
        phone.keyboard.press(key)
    counted(lead, [1])
    lead.evaluate("lead.phase('distribution')")
    lead.wait_for_function("window.counts.votes?.[0]?.length === 1")
    assert lead.evaluate("counts.votes[0][0]") == [[[0.525, 0.5], [0.525, 0.525], [0.55, 0.525]], 1]
    looks_well(phone, axe)

    lead.evaluate("lead.end()")
    expect(phone.get_by_role("status")).to_contain_text("这个房间已结束", timeout=PATIENCE)
