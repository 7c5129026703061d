"""The demonstrations: their menu and, while one is open, what to see in it, its steps, and the way back to it."""

from urllib.parse import urlencode

import streamlit as st

from engine.surfaces.study import Study
from lessons import LESSONS
from lessons.base import Lesson, Stage
from settings.compare import Compare
from views.controls import widgets
from views.kit.text import names, say, text
from views.session import visit
from views.session.said import Said


def guide() -> None:
    """Choose a demonstration: it opens its page and sets everything up. It stays until it is closed."""
    titles, page_shown = names(LESSONS), visit.visit().page

    def title(name: str) -> str:
        page = LESSONS[name].page
        return titles[name] if page == page_shown else f"{titles[name]} · {text(f'pages.{page}')}"

    opened = visit.lesson()
    ordered = sorted(LESSONS, key=lambda name: LESSONS[name].page != page_shown)
    widgets.menu(
        text("page.lesson"), "lesson", {name: title(name) for name in ordered}, opened or None,
        lambda name: _open(name, 0) if name else visit.ask("lesson", None),
        placeholder=text("page.lesson_hint"), index=None,
    )  # fmt: skip
    if opened:
        _tell(opened)


def link_of(name: str, number: int = 0) -> str:
    """The query of a demonstration, or of one of its steps."""
    stage = LESSONS[name].stages[number]
    parts = [part.to_link() for part in (stage.experiment, stage.study, stage.net) if part]
    return "&".join(filter(None, [*parts, urlencode({**stage.settings.written(), "lesson": name})]))


def _tell(name: str) -> None:
    """What there is to see, and a button for each step; the one that is shown is marked."""
    lesson = LESSONS[name]
    reached = next((number for number, stage in enumerate(lesson.stages) if _is_shown(stage, lesson)), None)
    st.markdown(f"**{say(lesson.name)}**  \n{say(lesson.stages[reached or 0].about)}")
    if lesson.steps:
        with st.container(horizontal=True, gap="small", key="steps"):
            for number, stage in enumerate(lesson.stages):
                st.button(
                    say(stage.name), key=f"step_{number}", type="primary" if number == reached else "secondary",
                    on_click=_open, args=(name, number),
                )  # fmt: skip
    if reached is None:
        st.button(text("page.lesson_back"), key="lesson_back", icon=":material/undo:", on_click=_open, args=(name, 0))


def _open(name: str, number: int) -> None:
    lesson = LESSONS[name]
    stage = lesson.stages[number]
    looking = (stage.study or Study()) if stage.experiment else None
    lang = {key: value for key, value in visit.beside().items() if key == "lang"}
    current = visit.visit()
    now = current.said
    said = Said(stage.experiment or now.experiment, looking or now.study, stage.net or now.network)
    visit.show(
        said, {**lang, **stage.settings.written(), "lesson": name}, lesson.page, visit.RACE if number else visit.WAIT
    )
    current.opened = current.sequence  # so that the picture is shown as it is asked for, once more


def _is_shown(stage: Stage, lesson: Lesson) -> bool:
    """Whether the page shows just what the stage sets up. Looks that no stage asks for do not count."""
    if stage.experiment not in (None, visit.experiment()) or stage.net not in (None, visit.network()):
        return False
    if stage.study and stage.study != visit.study():
        return False
    looks = all(each.settings == Compare() for each in lesson.stages) and lesson.page == "compare"
    return looks or visit.settings(type(stage.settings)) == stage.settings
