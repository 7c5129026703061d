"""What pages ask for beside experiments: every field is read or told, on every page; a widget writes what it reads."""

import ast
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_pages import address, again, told, visit

from engine.link import About, Number, fields
from engine.networks.experiment import NetworkExperiment, on_data
from engine.surfaces.experiment import lane
from lessons import LESSONS
from settings import SETTINGS, settings_of
from views.kit.text import CATALOGUE
from views.session.edits import OWN
from views.session.visit import SAID, refused, taken

ROOT = Path(__file__).parent.parent
PAGES = tuple(CATALOGUE["pages"])
NET = NetworkExperiment()
ALL = (*OWN, "lesson")  # what may stand beside the experiments, and the language
GARBAGE = ("foo", " ", "nan", "inf", "-1e9", "1e9", "٣", "1.5.2", "<b>", "foo-bar", "None", "0x1", "8" * 5000)


def problems(**query):
    return refused(query, NET)


def value_of(name, query, net=NET):
    page = next(page for page in SETTINGS.values() if name in fields(page))
    return getattr(page.read(query, net)[0], OWN[name].attribute)


# ---- the table -------------------------------------------------------------------------------------------------------


def test_no_field_stands_in_two_places_with_two_meanings():
    assert not OWN.keys() & {*SAID, "lang", "lesson"}
    for name, field in OWN.items():
        assert {fields(page)[name] for page in SETTINGS.values() if name in fields(page)} == {field}, name


def test_every_file_is_a_page():
    assert SETTINGS.keys() <= set(PAGES)
    assert settings_of("networks").read({"why": "foo"}, NET) == (settings_of("networks")(), ())


def calls():
    """Every call in what a person sees: its name and what it is given."""
    for path in (ROOT / "views").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                yield getattr(call.func, "id", getattr(call.func, "attr", "")), call.args


def test_a_widget_writes_what_is_read():
    named = {
        args[1].value
        for name, args in calls()
        if name.startswith("linked_") and len(args) > 1 and isinstance(args[1], ast.Constant)
    }
    asked = {args[0].value for name, args in calls() if name == "ask" and isinstance(args[0], ast.Constant)}
    assert named and named | asked <= {*OWN, "lesson"}
    others = {
        name
        for page in ("compare", "generative", "batches", "gradients", "normalisation", "saddles")
        for name in fields(SETTINGS[page])
    }
    others |= {"models", "public", "flips"}  # see test_luck.py
    logits = {"z1", "z2", "z3", "s1", "s2", "s3"}
    others |= {"main", "first", "top", "part", "zoom", "whose", "output"}  # set on pictures
    assert OWN.keys() - named - asked - logits == others - named - logits


def test_the_address_and_the_session_have_one_place_each():
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "views").rglob("*.py")}
    sources[ROOT / "app.py"] = (ROOT / "app.py").read_text(encoding="utf-8")
    for what, places in ((r"\bst\.query_params", {"address.py"}), (r"\bst\.session_state", {"visit.py", "widgets.py"})):
        assert {path.name for path, source in sources.items() if re.search(what, source)} == places


# ---- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_the_default_is_taken_without_a_word_and_is_not_written(name):
    _, kind, usual = OWN[name]
    known = usual != ""
    value = usual if known else kind.able(About(NET, {}))[-1]
    query = {name: kind.write(value)}
    assert problems(**query) == ()
    assert value_of(name, query) == value
    assert taken(query, NET) == ({} if known else query)


@pytest.mark.parametrize("name", OWN)
def test_garbage_is_the_default_and_one_notice_names_the_field(name):
    for value in GARBAGE:
        assert [notice.field for notice in problems(**{name: value})] == [name], value
        assert value_of(name, {name: value}) == OWN[name].usual, value
        assert taken({name: value}, NET) == {}, value


def test_nothing_is_a_choice_of_some_fields():
    assert problems(sizes="", widths="") == ()
    assert value_of("sizes", {"sizes": ""}) == ()
    assert value_of("widths", {"widths": ""}) == OWN["widths"].usual


@pytest.mark.parametrize("name", [name for name, field in OWN.items() if isinstance(field.kind, Number)])
def test_a_number_just_out_of_range(name):
    knob = OWN[name].kind.knob
    for value in (knob.low - 1e-3, knob.high + 1e-3):
        assert [notice.problem for notice in problems(**{name: repr(value)})] == ["range"]
    for value in (knob.low, knob.high):
        assert not problems(**{name: f"{value:g}"})


def test_a_whole_number():
    assert [notice.problem for notice in problems(layers="4.5")] == ["whole"]
    assert [notice.problem for notice in problems(after="0.5")] == ["whole"]
    assert value_of("after", {"after": "1"}) is True


def test_names_that_are_known_stay_in_their_order():
    (notice,) = problems(widths="77~4~1~x")
    assert (notice.field, notice.value) == ("widths", "77, x")
    assert value_of("widths", {"widths": "77~4~1~4"}) == ("1", "4")
    assert taken({"widths": "77~4~1"}, NET) == {"widths": "1~4"}


def test_at_most_so_many_names():
    (notice,) = problems(sizes="all-64-32-16-8-4")
    assert (notice.problem, notice.value, notice.allowed) == ("many", "6", "5")
    assert len(value_of("sizes", {"sizes": "all-64-32-16-8-4"})) == 5


def test_what_depends_on_the_network():
    """A batch as large as the data, a racer that is set aside, a rate of another rule, a network nobody looks for."""
    small = NetworkExperiment.on("two_moons", lane("adam"), replace(lane("lion"), shown=False), knobs={"size": 20.0})
    query = {"sizes": "all-16-8", "racer": "1", "norm_rule": "adam", "norm_rate": "0.2", "dot": "4~15"}
    assert [notice.field for notice in refused(query, small)] == ["racer", "sizes", "norm_rate", "dot"]
    assert not refused({"sizes": "all-8", "racer": "0", "norm_rate": "0.2", "dot": "4~14"}, small)
    assert not refused({"dot": "4~15", "widths": "4"}, small)


def test_fields_that_no_page_has():
    (notice,) = problems(foo="1", why="far", bar="2")
    assert (notice.problem, notice.field) == ("field", "foo, bar")
    (notice,) = problems(**{f"field{number}": "1" for number in range(1000)})
    assert len(notice.field) <= 40


@example({"epochs": "7\x1f"})  # a space to str.strip, none to float
@given(st.dictionaries(st.sampled_from([*ALL, "lang", "foo"]), st.text(max_size=12)))
def test_any_text_is_read_and_what_is_taken_is_taken_again(query):
    clean = taken(query, NET)
    assert not refused(clean, NET)
    assert taken(clean, NET) == clean
    for name in clean.keys() & OWN.keys():
        assert value_of(name, clean) == value_of(name, query)


@pytest.mark.parametrize("name", LESSONS)
def test_what_demonstrations_ask_for_is_taken(name):
    lesson = LESSONS[name]
    for stage in lesson.stages:
        asked = stage.settings.written()
        assert isinstance(stage.settings, settings_of(lesson.page))
        assert taken(asked, stage.net or NET) == asked


# ---- on the pages ----------------------------------------------------------------------------------------------------

ALL_BAD = "&".join(f"{name}=foo" for name in ALL)


@pytest.mark.parametrize("page", PAGES)
def test_garbage_in_every_field_is_told_on_every_page_and_the_page_is_shown(page):
    here = visit(f"{ALL_BAD}&nobody=7", to="" if page == "compare" else page)
    lines = told(here)
    for name in ALL:
        assert sum(line.startswith(f"{name}: ") and "foo" in line for line in lines) == 1, name
    assert [line for line in lines if "nobody" in line] == [CATALOGUE["problem"]["field"].format(field="nobody")]
    assert len(lines) == len(ALL) + 1


def test_the_case_that_was_reported():
    page = visit("why=foo&fit_w=nan", to="classification")
    assert [line.split(":")[0] for line in told(page)] == ["why", "fit_w"]
    assert page.session_state["why"] == "gradient"


def test_a_language_that_is_not_spoken():
    assert told(visit(lang="fr"))[0].startswith("lang: ")


def test_one_touch_leaves_only_what_was_taken_in_the_address():
    page = visit(f"{NET.to_link()}&layers=999&z1=3&foo=1&chart=sharpness", to="gradients")
    assert len(told(page)) == 2
    page.selectbox(key="data").set_value("xor")
    again(page)
    kept = {"z1": ["3"], "chart": ["sharpness"], "lang": ["en"]}
    assert address(page) == parse_qs(on_data(NET, "xor").to_link()) | kept
    assert told(page) == []


def test_a_page_may_begin_with_another_surface_until_somebody_chooses():
    page = visit(to="critical_points")
    assert page.selectbox(key="surface").value == "himmelblau"
    assert "surface" not in address(page)
    page.selectbox(key="surface").select("rosenbrock")
    again(page)
    assert page.selectbox(key="surface").value == "rosenbrock"
    assert address(page)["surface"] == ["rosenbrock"]
