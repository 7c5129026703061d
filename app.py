"""The door of Descent Lab. Imported by the server it is the application; run by Streamlit it is the frame of a page."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rooms.house import House
from rooms.web import routes as rooms
from views import frame
from views.kit.text import language, section, spoken
from views.lecture import asking, join, shell
from views.server import answers, entrance, serve, visitors, warm
from views.session import visit


def page() -> None:
    """One visit: configuration, language, navigation, and the page that was asked for."""
    warm.tidy()
    pages = {
        name: st.Page(f"pages/{name}.py", title=title, default=number == 0)
        for number, (name, title) in enumerate(section("pages").items())
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    here = next(name for name, shown in pages.items() if shown is chosen)
    visit.enter(here)
    with spoken(language()):  # which is asked at each word
        leaves = frame.dress(pages, here)
        with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
            frame.title(here)
            frame.menu(pages, here)
            frame.language_switch()
        if not leaves:
            chosen.run()


if get_script_run_ctx(suppress_warning=True) is None:
    warm.scripts()
    routes = [
        *entrance.routes(), *shell.routes(), *join.routes(), *asking.routes(), *serve.routes(), *answers.routes(),
        *rooms(House()),
    ]  # fmt: skip
    app = st.App(__file__, routes=routes, lifespan=warm.lifespan)
else:
    with visitors.served():
        page()
