"""Pictures by their links, in a real Chromium: the address is right at once, a drag asks one question at a time, a busy
server is asked again, and where none answers Python does."""

import re
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

RACE = re.compile(r"/race\?")


def asked(url):
    return parse_qs(urlsplit(url).query)


def rate(visit):
    """The slider of the first learning rate: where its middle is, and how wide it is."""
    box = visit.page.locator("input[type=range][data-path='lanes.0.rule.learning_rate']").bounding_box()
    return box["x"], box["width"], box["y"] + box["height"] / 2


@contextmanager
def heard_by_python(page):
    """What Streamlit is sent of edits by pages that are opened within; a socket that comes back sends more."""
    sent = []

    def opened(socket):
        socket.on("framesent", lambda frame: sent.extend([frame] if b"edit" in frame else []))

    page.on("websocket", opened)
    yield sent
    page.remove_listener("websocket", opened)


def typed(visit, path, value):
    field = visit.page.locator(f".panel input[type=text][data-path='{path}']")
    field.fill(value)
    visit.after(lambda: field.press("Enter"))


def test_the_address_is_right_before_python_has_heard(visit):
    page = visit.open("surface=booth").page
    heard = []
    page.evaluate(
        """() => { window.pushes = 0; const push = history.pushState.bind(history);
        history.pushState = (...all) => { window.pushes++; push(...all); } }"""
    )
    page.route(RACE, lambda route: (heard.append(route.request.url), route.continue_()))
    visit.click_surface(0.3, 0.3)
    start = asked(page.evaluate("location.href"))["start"]
    assert start != ["-8~-5"]
    assert len(heard) == 1
    assert asked(heard[0])["edit"]
    page.wait_for_timeout(1500)  # Python has heard by now: of the same address
    assert asked(page.url)["start"] == start
    assert page.evaluate("window.pushes") == 1
    page.reload()
    visit.arrived(".compare")
    assert asked(page.url)["start"] == start


def test_a_drag_asks_one_question_at_a_time_and_ends_with_the_last(visit):
    page = visit.open("surface=booth").page
    under_way, most = 0, 0

    def slowly(route):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        response = route.fetch()
        under_way -= 1
        route.fulfill(response=response)

    page.route(RACE, slowly)
    left, width, middle = rate(visit)
    page.mouse.move(left + 0.3 * width, middle)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(left + (0.3 + 0.02 * step) * width, middle)
        page.wait_for_timeout(30)
    assert most == 1
    page.mouse.up()  # this does not wait
    page.wait_for_url("**learning_rate**")
    page.unroute_all(behavior="wait")  # let go while it is asked, a question is answered twice
    typed = page.locator("input[type=text][data-path='lanes.0.rule.learning_rate']").input_value()
    visit.until(f"root.querySelector('[type=text]')?.value === '{typed}'")
    assert f"gradient_descent~learning_rate~{typed}" in asked(page.url)["run"][0]


def test_a_busy_server_is_asked_again(visit):
    page = visit.open("surface=booth").page
    refused = []

    def busy(route):
        if refused:
            return route.continue_()
        refused.append(route.request.url)
        return route.fulfill(status=503, headers={"Retry-After": "1", "Lab-Place": "7"}, body="busy")

    page.route(RACE, busy)
    before = visit.painted()
    box = page.locator(".contour .paths").bounding_box()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    expect(page.locator(".contour .veil")).to_contain_text("You are number 7 in the queue")
    assert visit.painted() == before, "the last picture stays"
    visit.until(f"root.querySelector('.compare')?.dataset.painted > {before}")
    assert asked(page.evaluate("location.href"))["start"] != ["-8~-5"]
    visit.complaints.clear()  # the browser names every answer that is not 200


def test_an_answer_that_takes_long_is_told(visit):
    page = visit.open("surface=booth").page
    held = []
    page.route(RACE, lambda route: held.append(route))
    box = page.locator(".contour .paths").bounding_box()
    before = visit.painted()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    veil = page.locator(".contour .veil")
    expect(veil).to_contain_text("longer than usual")
    for route in held:
        route.continue_()
    visit.until(f"root.querySelector('.compare')?.dataset.painted > {before}")
    expect(veil).to_be_hidden()
    page.unroute(RACE)


def test_where_no_server_answers_python_does(visit):
    page = visit.open("surface=booth").page
    page.route(RACE, lambda route: route.abort())
    visit.click_surface(0.3, 0.6)
    page.wait_for_url("**start=**")
    page.unroute(RACE)
    assert len(visit.column(0)) == 5
    visit.complaints.clear()


def test_a_network_answers_a_knob_by_its_link(visit):
    page = visit.page
    heard = []
    with heard_by_python(page) as sent:
        page.goto(f"{visit.address}/networks?data=xor&net=steps~60~width~4")
        visit.arrived(".networks").settled()
        page.route(re.compile(r"/learning\?"), lambda route: (heard.append(route.request.url), route.continue_()))
        sent.clear()
        typed(visit, "net.steps", "80")
        assert heard
        page.wait_for_timeout(600)
        assert not sent
    assert "steps~80" in page.evaluate("location.search")
    assert page.locator(".play .place").inner_text().split("/")[1].split()[0] == "80"


def test_a_click_asks_nothing_of_python_and_what_is_used_next_knows_of_it(visit):
    """The numbers of the panel, the browser's Back and links to other pages go by the address."""
    page = visit.page
    with heard_by_python(page) as sent:
        visit.open("surface=booth").settled()
        field = page.locator(".panel input[data-path='start.0']")
        sent.clear()
        starts = []
        for x, y in ((0.3, 0.3), (0.7, 0.6), (0.2, 0.7)):
            visit.click_surface(x, y)
            starts.append(asked(page.url)["start"][0].split("~")[0])
            expect(field).to_have_value(starts[-1])
        page.wait_for_timeout(600)
        assert not sent
    page.go_back()
    expect(field).to_have_value(starts[1])
    here = asked(page.url)
    assert here["start"][0].startswith(f"{starts[1]}~")
    page.locator(".st-key-menu a", has_text="Critical points").click()
    visit.arrived(".critical_points")
    assert asked(page.url) == here
    page.go_back()
    visit.arrived(".compare")
    visit.click_surface(0.4, 0.4)
    here = asked(page.url)
    page.locator(".st-key-folded summary").first.click()
    expect(page.locator(".st-key-folded .stCode").first).to_contain_text(here["start"][0])
    visit.click_surface(0.6, 0.6)  # the fold is open: it shows the new link
    expect(page.locator(".st-key-folded .stCode").first).to_contain_text(asked(page.url)["start"][0])


def test_lanes_and_knobs_ask_nothing_of_python_either(visit):
    """Cards have their numbers at once, by Back and Forward as well; another language is that of what is shown."""
    page = visit.page
    cards = page.locator(".panel .lane")
    first, new = (f"lanes.{number}.rule.learning_rate" for number in (0, 5))
    with heard_by_python(page) as sent:
        visit.open("surface=booth").settled()
        sent.clear()
        typed(visit, first, "0.003")
        visit.after(cards.nth(0).locator(".copy").click)
        expect(cards).to_have_count(6)
        typed(visit, new, "0.004")
        visit.after(cards.nth(1).locator(".remove").click)
        expect(cards).to_have_count(5)
        page.wait_for_timeout(600)
        assert not sent
    rate = page.locator(f".panel input[type=text][data-path='{new}']")
    page.go_back()
    expect(rate).to_have_value("0.004")
    page.go_back()
    expect(rate).to_have_value("0.003")
    page.go_forward()
    expect(rate).to_have_value("0.004")
    page.locator(".st-key-lang button", has_text="中文").click()
    expect(cards.nth(5).locator(".name")).to_have_text("梯度下降 η = 0.004")
    expect(rate).to_have_value("0.004")
    assert "learning_rate~0.004" in page.url


def test_of_a_demonstration_python_hears_when_a_stage_is_left(visit):
    page = visit.page
    back = page.get_by_role("button", name="Changed — back to the demonstration")
    with heard_by_python(page) as sent:
        visit.open("lesson=two_learning_rates").settled()
        expect(back).to_have_count(0)
        visit.click_surface(0.4, 0.4)
        expect(back).to_be_visible()
        assert sent
        visit.settled()
        sent.clear()
        visit.click_surface(0.3, 0.6)
        typed(visit, "lanes.0.rule.learning_rate", "0.003")
        page.wait_for_timeout(600)
        assert not sent
    back.click()
    expect(back).to_have_count(0)


def test_a_menu_used_while_a_question_is_under_way_comes_first(visit):
    page = visit.open("surface=booth").page
    held = []
    page.route(RACE, lambda route: held.append(route))
    box = page.locator(".contour .paths").bounding_box()
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    page.wait_for_timeout(300)
    page.get_by_role("combobox", name="Surface").fill("Himmelblau")
    page.keyboard.press("Enter")
    page.wait_for_url("**surface=himmelblau**")
    for route in held:
        route.continue_()
    page.unroute(RACE)  # it lets go of what is held
    page.wait_for_timeout(500)
    page.wait_for_function("location.search.includes('surface=himmelblau')")
    visit.until("root.querySelector('.compare [data-picture=map]')")


def test_after_a_failed_question_the_cards_can_be_edited(visit):
    """A copied lane: no card is edited until all have their new numbers. The question failed, and Python made them."""
    page = visit.open("surface=booth").page
    page.route(RACE, lambda route: route.abort())
    visit.after(page.locator(".lane .copy").first.click)
    visit.settled()
    assert len(visit.column(0)) == 6
    page.unroute(RACE)
    steps = page.locator("input[type=text][data-path='lanes.1.rule.learning_rate']")
    steps.fill("0.003")
    visit.after(lambda: steps.press("Enter"))
    assert "momentum~learning_rate~0.003" in page.evaluate("decodeURIComponent(location.search)")
    visit.complaints.clear()
