"""The page of critical points in a real browser: click a sign, read its eigenvalues, leave it, see the paths."""

import re

from playwright.sync_api import expect

PAGE = "critical_points"


def at(visit, x, y):
    """Pixels of a place of the surface, whose window is [-6, 6]²: it is shown with one scale on both axes."""
    box = visit.page.locator(".contour .paths").bounding_box()
    left, top, right, bottom = 52, 12, box["width"] - 80, box["height"] - 40
    unit = min(right - left, bottom - top) / 12
    return box["x"] + (left + right) / 2 + x * unit, box["y"] + (top + bottom) / 2 - y * unit


def verdict(visit):
    return visit.page.locator(".card h2").inner_text()


def test_click_a_sign_and_read_it(visit):
    visit.open("v=1&surface=himmelblau", PAGE)
    assert visit.page.locator(".sheet tbody tr").count() == 9
    assert verdict(visit).startswith("saddle")
    visit.after(lambda: visit.page.mouse.click(*at(visit, 3.05, 1.97)))  # beside the sign, within its reach
    assert verdict(visit).startswith("minimum")
    visit.page.locator(".tabs button", has_text="This point").click()
    facts = visit.page.locator(".facts").inner_text()
    assert "25.71" in facts
    assert "82.28" in facts
    assert "at=3" in visit.page.url


def test_leave_a_saddle(visit):
    visit.open("v=1&surface=toy_network&at=0~0&run=gradient_descent~learning_rate~0.05", PAGE)
    assert "ΔL −0.04" in visit.page.locator(".way").first.inner_text()
    visit.after(lambda: visit.page.locator(".way[data-side=plus]").click())
    visit.after(lambda: visit.page.locator(".way[data-side=minus]").click())
    assert re.search(r"leave=minus(~|%7E)plus", visit.page.url)
    ends = [row.inner_text() for row in visit.page.locator(".sheet tbody tr").all()]
    assert len(ends) == 2
    assert "(−1, −1)" in ends[0]
    assert "(1, 1)" in ends[1]
    assert all("valley of minima" in end for end in ends)
    visit.after(lambda: visit.page.get_by_label("Put the paths away").click())
    assert "leave" not in visit.page.evaluate("location.search")


def test_any_point(visit):
    visit.open("v=1&surface=himmelblau", PAGE)
    visit.after(lambda: visit.page.mouse.click(*at(visit, 1.0, 5.0)))
    assert verdict(visit).startswith("on a slope")
    x, y = at(visit, 1.0, 5.0)
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 40, y + 30, steps=4)
    visit.page.mouse.up()
    visit.page.wait_for_url(re.compile(r"at=(?!1(~|%7E)5)"), timeout=20_000)
    assert verdict(visit).startswith("on a slope")


def test_tolerance_moves_the_verdict(visit):
    visit.open("v=1&surface=toy_network&at=0~0", PAGE)
    field = visit.page.locator("input[type=text][data-path=tau]")
    field.fill("3")
    visit.after(lambda: field.press("Enter"))
    assert verdict(visit).startswith("H undecided")
    assert "τ = 3" in verdict(visit)
    automatic = visit.page.get_by_label("choose τ automatically")
    expect(automatic).not_to_be_checked()  # the panel hears of it a moment later
    visit.after(automatic.check)
    assert verdict(visit).startswith("saddle")


def test_the_list_is_sorted_and_clicked(visit):
    visit.open("v=1&surface=himmelblau", PAGE)
    losses = lambda: [float(text.replace("−", "-").replace("×10", "e").translate(POWERS)) for text in visit.column(2)]  # noqa: E731
    assert losses() == sorted(losses())
    visit.page.locator(".sheet th", has_text="L(θ)").click()
    assert losses() == sorted(losses(), reverse=True)
    visit.after(lambda: visit.page.locator(".sheet tbody tr").first.click())
    assert verdict(visit).startswith("maximum")


POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def test_from_one_page_to_the_other(visit):
    visit.open("v=1&surface=himmelblau&start=2~-3&run=newton~learning_rate~0.1&steps=300")
    visit.page.locator(".sheet tbody a").first.click()
    visit.arrived(".critical_points")
    assert "/critical_points" in visit.page.url
    assert "surface=himmelblau" in visit.page.url
    assert verdict(visit).startswith("saddle")
    visit.page.get_by_text("Race from here").click()
    visit.arrived(".compare")
    assert "start=-0.1279" in visit.page.url
    visit.page.get_by_role("link", name="Critical points").click()
    visit.arrived(".critical_points")
    assert "surface=himmelblau" in visit.page.url


def test_a_lesson_of_this_page_opens_it(visit):
    visit.open()
    visit.page.get_by_role("combobox", name="Demonstrations").fill("Smallest network")
    visit.page.keyboard.press("Enter")
    visit.arrived(".critical_points")
    assert verdict(visit).startswith("saddle")
    assert visit.page.get_by_text("shows the way out").is_visible()


def test_chinese(visit):
    visit.open("v=1&surface=monkey_saddle&at=0~0&lang=zh", PAGE)
    assert verdict(visit).startswith("H 无法判定")
    visit.after(lambda: visit.page.locator(".way[data-side=random]").click())
    assert "random" in visit.page.url


def test_a_double_click_on_a_door_opens_it(visit):
    visit.open("v=1&surface=himmelblau&at=3~2", PAGE)
    visit.page.get_by_text("Race from here").dblclick()
    visit.arrived(".compare")
    visit.page.locator(".sheet tbody a").first.dblclick()
    visit.arrived(".critical_points")
    visit.page.wait_for_timeout(1500)
    assert visit.page.get_by_test_id("stException").count() == 0


def test_back_puts_the_paths_away(visit):
    visit.open("v=1&surface=toy_network&at=0~0", PAGE)
    visit.page.locator(".choices button", has_text="steps").click()
    visit.after(lambda: visit.page.locator(".way[data-side=plus]").click())
    visit.page.go_back()
    visit.page.wait_for_url(re.compile("(?!.*leave)"), timeout=20_000)
    visit.until("root.querySelector('.critical_points') && !root.querySelector('.way[aria-pressed=true]')")
    assert visit.page.locator(".tabs [aria-selected=true]").inner_text().startswith("All points")
    assert visit.page.locator(".sheet tbody tr").count() >= 1


def test_how_heights_are_shown_says_nothing_of_what_is_looked_at(visit):
    """The page's own first surface stays, in the link as on the screen."""
    page = visit.open("lang=en", "critical_points").page
    page.get_by_label("Heights", exact=True).select_option("linear")
    page.wait_for_url("**heights=linear*")
    assert "surface=" not in page.url
    assert page.get_by_role("combobox", name="Surface").input_value() == "Himmelblau"
