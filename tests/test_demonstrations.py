"""A demonstration is kept by its name: its text and its steps stay while it is played with, and its links hold it."""

from urllib.parse import parse_qs, urlencode

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from test_pages import address as query_of
from test_pages import again, opened, told, visit
from test_serve import fetch

from engine import Experiment
from engine.networks.experiment import NetworkExperiment
from engine.surfaces.experiment import default
from engine.surfaces.study import Study
from lessons import LESSONS
from views.demonstrations import link_of
from views.kit.text import CATALOGUE
from views.server import entrance

STAGES = [(name, number) for name, lesson in LESSONS.items() for number in range(len(lesson.stages))]
every_stage = pytest.mark.parametrize(("name", "number"), STAGES)
DOOR = Starlette(routes=entrance.routes())
BACK = CATALOGUE["page"]["lesson_back"]


def guide(link="", page="compare", lang="en"):
    """The guide alone, on a page, with what the link brings."""

    def script(page):
        import streamlit as st

        from views import demonstrations
        from views.session import visit

        visit.enter(page)
        visit.experiment()
        demonstrations.guide()
        st.button("as the menu does", key="choose", on_click=lambda: visit.edit("lesson", st.session_state.wanted))

    shown = AppTest.from_function(script, args=(page,), default_timeout=60)
    for key, values in {**parse_qs(link), "lang": [lang]}.items():
        shown.query_params[key] = values
    return again(shown)


def texts(page):
    return "\n".join(shown.value for shown in page.markdown)


def labels(page):
    return [button.label for button in page.button if button.key != "choose"]


def choose(page, name):
    """What the menu tells when somebody chooses a demonstration, or closes it."""
    page.session_state["wanted"] = name
    page.button(key="choose").click()
    return again(page)


@every_stage
def test_the_link_of_a_stage_holds_all_of_it(name, number):
    stage, link = LESSONS[name].stages[number], link_of(name, number)
    if stage.experiment:
        assert Experiment.from_link(link) == (stage.experiment, ())
    if stage.net:
        assert NetworkExperiment.from_link(link) == (stage.net, ())
        assert stage.net.trouble is None
    if stage.study:
        assert Study.from_link(link, stage.experiment.surface) == (stage.study, ())
    assert len(link) < 2000


@pytest.mark.parametrize(
    ("name", "number", "lang"), [*((*stage, "en") for stage in STAGES), *((name, 0, "zh") for name in LESSONS)]
)
def test_a_stage_opens_from_its_link_with_its_text_and_its_button_pressed(name, number, lang):
    lesson = LESSONS[name]
    page = guide(link_of(name, number), lesson.page, lang)
    assert told(page) == []
    assert opened(page) == name
    assert lesson.name.within(lang) in texts(page)
    assert lesson.stages[number].about.within(lang) in texts(page)
    assert labels(page) == [stage.name.within(lang) for stage in lesson.stages] * bool(lesson.steps)
    pressed = [button.proto.type == "primary" for button in page.button if button.key != "choose"]
    assert pressed == [at == number for at in range(len(lesson.stages))] * bool(lesson.steps)


@every_stage
def test_a_button_leads_to_its_stage_and_back(name, number):
    """From a page that was played with; the address is that of the stage's link."""
    lesson = LESSONS[name]
    page = guide(f"lesson={name}&v=1&net=seed~77&sample=77", lesson.page)
    assert page.button(key="lesson_back").label == BACK
    assert lesson.about in texts(page)
    page.button(key="lesson_back" if number == 0 else f"step_{number}").click()
    again(page)
    assert "lesson_back" not in [button.key for button in page.button]
    asked = parse_qs(link_of(name, number))
    assert {key: told for key, told in query_of(page).items() if key in asked} == asked
    assert query_of(page)["lang"] == ["en"]


@every_stage
def test_each_step_changes_something(name, number):
    lesson = LESSONS[name]
    links = {link_of(name, at) for at in range(len(lesson.stages))}
    assert len(links) == len(lesson.stages)


def test_the_text_stays_after_an_edit_and_the_way_back_is_offered():
    name, lesson = "burst", LESSONS["burst"]
    page = visit(link_of(name))
    assert BACK not in labels(page)
    page.selectbox(key="surface").select("booth")
    again(page)
    assert page.session_state["visit"].said.experiment.landscape.name == "booth"
    assert query_of(page)["lesson"] == [name]
    assert lesson.about in texts(page)
    page.button(key="lesson_back").click()
    again(page)
    assert page.session_state["visit"].said.experiment == lesson.experiment
    assert BACK not in labels(page)
    assert query_of(page) == parse_qs(link_of(name)) | {"lang": ["en"]}


def test_it_can_be_closed_and_what_is_shown_stays():
    page = choose(guide(link_of("burst")), None)
    assert opened(page) == ""
    assert page.session_state["visit"].said.experiment == LESSONS["burst"].experiment
    assert "lesson" not in query_of(page)
    assert LESSONS["burst"].about not in texts(page)


def test_an_unknown_one_is_told():
    page = visit("lesson=**eve**")
    assert told(page) == [CATALOGUE["problem"]["unknown"].format(field="lesson", value="**eve**", allowed="")]
    assert opened(page) == ""
    assert page.session_state["visit"].said.experiment == default()


def test_it_shows_on_its_own_page_only_and_no_edit_takes_it_along():
    page = guide(link_of("burst"), "critical_points")
    assert opened(page) == ""
    assert not labels(page)
    assert told(page) == []


def test_one_of_another_page_opens_it_with_one_address():
    """The old page's address stays as it was: the browser goes to the other page by itself."""
    page = choose(guide(), "edge_of_stability")
    door, query = page.session_state["visit"].door
    assert door == "curvature"
    assert parse_qs(urlencode(query, doseq=True)) == parse_qs(link_of("edge_of_stability")) | {"lang": ["en"]}
    assert query_of(page) == {"lang": ["en"]}


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("path", ["", "networks", "curvature"])
def test_its_name_alone_is_an_address(name, path):
    """From any page; it leads to the page and the link, and there no further."""
    page, link = LESSONS[name].page, link_of(name)
    status, headers, _ = fetch(f"/{path}?lesson={name}", DOOR)
    if path == page and link.startswith("lesson="):
        assert status == 200
    else:
        assert status == 307
        assert headers["location"] == f"./{'' if page == 'compare' else page}?{link}"
    assert fetch(f"/{page}?{link}", DOOR)[0] == 200
    assert fetch(f"/saddles?lesson={name}&lang=zh", DOOR)[1].get("location", "lang=zh").endswith("lang=zh")


def test_what_is_more_than_a_name_leads_nowhere_else():
    for query in ("", "lesson=eve", "lesson=burst&v=1", "lesson=burst&steps=7", "lang=zh"):
        assert fetch(f"/?{query}", DOOR)[0] == 200


def test_the_page_knows_where_its_server_is():
    """Below the folder of its scripts, whatever a proxy has put before it."""
    for path in ("/", "/networks", "/curvature?net=seed~1"):
        text = fetch(path, DOOR)[2].decode()
        assert text.index('BACKEND_BASE_URL: new URL("./"') < text.index("./static/js/")
