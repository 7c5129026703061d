"""The page of critical points as Streamlit runs it: every surface, both languages, good and bad links."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import APP, again, fields, sent, told

from engine.surfaces.experiment import AUTOMATIC, default
from engine.surfaces.study import Study, found_on, push
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from records import settings
from views.critical_points import stage as atlas
from views.export import surface as export
from views.kit.text import CATALOGUE


def look(link="", lang="en"):
    """A fresh visit to the page."""
    page = AppTest.from_file(APP, default_timeout=120)
    page.query_params["lang"] = lang
    for name, value in [part.split("=", 1) for part in link.split("&") if part]:
        page.query_params[name] = value.split("|") if "|" in value else value
    page.switch_page("pages/critical_points.py")
    return again(page)


def shown(page):
    return sent(page, "critical_points")[0]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface(name):
    header = shown(look(f"surface={name}&run=gradient_descent&leave=plus~minus~here~random"))
    found = found_on(default(name).landscape)
    assert len(header["points"]) == len(found.points)
    assert len(header["valleys"]) == len(found.valleys)
    assert header["words"][header["here"]["kind"]]
    assert header["here"]["verdict"]
    assert all(np.isfinite(lane["end"]).all() for lane in header["lanes"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_saddle_of_the_smallest_network(lang):
    page = look("surface=toy_network&at=0~0&reach=0.1&leave=minus~plus", lang)
    here, sides = shown(page)["here"], shown(page)["sides"]
    assert here["kind"] == "saddle"
    assert here["values"] == pytest.approx([-2, 2])
    assert here["hessian"] == [[0, -2], [-2, 0]]
    assert here["narrow"] == pytest.approx([-2, 2], rel=1e-6)
    assert here["verdict"] == CATALOGUE["atlas"]["verdict_saddle"].within(lang).format(slope="∇L = 0")
    assert [side["side"] for side in sides] == ["minus", "plus"]
    assert all(side["change"] < 0 for side in sides)
    assert [side["predicted"] for side in sides] == pytest.approx([-0.01, -0.01])
    ends = {
        lane["side"]: lane["end"] for lane in shown(page)["lanes"] if lane["label"] in ("Gradient descent", "梯度下降")
    }
    assert ends["plus"] == pytest.approx([1, 1], abs=1e-6)
    assert ends["minus"] == pytest.approx([-1, -1], abs=1e-6)
    assert told(page) == []


def test_a_degenerate_point_offers_a_random_direction():
    header = shown(look("surface=monkey_saddle&at=0~0"))
    assert header["here"]["kind"] == "degenerate"
    assert [side["side"] for side in header["sides"]] == ["random"]


def test_a_slope_is_no_critical_point():
    header = shown(look("surface=himmelblau&at=1~1&leave=here"))
    assert header["here"]["kind"] == "sloped"
    assert header["leaving"] is None
    assert "here" in [side["side"] for side in header["sides"]]
    assert {lane["side"] for lane in header["lanes"]} == {"here"}


def test_predicted_and_measured_steps():
    told_of = shown(look("surface=saddle&at=0~0"))["leaving"]
    assert told_of["rate"] == default("saddle").lanes[0].optimizer.numbers["learning_rate"]
    assert np.abs(np.array(told_of["predicted"]) - told_of["measured"]).max() <= 2


def test_ackleys_tip_gets_the_verdict_of_the_losses_around_it():
    header = shown(look("surface=ackley&at=0~0"))
    assert header["here"]["kind"] == "not_smooth"
    assert header["here"]["verdict"] == CATALOGUE["atlas"]["verdict_kink_lowest"].format(places=128)
    assert CATALOGUE["verdict"][header["here"]["kind"]] == "not smooth"
    assert header["kinks"][0]["loss"] == pytest.approx(0, abs=1e-12)
    assert header["here"]["values"] == [None, None]
    assert header["axes"] == ["x", "y"]  # along which the cuts run: there are no eigenvectors


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_tip_of_the_absolute_error_is_listed_and_counted(lang):
    words = {key: entry.within(lang) for key, entry in CATALOGUE["atlas"].items()}
    header = shown(look("surface=linear_regression_absolute_error~scale~10", lang))
    (kink,) = header["kinks"]
    assert kink["point"] == pytest.approx([0.19999, 1.89466], abs=1e-5)
    assert kink["said"] == words["kink_lowest"]
    assert header["here"]["exact"] == pytest.approx([0.19999, 1.89466], abs=1e-5)  # the first to be looked at
    assert header["here"]["verdict"] == words["verdict_kink_lowest"].format(places=128)
    assert header["told"] == words["sum_met"].format(what=words["sum_turns"], sum=1)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"complete": True}, "sum_met"),
        ({"complete": False, "expected": 3}, "sum_failed"),
        ({"complete": None, "expected": None}, "sum_open"),
        ({"flat": True}, "flat"),
        ({"steps": True, "index_sum": None}, "steps"),
        ({"points": []}, "none"),
    ],
)
def test_what_is_said_of_a_search(change, key):
    """No sentence claims that points are missing, or that none is: the count cannot know."""
    again(look("surface=himmelblau"))
    said = atlas.told_of(found_on(default("himmelblau").landscape)._replace(**change), 2)
    for part in CATALOGUE["atlas"][key].split("{"):
        assert part.split("}")[-1].strip() in said
    assert "missing" not in said


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("surface=himmelblau&at=3.002~2.001", "slope_small"),
        ("surface=toy_network&at=0~0&tau=3", "verdict_within"),
        ("surface=easom&at=-9~-9", "verdict_plain"),
        ("surface=cubic&at=0.0005", "verdict_beside"),
        ("surface=cubic&at=0", "verdict_flat"),
        ("surface=toy_network&at=1~1", "slope_zero"),
        ("surface=himmelblau&at=50~50", "outside"),
        ("surface=deep_toy_network&at=1~1~1", "form_2"),
    ],
)
def test_what_is_said_of_a_point(link, key):
    said = CATALOGUE["atlas"][key].split("{")
    verdict = shown(look(link))["here"]["verdict"]
    assert all(part.split("}")[-1].strip() in verdict for part in said), verdict


def test_a_bad_link_leaves_notices():
    page = look("surface=himmelblau&at=nowhere&tau=-1&leave=up")
    assert len(told(page)) == 3
    assert shown(page)["here"]["kind"] == "saddle"


def test_tolerance_in_the_link():
    header = shown(look("surface=toy_network&at=0~0&tau=3"))
    assert header["here"]["kind"] == "degenerate"
    assert not header["here"]["automatic"]
    assert header["points"][0]["kind"] == "degenerate"


def test_a_long_run_is_shortened_and_says_so():
    header = shown(look("surface=himmelblau&steps=100000&run=newton|newton|newton|newton|newton&leave=plus~minus"))
    assert header["steps"] < 100_000
    assert header["shortened"]
    assert 2 * 5 * OPTIMIZERS["newton"].cost * header["steps"] <= AUTOMATIC


def test_the_panel_has_the_study():
    panel = fields(look("surface=himmelblau"))
    assert {"point.0", "point.1", "tau", "tau_auto", "reach", "steps", "lanes.0.rule.learning_rate"} <= panel.keys()


def test_csv_has_every_point():
    experiment = default("six_hump_camel")
    rows = list(csv.DictReader(io.StringIO(export.points_csv(experiment, Study()))))
    assert [row["kind"] for row in rows] == [point.kind for point in found_on(experiment.landscape).points]
    assert float(rows[0]["eigenvalue_1"]) == found_on(experiment.landscape).points[0].eigenvalues[0]


def test_csv_has_the_tips_too():
    rows = list(csv.DictReader(io.StringIO(export.points_csv(default("ackley"), Study()))))
    assert (rows[-1]["kind"], float(rows[-1]["loss"])) == ("not smooth: lowest", pytest.approx(0, abs=1e-12))


def test_the_script_runs(capsys):
    experiment = default("booth")
    exec(export.script_of(experiment, Study(point=(1.0, 3.0))), {})
    assert capsys.readouterr().out.startswith("minimum [1. 3.]")


@pytest.mark.parametrize("name", ["toy_network", "rosenbrock", "ackley", "tilted_double_well", "deep_toy_network"])
def test_nothing_that_moves_on_this_page_compiles(name, compiled):
    first = default(name)
    first = replace(first, lanes=first.lanes[:1])
    somewhere, elsewhere = (
        tuple(low + share * (high - low) for low, high in first.surface.window) for share in (0.63, 0.8)
    )
    every = ("minus", "plus", "random", "here")
    for study in (Study(), Study(point=somewhere, leave=every)):
        atlas.payload(atlas.Atlas(first, study, "en"))
    # What another test has found is kept longer than its programs: something new brings them back.
    halfway = {key: (each.knob.low + each.knob.high) / 2 for key, each in settings(first.surface.make).items()}
    atlas.payload(
        atlas.Atlas(replace(first, landscape=first.landscape.with_values(**halfway)), Study(leave=every), "en")
    )
    compiled.clear()
    for study in (
        Study(tolerance=1.0),
        Study(tolerance=1e-16, leave=every),
        Study(reach=push(first.surface).low, leave=every),
        Study(point=elsewhere, leave=every, draw=3),
    ):
        atlas.payload(atlas.Atlas(first, study, "en"))
    atlas.payload(atlas.Atlas(replace(first, steps=77), Study(leave=every), "en"))
    for key, setting in settings(first.surface.make).items():
        for share in (0.13, 0.77):
            value = setting.knob.low + share * (setting.knob.high - setting.knob.low)
            turned = replace(first, landscape=first.landscape.with_values(**{key: value}))
            atlas.payload(atlas.Atlas(turned, Study(leave=every), "en"))
    assert compiled == []
