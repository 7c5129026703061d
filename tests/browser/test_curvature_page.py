"""The page of curvature in a real Chromium: its clock, its pictures, its table."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from engine.networks.experiment import NetworkExperiment

from .test_by_link import heard_by_python

PLAY = "root.querySelector('.curvature .play .place')"
DRAWN = """(name) => {
  const host = [...document.querySelectorAll('*')].find((each) => each.shadowRoot?.querySelector('.curvature'));
  const canvas = host.shadowRoot.querySelector(`[data-picture=${name}] .paths`);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 3 * data[i + 1] + 7 * data[i + 2]) % 1e9;
  return sum;
}"""


def open_page(visit, query=""):
    visit.page.goto(f"{visit.address}/curvature?{query}")
    return visit.arrived(".curvature")


def test_one_clock_for_spectrum_table_and_epochs(visit):
    open_page(visit, "net=batch~35~steps~400&rule=gradient_descent&rule=adam")
    visit.until(f"{PLAY}?.textContent === '400 / 400 · epoch 100'")
    end, picture = visit.column(3), visit.page.evaluate(DRAWN, "spectrum")
    assert all(any(digit in cell for digit in "123456789") for cell in end)
    visit.page.keyboard.press("Home")
    visit.until(f"{PLAY}?.textContent === '0 / 400 · epoch 0'")
    assert visit.column(3) != end
    assert len(set(visit.column(3))) == 1  # the same first weights
    assert visit.page.evaluate(DRAWN, "spectrum") != picture


def test_a_row_and_a_view_choose_what_is_drawn(visit):
    open_page(visit)
    signs = visit.page.locator("[data-picture=signs] .name")
    assert signs.inner_text().endswith("Gradient descent")
    visit.page.locator(".sheet tbody tr").nth(2).click()
    assert signs.inner_text().endswith("Adam")
    sorted_one = visit.page.evaluate(DRAWN, "spectrum")
    visit.page.locator("[data-picture=spectrum] .choices button").nth(1).click()
    assert visit.page.evaluate(DRAWN, "spectrum") != sorted_one
    assert visit.page.locator("[data-picture=spectrum] .name").inner_text().endswith("Adam")


def test_long_work_is_asked_for_grows_and_can_be_cancelled(visit):
    page = open_page(visit, "net=width~60~steps~20&rule=adam").page
    veil = page.locator(".veil")
    assert "–" in visit.column(3)[0]
    veil.locator("button", has_text="Run").click()
    visit.until("/\\d/.test(root.querySelector('.curvature .sheet tbody td:nth-child(4)')?.textContent)")
    veil.locator("button", has_text="Cancel").click()
    expect(veil.locator("button", has_text="Run")).to_be_visible()
    assert "–" not in visit.column(3)[0], "what there was stays"
    veil.locator("button", has_text="Run").click()  # what was cancelled can be asked for again, and grows anew
    veil.locator("button", has_text="Cancel").click()
    expect(veil.locator("button", has_text="Run")).to_be_visible()


def test_a_knob_is_answered_by_its_link(visit):
    """Python hears of it when what follows below the picture comes into sight."""
    page = visit.page
    heard = []
    with heard_by_python(page) as sent:
        open_page(visit, "data=xor&net=steps~60&zero=-3&lang=en").settled()
        page.route(re.compile(r"/spectra\?"), lambda route: (heard.append(route.request.url), route.continue_()))
        sent.clear()
        width = page.locator("input[type=text][data-path='net.width']")
        width.fill("3")
        visit.after(lambda: width.press("Enter"))
        assert len(heard) == 1
        assert "zero=-3" in heard[0]
        asked = parse_qs(urlsplit(page.evaluate("location.search")).query)
        assert asked["zero"] == ["-3"]
        assert "width~3" in asked["net"][0]
        size = NetworkExperiment.from_link(page.evaluate("location.search.slice(1)"))[0].size
        expect(page.get_by_text(f"All {size} eigenvalues are exact")).to_be_visible()
        expect(width).to_have_value("3")
        page.wait_for_timeout(600)
        assert not sent
        page.get_by_role("heading", name="Around the end of each training").scroll_into_view_if_needed()
        page.wait_for_timeout(600)
        visit.settled()
        assert sent
        assert len(heard) == 1, "of the same picture"
