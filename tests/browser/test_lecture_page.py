"""A lecture in a browser: a clicker leads through it, nothing scrolls, no answer is there before its question."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from lectures import DECKS
from tests.stops import distinct, faults, open_stop

from .test_layout import FINDINGS

NOW = """() => {
  const frame = [...document.querySelectorAll("iframe")].find((each) => !each.inert);
  const stop = frame?.contentWindow.labStop;
  return { stop: Number(new URL(location.href).searchParams.get("stop")), clock: stop?.runs ? stop.clock.step : null,
    last: stop?.clock?.last ?? null, playing: stop?.clock?.playing ?? false,
    frames: document.querySelectorAll("iframe").length };
}"""
SIZES = [(1280, 720), (1920, 1080), (1280, 800)]
SEEN = {}  # a stop of each page
for _deck, _number, _stop in distinct(list(DECKS)):
    SEEN.setdefault(_stop.demonstration.page, (_deck, _number))
STOPS = list(enumerate(DECKS["whole"].stops, 1))
RACE = next(number for number, stop in STOPS if stop.demonstration.page == "compare" and stop.pauses)
ASKED = next(number for number, stop in STOPS if stop.asks.startswith("lowest"))


@pytest.mark.parametrize("page", SEEN)
def test_a_stop_of_each_page_fills_the_screen(visit, page):
    deck, number = SEEN[page]
    for i, lang in enumerate(("zh", "en")):
        size = SIZES[(sorted(SEEN).index(page) + i) % len(SIZES)]
        visit.page.set_viewport_size({"width": size[0], "height": size[1]})
        open_stop(visit.page, visit.address, deck, number, lang)
        visit.page.wait_for_timeout(300)
        assert faults(visit.page) == [], (size, lang)


def test_a_screen_reader_finds_its_way(visit, axe):
    page, within = visit.page, f"{visit.address}/lecture?lang=en"
    for told, there in {
        "": "ul.decks li",
        "&deck=whole": "ol.stops li",
        f"&deck=whole&stop={RACE}&notes=1": ".notes:not(:empty)",
        f"&deck=whole&stop={ASKED}": ".question button",
        f"&deck=whole&stop={ASKED}&course=1": ".question button",
        f"&deck=whole&stop={RACE}&questions=0&theme=dark": f"main[data-painted='{RACE}']",
    }.items():
        page.goto(within + told)
        page.wait_for_selector(there)
        page.evaluate(axe)
        assert page.evaluate(FINDINGS) == [], told


def test_a_chart_keeps_the_legend_of_its_row(visit):
    """On the page one legend stands above three charts, of which a stop shows one."""
    number = next(number for number, stop in STOPS if stop.lesson == "gradient_vanishes_with_depth")
    open_stop(visit.page, visit.address, "whole", number)
    inside = visit.page.frame_locator("iframe:not([inert])")
    expect(inside.locator(".lab-chart")).to_have_count(1)
    expect(inside.locator(".lab-signs.lab-shown")).to_be_visible()
    expect(inside.locator(".lab-signs")).to_contain_text("residual")


def test_a_clicker_plays_turns_and_comes_back(visit):
    page = visit.page
    open_stop(page, visit.address, "whole", RACE)
    before = page.evaluate(NOW)
    assert before["clock"] == 0 and before["last"] > 0
    page.keyboard.press("PageDown")
    page.wait_for_function(f"({NOW})().playing")
    pauses = [*DECKS["whole"].stops[RACE - 1].pauses, before["last"]]
    page.keyboard.press("PageDown")  # at once
    assert page.evaluate(NOW)["clock"] == pauses[0]
    for step in pauses[1:]:
        page.keyboard.press("PageDown")
        page.keyboard.press("PageDown")
        assert page.evaluate(NOW)["clock"] == step
    page.keyboard.press("PageDown")
    assert page.evaluate(NOW)["stop"] == RACE + 1
    page.keyboard.press("PageUp")
    page.wait_for_selector(f"main[data-painted='{RACE}']")
    assert page.evaluate(NOW)["stop"] == RACE
    page.keyboard.press("b")
    assert page.locator(".blank").is_visible()
    page.keyboard.press("b")
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.keys").is_visible()


def test_escape_leaves_to_the_same_experiment(visit):
    open_stop(visit.page, visit.address, "whole", RACE)
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(re.compile("lesson="))
    asked = parse_qs(urlsplit(visit.page.url).query)
    assert asked["lesson"] == [DECKS["whole"].stops[RACE - 1].lesson]
    assert "embed" not in asked


def test_nothing_of_an_answer_is_asked_for_before_somebody_commits(visit):
    page, number = visit.page, ASKED
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    prepared = []
    page.on("response", lambda answer: prepared.append(answer.status) if "/prepare?" in answer.url else None)
    page.goto(f"{visit.address}/lecture?deck=whole&stop={number}&lang=en")
    page.wait_for_selector(".question button")
    page.wait_for_timeout(500)
    told = [url for url in requests if re.search(r"/(reveal|race|training|moment|atlas)\?|_stcore/stream", url)]
    assert told == []
    assert set(prepared) <= {202, 204}  # worked out, without a byte of it
    assert page.evaluate(NOW)["frames"] == 0
    stop = DECKS["whole"].stops[number - 1]
    assert str(stop.says) not in page.content() and str(stop.demonstration.name) not in page.content()
    page.keyboard.press("PageDown")  # nobody dares
    page.wait_for_function("performance.getEntriesByType('resource').some(({ name }) => name.includes('/reveal?'))")
    page.get_by_role("heading", name=str(stop.says)).wait_for()
    page.keyboard.press("PageDown")
    page.wait_for_selector("iframe", state="attached")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("deck=bogus", "no lecture of this name"),
        ("deck=whole&stop=1000", "no such stop"),
        ("deck=whole&stop=x", "no such"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(visit, query, said):
    visit.page.goto(f"{visit.address}/lecture?{query}&lang=en")
    visit.page.get_by_text(re.compile(said)).wait_for()
    assert visit.page.locator("li a").count() >= len(DECKS)


def test_a_room_is_opened_shown_and_ended_by_keys(visit):
    page = visit.page
    open_stop(page, visit.address, "whole", RACE)
    page.keyboard.press("r")
    code = page.locator("dialog.entry .code")
    code.wait_for()
    assert re.fullmatch("[A-Z]{5}", code.inner_text())
    page.wait_for_function("document.querySelector('.seats').textContent")
    page.keyboard.press("x")
    page.wait_for_function("!document.querySelector('.seats').textContent")
    assert not page.locator("dialog.entry").is_visible()


def test_an_answer_that_does_not_come_is_said_and_asked_for_again(visit):
    page = visit.page
    page.goto(f"{visit.address}/lecture?deck=whole&stop={ASKED}&lang=en")
    page.wait_for_selector(".question button")
    page.route("**/reveal?*", lambda route: route.abort())
    page.keyboard.press("PageDown")
    page.get_by_role("alert").wait_for()
    page.unroute("**/reveal?*")
    page.keyboard.press("PageDown")
    page.locator(".question .why").wait_for()
    visit.complaints.clear()  # the request that was cut


def test_the_speakers_window_follows_and_leads(visit):
    page = visit.page
    open_stop(page, visit.address, "whole", RACE)
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    speaker = opened.value
    stop = DECKS["whole"].stops[RACE - 1]
    speaker.get_by_text(str(stop.notes)[:30]).wait_for()
    speaker.get_by_role("button", name="Next").click()
    page.wait_for_function(f"({NOW})().playing || ({NOW})().stop === {RACE + 1}")
    speaker.close()
