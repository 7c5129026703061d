"""Two surfaces, one start, one clock: as a visitor uses them."""

import re

import numpy as np

from lessons import LESSONS

LINK = LESSONS["same_start_two_losses"].experiment.to_link()
PIXELS = """figure => {
  const canvas = figure.querySelector('.paths');
  const found = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 0;
  for (let i = 0; i < found.length; i += 1) sum = (sum * 31 + found[i]) % 1000000007;
  return sum;
}"""


def start_of(visit):
    fields = visit.page.locator(".panel input[data-path^=start]")
    return [float(fields.nth(axis).input_value()) for axis in range(2)]


def maps(visit):
    return [visit.page.locator(f"[data-picture=map{side}]") for side in range(2)]


def open_pair(visit, query):
    visit.page.goto(f"{visit.address}/classification?{query}")
    visit.arrived(".classification")
    visit.until("root.querySelector('.classification table')")


def test_a_click_on_either_surface_starts_both(visit):
    open_pair(visit, f"{LINK}&lang=en")
    assert start_of(visit) == [-7, 6]
    for side in range(2):
        before = [figure.evaluate(PIXELS) for figure in maps(visit)]
        box = maps(visit)[side].bounding_box()
        visit.after(lambda box=box, side=side: visit.page.mouse.click(box["x"] + 120 + 60 * side, box["y"] + 150))
        visit.page.wait_for_timeout(300)
        assert all(old != figure.evaluate(PIXELS) for old, figure in zip(before, maps(visit), strict=True))
        assert f"start={start_of(visit)[0]:g}".replace("-", "%2D") in visit.page.url.replace("-", "%2D")
    visit.page.reload()
    visit.arrived(".classification")
    assert start_of(visit)[0] > -7


def test_the_clock_moves_both_and_the_table(visit):
    open_pair(visit, f"{LINK}&lang=en")
    squared, entropy = 1, 4  # columns of L
    assert float(visit.column(entropy)[0]) < 0.01
    assert visit.column(squared)[0] == "2"
    at_end = [figure.evaluate(PIXELS) for figure in maps(visit)]
    visit.page.keyboard.press("Home")
    assert visit.column(squared)[0] == "2"
    assert float(visit.column(entropy)[0]) == 13
    at_start = [figure.evaluate(PIXELS) for figure in maps(visit)]
    assert all(one != other for one, other in zip(at_end, at_start, strict=True))


def test_a_visitor_from_another_surface(visit):
    """The racers come along; the first click moves the experiment, and only then."""
    open_pair(visit, "surface=booth&run=adam~learning_rate~0.1&lang=en")
    assert "surface=booth" in visit.page.url
    box = maps(visit)[1].bounding_box()
    visit.after(lambda: visit.page.mouse.click(box["x"] + 150, box["y"] + 120))
    visit.page.wait_for_url("**surface=three_logits_squared_error**")
    assert visit.page.locator(".classification table tbody tr").count() == 1


ALONG = """(side) => {
  const hosts = [...document.querySelectorAll("*")].filter((host) => host.shadowRoot);
  const host = hosts.find((each) => each.shadowRoot.querySelector(`[data-picture=${side}]`));
  const ground = host.shadowRoot.querySelector(`[data-picture=${side}] .ground`);
  const context = ground.getContext("2d");
  return Array.from({ length: 40 }, (_, k) => {
    const share = 0.2 + (0.55 * k) / 39;
    const [red, green, blue] = context.getImageData(share * ground.width, (0.1 + share) * ground.height, 1, 1).data;
    return 0.3 * red + 0.6 * green + 0.1 * blue;
  });
}"""


def test_by_true_heights_one_surface_is_a_plateau_with_a_cliff_and_the_other_a_ramp(visit):
    """From the top left half way to the diagonal: of the whole way down, how much has been come down there."""
    visit.page.goto(f"{visit.address}/classification?v=1&heights=linear&lang=en")
    visit.arrived(".classification")
    visit.page.wait_for_timeout(1000)  # both reliefs are drawn
    squared, entropy = (np.array(visit.page.evaluate(ALONG, side)) for side in ("map0", "map1"))
    falls = [float(tones[0] - tones[10]) / np.ptp(tones) for tones in (squared, entropy)]
    assert falls[0] < 0.1 and falls[1] > 0.3, falls


def test_a_click_is_answered_by_its_link(visit):
    open_pair(visit, f"{LINK}&lang=en")
    heard = []
    visit.page.route(re.compile(r"/pair\?"), lambda route: (heard.append(route.request.url), route.continue_()))
    box = maps(visit)[0].bounding_box()
    visit.after(lambda: visit.page.mouse.click(box["x"] + 150, box["y"] + 150))
    address = visit.page.evaluate("location.search")
    assert "start=-7~6" not in address
    visit.page.wait_for_timeout(1000)  # Python has heard by now: of the same picture
    visit.settled()
    assert f"start={start_of(visit)[0]:g}~" in address
    assert len(heard) == 1


def test_long_runs_come_surface_by_surface_and_can_be_cancelled(visit):
    runs = "&".join(["run=lbfgs"] * 8)
    open_pair(visit, f"surface=three_logits_squared_error&steps=100000&{runs}&lang=en")
    veil = visit.page.locator(".veil").first
    assert visit.page.locator(".classification table tbody tr").count() == 0
    visit.after(veil.locator("button", has_text="Run").click)  # the first has come
    veil.locator("button", has_text="Cancel").click()
    veil.locator("button", has_text="Run").wait_for()
    assert 0 < visit.page.locator(".classification table tbody tr").count() <= 8
