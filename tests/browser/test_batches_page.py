"""The page of batches in a real browser: drawn unasked, the link keeps the choice, a long sweep can be cancelled."""

from playwright.sync_api import expect

SMALL = "data=two_moons~size~40&net=depth~1~width~3~steps~30&lang=en"


def opened(visit, query):
    visit.page.goto(f"{visit.address}/batches?{query}")
    visit.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    return visit.page


def test_paths_and_cloud_are_drawn_and_the_choice_stays(visit):
    page = opened(visit, SMALL)
    for name in ("batch_map", "batch_loss_updates", "batch_loss_epochs", "batch_cloud", "batch_spread"):
        expect(page.locator(f'[class*="st-key-{name}-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
    batches = page.locator(".st-key-sizes").get_by_role("button", name="8", exact=True)
    batches.click()
    page.wait_for_url("**sizes=all-1**")
    expect(page.locator("table tr")).to_have_count(3, timeout=60_000)
    page.locator(".st-key-moment input[type=range]").focus()
    page.keyboard.press("End")
    page.wait_for_url("**moment=100**")
    page.reload()
    expect(page.locator("table tr")).to_have_count(3, timeout=60_000)
    assert "sizes=all-1" in page.url


def test_a_long_sweep_is_cancelled(visit):
    half_a_minute = "data=two_moons~size~400&net=depth~2~width~16~steps~30&lang=en&topic=sweep&span=500&trials=32"
    page = opened(visit, half_a_minute)  # so that Cancel is there when it is clicked
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("button", name="Cancel", exact=True).click(timeout=60_000)
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator('[class*="st-key-sweep_loss_done-"]')).to_have_count(0)
