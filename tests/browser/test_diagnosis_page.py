"""Diagnosis in a real browser: coins follow the slider that is dragged; sizes are chosen before the test is opened."""

import re

from playwright.sync_api import expect

from .test_by_link import heard_by_python

TINY = "data=two_moons~size~40&net=depth~1~width~3~steps~30~validation~0.4&rule=adam"
SMALL = f"{TINY}&question=folds&trials=2&folds=2&lang=en"


def opened(visit, query):
    visit.page.goto(f"{visit.address}/diagnosis?{query}")
    visit.settled()
    return visit.page


def test_coins_follow_the_slider(visit):
    page = opened(visit, "question=luck&lang=en")
    expect(page.get_by_text("The best of 1000 on the 100 public examples: 0.64 right.")).to_be_visible()
    slider = page.locator(".panel input[type=range]").first
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2, steps=4)
    expect(page.get_by_text(re.compile("The best of [12] on the 100 public examples"))).to_be_visible()
    assert "models=" not in page.url  # while it is held
    page.mouse.up()
    page.wait_for_url(re.compile("models=[12](&|$)"))
    page.get_by_text("The guide", exact=True).click()
    expect(page.locator(".guide .end.lit").first).to_be_visible(timeout=60_000)


def test_a_size_is_chosen_and_then_the_test_is_opened(visit):
    page = opened(visit, SMALL)
    run = page.locator(".st-key-folds_run button")
    if run.count():  # what is short runs unasked
        run.click()
    expect(page.locator("table tbody tr")).to_have_count(7, timeout=180_000)
    choice = page.get_by_text("The validation examples choose")
    expect(choice).to_be_visible()
    expect(page.get_by_text("On the test:")).to_have_count(0)
    page.get_by_role("button", name="Open the test").click()
    expect(page.get_by_text("On the test:").first).to_be_visible(timeout=60_000)
    page.wait_for_url("**opened=**")
    page.locator(".st-key-folds input, .st-key-folds [role=slider]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("!location.search.includes('opened')")
    expect(page.get_by_role("button", name="Open the test")).to_be_visible(timeout=60_000)


def test_a_sweep_follows_an_edit_without_python(visit):
    link = f"{TINY}&question=tuning&tuned=width&tuning_trials=2&lang=en"
    with heard_by_python(visit.page) as sent:
        page = opened(visit, link)
        run = page.locator(".st-key-tuning_run button")
        if run.count():
            run.click()
        table = page.locator(".st-key-picture table")
        table.wait_for(timeout=120_000)
        visit.settled()
        before = table.inner_text()
        sent.clear()
        steps = page.locator(".panel input[type=text][data-path='net.steps']")
        steps.fill("31")
        steps.press("Enter")
        page.wait_for_function("location.search.includes('steps~31')")
        expect(table).not_to_have_text(before)
        page.wait_for_timeout(600)
        assert not sent
