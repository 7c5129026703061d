"""The door of Descent Lab. Imported by the server it is the application; run by Streamlit it is the frame of a page."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from views import controls, frame, serve, warm
from views.text import text


def page() -> None:
    """One visit: configuration, language, navigation, and the page that was asked for."""
    st.set_page_config(page_title=text("page.title"), page_icon="📉", layout="wide", initial_sidebar_state="collapsed")
    frame.dress()
    chosen = st.navigation([st.Page("pages/compare.py", title=text("page.compare"), default=True)], position="hidden")
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        frame.title()
        controls.language_switch()
    chosen.run()


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, routes=serve.routes(), lifespan=warm.lifespan)
else:
    page()
