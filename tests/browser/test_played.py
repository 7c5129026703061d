"""The clock of the pages whose charts Python declares: at step t heads, paths and curves are where the data say."""

from collections import deque
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.measures.conditioning import bowl, typical
from engine.measures.layer_gradients import while_training
from engine.measures.minimum_ratio import Search, critical_networks, ratios
from engine.networks.experiment import NetworkExperiment, network_lane, usual_rate
from engine.networks.network import initials
from engine.networks.plane import plane_for
from engine.networks.training import finish, train
from lessons import LESSONS
from optimizers import OPTIMIZERS
from views.batches.paths import ROWS, dot
from views.demonstrations import link_of
from views.kit.charts import VARIANTS
from views.normalisation import layers

from .conftest import Visit
from .test_layout import settled
from .test_painted import NEAR, at_step, is_number, line_through, ruler, strokes
from .test_painted import watched as watched  # a fixture

SMALL = {"depth": 1, "width": 3, "steps": 30}
PLAYED = {  # pages, and what is drawn last on each
    "batches": "batch_spread", "normalisation": "norms_slice", "gradients": "softmax_bars", "saddles": "dots_all",
}  # fmt: skip


@pytest.fixture
def visit(watched, address):
    visitor = Visit(watched, address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints, visitor.complaints


def painted(visit, key, layer="paths"):
    canvas = visit.page.locator(f'[class*="st-key-{key}-"] .plot[data-painted] canvas.{layer}')
    canvas.wait_for(timeout=120_000)
    return canvas.evaluate("canvas => canvas.painted")


def upright(ground):
    """From numbers to pixels, of a logarithmic axis upwards."""
    labels = [part for part in ground if part["kind"] == "text" and part["align"] == "right"]
    return line_through([part for part in labels if is_number(part["text"])], "y", log=True)


def head(parts, colour):
    """The middle of the one open mark of a colour that is drawn as a circle."""
    (found,) = [
        part["points"][0][1:3]
        for part in parts
        if part["kind"] == "stroke" and part["colour"] == colour.lower() and part["alpha"] == 1
        and part["points"] and part["points"][0][0] == "arc"
    ]  # fmt: skip
    return np.array(found)


def test_batches_walk_with_the_clock(visit):
    net = NetworkExperiment.on("two_moons", network_lane("gradient_descent"), knobs={"size": 40}, **SMALL)
    nets = [replace(net, batch=size) for size in (0, 8, 1)]
    parts = net.examples
    trainings = [finish(train(replace(each.plan, rows=ROWS), *parts.train[:2], *parts.test[:2])) for each in nets]
    plane = plane_for(replace(nets[0], plane="pca"), *trainings).plane
    settled(visit, f"batches?{net.to_link()}&lang=en")
    x, y = ruler(painted(visit, "batch_map", "ground"))
    up = upright(painted(visit, "batch_loss_updates", "ground"))
    for step in (30, 12):
        at_step(visit, step)
        assert visit.page.locator(".played .place").inner_text() == f"{step} / 30"
        paths, curves = painted(visit, "batch_map"), painted(visit, "batch_loss_updates")
        for each, training in zip(nets, trainings, strict=True):
            colour = dot(nets, each)["colour"]
            places = plane.shadow(training.path[0, : step + 1])
            (walked,) = strokes(paths, colour, [], (1.8,))
            np.testing.assert_allclose(walked, np.column_stack([x(places[:, 0]), y(places[:, 1])]), atol=NEAR)
            (curve,) = strokes(curves, colour, [], (1.8,))  # 0 is nowhere on a logarithmic axis
            np.testing.assert_allclose(curve[:, 1], up(training.objective[0, 0, 1 : step + 1]), atol=1)
        assert head(paths, colour) == pytest.approx(walked[-1], abs=NEAR)
        assert head(curves, colour) == pytest.approx(curve[-1], abs=NEAR)


def test_equal_epochs_end_together(visit):
    """40 examples, of which 28 are for training: three updates of 8 and one of 4, twenty-eight of one."""
    net = NetworkExperiment.on("two_moons", network_lane("gradient_descent"), knobs={"size": 40}, **SMALL)
    settled(visit, f"batches?{net.to_link()}&lang=en&equal=epochs&epochs=4")
    place = visit.page.locator(".played .place")
    expect(place).to_have_text("112 / 112 · epoch 4")
    at_step(visit, 56)
    expect(place).to_have_text("56 / 112 · epoch 2")
    nets = [replace(net, batch=size) for size in (0, 8, 1)]
    for each in nets:
        (walked,) = strokes(painted(visit, "batch_map"), dot(nets, each)["colour"], [], (1.8,))
        assert len(walked) == {0: 2, 8: 8, 1: 56}[each.batch] + 1


def test_normalised_features_and_layers_share_a_clock(visit):
    net = NetworkExperiment.on("unequal_features", knobs={"ratio": 5}, depth=1, width=3, steps=60)
    settled(visit, f"normalisation?{net.to_link()}&lang=en")
    x, y = ruler(painted(visit, "features_raw", "ground"))
    across, up = ruler(painted(visit, "norms_same", "ground"), log=True)
    raw = bowl(*replace(net, standardise=0).examples.train[:2])
    tried = layers._variant(net, "none", "gradient_descent", [f"{usual_rate(OPTIMIZERS['gradient_descent']):g}"])
    parts = tried.examples
    training = finish(train(layers._plan(tried), *parts.train[:2], *parts.test[:2]))
    for step in (5, 21):
        at_step(visit, step)
        flat, steep = raw.path([step])[0][np.flatnonzero(raw.curved)[[0, -1]]]
        assert head(painted(visit, "features_raw"), VARIANTS[0]) == pytest.approx([x(flat), y(steep)], abs=NEAR)
        row = np.searchsorted(training.steps, step, "right") - 1
        expected = [across(training.steps[row]), up(typical(training.objective)[0, row])]
        assert head(painted(visit, "norms_same"), VARIANTS[0]) == pytest.approx(expected, abs=1)


def test_the_gradients_of_the_layers_turn_with_the_clock(visit):
    """Sigmoids without normalisation: the medians of eight seeds after so many updates."""
    net = NetworkExperiment.on("two_moons", knobs={"size": 40}, depth=1, width=3)
    settled(visit, f"gradients?{net.to_link()}&layers=9&norms=weights&lang=en")
    up = upright(painted(visit, "depth_sigmoid", "ground"))
    deep = replace(net.architecture, depth=9, activation="sigmoid")
    frames = while_training(deep, "cross_entropy", net.classes, initials(deep, range(8)), *net.examples.train[:2], 0.2)
    known = [np.median(each.weights, axis=0) for each in islice(frames, 8)]
    for step in (0, 7):
        at_step(visit, step)
        (drawn,) = strokes(painted(visit, "depth_sigmoid"), VARIANTS[0], [], (2.5,))
        np.testing.assert_allclose(drawn[:, 1], up(known[step]), atol=NEAR)
        np.testing.assert_allclose(np.diff(drawn[:, 0]), drawn[1, 0] - drawn[0, 0], atol=NEAR)
    assert np.abs(up(known[7]) - up(known[0])).max() > 3 * NEAR, "they have moved"


def test_networks_walk_to_their_critical_points(visit):
    net = NetworkExperiment.on("sine", knobs={"size": 30}, depth=1, decay=1e-3, steps=50)
    (found,) = deque(critical_networks(Search(replace(net, width=1), (1, 2), 60)), maxlen=1)
    settled(visit, f"saddles?{net.to_link()}&widths=1~2&lang=en")
    x, y = ruler(painted(visit, "dots_all", "ground"))
    shares = ratios(found.way, 1e-9).of_all
    for step in (0, 6):
        at_step(visit, step)
        frame = np.searchsorted(found.way.steps, step, "right") - 1
        dots = np.array([
            part["points"][0][1:3] for part in painted(visit, "dots_all")
            if part["kind"] == "fill" and part["points"] and part["points"][0][0] == "arc"
        ])  # fmt: skip
        there = np.flatnonzero((found.kind == "critical") & np.isfinite(shares[frame]))
        assert len(there) > 20
        for network in there:
            place = [x(found.way.loss[frame, network]), y(shares[frame, network])]
            assert np.hypot(*(dots - place).T).min() < 1, (step, network)


@pytest.mark.parametrize("page", PLAYED)
def test_a_page_with_time_has_a_clock(visit, page):
    settled(visit, f"{page}?net=depth~1~width~3~steps~30&layers=3&widths=1&lang=en")
    painted(visit, PLAYED[page], "ground")
    place, toggle = visit.page.locator(".played .place"), visit.page.locator(".played .toggle")
    last = int(place.inner_text().split("/")[1].replace("\u202f", ""))
    expect(place).to_have_text(f"{last} / {last}")
    visit.page.keyboard.press("Home")
    expect(place).to_have_text(f"0 / {last}")
    visit.page.keyboard.press("Shift+ArrowRight")
    expect(place).to_have_text(f"10 / {last}")
    visit.page.keyboard.press("Space")
    expect(toggle).to_have_attribute("data-face", "pause")
    visit.page.keyboard.press("End")
    expect(toggle).to_have_attribute("data-face", "play")
    expect(place).to_have_text(f"{last} / {last}")
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("button", name="PNG").click()
    assert saved.value.suggested_filename == f"{page}.png"


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.page in PLAYED])
def test_a_demonstration_waits_at_the_start(visit, name):
    settled(visit, f"{LESSONS[name].page}?{link_of(name)}&lang=en")
    place = visit.page.locator(".played .place")
    assert not place.count() or place.inner_text().startswith("0 / ")  # no dead clock over a sweep


def test_a_pointer_along_an_axis_of_steps_moves_the_clock(visit):
    settled(visit, "batches?net=depth~1~width~3~steps~30&lang=en")
    ground = visit.page.locator('[class*="st-key-batch_loss_updates-"] canvas.ground')
    labels = [part for part in painted(visit, "batch_loss_updates", "ground") if part["kind"] == "text"]
    (ten,) = [part["x"] for part in labels if part["text"] == "10" and part["align"] == "center"]
    box = ground.bounding_box()
    visit.page.mouse.move(box["x"] + ten, box["y"] + box["height"] / 2)
    expect(visit.page.locator(".played .place")).to_have_text("10 / 30")
