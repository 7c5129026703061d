"""Gradients and normalisation in a real browser: drawn unasked, and edited by their links."""

from playwright.sync_api import expect

from engine.measures.layer_gradients import logit_gradient
from views.kit.text import number

from .test_by_link import heard_by_python


def opened(visit, page, query):
    visit.page.goto(f"{visit.address}/{page}?{query}")
    visit.page.wait_for_selector(".panel[data-painted]", state="attached", timeout=60_000)
    return visit.page


def typed(page, name, value):
    entry = page.locator(f'.panel input[type=text][data-path="{name}"]')
    entry.fill(value)
    entry.press("Enter")
    return entry


def test_fields_of_the_page_and_of_the_panel_are_heard_by_the_server_alone(visit):
    """Charts, sentences and tables follow them without a run of the page's script."""
    with heard_by_python(visit.page) as sent:
        page = opened(visit, "gradients", "net=depth~1~width~3&layers=4&lang=en")
        bars = page.locator('[class*="st-key-softmax_bars-"] .plot[data-painted]')
        expect(page.locator('[class*="st-key-depth_sigmoid-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
        expect(bars).to_be_visible(timeout=60_000)
        visit.settled()
        sent.clear()
        before = bars.get_attribute("data-painted")
        typed(page, "z1", "3")
        loss = number(logit_gradient((3.0, 0.5, -1.0), 0).loss, 4)
        expect(page.get_by_text(f"L = {loss}")).to_be_visible()
        expect(bars).not_to_have_attribute("data-painted", before)
        reach = page.locator(".st-key-depth_reach table")
        first = reach.inner_text()
        layers = typed(page, "layers", "5")
        page.wait_for_url("**layers=5**")
        expect(reach).not_to_have_text(first, use_inner_text=True)
        typed(page, "net.width", "4")
        page.wait_for_function("!location.search.includes('width~3')")
        page.wait_for_timeout(600)
        assert not sent
    assert "layers=5" in page.url and "z1=3" in page.url  # what the panel writes leaves the page's own settings alone
    page.reload()
    expect(layers).to_have_value("5", timeout=60_000)


def test_another_activation_is_laid_out_by_the_page(visit):
    """It has one chart more."""
    page = opened(visit, "gradients", "net=depth~1~width~3&layers=4&lang=en")
    expect(page.locator('[class*="st-key-depth_relu-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
    visit.settled()
    page.locator('.panel select:has(option[value="softplus"])').select_option("softplus")
    expect(page.locator('[class*="st-key-depth_softplus-"] .plot[data-painted]')).to_be_visible(timeout=60_000)


def test_normalisation_follows_the_panel_without_a_rerun(visit):
    """The window that is dragged, then one η for all: charts, sentences and table; Python hears of none of it."""
    with heard_by_python(visit.page) as sent:
        page = opened(visit, "normalisation", "net=depth~1~width~3~steps~30&linear=window")
        for name in ("window_errors", "days", "norms_same", "norms_own", "norms_slice"):
            expect(page.locator(f'[class*="st-key-{name}-"] .plot[data-painted]')).to_be_visible(timeout=120_000)
        visit.settled()
        sent.clear()
        said = page.locator(".sentences", has_text="Least test error")
        before = said.inner_text()
        days = page.locator(".panel input[type=range][data-path=past_noise]").bounding_box()
        page.mouse.move(days["x"] + 0.3 * days["width"], days["y"] + days["height"] / 2)
        page.mouse.down()
        page.mouse.move(days["x"] + 0.8 * days["width"], days["y"] + days["height"] / 2)
        expect(said).not_to_have_text(before, use_inner_text=True)
        assert "past_noise" not in page.url  # while it is held
        page.mouse.up()
        page.wait_for_url("**past_noise=**")
        page.locator(".panel select[aria-label='η for all']").select_option("2")
        expect(page.get_by_text("the same η = 2", exact=True)).to_be_visible()
        page.wait_for_url("**norm_rate=2**")
        page.wait_for_timeout(600)
        assert not sent
    page.reload()
    expect(page.get_by_text("the same η = 2", exact=True)).to_be_visible(timeout=60_000)


def test_what_an_edit_has_begun_is_taken_back_by_cancel(visit):
    page = opened(visit, "gradients", "net=width~16&layers=8&lang=en")
    expect(page.locator('[class*="st-key-depth_relu-"] .plot[data-painted]')).to_be_visible(timeout=60_000)
    visit.settled()
    page.wait_for_selector(".linked .veil", state="attached")
    page.route("**/gradients?*long=1*", lambda _: None)  # it never comes
    layers = typed(page, "layers", "40")
    page.get_by_role("button", name="Cancel").click()
    expect(layers).to_have_value("8")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    assert "layers=8" in page.url
