"""The fair race: it waits for a click, can be cancelled, and its link gives the same ranking again."""

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .test_by_link import heard_by_python

RULES = "&".join(f"run={name}" for name in ("gradient_descent", "momentum", "rmsprop", "adam"))
LONG = f"lang=en&surface=booth&steps=10000&fair_starts=128&fair_rates=50&{RULES}"


@pytest.fixture
def visit(tab, address):
    visitor = Visit(tab, address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints, visitor.complaints


def ranking(page):
    """The table, once the race is over."""
    page.locator(".played[data-painted]").wait_for(timeout=120_000)
    return page.locator(".st-key-fair_table table").inner_text()


def test_a_race_is_cancelled_run_and_linked(visit):
    page = visit.page
    page.goto(f"{visit.address}/fair?{LONG}")
    run = page.get_by_role("button", name="Run", exact=True)
    run.click(timeout=60_000)
    page.get_by_role("button", name="Cancel").click(timeout=60_000)
    run.wait_for(timeout=60_000)
    assert not page.locator(".st-key-fair_table").count()
    run.click()
    first = ranking(page)
    assert "Adam" in first and "Gradient descent" in first
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    assert saved.value.suggested_filename == "fair.png"
    page.reload()
    expect(page.locator("h1").first).to_be_visible()
    assert ranking(page) == first


def test_an_edit_changes_the_race_without_python(visit):
    page = visit.page
    with heard_by_python(page) as sent:
        page.goto(f"{visit.address}/fair?lang=en&surface=booth&steps=100&fair_starts=16&fair_rates=5&{RULES}")
        first = ranking(page)
        visit.settled()
        sent.clear()
        steps = page.locator(".panel input[type=text][data-path='steps']")
        steps.fill("20")
        steps.press("Enter")
        expect(page.get_by_text("(5 rates × 16 starts × 20)")).to_be_visible()
        page.wait_for_function("location.search.includes('steps=20')")
        assert page.locator(".st-key-fair_table table").inner_text() != first
        page.wait_for_timeout(600)
        assert not sent
    page.get_by_text("Several surfaces", exact=True).click()  # it knows of the edit
    page.wait_for_function("['fair_over=suite', 'steps=20'].every((each) => location.search.includes(each))")
