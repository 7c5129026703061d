"""The demonstrations: their menu and, while one is open, what to see in it, its steps, and the way back to it."""

from urllib.parse import urlencode

import streamlit as st

from engine.surfaces.study import Study
from lessons import LESSONS
from lessons.base import Lesson, Step
from views.kit.text import names, say, text
from views.session import state


def guide() -> None:
    """Choose a demonstration: it opens its page and sets everything up. It stays until it is closed."""
    titles, here = names(LESSONS), st.session_state.page

    def title(name: str) -> str:
        page = LESSONS[name].page
        return titles[name] if page == here else f"{titles[name]} · {text(f'pages.{page}')}"

    opened = state.lesson()
    st.session_state.lesson = opened or None
    st.selectbox(
        text("page.lesson"), sorted(LESSONS, key=lambda name: LESSONS[name].page != here), format_func=title,
        key="lesson", placeholder=text("page.lesson_hint"), index=None, on_change=_choose,
    )  # fmt: skip
    if opened:
        _tell(opened)


def link_of(name: str, number: int = 0) -> str:
    """The query of a demonstration, or of one of its steps."""
    stage = LESSONS[name].stages[number]
    parts = [part.to_link() for part in (stage.experiment, stage.study, stage.net) if part]
    return "&".join(filter(None, [*parts, urlencode([*stage.also, ("lesson", name)])]))


def _choose() -> None:
    if name := st.session_state.lesson:
        _open(name, 0)
    else:
        state.ask_for("lesson", None)


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
    lang = {key: told for key, told in state.beside().items() if key == "lang"}
    state.keep(
        stage.experiment or state.experiment(), state.RACE if number else state.WAIT, looking=looking, net=stage.net,
        others={**lang, **dict(stage.also), "lesson": name}, page=lesson.page,
    )  # fmt: skip
    st.session_state.opened = st.session_state.sequence  # so that the picture is shown as it is asked for, once more


def _is_shown(stage: Step, lesson: Lesson) -> bool:
    """Whether the page shows just what the stage sets up. Looks that no stage asks for do not count."""
    if stage.experiment not in (None, state.experiment()) or stage.net not in (None, state.network()):
        return False
    if stage.study and stage.study != state.study():
        return False
    asked = {key for each in lesson.stages for key, _ in each.also}
    shown = {key: told for key, told in state.beside().items() if key not in state.COMMON - asked}
    return shown == dict(stage.also)
