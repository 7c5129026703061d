"""The pages as Streamlit runs them: in both languages, from good and bad links, and what a control changes."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from test_wire import unpacked

from curves.runs import RUNS
from engine import Experiment, lane, run
from engine.surfaces.experiment import AUTOMATIC, default, on_surface
from landscapes import LANDSCAPES
from lessons import LESSONS
from tests.scripts import call
from tests.web.declare import PAYLOADS, misfits
from views.compare.picture import moments
from views.demonstrations import link_of
from views.kit.text import CATALOGUE, dictionary

WORDED = {  # what puts a picture into words
    "classification": "pictures/pair.js",
    "compare": "pictures/race.js",
    "critical_points": "pictures/atlas.js",
    "curvature": "pictures/watched.js",
    "networks": "pictures/learning.js",
    "diagnosis": "pictures/diagnosis.js",
}
APP = str(Path(__file__).parent.parent / "app.py")


def visit(link="", lang="en", to=""):
    """A fresh visit, to another page than the first one if it is named: one run, without an exception."""
    page = AppTest.from_file(APP, default_timeout=120)
    page.query_params["lang"] = lang
    for name, values in parse_qs(link, keep_blank_values=True).items():
        page.query_params[name] = values
    if to:
        page.switch_page(f"pages/{to}.py")
    return again(page)


def again(page):
    page.run()
    assert [error.message for error in page.exception] == []
    return page


def sent(page, name):
    """Header and floats that a component was given."""
    (data,) = [part.proto.bytes for part in page.get("bidi_component") if part.proto.id.endswith(f"-{name}")]
    header, floats = pictured(data) if name in WORDED else unpacked(data)
    if name in PAYLOADS:
        assert [*misfits(header, PAYLOADS[name], name)] == []  # what JavaScript was promised
    return worded(name, header) if name in WORDED else header, floats


def pictured(data):
    """Of a picture that is had by its link, what is said of the visit before it, and the picture."""
    size = int.from_bytes(data[:4], "little")
    said, _ = unpacked(data[4 : 4 + size])
    picture, floats = unpacked(data[4 + size :])
    return picture | said, floats


def worded(name, header):
    """A picture in words, as the page puts it into them."""
    return call(WORDED[name], "worded", header, dictionary(header["language"]))


def opened(page):
    """The demonstration that the menu shows as open, "" for none."""
    return sent(page, "demonstrations")[0]["opened"]


def charts(page):
    """The charts of a page: what each was given, with the columns of its series."""
    found = []
    for part in page.get("bidi_component"):
        if part.proto.component_name.endswith("_plot"):
            header, floats = unpacked(part.proto.bytes)
            assert [*misfits(header, PAYLOADS["plot"], "plot")] == []
            for each in header["series"]:
                each["columns"] = np.split(floats[: sum(each["counts"])], np.cumsum(each["counts"])[:-1])
                floats = floats[sum(each["counts"]) :]
            found.append(header)
    return found


def drawn(chart, kind):
    """The series of one kind."""
    return [each for each in chart["series"] if each["kind"] == kind]


def address(page):
    """The query of the address: AppTest unpacks a list of one."""
    found = {name: page.query_params[name] for name in page.query_params}
    return {name: value if isinstance(value, list) else [value] for name, value in found.items()}


def told(page):
    """The lines of the notice on top of the page."""
    heads = [shown for shown in page.markdown if CATALOGUE["page"]["ignored"] in shown.value]
    assert len(heads) == len(page.text) <= 1
    return [line for shown in page.text for line in shown.value.splitlines()]


def fields(page):
    """The panel's controls by their paths."""
    groups = sent(page, "panel")[0]["groups"]
    return {field["path"]: field for group in groups for field in [*group["fields"], *group.get("more", [])]}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_visit(lang):
    page = visit(lang=lang)
    title = CATALOGUE["page"]["title"].within(lang)
    assert [shown.value for shown in page.title] == [title]
    menu = page.selectbox(key="surface")
    assert sorted(menu.options) == sorted(surface.name.within(lang) for surface in LANDSCAPES.values())
    assert opened(page) == ""
    assert not page.warning
    assert told(page) == []
    header, floats = sent(page, "compare")
    assert header["language"] == lang
    assert header["title"].startswith(title)
    stage = {key: words.within(lang) for key, words in CATALOGUE["stage"].items()}
    called = {f"curve_{name}": curve.name.within(lang) for name, curve in RUNS.items()}
    assert header["words"].items() >= (stage | called).items()
    assert not header["waiting"]
    assert [racer["label"] for racer in header["lanes"]] == [racer.rule.name.within(lang) for racer in default().lanes]
    assert len(floats) == sum(racer["frames"] * sum(n for _, n in racer["columns"]) for racer in header["lanes"])
    assert not any(racer["strokes"] for racer in header["lanes"])


def test_the_columns_are_the_trajectory():
    experiment = Experiment.on("booth", lane("gradient_descent", learning_rate=0.05), start=(0.0, 0.0), steps=2)
    header, floats = sent(visit(experiment.to_link()), "compare")
    (racer,) = header["lanes"]
    assert (racer["frames"], racer["offset"]) == (3, 0)
    by_name = {name: parts.tolist() for name, parts in columns(racer, floats).items()}
    assert by_name["steps"] == [[0, 1, 2]]
    x, y = by_name["theta"]
    assert (x[0], y[0]) == (0, 0)
    assert (x[1], y[1]) == pytest.approx((0.05 * 34, 0.05 * 38))  # the gradient at 0 is −(34, 38)
    assert by_name["loss"][0][0] == 74
    (printed,) = printed_of(experiment)
    assert printed["rate_told"][0] == pytest.approx([0.05] * 3, rel=1e-12)
    assert [part[0] for part in printed["m_told"]] == pytest.approx([-34, -38])
    assert header["scene"]["window"] == [-10, 10, -10, 10]
    assert header["scene"]["minima"] == [[1, 3]]


def columns(racer, floats):
    """A lane's columns by their names."""
    frames, found, at = racer["frames"], {}, racer["offset"]
    for name, width in racer["columns"]:
        parts, at = floats[at : at + width * frames].reshape(width, frames), at + width * frames
        decimal = name in racer["decimals"]
        found[name] = parts[::2].astype(float) * 10.0 ** parts[1::2].astype(float) if decimal else parts
    return found


def printed_of(experiment):
    """What the table at the clock prints, by lane: asked for when it is opened."""
    header, floats = unpacked(moments(experiment))
    return [columns(lane_told, floats) for lane_told in header["lanes"]]


def test_the_table_prints_the_numbers_of_its_step():
    """Each as it was computed, to the digits that are shown: neither 12 bits nor 32 round it first."""
    experiment = Experiment.on("rosenbrock", lane("adam", learning_rate=0.02), steps=300)
    (found,) = printed_of(experiment)
    ((_, path),) = run(experiment)
    m = -path.scale * path.step / path.learning_rate[:, None]
    for name, values, digits in (
        ("loss_told", path.loss[:, None], 4),
        ("theta_told", path.params, 3),
        ("step_told", path.step, 3),
        ("m_told", m, 3),
    ):
        for part, column in zip(found[name], values.T, strict=True):
            for told, true in zip(part, column, strict=False):
                unit = 10.0 ** (np.floor(np.log10(abs(true))) - digits + (1 if 1e-3 <= abs(true) < 1e5 else 2))
                assert abs(told - true) <= 0.5001 * unit


def test_a_long_run_is_thinned_without_inventing_a_stroke():
    racer = lane("gradient_descent", learning_rate=2.0)
    bouncing = Experiment.on("narrow_valley", racer, knobs={"condition": 1e4}, start=(-9.0, 4.0), steps=20_000)
    header, floats = sent(visit(bouncing.to_link()), "compare")
    (lane_told,) = header["lanes"]
    found, path = columns(lane_told, floats), columns(lane_told["strokes"], floats)
    assert lane_told["frames"] <= 1000
    assert found["loss_least"].shape == found["loss_most"].shape == (1, lane_told["frames"])
    assert (found["loss_least"] <= found["loss"]).all()
    across, drawn = path["across"][0], path["drawn"][0] > 0
    assert np.abs(np.diff(across))[drawn[1:]].max() < 0.1
    assert np.abs(path["up"][0]) == pytest.approx(4, rel=1e-6)


FALLS = "surface=mccormick&start=-1.5~-3&run=gradient_descent~learning_rate~0.1&run=momentum~learning_rate~0.05"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "left the window at step 1; below its lowest point at step {step}"),
        ("zh", "第 1 步离开窗口; 第 {step} 步低于其中的最低点"),
    ],
)
def test_below_the_known_minimum_is_told_and_drawn_as_such(lang, said):
    header, floats = sent(visit(FALLS, lang), "compare")
    assert [racer["outcome"]["happened"] for racer in header["lanes"]] == [said.format(step=8), said.format(step=7)]
    assert [racer["outcome"]["reached"] for racer in header["lanes"]] == [-1, -1]
    slack = header["curves"][0]["slack"]
    for racer, step in zip(header["lanes"], (8, 7), strict=True):
        above = columns(racer, floats)["loss_above"][0]  # below −slack it is in the strip
        assert np.flatnonzero(above < -slack)[0] == step
    assert slack < 1e-9


def test_the_height_above_the_minimum_keeps_its_digits():
    """At a minimum of −1.03 the columns hold seven digits, and the way down is shown to the last one."""
    header, floats = sent(visit("surface=six_hump_camel&run=gradient_descent~learning_rate~0.1"), "compare")
    above, slack = columns(header["lanes"][0], floats)["loss_above"][0], header["curves"][0]["slack"]
    assert 0 < above[np.flatnonzero(above > slack)[-1]] < 1e-10
    assert above.min() >= -slack


@pytest.mark.parametrize(
    ("link", "happened"),
    [
        ("surface=easom&start=-8~-8&steps=40&run=lion~learning_rate~0.1", "happened.going"),
        ("surface=easom&start=-8~-8&steps=40&run=gradient_descent~learning_rate~0.1", "happened.resting"),
        ("surface=rastrigin&start=1.1~0.1&tolerance=2&run=gradient_descent~learning_rate~0.001", "happened.elsewhere"),
        ("surface=deep_toy_network&run=gradient_descent~learning_rate~0.1", "happened.reached"),
    ],
)
def test_what_happened_at_the_end(link, happened):
    (racer,) = sent(visit(link), "compare")[0]["lanes"]
    section, word = happened.split(".")
    assert racer["outcome"]["happened"] == str(CATALOGUE[section][word])


@pytest.mark.parametrize("name", ["toy_network", "deep_toy_network"])
def test_a_valley_of_minima_is_a_line_of_the_picture(name):
    header, _ = sent(visit(f"surface={name}&run=gradient_descent~learning_rate~0.1"), "compare")
    scene = header["scene"]
    assert scene["minima"] == []
    assert len(scene["valley"]) >= 2
    for line in scene["valley"]:
        places = np.array(scene["origin"]) + np.array(line) @ np.array(scene["axes"])
        np.testing.assert_allclose(places.prod(axis=1), 1, atol=0.02)
    assert np.abs(np.concatenate(scene["valley"])).max() > scene["window"][1]  # it goes on outside
    (end,) = [racer["end"] for racer in header["lanes"]]
    assert (end["kind"], end["said"]) == ("degenerate", CATALOGUE["atlas"]["in_valley_minimum"])


@pytest.mark.parametrize("beyond", [0.97, 1.03])
def test_the_sharpness_and_its_limit_are_on_the_clock(beyond):
    """On a quadratic a learning rate beyond 2/λ is marked, and diverges."""
    rate = beyond * 2 / 18  # Booth's steepest curvature is 18
    racers = (
        lane("gradient_descent", learning_rate=rate),
        lane("momentum", learning_rate=rate, momentum=0.9),
        lane("lion"),
    )
    experiment = Experiment.on("booth", *racers, steps=2000)
    shown = sent(visit(experiment.to_link()), "compare")[0]["lanes"]
    assert [racer["crossings"] for racer in shown] == [{}, {}, {}], "it is asked for when its curve is opened"
    header, floats = unpacked(moments(experiment))
    plain, heavy, lion = header["lanes"]
    for racer, limit in ((plain, 2 / rate), (heavy, 3.8 / rate), (lion, np.nan)):
        found = columns(racer, floats)
        np.testing.assert_allclose(found["sharpness"], np.full((1, racer["frames"]), 18), rtol=3e-4)
        np.testing.assert_allclose(found["limit"], np.full((1, racer["frames"]), limit), rtol=3e-4)
    assert plain["crossings"]["sharpness"] == ([0] if beyond > 1 else [])
    assert (shown[0]["diverged"] >= 0) == (beyond > 1)
    assert heavy["crossings"] == lion["crossings"] == {"sharpness": []}
    assert shown[1]["diverged"] == -1


def test_marks_are_no_more_than_can_be_drawn():
    restless = Experiment.on("rosenbrock", lane("rmsprop", learning_rate=0.05), steps=20_000)
    (racer,) = unpacked(moments(restless))[0]["lanes"]
    crossed = racer["crossings"]["sharpness"]
    assert 100 < len(crossed) <= racer["frames"] <= 1000
    assert crossed == sorted(set(crossed))


@pytest.mark.parametrize(
    ("experiment", "kinds"),
    [
        (Experiment.on("himmelblau", lane("gradient_descent", learning_rate=0.01)), ["minimum"]),
        (Experiment.on("cubic", lane("newton", learning_rate=1.0), start=(0.5,), steps=100), ["degenerate"]),
        (LESSONS["newton_likes_saddles"].experiment, ["saddle", "minimum", "minimum"]),
        (default("schwefel"), None),
        (Experiment.on("booth", lane("gradient_descent", learning_rate=10.0), lane("adam"), steps=9), [None, "sloped"]),
    ],
    ids=["minimum", "degenerate", "saddle", "any", "diverged"],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_end_of_each_path_is_judged(experiment, kinds, lang):
    lanes = sent(visit(experiment.to_link(), lang), "compare")[0]["lanes"]
    ends = [racer["end"] for racer in lanes]
    paths = dict(run(experiment))
    for racer, end in zip(lanes, ends, strict=True):
        if end:
            assert end["point"] == paths[racer["number"]].params[-1].tolist()  # every digit
            assert end["said"] == CATALOGUE["verdict"][end["kind"].replace(" ", "_")].within(lang)
            assert len(end["eigenvalues"]) == experiment.surface.dimension
        assert (end is None) == (racer["diverged"] >= 0)
    assert kinds is None or [end and end["kind"] for end in ends][: len(kinds)] == kinds


@pytest.mark.parametrize(("link", "chart"), [("", "rate"), ("chart=sharpness", "sharpness"), ("chart=eve", "rate")])
def test_what_the_third_curve_shows_stands_in_the_link(link, chart):
    page = visit(link)
    assert sent(page, "compare")[0]["looks"]["chart"] == chart
    assert [line.split(":")[0] for line in told(page)] == ["chart"] * ("eve" in link)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lane("adam"), lane("adam", "cosine")),
        (lane("adam"), lane("adam")),
        (lane("adam", "cosine"), lane("adam", "cosine", {"final": 0.5})),
    ],
    ids=["another schedule", "copies", "another schedule's knob"],
)
def test_twins_have_names_of_their_own(first, second):
    page = visit(Experiment.on("rosenbrock", first, second, steps=2).to_link())
    names = [racer["label"] for racer in sent(page, "compare")[0]["lanes"]]
    assert len(set(names)) == 2
    assert all(name.startswith("Adam ") for name in names)


def test_another_surface_has_its_own_start_and_rates():
    page = visit()
    before, rates = sent(page, "compare")[0], fields(page)
    page.selectbox(key="surface").select("booth")
    again(page)
    after = sent(page, "compare")[0]
    wanted = on_surface(default(), "booth")
    assert after["scene"]["key"] == "booth" != before["scene"]["key"]
    assert after["scene"]["start"] == list(LANDSCAPES["booth"].start)
    assert after["moved"] == "race"
    assert after["sequence"] > before["sequence"]
    turned = fields(page)
    for number, racer in enumerate(wanted.lanes):
        path = f"lanes.{number}.rule.learning_rate"
        assert turned[path]["value"] == racer.optimizer.numbers["learning_rate"] != rates[path]["value"]
    assert address(page) == parse_qs(wanted.to_link()) | {"lang": ["en"]}


def test_a_bad_link_is_told_once_and_the_rest_is_shown():
    page = visit("v=1&surface=booth&start=99~0&steps=nan&run=adam~learning_rate~0.1~b1~7&run=eve")
    lines = told(page)
    assert len(lines) == 4
    for field, value in [("start", "99~0"), ("steps", "nan"), ("adam b1", "7"), ("run", "eve")]:
        assert any(line.startswith(f"{field}:") and value in line for line in lines)
    assert fields(page)["lanes.0.rule.learning_rate"]["value"] == 0.1
    assert sent(page, "compare")[0]["scene"]["key"] == "booth"


def test_what_a_link_says_is_text_and_nothing_else():
    page = visit("surface=**bold**%20%3Cscript%3Ealert(1)%3C/script%3E%20$x$%20:red[x]")
    assert "<script>" in told(page)[0]  # shown as it is, in an element that renders nothing
    rendered = [shown.value for kind in (page.markdown, page.caption, page.warning, page.title) for shown in kind]
    assert not any("script" in shown or "bold" in shown for shown in rendered)


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.page == "compare"])
def test_every_lesson_opens_from_its_link(name):
    lesson = LESSONS[name]
    page = visit(link_of(name))
    assert not page.warning
    assert told(page) == []
    assert opened(page) == name
    assert any(lesson.about in shown.value for shown in page.markdown)
    header = sent(page, "compare")[0]
    assert header["scene"]["key"] == lesson.experiment.landscape.name
    assert len(header["lanes"]) == sum(racer.shown for racer in lesson.experiment.lanes)


def test_a_lesson_waits_at_its_beginning():
    name, lesson = next(iter(LESSONS.items()))
    header = sent(page := visit(link_of(name)), "compare")[0]
    assert (header["scene"]["key"], header["moved"]) == (lesson.experiment.landscape.name, "wait")
    assert Experiment.from_link(lesson.experiment.to_link())[0] == page.session_state["visit"].said.experiment


def test_a_run_beyond_the_budget_waits_for_its_click():
    costly = Experiment.on("booth", lane("gradient_descent", learning_rate=1e-3), lane("newton"), steps=60_000)
    assert costly.work > AUTOMATIC
    page = visit(costly.to_link())
    header, floats = sent(page, "compare")
    assert header["waiting"]
    assert header["lanes"] == []
    assert not len(floats)


def taken(edits):
    """A page that hands ``edits`` to the visit, as the components do."""

    def script(edits):
        from views.session import visit

        visit.experiment()
        visit.take(edits)

    page = AppTest.from_function(script, args=(edits,), default_timeout=60)
    page.query_params["lang"] = "en"
    return again(page)


def test_a_link_made_by_hand_gives_way_to_a_menu_used_meanwhile():
    """[link, what it speaks of, which one, whether its picture has come, whose visit, fields of the page's own]: with
    what it had seen."""
    page = visit()
    header = sent(page, "compare")[0]

    def told(link, seen, session=header["session"]):
        value = [link, ["experiment"], 1, False, session, []]
        stage = page.session_state["visit"]
        with_hand = stage.turned
        return with_hand, [{"path": "link", "value": value, "seen": seen}]

    page.selectbox(key="surface").select("booth")
    again(page)
    turned, _ = told("", 0)
    assert turned == sent(page, "compare")[0]["sequence"] > header["sequence"]
    for seen, session, surface in (
        (header["sequence"], header["session"], "booth"),  # before the menu
        (turned, "another", "booth"),  # of a visit that is gone
        (turned, header["session"], "himmelblau"),
    ):
        _, edits = told("v=1&surface=himmelblau", seen, session)
        assert surface_after(page.session_state["visit"], edits) == surface


def surface_after(here, edits):
    """The surface after a component's message."""
    from views.session.visit import _learned

    (each,) = edits
    now, _ = _learned(here, here.said, {}, each["value"], each["seen"] >= here.turned)
    return now.experiment.landscape.name


def test_a_link_made_by_hand_brings_fields_of_the_pages_own():
    """Also where the browser tells the address that was here before; what it has no more goes."""
    page = visit("zero=-3&dot=1~2&z1=3", to="saddles")
    here = page.session_state["visit"]
    value = ["data=sine&widths=1~2&zero=-4", ["network"], 1, False, here.session, ["zero", "widths", "dot", "no field"]]
    from views.session.visit import _learned

    now, others = _learned(here, here.said, {"zero": "-3", "dot": "1~2", "z1": "3"}, value, True)
    assert now.network.data.name == "sine"
    assert others == {"zero": "-4", "widths": "1~2", "z1": "3"}


def test_edits_become_the_experiment_and_its_link():
    page = taken([{"path": "landscape", "value": "booth"}, {"path": "start", "value": [1, 2], "live": False}])
    wanted = replace(on_surface(default(), "booth"), start=(1.0, 2.0))
    assert page.session_state["visit"].said.experiment == wanted
    assert page.session_state["visit"].moved == "race"
    assert Experiment.from_link(page.session_state["visit"].link) == (wanted, ())
    assert address(page) == parse_qs(wanted.to_link()) | {"lang": ["en"]}


def test_while_something_is_dragged_the_address_stays():
    page = taken([{"path": "start", "value": [1, 2], "live": True}])
    assert page.session_state["visit"].said.experiment.start == (1.0, 2.0)
    assert page.session_state["visit"].link == ""


def test_a_refused_edit_is_told_at_its_field_and_the_others_count():
    page = taken([{"path": "steps", "value": "many"}, {"path": "noise", "value": "0.5"}])
    assert list(page.session_state["visit"].problems) == ["steps"]
    assert page.session_state["visit"].said.experiment == replace(default(), noise=0.5)


@pytest.mark.parametrize(
    "edits", [None, 7, "steps", {}, ["steps"], [None], [[1]], [{}], [{"path": None}], [{"path": []}]]
)
def test_what_is_no_edit_changes_nothing(edits):
    assert taken(edits).session_state["visit"].said.experiment == default()


def test_every_step_is_in_the_table_that_is_downloaded():
    def script(experiment):
        import streamlit as st

        from engine import run
        from views.export.surface import csv_of

        st.session_state.table = csv_of(experiment, dict(run(experiment)))

    racers = (lane("adam"), replace(lane("momentum"), shown=False), lane("gradient_descent", learning_rate=50.0))
    experiment = Experiment.on("booth", *racers, steps=400)
    page = AppTest.from_function(script, args=(experiment,), default_timeout=60)
    head, *rows = csv.reader(io.StringIO(again(page).session_state["table"]))
    measured = ["loss", "gradient_norm", "learning_rate", "sharpness", "stability_limit"]
    each = [f"{name}_{axis}" for name in ("step_size", "gradient", "sigma", "m") for axis in "xy"]
    assert head == ["optimizer", "step", "x", "y", *measured, *each[:2], "angle", *each[2:]]
    paths = dict(run(experiment))
    assert len(rows) == 401 * len(paths) == 802
    for (number, path), first in zip(paths.items(), (0, 401), strict=True):
        assert rows[first][0].startswith(racers[number].rule.name)
        written = [[float(cell) for cell in row[1:6]] for row in rows[first : first + 401]]
        exact = np.column_stack([np.arange(401), path.params, path.loss, path.gradient_norm])
        np.testing.assert_array_equal(written, exact)  # to the last digit, inf and nan as well
        rates = [row[6] for row in rows[first : first + 401]]
        assert rates == [*map(str, path.learning_rate.tolist()), ""]  # no step is taken from the last row
    assert float(rows[401][7]) == pytest.approx(18)  # Booth's steepest curvature
    assert float(rows[401][8]) == pytest.approx(2 / 50)
    step_size, gradient, sigma, m = (np.array(rows[3][at : at + 2], dtype=float) for at in (9, 12, 14, 16))
    np.testing.assert_array_equal(gradient, paths[0].grads[3])
    np.testing.assert_allclose(step_size * sigma, paths[0].learning_rate[3])
    np.testing.assert_allclose(step_size * m, -paths[0].step[3])


def test_an_edit_of_a_card_that_has_moved_does_not_hit_its_neighbour():
    """Two quick clicks on ✕: the second meant a card that has another number after the first."""
    edits = [{"path": "lanes.0.remove", "value": True, "seen": 0}, {"path": "lanes.1.remove", "value": True, "seen": 0}]
    page = taken([*edits, {"path": "lanes.add", "value": "lion", "seen": 0}])
    names = [racer.optimizer.name for racer in page.session_state["visit"].said.experiment.lanes]
    assert names == [*(racer.optimizer.name for racer in default().lanes[1:]), "lion"]
