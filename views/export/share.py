"""The fold that shares what a page shows: its link, a script that finds the same, and the numbers as a table."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import streamlit as st

from views.kit.text import language, say, text
from views.session import visit


def share(
    name: str, link: str, script: Callable[[], str], about: str, table: Callable[[], str] | None = None,
    there: bool = True,
) -> None:  # fmt: skip
    """The fold; what is folded is not sent: a click must not wait for it.

    Args:
        name: of the two files, and of the widgets.
        script: makes the Python script; about: the sentence that says what that does.
        table: makes the CSV, where the row of the clock has none; there: whether there is anything in it yet.
    """
    fold = st.expander(text("share.share"), key=f"share_{name}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.caption(text("share.link"))
        st.code(f"{st.context.url or ''}?{whole(link)}", language=None, wrap_lines=True)
        st.caption(about)
        written = script()
        st.code(written, language="python")
        with st.container(horizontal=True):
            st.download_button(
                text("share.download_python"), written, f"{name}.py", key=f"python_{name}", on_click="ignore"
            )
            if table:
                st.download_button(
                    text(f"share.csv_{name}"), table, f"{name}.csv", key=f"csv_{name}", on_click="ignore",
                    disabled=not there,
                )  # fmt: skip


def whole(link: str) -> str:
    """A link with what the page asks for besides, the open demonstration and the language."""
    said, net = parse_qs(link), visit.visit().said.network
    others = visit.taken(visit.beside(), net) | {"lang": language()}
    return "&".join(filter(None, [link, urlencode({name: told for name, told in others.items() if name not in said})]))


def typeset(formula: str) -> str:
    """A formula of one line or several."""
    return rf"\begin{{gathered}} {formula} \end{{gathered}}"


def entry(name: str, about: str, formula: str, source: str) -> None:
    """A record as it is written in a book."""
    st.markdown(f"**{say(name)}** — {say(about)}")
    st.latex(typeset(formula))
    if source:
        st.caption(source)
