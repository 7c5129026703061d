"""The page of batches in a real browser: drawn unasked, the link keeps the choice, a long sweep can be cancelled."""

from playwright.sync_api import expect

from .test_by_link import heard_by_python

SMALL = "data=two_moons~size~40&net=depth~1~width~3~steps~30&lang=en"


def opened(visit, query):
    visit.page.goto(f"{visit.address}/batches?{query}")
    visit.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    return visit.page


def test_paths_and_cloud_follow_the_panel_without_a_rerun(visit):
    """Sizes, the place on the path, an edit of the network: charts, table and clock; Python hears of none of it."""
    charts = ("batch_map", "batch_loss_updates", "batch_loss_epochs", "batch_cloud", "batch_spread")
    with heard_by_python(visit.page) as sent:
        page = opened(visit, SMALL)
        for name in charts:
            expect(page.locator(f'[class*="st-key-{name}-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
        visit.settled()
        sent.clear()
        rows = page.locator(".sentences tbody tr")
        expect(rows).to_have_count(3)
        page.locator(".panel .some").get_by_role("button", name="8", exact=True).click()
        page.wait_for_url("**sizes=all-1**")
        expect(rows).to_have_count(2)
        expect(page.get_by_text("Tall diamond: update 0 of")).to_be_visible()
        page.locator(".panel input[type=range][data-path=moment]").focus()
        page.keyboard.press("End")
        expect(page.get_by_text("Tall diamond: update 30 of")).to_be_visible()
        page.wait_for_url("**moment=100**")
        steps = page.locator(".panel input[type=text][data-path='net.steps']")
        steps.fill("60")
        steps.press("Enter")
        expect(rows.nth(1).locator("td").nth(2)).to_have_text("60")
        expect(page.locator(".played .place")).to_contain_text("/ 60")
        page.wait_for_timeout(600)
        assert not sent
    page.go_back()
    expect(page.locator(".played .place")).to_contain_text("/ 30")
    page.reload()
    expect(rows).to_have_count(2, timeout=60_000)
    assert "sizes=all-1" in page.url


def test_a_long_sweep_is_cancelled(visit):
    half_a_minute = "data=two_moons~size~400&net=depth~2~width~16~steps~30&lang=en&topic=sweep&span=500&trials=32"
    page = opened(visit, half_a_minute)  # so that Cancel is there when it is clicked
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("button", name="Cancel", exact=True).click(timeout=60_000)
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible(timeout=60_000)
    expect(page.locator('[class*="st-key-sweep_loss-"]')).to_have_count(0)
