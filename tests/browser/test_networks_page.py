"""The page of networks in a real browser: train, scrub, look from another plane, and cancel what takes too long."""

import re
from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from engine.networks.experiment import NetworkExperiment, network_lane
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane

GD, ADAM = network_lane("gradient_descent"), network_lane("adam")
SMALL = NetworkExperiment.on("two_moons", GD, ADAM, knobs={"size": 60}, depth=1, width=4, steps=200)


def open_page(visit, net, more="&lang=en"):
    visit.page.goto(f"{visit.address}/networks?{net.to_link()}{more}")
    return visit.arrived(".networks")


def pixels(visit, pane, layer="paths"):
    return visit.page.locator(f"[data-picture={pane}] canvas.{layer}").evaluate("canvas => canvas.toDataURL()")


def scrub(visit, step):
    visit.page.locator(".networks .play input[type=range]").fill(str(step))
    visit.until(f"root.querySelector('.networks .place')?.textContent.startsWith('{step} /')")


def test_train_scrub_and_see_the_regions_move(visit):
    open_page(visit, SMALL)
    assert visit.page.locator(".networks .sheet tbody tr").count() == 2
    seen, losses = {}, {}
    for step in (200, 0, 90):
        scrub(visit, step)
        seen[step], losses[step] = pixels(visit, "fit"), visit.column(1)
    assert len(set(seen.values())) == 3
    assert losses[0][0] == losses[0][1]  # the same weights at the start
    assert losses[0] != losses[90] != losses[200]
    assert float(losses[200][1]) < float(losses[0][1])
    scrub(visit, 200)
    assert pixels(visit, "fit") == seen[200]
    visit.page.keyboard.press("Home")
    visit.until("root.querySelector('.networks .place')?.textContent.startsWith('0 /')")
    assert pixels(visit, "fit") == seen[0]


def test_a_row_says_of_which_update_its_numbers_are(visit):
    """Of a long training only some rows are kept: what stands in the table is one of them to the digit, and says so."""
    long = replace(SMALL, lanes=(ADAM,), steps=700)
    open_page(visit, long)
    parts = long.examples
    training = finish(train(long.plan, *parts.train[:2], *parts.test[:2]))
    for step in (700, 3, 389):
        scrub(visit, step)
        row = np.searchsorted(training.steps, step, "right") - 1
        assert training.steps[row] != step or step == 700
        expect(visit.page.locator(".sheet .when")).to_have_text(f"update {training.steps[row]}")
        assert float(visit.column(1)[0]) == float(f"{training.objective[0, 0, row]:.3g}")


def test_another_plane_has_another_picture(visit):
    open_page(visit, SMALL)
    names = []
    visit.page.on("request", lambda request: names.extend(re.findall(r"/slice\?(.*)&window", request.url)))
    before = {pane: pixels(visit, pane, layer) for pane, layer in (("surface", "ground"), ("fit", "paths"))}
    plane = visit.page.locator("[data-picture=surface]").get_by_label("Plane", exact=True)
    assert plane.input_value() == "pca"
    with visit.page.expect_response(re.compile(r"/slice\?")) as answer:
        visit.after(lambda: plane.select_option("filter"))
    assert answer.value.ok
    visit.page.wait_for_url(re.compile("plane(~|%7E)filter"))
    visit.page.wait_for_timeout(300)
    assert len(set(names)) == 1
    assert pixels(visit, "surface", "ground") != before["surface"]
    assert pixels(visit, "fit") == before["fit"]
    with visit.page.expect_response(re.compile(r"/slice\?")):
        visit.after(lambda: plane.select_option("line"))
    assert len(set(names)) == 2


def test_zoom_asks_for_the_window_that_is_shown(visit):
    with visit.page.expect_response(re.compile(r"/slice\?")) as first:
        open_page(visit, SMALL)
    corners = re.split("~|%7E", first.value.url.split("window=")[1])
    whole = float(corners[1]) - float(corners[0])
    box = visit.page.locator("[data-picture=surface] .paths").bounding_box()
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.page.keyboard.down("Shift")
    with visit.page.expect_response(re.compile(r"/slice\?")) as answer:
        visit.page.mouse.wheel(0, -400)
    visit.page.keyboard.up("Shift")
    assert answer.value.ok
    x0, x1, y0, y1 = map(float, re.split("~|%7E", answer.value.url.split("window=")[1]))
    assert x0 < x1 < x0 + whole
    assert y0 < y1


def test_a_plane_that_there_is_not_and_a_lane_that_diverges(visit):
    hot = lane("gradient_descent", learning_rate=100.0)
    net = NetworkExperiment.on("sine", GD, hot, knobs={"size": 60}, depth=1, width=4, steps=200, plane="line")
    open_page(visit, net)
    assert visit.page.get_by_text("A line needs two optimizers").is_visible()
    assert visit.column(5)[1].startswith("diverged at update")
    assert visit.column(5)[0].startswith("L still falls: ")
    scrub(visit, 0)
    first = pixels(visit, "fit")
    scrub(visit, 200)
    assert pixels(visit, "fit") != first


def test_width_0_is_refused_at_its_field(visit):
    open_page(visit, SMALL)
    field = visit.page.locator("input[type=text][data-path='net.width']")
    field.fill("0")
    field.press("Enter")
    problem = visit.page.locator(".panel .problem", has_text="out of range")
    problem.wait_for()
    assert "1 … 256" in problem.inner_text()
    assert "width%7E4" in visit.page.url or "width~4" in visit.page.url
    field.fill("5")
    visit.after(lambda: field.press("Enter"))
    visit.until("root.querySelector('.panel') && !root.querySelector('.panel .problem:not(:empty)')")


def test_a_long_run_waits_grows_and_can_be_cancelled(visit):
    """So long that Cancel is there when it is clicked, however fast the machine is."""
    long = replace(SMALL, lanes=(GD,), width=16, depth=2, seeds=64, steps=100_000, batch=16)
    open_page(visit, long)
    page = visit.page
    veil = page.locator(".veil")
    run, cancel = (veil.locator("button", has_text=told) for told in ("Run", "Cancel"))
    expect(veil).to_contain_text("one seed, the first", timeout=60_000)
    link = page.url
    fields = {name: page.locator(f"input[type=text][data-path='net.{name}']") for name in ("steps", "width")}
    for _ in range(2):  # what was cancelled can be asked for again
        visit.after(run.click)
        visit.after(lambda: None)  # it grows
        assert step(page) > 0
        expect(veil.locator("progress")).to_be_visible()
        cancel.click()
        run.wait_for()
        expect(veil).to_contain_text("So far: the first")
        assert page.url == link
        assert {name: field.input_value() for name, field in fields.items()} == {"steps": "100000", "width": "16"}
    fields["steps"].fill("2000")
    fields["steps"].press("Enter")
    page.wait_for_url(re.compile("steps(~|%7E)2000(?!0)"))
    expect(veil).to_contain_text("one seed, the first", timeout=60_000)
    run.click()
    visit.until("root.querySelector('.networks .place')?.textContent.includes('/ 2\u202f000')")
    expect(veil).to_be_hidden(timeout=120_000)
    page.get_by_text("Export").click()
    expect(page.get_by_role("button", name=re.compile("CSV"))).to_be_enabled(timeout=60_000)  # Python has heard of it
    scrub(visit, 0)
    assert page.get_by_test_id("stException").count() == 0


def step(page):
    """How far the clock can go."""
    return int(page.locator(".networks .play input[type=range]").get_attribute("max"))


def test_who_leaves_ends_a_long_run(visit):
    """Its place is free within a turn: what is opened next has its picture, though the training had long to go."""
    long = replace(SMALL, lanes=(GD,), width=16, depth=2, seeds=64, steps=100_000, batch=16)
    open_page(visit, long)
    visit.after(visit.page.locator(".veil button", has_text="Run").click)
    open_page(visit, SMALL)
    expect(visit.page.locator(".veil")).to_be_hidden()
    assert visit.column(0) == ["Gradient descent", "Adam"]


def test_a_run_is_kept_and_a_setting_is_compared(visit):
    """What is on the screen stays while a setting is changed; the lanes have two surfaces, and one is shown."""
    page = open_page(visit, replace(SMALL, lanes=(GD,))).settled().page
    visit.after(page.get_by_role("button", name="Keep this run").click)
    visit.settled()
    depth = page.get_by_label("hidden layers; 0 is a linear model").last
    depth.fill("3")
    visit.after(lambda: depth.press("Enter"))
    page.wait_for_url(re.compile("with(~|%7E)depth(~|%7E)1(~|%7E){2}kept"))
    assert visit.column(0) == ["Gradient descent", "layers = 1"]
    losses = visit.column(1)
    assert losses[0] != losses[1]
    visit.settled()
    visit.after(lambda: page.get_by_label("+ Compare a setting …").select_option("activation"))
    assert visit.column(0)[2] == "layers = 1, activation σ = ReLU"
    assert visit.column(1)[:2] == losses
    whose = page.get_by_label("Whose surface")
    assert whose.locator("option").all_inner_texts() == visit.column(0)
    figure, *menus = (
        each.bounding_box() for each in page.locator('[data-picture="surface"], [data-picture="surface"] select').all()
    )
    assert len(menus) == 3
    assert all(menu["x"] + menu["width"] <= figure["x"] + figure["width"] for menu in menus)
    before = pixels(visit, "surface")
    visit.after(lambda: whose.select_option("1"))
    assert pixels(visit, "surface") != before
    visit.settled()
    visit.after(page.get_by_role("button", name="Like all others again: activation σ").click)
    assert visit.column(0)[1:] == ["layers = 1, #1", "layers = 1, #2"]
    assert visit.column(1)[1] == visit.column(1)[2] == losses[1]
