"""Gradients and normalisation in a real browser: drawn unasked, and the link keeps what the page asks."""

from playwright.sync_api import expect


def opened(visit, page, query):
    visit.page.goto(f"{visit.address}/{page}?{query}")
    visit.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    return visit.page


def test_a_slider_of_the_page_and_one_of_the_panel(visit):
    page = opened(visit, "gradients", "net=depth~1~width~3&layers=4")
    expect(page.locator('[class*="st-key-depth_sigmoid-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
    expect(page.locator('[class*="st-key-softmax_bars-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
    slider = page.locator(".st-key-layers input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**layers=5**")
    width = page.locator('.panel input[type=text][data-path="net.width"]')
    width.fill("4")
    width.press("Enter")
    page.wait_for_function("!location.search.includes('width~3')")
    assert "layers=5" in page.url  # what the panel writes leaves the page's own settings alone
    page.reload()
    expect(slider).to_have_value("5", timeout=60_000)


def test_normalisation_is_drawn_unasked(visit):
    page = opened(visit, "normalisation", "net=depth~1~width~3~steps~30")
    for name in ("features_raw", "features_standardised", "norms_same", "norms_own", "norms_slice"):
        expect(page.locator(f'[class*="st-key-{name}-"] .plot[data-painted]')).to_be_visible(timeout=120_000)
