"""The compare page as a person uses it, in a real Chromium."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from engine import Experiment, run
from landscapes import LANDSCAPES
from lessons import LESSONS
from views.demonstrations import link_of

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")


def number(text: str) -> float:
    """The number that the page shows: "1.2×10⁻⁵" is 1.2e-5."""
    plain = text.translate(SUPERSCRIPTS)
    power = re.fullmatch(r"(-?)(?:([\d.]+)×)?10(-?\d+)", plain)
    if power and "10" in text and any(sign in text for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹"):
        return float(f"{power[1]}{power[2] or 1}e{power[3]}")
    return float(plain)


def query(visit) -> str:
    return urlsplit(visit.page.url).query


def final_losses(link: str) -> list[float]:
    experiment, notices = Experiment.from_link(link)
    assert not notices
    return [float(trajectory.loss[-1]) for _, trajectory in run(experiment)]


def test_a_click_starts_every_optimizer_there_and_the_link_says_so(visit):
    visit.open()
    assert visit.column(0) == ["Gradient descent", "Momentum", "Adagrad", "RMSProp", "Adam"]
    visit.click_surface(0.3, 0.3)
    visit.page.wait_for_url("**start=*")
    shown = [number(text) for text in visit.column(1)]
    assert shown == pytest.approx(final_losses(query(visit)), rel=6e-3)


def test_the_same_link_shows_the_same_numbers_after_a_reload(visit):
    visit.open()
    visit.click_surface(0.6, 0.4)
    visit.page.wait_for_url("**start=*")
    before = visit.column(1)
    visit.open(query(visit))
    assert visit.column(1) == before


def test_play_pause_scrub_and_keys_move_one_clock(visit):
    page = visit.open().page
    place = page.locator(".play .place")
    page.keyboard.press("Home")
    assert place.inner_text().startswith("0 /")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert place.inner_text().startswith("11 /")
    page.keyboard.press("Space")
    page.wait_for_timeout(500)
    page.keyboard.press("Space")
    there = place.inner_text()
    assert int(there.split("/")[0]) > 11
    page.wait_for_timeout(300)
    assert place.inner_text() == there, "paused"
    page.keyboard.press("End")
    assert place.inner_text().startswith("500 /")
    slider = page.locator(".play input[type=range]").bounding_box()
    page.mouse.click(slider["x"] + slider["width"] / 2, slider["y"] + slider["height"] / 2)
    assert 230 < int(place.inner_text().split("/")[0]) < 270


MOVING = """() => [...document.querySelectorAll("*")]
    .flatMap(({ shadowRoot }) => shadowRoot?.getAnimations() ?? []).length"""


@pytest.mark.parametrize("motion, face", [("reduce", "play"), ("no-preference", "pause")])
def test_a_click_plays_unless_motion_is_unwanted(visit, motion, face):
    """Nothing plays at load, and nothing of ours moves but with the clock."""
    visit.page.emulate_media(reduced_motion=motion)
    page = visit.open().page
    toggle, place = page.locator(".play .toggle"), page.locator(".play .place")
    expect(toggle).to_have_attribute("data-face", "play")
    assert place.inner_text() == "500 / 500"
    visit.click_surface(0.3, 0.3)
    assert toggle.get_attribute("data-face") == face
    assert (place.inner_text() == "500 / 500") == (motion == "reduce")
    assert page.evaluate(MOVING) == 0


def test_hovering_a_curve_moves_the_clock_and_the_moment_table(visit):
    page = visit.open().page
    page.locator(".tabs button").nth(1).click()
    expect(page.locator(".sheet td").nth(1)).not_to_have_text("…")  # its numbers are asked for when it is opened
    end = visit.column(1)
    box = page.locator("[data-picture=loss] .paths").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert visit.column(1) != end


def test_the_third_curve_shows_the_sharpness_and_the_link_says_so(visit):
    page = visit.open().page
    caption = page.locator("[data-picture=rate] figcaption")
    assert caption.locator(".name").inner_text() == "learning rate η"
    before = picture(page)
    visit.after(lambda: caption.get_by_role("button", name="λmax").click())
    page.wait_for_url("**chart=sharpness**")
    assert caption.locator(".name").inner_text() == "sharpness λmax"
    assert picture(page) != before
    visit.click_surface(0.3, 0.3)
    assert caption.locator(".name").inner_text() == "sharpness λmax"
    assert "chart=sharpness" in query(visit)
    visit.open(query(visit))
    assert caption.locator(".name").inner_text() == "sharpness λmax"
    page.locator("[data-picture=rate] .log").click()
    assert page.locator("[data-picture=rate] .log").inner_text() == "linear"


def picture(page) -> str:
    return page.locator("[data-picture=rate] .ground").evaluate("canvas => canvas.toDataURL()")


def test_the_outcome_says_what_each_end_point_is_and_leads_there(visit):
    experiment = LESSONS["newton_likes_saddles"].experiment
    page = visit.open(experiment.to_link()).page
    assert visit.column(7)[0] == "saddle"
    link = page.locator(".sheet td a").first
    address = urlsplit(link.get_attribute("href"))
    assert address.path.endswith("/critical_points")
    asked = parse_qs(address.query)
    end = next(iter(dict(run(experiment)).values())).params[-1]
    assert [float(part) for part in asked["at"][0].split("~")] == end.tolist()
    assert Experiment.from_link(address.query)[0] == experiment
    assert asked["lang"] == ["en"]
    assert "What is this point?" in link.get_attribute("title")


def test_a_slider_follows_the_hand_and_writes_one_entry_of_history(visit):
    page = visit.open().page
    length = page.evaluate("history.length")
    slider = page.locator("input[type=range][data-path='lanes.0.rule.learning_rate']").bounding_box()
    middle = slider["y"] + slider["height"] / 2
    page.mouse.move(slider["x"] + 0.37 * slider["width"], middle)
    page.mouse.down()
    before = visit.painted()
    for share in (0.36, 0.34, 0.32, 0.3):
        page.mouse.move(slider["x"] + share * slider["width"], middle)
        page.wait_for_timeout(150)
    assert visit.painted() > before, "the picture follows before the button is released"
    assert page.evaluate("history.length") == length
    page.mouse.up()
    page.wait_for_url("**run=*")
    assert page.evaluate("history.length") == length + 1


def test_back_and_forward_return_to_the_experiment(visit):
    page = visit.open().page
    steps = page.locator("input[type=text][data-path=steps]")

    def type_steps(count: int) -> None:
        steps.click(click_count=3)
        visit.page.keyboard.type(str(count))  # as hands do: fill() would send no keys
        visit.after(lambda: steps.press("Enter"))

    type_steps(300)
    page.wait_for_url("**steps=300**")
    type_steps(400)
    page.wait_for_url("**steps=400**")
    page.go_back()
    page.wait_for_url("**steps=300**")
    visit.until("root.querySelector('[type=text][data-path=steps]')?.value === '300'")
    page.go_forward()
    page.wait_for_url("**steps=400**")


def test_bad_input_is_answered_at_its_field_and_nothing_is_lost(visit):
    page = visit.open().page
    steps = page.locator("input[type=text][data-path=steps]")
    for typed, sentence in (("٣٠", "not a number"), ("1e9", "out of range"), ("nan", "not a number"), ("2.5", "whole")):
        steps.fill(typed)
        visit.after(lambda: steps.press("Enter"))
        problem = page.locator(".field:has(input[data-path=steps]) .problem")
        expect(problem).to_contain_text(sentence)
        assert len(visit.column(0)) == 5
    steps.fill("200")
    visit.after(lambda: steps.press("Enter"))
    expect(problem).to_have_text("")
    assert page.locator(".play .place").inner_text().endswith("/ 200")


def test_a_bad_link_is_named_in_one_notice(visit):
    page = visit.open("surface=nowhere&steps=1e9&start=9~9&run=adam~b1~7&run=<script>alert(1)</script>").page
    notice = page.locator(".st-key-notices").inner_text()
    for field in ("surface", "steps", "adam b1", "run"):
        assert field in notice
    assert visit.column(0) == ["Adam"]


def test_divergence_is_a_result_and_the_others_go_on(visit):
    visit.open("surface=booth&run=gradient_descent~learning_rate~10&run=adam~learning_rate~0.5")
    assert "diverged at step" in visit.column(8)[0]
    assert visit.column(7)[0] == "–"
    assert visit.column(1)[0] == "–"
    assert number(visit.column(1)[1]) < 1


def test_chinese_is_one_click_away_and_stays_in_the_link(visit):
    page = visit.open().page
    page.get_by_text("中文").click()
    page.wait_for_url("**lang=zh**")
    page.get_by_text("下降实验室").first.wait_for()
    visit.until("root.querySelector('.tabs')?.innerText.includes('结果')")
    assert visit.column(0)[0] == "梯度下降"


def test_a_lane_can_be_added_set_aside_and_removed(visit):
    page = visit.open().page
    visit.after(lambda: page.get_by_label("+ Add an optimizer …").select_option("lion"))
    assert visit.column(0)[-1] == "Lion"
    visit.after(lambda: page.locator(".lane .toggle").first.click())
    assert "Gradient descent" not in visit.column(0)
    visit.after(lambda: page.locator(".lane .toggle").first.click())
    assert visit.column(0)[0] == "Gradient descent"
    visit.after(lambda: page.locator(".lane .remove").first.click())
    assert len(visit.column(0)) == 5
    visit.after(lambda: page.locator(".lane .copy").first.click())
    assert [name for name in visit.column(0) if "#" in name] == ["Momentum #1", "Momentum #2"]


def test_a_costly_link_waits_for_a_click(visit):
    page = visit.open("surface=booth&steps=100000&run=newton").page
    assert visit.column(0) == []
    visit.after(lambda: page.locator(".veil button").click())
    visit.until("root.querySelectorAll('.sheet tbody tr').length === 1")


def test_picture_and_page_can_be_saved(visit):
    page = visit.open().page
    for button, start in (("PNG", b"\x89PNG"), ("Print", b"<!doctype html>")):
        with page.expect_download() as download:
            page.locator(".play button", has_text=button).click()
        content = download.value.path().read_bytes()
        assert content.startswith(start) and len(content) > 50_000


@pytest.mark.parametrize("width, height", [(1920, 1080), (1280, 800), (390, 844)])
def test_the_page_fits_the_screen(visit, width, height):
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open().page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if width > 760:  # surface, curves, clock and the names of the tables stand on the first screen
        tabs = page.locator(".tabs").bounding_box()
        assert tabs["y"] + tabs["height"] <= height


@pytest.mark.parametrize("width, height", [(1920, 1080), (1280, 800)])
def test_the_map_is_the_largest_thing_and_takes_the_panels_room(visit, width, height):
    def share():
        box = page.locator(".contour").bounding_box()
        return box["width"] * box["height"] / (width * height)

    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open().page
    assert share() >= 0.38
    page.keyboard.press("p")
    expect(page.locator(".panel")).to_be_hidden()
    assert share() >= 0.55
    page.locator(".lab-handle").click()
    expect(page.locator(".panel")).to_be_visible()


def test_another_surface_of_another_dimension_is_drawn_at_once(visit):
    page = visit.open().page
    for name in ("Tilted double well", "Himmelblau", "Deep toy network", "Shelf", "Rosenbrock"):
        page.get_by_role("combobox", name="Surface").fill(name)
        visit.after(lambda: page.keyboard.press("Enter"))
        page.wait_for_timeout(300)
        assert len(visit.column(0)) == 5


def test_dragging_the_start_leaves_it_in_the_link_wherever_it_is_let_go(visit):
    page = visit.open("surface=booth&start=0~0&run=adam").page
    box = page.locator(".contour .paths").bounding_box()
    centre = (box["x"] + 52 + (box["width"] - 132) / 2, box["y"] + 12 + (box["height"] - 52) / 2)
    page.mouse.move(*centre)
    page.mouse.down()
    for shift in (30, 60, 90):
        page.mouse.move(centre[0] + shift, centre[1])
        page.wait_for_timeout(150)
    page.mouse.move(box["x"] + box["width"] - 5, centre[1])
    page.mouse.up()
    page.wait_for_function("() => !location.search.includes('start=0~0')")


def test_a_surface_on_data_shows_what_each_racer_answers(visit):
    visit.open("v=1&surface=linear_regression_squared_error&run=gradient_descent~learning_rate~0.05")
    tab = visit.page.locator(".tabs button", has_text="Data")
    assert tab.get_attribute("aria-selected") == "true"
    canvas = visit.page.locator(".sheet canvas.memory")
    assert canvas.is_visible()
    late = canvas.evaluate("canvas => canvas.toDataURL()")
    visit.page.keyboard.press("Home")
    assert canvas.evaluate("canvas => canvas.toDataURL()") != late  # another line at the start
    visit.page.locator(".tabs button", has_text="Outcome").click()
    assert visit.column(0) == ["Gradient descent"]


def test_the_loss_under_the_pointer_is_that_of_the_place_that_is_told(visit):
    """Of a surface with dents, where the nearest node of the picture has another loss; at the star 0."""
    page, loss = visit.open("surface=rastrigin").page, LANDSCAPES["rastrigin"].make()
    reading, box = page.locator(".contour .reading"), page.locator(".contour .paths").bounding_box()
    left, top, right, bottom = 52, 12, box["width"] - 80, box["height"] - 40  # of the plot
    before = ""
    for across, up in ((0.46, 0.47), (0.31, 0.72), (0.618, 0.2), (0.5, 0.5)):
        page.mouse.move(box["x"] + left + across * (right - left), box["y"] + top + up * (bottom - top))
        expect(reading).not_to_have_text(before)
        expect(reading).to_contain_text("L =")
        before = reading.inner_text()
        place, told = before.split("L =")
        point = [number(part) for part in place.split(",")]
        assert number(told.strip()) == pytest.approx(float(loss(np.array(point))), rel=6e-4)
    assert before.split() == ["0,", "0", "L", "=", "0"]


def clock(visit):
    return visit.page.locator(".play .place").inner_text()


def test_a_demonstration_waits_at_its_beginning_and_keeps_its_secret(visit):
    """Nothing of what is to come is drawn or told; Space and the arrows work at once; the end tells everything."""
    visit.open("lesson=burst&" + LESSONS["burst"].experiment.to_link())
    visit.until("root.activeElement?.classList.contains('toggle')")
    assert clock(visit) == "0 / 300"
    drawn = """() => { const canvas = [...document.querySelectorAll('*')].map(host => host.shadowRoot?.querySelector(
        '[data-picture=loss] .paths')).find(Boolean); const { width, height } = canvas; const ratio = devicePixelRatio;
        const right = canvas.getContext('2d').getImageData(width / 2, 0, width / 2, height).data;
        return right.some((byte, i) => i % 4 === 3 && byte > 0) }"""
    assert not visit.page.evaluate(drawn)
    assert set(visit.column(1)) == {"…"}
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Space")
    visit.until("root.querySelector('.toggle')?.dataset.face === 'pause'")
    visit.page.keyboard.press("End")
    assert clock(visit) == "300 / 300"
    assert visit.page.evaluate(drawn)
    assert "…" not in visit.column(1)
    visit.page.keyboard.press("Home")  # what has been seen stays
    assert visit.page.evaluate(drawn)
    assert "…" not in visit.column(1)


def test_the_eye_shows_what_is_to_come(visit):
    visit.open("lesson=burst&" + LESSONS["burst"].experiment.to_link())
    assert set(visit.column(1)) == {"…"}
    visit.page.get_by_role("button", name="Show what is still to come").click()
    assert clock(visit) == "0 / 300"
    assert "…" not in visit.column(1)


def test_playing_lingers_where_something_happens(visit):
    """The first tenth of this run, where the loss falls by decades, takes far more than a tenth of the time."""
    visit.open("surface=booth&start=-8~8&steps=2000&run=gradient_descent~learning_rate~0.05")
    visit.page.keyboard.press("Home")
    visit.page.keyboard.press("Space")
    visit.page.wait_for_timeout(1000)  # of 7 seconds
    visit.page.keyboard.press("Space")
    assert int(clock(visit).split(" /")[0].replace(",", "").replace("\u202f", "")) < 200


def test_what_a_text_calls_round_is_round(visit):
    """A circle of the surface is one on the screen, unless its window is so long that little would be left of it."""
    page = visit.open("surface=linear_regression_squared_error~scale~1~offset~0").page
    one = page.locator(".contour .tools button", has_text="1:1")
    expect(one).to_have_attribute("aria-pressed", "true")
    reading, box = page.locator(".contour .reading"), page.locator(".contour .paths").bounding_box()
    places, before = [], ""
    for dx, dy in ((0, 0), (60, 0), (0, 60)):  # as far to the right as up
        page.mouse.move(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 - dy)
        expect(reading).not_to_have_text(before)
        expect(reading).to_contain_text("L =")
        before = reading.inner_text()
        places.append([number(part) for part in before.split("L =")[0].split(",")])
    middle, right, up = np.array(places)
    assert right[0] - middle[0] == pytest.approx(up[1] - middle[1], rel=0.01)
    one.click()
    expect(one).to_have_attribute("aria-pressed", "false")
    page.wait_for_url("**aspect=full**")
    visit.open("surface=freudenstein_roth")
    expect(one).to_have_attribute("aria-pressed", "false")


def test_bold_is_the_best_and_not_what_fell_below_the_window(visit):
    visit.open("surface=booth&run=gradient_descent&run=gradient_descent~learning_rate~1e-4")
    assert visit.page.locator(".sheet tbody b").all_inner_texts() == [visit.column(1)[0]]
    visit.open(
        "surface=mccormick&start=-1.5~-3&run=gradient_descent~learning_rate~0.1&run=momentum~learning_rate~0.05"
    )  # both fall out of the window
    assert visit.page.locator(".sheet tbody b").count() == 0


def test_heights_are_switched_here_and_stand_in_the_link(visit):
    """True heights, log heights, equalised: the same relief, nothing is asked for, the picture changes at once."""
    page = visit.open().page
    ground = "[...document.querySelectorAll('*')].find(host => host.shadowRoot?.querySelector('.contour'))"
    picture = f"() => {ground}.shadowRoot.querySelector('.contour .ground').toDataURL()"
    page.wait_for_timeout(300)  # the relief is drawn
    asked: list[str] = []
    listen = page.on("request", lambda request: asked.append(request.url) if "/relief?" in request.url else None)
    seen = {page.evaluate(picture)}
    for mode in ("linear", "rank", "log"):
        page.get_by_label("Heights").select_option(mode)
        page.wait_for_url(f"**heights={mode}*")
        seen.add(page.evaluate(picture))
    del listen
    assert len(seen) == 4 and not asked
    page.get_by_label("Heights").select_option("mixed")
    page.wait_for_function("() => !location.search.includes('heights')")
    page.set_viewport_size({"width": 390, "height": 844})
    visit.open("v=1&heights=linear")
    assert page.get_by_label("Heights").input_value() == "linear"
    frame = page.locator(".contour").bounding_box()
    for tool in page.locator(".contour .tools > *").all():
        box = tool.bounding_box()
        assert frame and box and frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_the_first_visit_is_played_once_by_itself_and_no_other(visit):
    visit.page.evaluate("localStorage.clear()")
    place = visit.open().page.locator(".play .place")
    visit.page.wait_for_timeout(500)
    assert not place.inner_text().startswith("500 /"), "on its way"
    visit.page.keyboard.press("End")
    assert place.inner_text().startswith("500 /")
    visit.open()
    assert place.inner_text().startswith("500 /")
    visit.page.evaluate("localStorage.clear()")
    visit.page.emulate_media(reduced_motion="reduce")
    visit.open()
    assert place.inner_text().startswith("500 /"), "who wants no motion sees its end"


def test_step_sizes_come_when_they_are_asked_for_and_the_table_has_their_numbers(visit):
    """One curve for each coordinate, whose names stand over it; the table prints the same numbers."""
    page = visit.open(link_of("brake_and_accelerate")).page
    caption = page.locator("[data-picture=rate] figcaption")
    expect(caption.locator(".name")).to_have_text(re.compile("η/σ .*x .*y"))
    row = page.locator(".sheet tbody tr").first
    expect(row.locator("td").nth(6)).to_have_text("(0.0681, 0.0082)")
    caption.get_by_text("∠", exact=True).click()
    page.wait_for_url("**chart=angle**")
    expect(caption.locator(".name")).to_have_text("crossing angle °")


def test_on_a_curve_the_slope_has_a_sign(visit):
    page = visit.open(link_of("two_starts_on_one_curve", 1)).page
    slope = page.locator(".sheet tbody tr").first.locator("td").nth(3)
    expect(slope).to_have_text("−19.4")
    page.get_by_role("button", name="From the right").click()
    expect(slope).to_have_text("13.3")
    page.keyboard.press("ArrowRight")
    expect(slope).to_have_text("6.48")


def test_a_link_leads_to_just_what_is_shown(visit):
    """Clock, zoom, axis, chart, tab and language, besides the experiment; what makes no sense is left out."""
    page = visit.open("v=1&surface=himmelblau&chart=pace").page
    page.locator(".tabs button", has_text="At this step").click()
    page.get_by_role("button", name="Zoom in").click()
    page.locator("[data-picture=loss] .log").click()
    page.keyboard.press("Home")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Link", exact=True).click()
    link = page.locator(".lab-term input").input_value()
    assert {"surface=himmelblau", "chart=pace", "tab=moment", "lang=en"} <= {*urlsplit(link).query.split("&")}
    looks = parse_qs(urlsplit(link).fragment)
    assert (looks["step"], looks["axis.loss"]) == (["7"], ["linear"])
    left, right, *_ = map(float, looks["view.map"][0].split("~"))
    page.goto("about:blank")
    page.goto(link)
    visit.arrived(".compare")
    expect(page.locator(".play .place")).to_have_text("7 / 500")
    expect(page.locator("[data-picture=loss] .log")).to_have_text("linear")
    expect(page.locator(".tabs [aria-selected=true]")).to_have_text("At this step")
    page.get_by_role("button", name="Link", exact=True).click()
    again = parse_qs(urlsplit(page.locator(".lab-term input").input_value()).fragment)
    assert [float(each) for each in again["view.map"][0].split("~")][:2] == pytest.approx([left, right], rel=1e-4)
    page.goto("about:blank")
    page.goto(f"{visit.address}/?lang=en#step=1e99&view.map=5~1~0~0&axis.eve=log&tab=eve")
    visit.arrived(".compare")
    expect(page.locator(".play .place")).to_have_text("500 / 500")
