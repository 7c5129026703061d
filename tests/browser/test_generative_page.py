"""What is dragged on a declared chart, with a pointer or with keys, reaches the numbers and the link."""

import re

import pytest
from playwright.sync_api import expect

from engine.measures import gaussian_classes as gaussians
from settings.generative import Generative
from views.generative import boundary

from .conftest import Visit
from .test_by_link import heard_by_python
from .test_painted import ruler
from .test_painted import watched as watched  # a fixture


@pytest.fixture
def visit(watched, address):
    visitor = Visit(watched, address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints, visitor.complaints


def opened(visit, query=""):
    """The chart's canvas."""
    visit.page.goto(f"{visit.address}/generative?{query}&lang=en")
    canvas = visit.page.locator('[class*="st-key-classes-"] .plot[data-painted] canvas.ground')
    canvas.wait_for(timeout=60_000)
    visit.settled()
    return canvas


def pixel(canvas, place):
    """Where a place of the plane is on the screen."""
    x, y = ruler(canvas.evaluate("canvas => canvas.painted"))
    box = canvas.bounding_box()
    return box["x"] + float(x(place[0])), box["y"] + float(y(place[1]))


def asked(page, name):
    page.wait_for_url(re.compile(f"[?&]{name}="))
    return tuple(float(part) for part in re.search(rf"[?&]{name}=([^&]+)", page.url)[1].split("~"))


def test_a_centre_is_dragged(visit):
    """The boundary and the numbers follow, and Python hears nothing of it; Back brings both back."""
    page = visit.page
    with heard_by_python(page) as sent:
        canvas = opened(visit)
        sent.clear()
        drag_a_centre(visit, canvas)
        page.wait_for_timeout(600)
        assert not sent
    page.go_back()
    expect(page.get_by_text("The most likely model of this kind:")).to_be_visible()
    page.go_forward()
    expect(page.get_by_text("As it is drawn")).to_be_visible()
    page.get_by_role("button", name="Most likely").click()
    expect(page.get_by_text("The most likely model of this kind:")).to_be_visible()
    page.wait_for_function("!location.search.includes('mean1')")


def drag_a_centre(visit, canvas):
    page = visit.page
    best = boundary.judged(Generative()).best
    expect(page.get_by_text("−353.66").first).to_be_visible()
    page.mouse.move(*pixel(canvas, best.means[0]))
    page.mouse.down()
    wanted = best.means[0] + (0.75, -0.25)
    for share in (0.3, 0.6, 1.0):
        page.mouse.move(*pixel(canvas, best.means[0] + share * (wanted - best.means[0])))
    expect(page.get_by_text("As it is drawn")).to_be_visible()
    assert "mean1" not in page.url  # while it is held
    page.mouse.up()
    mean = asked(page, "mean1")
    assert mean == pytest.approx(wanted, abs=0.03)
    found = boundary.judged(Generative(mean1=mean))
    likelihood = gaussians.log_likelihood(found.model, found.examples)
    expect(page.get_by_text(f"{likelihood:.5g}".replace("-", "−")).first).to_be_visible()


def test_an_ellipse_is_stretched(visit):
    """Naive: along the axes. Its mark goes with the pointer, two standard deviations away, and the other stays."""
    canvas, page = opened(visit, "sigma=naive"), visit.page
    best = boundary.judged(Generative(sigma="naive")).best
    wide, tall = best.covariances[0][0, 0] ** 0.5, best.covariances[0][1, 1] ** 0.5
    page.mouse.move(*pixel(canvas, best.means[0] + (2 * wide, 0)))
    page.mouse.down()
    page.mouse.move(*pixel(canvas, best.means[0] + (2 * wide + 0.2, 0)))
    page.mouse.move(*pixel(canvas, best.means[0] + (2 * wide + 0.8, 0)))
    page.mouse.up()
    assert asked(page, "spread1") == pytest.approx((wide + 0.4, 0, tall), abs=0.02)


def test_a_centre_is_moved_by_keys(visit):
    """Arrows read one mark after the other, with Shift they move it, and it stays in hand."""
    canvas, page = opened(visit), visit.page
    best = boundary.judged(Generative()).best
    canvas.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")  # the two marks of the ellipse, the centre
    page.keyboard.press("Shift+ArrowUp")
    first = asked(page, "mean1")
    assert first == pytest.approx(best.means[0] + (0, 0.15), abs=0.12)
    visit.settled()
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function(f"!location.search.includes('mean1={first[0]:g}~{first[1]:g}')")
    assert asked(page, "mean1")[1] > first[1]
