"""What is painted, on each page with a clock: every canvas is watched, and read with the rulers that its axes are."""

from pathlib import Path

import numpy as np
import pytest

from engine import Experiment, run
from engine.networks.experiment import NetworkExperiment, network_lane
from engine.networks.plane import plane_for
from engine.networks.training import finish, train
from engine.surfaces.experiment import lane
from landscapes import LANDSCAPES
from views.kit.text import CATALOGUE

from .conftest import SCREEN, Visit
from .test_compare import number

SPY = Path(__file__).with_name("spy.js").read_text(encoding="utf-8")
COLOURS = [
    "#B93A08",
    "#0A57A8",
    "#0A7350",
    "#A32A86",
    "#875C00",
    "#0E6F86",
    "#1c2530",
    "#66661A",
]  # of the lanes, by day
DASHES = [[], [9, 4], [2, 3], [10, 3, 2, 3], [5, 3], [14, 4], [2, 5], [8, 3, 2, 3, 2, 3]]  # of the lanes
INK, SOFT, ACCENT = "#1c2530", "#5b6875", "#0b62a4"
NEAR = 0.6  # pixels


@pytest.fixture(scope="module")
def watched(chromium, address):
    """A tab in which canvases remember what is painted on them."""
    context = chromium.new_context(viewport=SCREEN, locale="en-US", color_scheme="light")
    context.add_init_script(SPY)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(watched, address):
    visitor = Visit(watched, address)
    yield visitor
    visitor.leave()
    assert not visitor.complaints, visitor.complaints


def open_page(visit, page, query):
    visit.page.goto(f"{visit.address}/{'' if page == 'compare' else page}?{query}&lang=en")
    visit.arrived(f".{page}")
    return visit


def painted(visit, picture, layer="paths"):
    return visit.page.locator(f"[data-picture={picture}] canvas.{layer}").evaluate("canvas => canvas.painted")


def ruler(ground, log=False):
    """From numbers to pixels, both axes, as the labels of the ticks say; ``log``: of the axis upwards."""
    texts = [part for part in ground if part["kind"] == "text"]
    across = [part for part in texts if part["align"] == "center" and is_number(part["text"])]
    up = [part for part in texts if part["align"] == "right" and is_number(part["text"])]
    return line_through(across[:-1], "x", False), line_through(up, "y", log)  # the last one is kept inside the box


def is_number(text):
    try:
        number(text)
    except ValueError:
        return False
    return True


def line_through(labels, side, log):
    warp = np.log10 if log else np.asarray
    values, pixels = np.array([number(part["text"]) for part in labels]), np.array([part[side] for part in labels])
    slope, offset = np.polyfit(warp(values), pixels, 1)
    np.testing.assert_allclose(slope * warp(values) + offset, pixels, atol=NEAR)
    assert (slope > 0) == (side == "x"), "to the right, and upwards"
    return lambda value: slope * warp(np.asarray(value, dtype=float)) + offset


def strokes(parts, colour, dash=None, widths=(2.6, 3, 4)):
    """The lines of one colour and dash, each as its points (n, 2)."""
    return [
        np.array([point[1:3] for point in part["points"] if point[0] in ("moveTo", "lineTo")])
        for part in parts
        if part["kind"] == "stroke" and part["colour"] == colour.lower() and part["width"] in widths
        and part["alpha"] == 1 and (dash is None or part["dash"] == dash)
    ]  # fmt: skip


def the_line(parts, number, widths=(2.6, 3, 4)):
    """The line of a lane: one of its colour, in its dash; none of its colour in another one."""
    (points,) = strokes(parts, COLOURS[number], widths=widths)
    (again,) = strokes(parts, COLOURS[number], DASHES[number], widths)
    np.testing.assert_array_equal(points, again)
    return points


def passes(points, expected, near=NEAR):
    """Whether a line goes through all places, in their order."""
    at = 0
    for place in expected:
        far = np.hypot(*(points[at:] - place).T)
        assert far.min() < near, f"{place} is {far.min():.1f} pixels off"
        at += int(np.argmax(far < near))


def pixel(visit, picture, x, y):
    canvas = visit.page.locator(f"[data-picture={picture}] canvas.paths")
    script = "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data]"
    return "#{:02x}{:02x}{:02x}".format(*canvas.evaluate(script, [round(float(x)), round(float(y))])[:3])


# ---- compare ---------------------------------------------------------------------------------------------------------

BOOTH = Experiment.on(
    "booth",
    lane("gradient_descent", learning_rate=0.05),
    lane("momentum", learning_rate=0.02, momentum=0.8),
    lane("adam", learning_rate=0.4),
    start=(-8.0, 6.0),
    steps=40,
)


def gradient(point):
    """Of Booth's (x + 2y − 7)² + (2x + y − 5)²."""
    x, y = point
    return np.array([2 * (x + 2 * y - 7) + 4 * (2 * x + y - 5), 4 * (x + 2 * y - 7) + 2 * (2 * x + y - 5)])


def at_step(visit, step):
    visit.page.keyboard.press("Home")
    for _ in range(step):
        visit.page.keyboard.press("ArrowRight")


def test_paths_run_where_the_optimizers_went(visit):
    open_page(visit, "compare", BOOTH.to_link() + "&aspect=full")
    x, y = ruler(painted(visit, "map", "ground"))
    runs = dict(run(BOOTH))
    for step in (40, 7):
        at_step(visit, step)
        parts = painted(visit, "map")
        for number_, trajectory in runs.items():
            places = trajectory.params[: step + 1]
            points = the_line(parts, number_)
            expected = np.column_stack([x(places[:, 0]), y(places[:, 1])])
            np.testing.assert_allclose(points, expected, atol=NEAR)
    assert pixel(visit, "map", *expected[-1]) == COLOURS[2].lower(), "its marker, which nothing covers"


def test_the_curves_are_the_losses_and_the_norms(visit):
    open_page(visit, "compare", BOOTH.to_link())
    for picture, of in (("loss", "loss"), ("norm", "gradient_norm")):
        x, y = ruler(painted(visit, picture, "ground"), log=True)
        for number_, trajectory in dict(run(BOOTH)).items():
            values = getattr(trajectory, of)
            passes(the_line(painted(visit, picture), number_), np.column_stack([x(np.arange(41)), y(values)]), 1.0)


def test_the_arrow_of_minus_eta_g_points_where_it_points(visit):
    """Momentum's arrows: λm from the point, −ηg from its tip, and the whole step to the end of that."""
    open_page(visit, "compare", BOOTH.to_link() + "&aspect=full")
    x, y = ruler(painted(visit, "map", "ground"))
    trajectory = dict(run(BOOTH))[1]
    at_step(visit, 3)
    (memory,), (slope,), (whole,) = (
        [line[:2] for line in strokes(painted(visit, "map"), colour, [], (3,)) if line[0][1] < y(-10)]  # not the legend
        for colour in (ACCENT, SOFT, INK)
    )
    here, after = trajectory.params[3], trajectory.params[4]
    unit = np.array([x(1) - x(0), y(1) - y(0)])
    down = -0.02 * gradient(here) * unit
    times = np.linalg.norm(slope[1] - slope[0]) / np.linalg.norm(down)
    np.testing.assert_allclose(slope[1] - slope[0], times * down, atol=NEAR)
    np.testing.assert_allclose(memory[0], [x(here[0]), y(here[1])], atol=NEAR)
    np.testing.assert_allclose(memory[1] - memory[0], times * ((after - here) * unit - down), atol=NEAR)
    np.testing.assert_allclose(slope[0], memory[1], atol=NEAR)
    np.testing.assert_allclose(whole, [memory[0], slope[1]], atol=NEAR)


def test_the_bars_of_past_gradients_are_the_weights(visit):
    """1, λ, λ² … of momentum, 1 + λ, λ², λ³ … of Nesterov's form; the newest on the right."""
    racers = [lane(name, learning_rate=0.005, momentum=0.8) for name in ("momentum", "nesterov")]
    open_page(visit, "compare", Experiment.on("booth", *racers, start=(-8.0, 6.0), steps=40).to_link())
    visit.page.locator(".tabs button").nth(2).click()
    for step, many in ((3, 4), (40, 40)):
        at_step(visit, step)
        fading = 0.8 ** np.arange(many)
        nesterov = np.concatenate([[1 + 0.8], 0.8 ** np.arange(2, many + 1)])
        for number_, weights in enumerate((fading, nesterov / 1.8)):
            bars = [
                part for part in painted(visit, "sheet")
                if part["kind"] == "fillRect" and part["colour"] == COLOURS[number_].lower()
            ]  # fmt: skip
            bars.sort(key=lambda part: -part["x"])
            heights = np.array([part["high"] for part in bars])
            assert len(bars) == many
            np.testing.assert_allclose(heights, np.maximum(heights[0] * weights, 1), atol=1e-6)
            assert len({round(part["y"] + part["high"], 6) for part in bars if part["high"] > 1}) == 1, "on one line"


def test_the_limit_lies_where_it_should(visit):
    """2/η for gradient descent, 2(1 + λ)/η for momentum; the sharpness of a parabola is one number."""
    open_page(visit, "compare", BOOTH.to_link() + "&chart=sharpness")
    x, y = ruler(painted(visit, "rate", "ground"), log=True)
    parts = painted(visit, "rate")
    for number_, limit in ((0, 2 / 0.05), (1, 2 * (1 + 0.8) / 0.02)):
        (law,) = strokes(parts, COLOURS[number_], [5, 4], (1.2,))
        np.testing.assert_allclose(law[:, 1], y(limit), atol=NEAR)
        np.testing.assert_allclose([law[0, 0], law[-1, 0]], x([0, 40]), atol=NEAR)
        np.testing.assert_allclose(the_line(parts, number_)[:, 1], y(18), atol=NEAR)


# ---- the other pages with a clock ------------------------------------------------------------------------------------


def test_networks_descend_where_their_weights_went(visit):
    net = NetworkExperiment.on(
        "two_moons", network_lane("gradient_descent"), network_lane("adam"),
        knobs={"size": 60}, depth=1, width=4, steps=120, seeds=1,
    )  # fmt: skip
    examples, tested = net.examples
    training = finish(train(net.plan, *examples[:2], *tested[:2]))
    plane = plane_for(net, training).plane
    open_page(visit, "networks", net.to_link())
    x, y = ruler(painted(visit, "surface", "ground"))
    across, up = ruler(painted(visit, "train", "ground"), log=True)
    curves, paths = painted(visit, "train"), painted(visit, "surface")
    for number_ in range(2):
        places = plane.shadow(training.path[number_])
        passes(the_line(paths, number_), np.column_stack([x(places[:, 0]), y(places[:, 1])]), 1.0)
        told = np.column_stack([across(training.steps), up(training.train_loss[number_, 0])])
        passes(the_line(curves, number_), told[[0, len(told) // 2, -1]], 1.5)


def test_the_sharpness_of_a_training_and_its_limit(visit):
    racer = lane("gradient_descent", learning_rate=0.2)
    net = NetworkExperiment.on("two_moons", racer, knobs={"size": 60}, depth=1, width=4, steps=80)
    visit.page.set_viewport_size({"width": 1900, "height": 700})  # room for three numbers on the axis
    open_page(visit, "curvature", net.to_link())
    visit.until("root.querySelector('.curvature .sheet td:nth-child(4)')?.textContent > 0")
    _, y = ruler(painted(visit, "sharpness", "ground"), log=True)
    parts = painted(visit, "sharpness")
    (law,) = strokes(parts, COLOURS[0], [5, 4], (1.2,))
    np.testing.assert_allclose(law[:, 1], y(2 / 0.2), atol=NEAR)
    assert the_line(parts, 0)[-1, 1] == pytest.approx(y(number(visit.column(4)[0])), abs=1.5)
    assert number(visit.column(5)[0]) == pytest.approx(10)
    # In their order: the largest on the right and on top.
    (spectrum,) = (
        np.array([point[1:3] for point in part["points"]])
        for part in painted(visit, "spectrum")
        if part["kind"] == "stroke" and part["colour"] == COLOURS[0].lower() and part["width"] == 2
    )
    assert len(spectrum) == net.size
    assert (np.diff(spectrum[:, 0]) > 0).all() and (np.diff(spectrum[:, 1]) <= 1e-6).all()


def test_two_losses_two_paths_and_the_bars_of_softmax(visit):
    experiment = Experiment.on(
        "three_logits_squared_error", lane("gradient_descent", learning_rate=0.5), lane("momentum"),
        start=(-1.0, 1.5), steps=30,
    )  # fmt: skip
    open_page(visit, "classification", experiment.to_link())
    visit.until("root.querySelector('.classification table tbody')")
    for side, name in enumerate(("three_logits_squared_error", "three_logits_cross_entropy")):
        x, y = ruler(painted(visit, f"map{side}", "ground"))
        other = Experiment.on(name, *experiment.lanes, start=experiment.start, steps=30)
        for number_, trajectory in dict(run(other)).items():
            places = np.column_stack([x(trajectory.params[:, 0]), y(trajectory.params[:, 1])])
            np.testing.assert_allclose(the_line(painted(visit, f"map{side}"), number_), places, atol=NEAR)
    visit.page.keyboard.press("Home")
    powers = np.exp([-1.0, 1.5, -1000.0])
    for side in range(2):
        parts = painted(visit, f"bars{side}")
        (box,) = [part for part in parts if part["kind"] == "strokeRect"]  # the target: the whole of class 1
        bars = [
            part["wide"] for part in parts
            if part["kind"] == "fillRect" and part["colour"] == COLOURS[0].lower() and abs(part["x"] - box["x"]) < 1
        ]  # fmt: skip
        np.testing.assert_allclose(np.array(bars) / (box["wide"] + 1.6), powers / powers.sum(), atol=1e-3)


def test_a_saddle_its_eigenvectors_and_the_paths_that_leave_it(visit):
    """w₁w₂ should be 1: from 0 the paths go to (1, 1) and to (−1, −1); λ = ∓2."""
    open_page(
        visit,
        "critical_points",
        "v=1&surface=toy_network&at=0~0&leave=minus~plus&run=gradient_descent~learning_rate~0.05",
    )
    x, y = ruler(painted(visit, "map", "ground"))
    ends = [line[-1] for line in strokes(painted(visit, "map"), COLOURS[0], [])]
    expected = [[x(sign), y(sign)] for sign in (-1, 1)]
    np.testing.assert_allclose(sorted(map(list, ends)), sorted(expected), atol=1)
    marks = painted(visit, "map", "marks")
    signs = [
        part["points"][0]
        for part in marks
        if part["kind"] == "fill" and part["points"][:1] and part["points"][0][0] == "arc"
    ]
    assert min(np.hypot(sign[1] - x(0), sign[2] - y(0)) for sign in signs) < NEAR
    ground = painted(visit, "eigenvalues", "ground")
    bars = [part for part in ground if part["colour"] == INK and part.get("high", 0) > 5]
    below, above = sorted(bars, key=lambda part: part["x"])
    assert below["y"] == pytest.approx(above["y"] + above["high"], abs=NEAR), "both from the line of zero"
    assert below["high"] == pytest.approx(above["high"], abs=NEAR)


# ---- a picture that throws -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_picture_that_throws_says_so_and_its_neighbours_live_on(visit, lang):
    visit.page.goto(f"{visit.address}/?{BOOTH.to_link()}&lang={lang}")
    visit.arrived(".compare")
    visit.page.keyboard.press("Home")
    broken = visit.page.locator("[data-picture=norm] canvas.paths")
    broken.evaluate("canvas => canvas.getContext('2d').fillRect = () => { throw new Error('broken on purpose') }")
    for _ in range(3):
        visit.page.keyboard.press("ArrowRight")
    assert visit.page.locator(".play .place").inner_text() == "3 / 40"
    said = [part["text"] for part in painted(visit, "norm") if part["kind"] == "text"]
    assert "".join(said) == CATALOGUE["stage"]["failed"].within(lang)
    assert len(the_line(painted(visit, "loss"), 0)) >= 4
    assert len(the_line(painted(visit, "map"), 0)) == 4
    (told,) = visit.complaints  # one line in the log, not one a frame
    assert "norm" in told and "broken on purpose" in told
    visit.complaints.clear()
    broken.evaluate("canvas => delete canvas.getContext('2d').fillRect")
    visit.page.set_viewport_size({"width": 1240, "height": 800})
    visit.page.wait_for_timeout(300)
    assert len(the_line(painted(visit, "norm"), 0)) >= 4, "drawn anew"


@pytest.mark.parametrize("page", ["networks", "curvature", "classification", "critical_points"])
def test_on_every_page_a_picture_that_throws_leaves_the_clock_alone(visit, page):
    picture = {"networks": "surface", "curvature": "sharpness", "classification": "map1", "critical_points": "map"}[
        page
    ]
    query = "v=1&surface=toy_network&at=0~0&leave=plus" if page == "critical_points" else "net=steps~60"
    open_page(visit, page, query)
    visit.until(f"root.querySelector('.{page} .play .place')?.textContent.match(/[1-9]/)")
    visit.page.locator(f"[data-picture={picture}] canvas.paths").evaluate(
        "canvas => canvas.getContext('2d').stroke = () => { throw new Error('broken on purpose') }"
    )
    visit.page.keyboard.press("Home")
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.locator(".play .place").inner_text().startswith("1 /")
    said = "".join(part["text"] for part in painted(visit, picture) if part["kind"] == "text")
    assert said.replace(" ", "") == CATALOGUE["stage"]["failed"].replace(" ", "")
    assert len(visit.complaints) == 1 and picture in visit.complaints[0]
    visit.complaints.clear()


# ---- in three dimensions ---------------------------------------------------------------------------------------------


def test_the_surface_stands_turns_and_takes_a_click(visit):
    visit.page.goto(f"{visit.address}/?{BOOTH.to_link()}&lang=en")
    visit.arrived(".compare")
    visit.page.keyboard.press("End")
    visit.page.keyboard.press("3")
    visit.until("root.querySelector('.contour.stands .solid')")
    visit.page.wait_for_timeout(500)
    line = the_line(painted(visit, "map"), 0)
    assert len(line) > 5
    box = visit.page.locator(".contour .paths").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.page.mouse.move(*middle)
    visit.page.mouse.down()
    visit.page.mouse.move(middle[0] + 80, middle[1], steps=4)
    visit.page.mouse.up()
    turned = the_line(painted(visit, "map"), 0)
    assert np.abs(np.array(turned[0]) - np.array(line[0])).max() > 10, "the path has turned with the surface"
    before = visit.page.url
    visit.page.mouse.dblclick(*middle)  # from above, and nothing else
    visit.page.wait_for_timeout(500)
    assert visit.page.url == before
    visit.after(lambda: visit.page.mouse.click(*middle))
    assert "start=" in visit.page.url and visit.page.url != before


def test_a_curve_does_not_stand(visit):
    visit.page.goto(f"{visit.address}/?{BOOTH.to_link()}&lang=en")
    visit.arrived(".compare")
    visit.page.keyboard.press("3")
    visit.until("root.querySelector('.contour.stands')")
    flat = next(name for name, surface in LANDSCAPES.items() if surface.dimension == 1)
    visit.page.get_by_role("combobox", name="Surface").fill(str(LANDSCAPES[flat].name))
    visit.page.keyboard.press("Enter")
    visit.until("root.querySelector('.contour:not(.stands) .reading')")
    assert not visit.page.get_by_role("button", name="3D").count()


def test_the_critical_points_stand_with_the_parabola_through_the_chosen_one(visit):
    """Its rings lie about the sign of the point; another point has its own; a click on the surface looks there."""
    visit.page.goto(f"{visit.address}/critical_points?v=1&surface=himmelblau&lang=en&heights=linear")
    visit.arrived(".critical_points")
    visit.page.keyboard.press("3")
    visit.until("root.querySelector('.contour.stands .solid')")
    visit.page.wait_for_timeout(500)

    def parabola():
        return np.concatenate(strokes(painted(visit, "map"), ACCENT, widths=(1.4,)))

    first = parabola()
    assert len(first) > 300
    visit.after(lambda: visit.page.locator(".sheet tbody tr").first.click())
    assert np.abs(parabola().mean(axis=0) - first.mean(axis=0)).max() > 10
    box = visit.page.locator(".contour .paths").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.after(lambda: visit.page.mouse.click(*middle))
    assert "at=" in visit.page.url


# ---- played with weight ----------------------------------------------------------------------------------------------


def test_a_path_fades_with_age_when_it_is_asked_to(visit):
    open_page(visit, "compare", BOOTH.to_link())
    visit.page.keyboard.press("End")
    one = the_line(painted(visit, "map"), 0)
    visit.page.get_by_role("button", name="taper and fade").click()

    def pieces():
        return [
            part for part in painted(visit, "map")
            if part["kind"] == "stroke" and part["colour"] == COLOURS[0].lower() and part["dash"] == DASHES[0]
            and len(part["points"]) > 1 and part["points"][0][0] == "lineTo" and part["width"] <= 4
        ]  # fmt: skip

    ages = pieces()
    assert len(ages) > 5
    assert ages[0]["alpha"] < 0.3 < ages[-1]["alpha"] and ages[0]["width"] < ages[-1]["width"]
    ends = [np.array(part["points"][k][1:3], dtype=float) for part in ages for k in (0, -1)]
    for end, begin in zip(ends[1:-1:2], ends[2::2], strict=True):
        np.testing.assert_array_equal(end, begin)
    np.testing.assert_allclose(ends[-1], one[-1], atol=NEAR)


def test_a_map_that_is_awaited_says_what_for(visit):
    held = []
    visit.page.route("**/relief?**", lambda route: held.append(route))
    open_page(visit, "compare", BOOTH.to_link())
    visit.page.wait_for_timeout(600)

    def told():
        return [part["text"] for part in painted(visit, "map", "ground") if part["kind"] == "text"]

    assert any(text.startswith("Computing the loss") for text in told())
    assert any(is_number(text) for text in told()), "and its frame is there"
    for route in held:
        route.continue_()
    visit.page.wait_for_timeout(1500)
    assert not any(text.startswith("Computing the loss") for text in told())
    visit.page.unroute("**/relief?**")
